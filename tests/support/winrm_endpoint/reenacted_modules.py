# SPDX-License-Identifier: GPL-3.0-or-later
"""What the PowerShell modules of upshift.windows do on the host, in Python. The one place that stands in for them.

No test runs the .ps1 files themselves; what these functions do with exactly the arguments that arrived is what is tested.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import typing

import yaml

from .modules import Answer, Context

ROOT = pathlib.Path(__file__).resolve().parents[3]
OPERATIONS = ("hyperv_vm_version", "hyperv_vm_version_info", "msi_product_version", "msi_product_version_info")
HIDDEN = ("_helper", "_command")


def run(context: Context) -> Answer:
    arguments = context.call.arguments
    unknown = sorted(set(arguments) - set(_options(context.call.leaf)) - set(HIDDEN))
    if unknown:
        return _failure(f"Unsupported parameters for ({context.call.leaf}) module: {', '.join(unknown)}")
    wanted = arguments.get("_helper")
    if not wanted:
        return _failure("missing required arguments: _helper")
    installed = _installed(context, wanted)
    if wanted.get("source"):
        refusal = _stage(context, wanted, installed)
        if refusal is not None:
            return refusal
    elif _sha256(context.host.path(installed)) != wanted["sha256"]:
        return {"changed": False, "failed": False, "_helper_missing": True}
    return _run_helper(context, installed)


def _installed(context: Context, wanted: dict[str, typing.Any]) -> str:
    return context.host.expand(f"%ProgramData%\\Upshift\\bin\\{wanted['version']}-{wanted['sha256']}\\upshift.exe")


def _stage(context: Context, wanted: dict[str, typing.Any], installed: str) -> Answer | None:
    """Has the copied helper put itself into its place; the copy is deleted however that ends."""
    source = context.host.path(wanted["source"])
    try:
        if _sha256(source) != wanted["sha256"]:
            return _failure(f"The helper was broken on its way: \"{wanted['source']}\" should have the SHA-256 "
                            f"{wanted['sha256']} and has {_sha256(source) or 'none, it is not there'}")
        if not _can_stage(context, wanted["source"]):
            return _stage_for_it(context, source, installed)
        told = json.dumps({"sha256": wanted["sha256"], "version": wanted["version"]})
        answer = _answer_of(context, [wanted["source"], "stage"], told)
        failed = json.loads(answer).get("failed") if isinstance(answer, str) else True
        return answer if failed else None
    finally:
        source.unlink(missing_ok=True)


def _run_helper(context: Context, installed: str) -> Answer:
    arguments = context.call.arguments
    if arguments.get("_command"):
        return _answer_of(context, [installed, *arguments["_command"]], "")
    given = {name: value for name, value in arguments.items() if not name.startswith("_") and value is not None}
    given["_ansible_check_mode"] = bool(context.call.ansible.get("_ansible_check_mode"))
    given["_ansible_diff"] = bool(context.call.ansible.get("_ansible_diff"))
    detached = ["--detach"] if _can_stage(context, installed) else []
    return _answer_of(context, [installed, context.call.leaf, *detached], json.dumps(given))


def _answer_of(context: Context, command: list[str], stdin: str) -> Answer:
    """The helper's one line, handed on as it is."""
    done = context.run_program(command, stdin.encode())
    line = done.stdout.decode(errors="replace").strip()
    try:
        if isinstance(json.loads(line), dict) and "\n" not in line:
            return line
    except ValueError:
        pass
    tail = done.stderr.decode(errors="replace").strip()[-500:]
    return _failure(f"The helper gave no answer: exit code {done.returncode}, on standard error {tail!r}")


def _sha256(file: pathlib.Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None


def _options(leaf: str) -> list[str]:
    """The documented options: the argument specification of the module holds the same ones."""
    document = ROOT / "plugins" / "modules" / f"{leaf}.yml"
    if not document.is_file():
        return []
    text = (ROOT / "plugins" / "doc_fragments" / "common.py").read_text(encoding="utf-8")
    shared = yaml.safe_load(text.split('r"""')[1].split('"""')[0])["options"]
    own = yaml.safe_load(document.read_text(encoding="utf-8"))["DOCUMENTATION"].get("options", {})
    return [*shared, *own]


def _failure(message: str) -> dict[str, typing.Any]:
    return {"changed": False, "failed": True, "msg": message}


# Until upshift.exe has `stage`, `--detach` and `poll`: told by its help, once for each file. To be removed with them.
_known: dict[str, bool] = {}


def _can_stage(context: Context, program: str) -> bool:
    digest = _sha256(context.host.path(program)) or ""
    if digest not in _known:
        _known[digest] = b"stage" in context.run_program([program, "--help"]).stdout
    if not _known[digest]:
        context.notice("upshift.exe has no `stage` and no `--detach` yet: the endpoint copies it into its place itself, "
                       "and runs operations without --detach")
    return _known[digest]


def _stage_for_it(context: Context, source: pathlib.Path, installed: str) -> None:
    here = context.host.path(installed)
    here.parent.mkdir(parents=True, exist_ok=True)
    if not here.exists():
        part = here.with_name(f"{here.name}.{source.name}.part")
        part.write_bytes(source.read_bytes())
        part.replace(here)


MODULES = {f"upshift.windows.{name}": run for name in (*OPERATIONS, "helper")}
