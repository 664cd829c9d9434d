# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of docs/contract.md and docs/guides/: finds them, runs them as a shell would, and writes down what they print.

A block ```json file=NAME is a file; it begins a new folder unless the block before it was a file as well. A block
```console holds commands, each after "$ ", and what each prints; they run in that folder, one after the other. Answers
are shown broken into lines, since the helper's one line is too long to read.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import subprocess
import tempfile

from helper_process import LINUX_HELPER, ROOT

DOCUMENTS = (ROOT / "docs" / "contract.md", *sorted((ROOT / "docs" / "guides").glob("*.md")))
BLOCK = re.compile(r"^```(json file=(?P<file>\S+)|console)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
WIDTH = 110


@dataclasses.dataclass
class Command:
    """One command of a block with what the document says it prints."""

    text: str
    output: str


@dataclasses.dataclass
class Example:
    """A console block, the files it needs, and the console blocks that ran before it in the same folder."""

    line: int
    files: dict[str, str]
    earlier: list[list[Command]]
    commands: list[Command]


def commands_in(body: str) -> list[Command]:
    """Splits a console block into commands and outputs. A command with a here-document goes on to its EOF line."""
    commands: list[Command] = []
    in_document = False
    for line in body.splitlines():
        if in_document:
            commands[-1].text += line + "\n"
            in_document = line != "EOF"
        elif line.startswith("$ "):
            commands.append(Command(line[2:] + "\n", ""))
            in_document = "<<'EOF'" in line
        else:
            commands[-1].output += line + "\n"
    return commands


def examples_in(text: str) -> list[Example]:
    """Every console block of the document, in order."""
    examples: list[Example] = []
    files: dict[str, str] = {}
    earlier: list[list[Command]] = []
    after_file = False
    for block in BLOCK.finditer(text):
        if block["file"]:
            files = {**(files if after_file else {}), block["file"]: block["body"]}
            earlier = []
            after_file = True
            continue
        after_file = False
        commands = commands_in(block["body"])
        examples.append(Example(text[:block.start()].count("\n") + 1, files, list(earlier), commands))
        earlier.append(commands)
    return examples


def run_commands(commands: list[Command], folder: pathlib.Path) -> list[str]:
    """What each command prints, run in that folder with the built helper on PATH."""
    outputs = []
    exit_code = 0
    env = {**os.environ, "PATH": f"{LINUX_HELPER.parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    for command in commands:
        done = subprocess.run(["bash", "-c", f"(exit {exit_code}); {command.text}"], cwd=folder, env=env,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=False)
        exit_code = done.returncode
        outputs.append(done.stdout.decode("utf-8"))
    return outputs


def run_example(example: Example) -> list[str]:
    """Runs the example in a new folder, after those that the document ran before it there."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file, body in example.files.items():
            (folder / file).write_text(body, encoding="utf-8")
        for commands in example.earlier:
            run_commands(commands, folder)
        return run_commands(example.commands, folder)


def documents_in(text: str) -> list | None:
    """The JSON documents that a text consists of, or None where it is something else."""
    decoder = json.JSONDecoder()
    documents = []
    rest = text.strip()
    while rest:
        try:
            document, end = decoder.raw_decode(rest)
        except json.JSONDecodeError:
            return None
        documents.append(document)
        rest = rest[end:].lstrip()
    return documents


def without_durations(value: object) -> object:
    """The same with every duration 0, as no two runs take the same time."""
    if isinstance(value, dict):
        return {key: 0 if key == "duration_ms" else without_durations(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_durations(inner) for inner in value]
    return value


def normalised(output: str) -> object:
    """What of an output must be the same in every run."""
    documents = documents_in(output)
    return output if documents is None else without_durations(documents)


def broken_into_lines(value: object, indent: int = 0, lead: int = 0) -> str:
    """JSON with as much on a line as fits, and each row on lines of its own."""
    flat = json.dumps(value, ensure_ascii=True)
    if indent + lead + len(flat) < WIDTH and not (indent == 0 and isinstance(value, dict)):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, dict) and value:
        entries = [f"{inner}{json.dumps(key)}: {broken_into_lines(item, indent + 2, len(key) + 5)}"
                   for key, item in value.items()]
        return "{\n" + ",\n".join(entries) + "\n" + " " * indent + "}"
    if isinstance(value, list) and value:
        entries = [f"{inner}{broken_into_lines(item, indent + 2, 1)}" for item in value]
        return "[\n" + ",\n".join(entries) + "\n" + " " * indent + "]"
    return flat


def readable(output: str) -> str:
    """An answer broken into lines; anything else, also several documents, as it is."""
    documents = documents_in(output)
    if documents is None or len(documents) != 1 or not isinstance(documents[0], dict):
        return output
    return broken_into_lines(without_durations(documents[0])) + "\n"


def rewritten_examples(text: str) -> str:
    """The document with what its examples print today, where that is not what it says already."""
    examples = iter(examples_in(text))

    def fresh(block: re.Match) -> str:
        if block["file"]:
            return block[0]
        example = next(examples)
        shown = []
        for command, output in zip(example.commands, run_example(example), strict=True):
            is_same = normalised(output) == normalised(command.output)
            shown.append(f"$ {command.text}{command.output if is_same else readable(output)}")
        return f"```console\n{''.join(shown)}```"

    return BLOCK.sub(fresh, text)
