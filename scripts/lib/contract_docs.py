# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the pages of docs/ true to the helper: tables from what it tells of itself, answers of examples from runs."""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from documented_examples import DOCUMENTS, rewritten_examples  # noqa: E402
from helper_process import LINUX_HELPER  # noqa: E402

OUTCOME_CODE_ROWS = ROOT / "build" / "linux-release" / "tests" / "documents" / "outcome_code_rows"
MARKED = re.compile(r"(<!-- (arguments|answer|codes) of (\S+?)((?:\.\w+)*) -->\n).*?(<!-- end -->)", re.DOTALL)
TYPE_NAMES = {"string": "string", "boolean": "boolean", "integer": "whole number", "object": "object"}


def schema_of(operation: str) -> dict:
    """Both schemas of an operation, as the helper tells them."""
    done = subprocess.run([LINUX_HELPER, "schema", operation], capture_output=True, check=True)
    return json.loads(done.stdout)


def value_type(schema: dict) -> str:
    """What one value is, in the words of the contract."""
    pattern = schema.get("pattern", "")
    if "enum" in schema:
        return ", ".join(f"`{choice}`" for choice in schema["enum"])
    if "A-Fa-f" in pattern:
        return "GUID"
    if schema.get("x-type") == "path":
        return "path"
    if pattern:
        return "version"
    if isinstance(schema.get("additionalProperties"), dict):
        return "map of strings"
    return TYPE_NAMES[schema["type"]]


def argument_type(schema: dict) -> str:
    """Type, range and default of an argument."""
    if schema["type"] == "array":
        text = f"list of {value_type(schema['items'])}s" if value_type(schema["items"]) != "path" else "list of paths"
    else:
        text = value_type(schema)
    if "minimum" in schema:
        text = f"{schema['minimum']} to {schema['maximum']} {schema['x-unit']}"
    if "default" in schema:
        text += f"; `{json.dumps(schema['default'])}`".replace('"', "")
    return text


def availability(schema: dict) -> str:
    """What is not there yet, as a sentence to put behind the description."""
    available = schema.get("x-available", True)
    if available is True:
        return ""
    if available is False:
        return " *Not yet available.*"
    missing = [f"`{choice}`" for choice in schema["enum"] if choice not in available]
    return f" *{' and '.join(missing)}: not yet available.*"


def argument_rows(properties: dict, prefix: str = "") -> list[str]:
    """One row per argument; keys of objects follow their argument, unless they stand at the top as well."""
    rows = []
    for name, schema in properties.items():
        rows.append(f"| `{prefix}{name}` | {argument_type(schema)} | {schema['description']}{availability(schema)} |")
        keys = schema.get("items", {}).get("properties", {})
        own_keys = {key: inner for key, inner in keys.items() if not (name == "packages" and key in properties)}
        rows += argument_rows(own_keys, f"{prefix}{name}[].")
    return rows


def arguments_table(operation: str, _path: str) -> str:
    """The table of an operation's arguments."""
    rows = argument_rows(schema_of(operation)["arguments"]["properties"])
    return "\n".join(["| argument | type; default | meaning |", "|---|---|---|", *rows])


def answer_type(schema: dict) -> str:
    """What a field of an answer holds."""
    if "enum" in schema:
        return value_type(schema)
    if schema["type"] == "array":
        return "list of strings" if schema["items"]["type"] == "string" else "list of rows"
    return TYPE_NAMES[schema["type"]]


def answer_table(operation: str, path: str) -> str:
    """The table of an answer's fields, or of those of the rows or the object at that path."""
    schema = schema_of(operation)["answer"]
    for name in filter(None, path.split(".")):
        schema = schema["properties"][name]
        schema = schema.get("items", schema)
    required = schema.get("required", [])
    rows = [f"| `{name}` | {'yes' if name in required else ''} | {answer_type(field)} | {field['description']} |"
            for name, field in schema["properties"].items()]
    return "\n".join(["| field | always | type | holds |", "|---|---|---|---|", *rows])


def as_sentence(clause: str) -> str:
    """A clause of the helper as a sentence of its own."""
    return clause[0].upper() + clause[1:] + "."


def codes_table(_operation: str, _path: str) -> str:
    """The table of the installer's codes."""
    done = subprocess.run([OUTCOME_CODE_ROWS], capture_output=True, check=True, encoding="utf-8")
    rows = []
    for line in done.stdout.splitlines():
        code, symbol, kind, text, hint = line.split("\t")
        rows.append(f"| `{code}` {symbol} | {as_sentence(text)} | {hint or 'Nothing.'} | {kind and f'`{kind}`'} |")
    return "\n".join(["| you see this code | it means | do that | `error.kind` |", "|---|---|---|---|", *rows])


def with_tables(text: str) -> str:
    """The page with every generated table written anew."""
    makers = {"arguments": arguments_table, "answer": answer_table, "codes": codes_table}

    def fresh(match: re.Match) -> str:
        start, kind, operation, path, end = match.groups()
        return f"{start}{makers[kind](operation, path)}\n{end}"

    return MARKED.sub(fresh, text)


def bring_up_to_date(page: pathlib.Path, check: bool) -> bool:
    """Whether the page was current. If not, it is written anew, unless it is only to be checked."""
    text = page.read_text(encoding="utf-8")
    current = rewritten_examples(with_tables(text))
    if text != current and not check:
        page.write_text(current, encoding="utf-8")
    return text == current


def main() -> int:
    """Writes or checks; the exit code tells whether a check found a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if something is not current")
    options = parser.parse_args()
    stale = [page for page in DOCUMENTS if not bring_up_to_date(page, options.check)]
    for page in stale if options.check else []:
        print(f"{page.relative_to(ROOT)} is not current: run scripts/contract-docs", file=sys.stderr)
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
