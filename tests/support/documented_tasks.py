# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that a guide shows: finds them, and makes one play of each block.

A block ```yaml holds tasks. They work on the described computer of the last block ```json file=NAME before them, each
block on a copy of its own. What needs a Windows host is stood in for: modules of other collections, and the one that places
the helper, by one that says so; becoming another user by staying the same one; and restarting by not doing it.
"""

from __future__ import annotations

import dataclasses
import pathlib
import re

import yaml

BLOCK = re.compile(r"^```(?:json file=(?P<file>\S+)|yaml)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
OURS = ("upshift.windows.", "ansible.builtin.")
MODULES = ("hyperv_vm_version", "hyperv_vm_version_info", "msi_product_version", "msi_product_version_info")
PLACING = "upshift.windows.helper"
RESTARTING = ("reboot", "reboot_timeout")
BECOMING = ("become", "become_method", "become_flags", "become_user")


@dataclasses.dataclass
class DocumentedTasks:
    """A block of tasks, and the described computer that it works on."""

    line: int
    tasks: list[dict]
    file: str
    description: str


def tasks_in(text: str) -> list[DocumentedTasks]:
    """Every block of tasks of the document, in order."""
    blocks = []
    file, description = "", ""
    for block in BLOCK.finditer(text):
        if block["file"]:
            file, description = block["file"], block["body"]
        else:
            line = text[:block.start()].count("\n") + 1
            blocks.append(DocumentedTasks(line, yaml.safe_load(block["body"]), file, description))
    return blocks


def modules_of(tasks: list[dict]) -> list[str]:
    """The module of each task, those inside blocks as well."""
    found = []
    for task in tasks:
        inner = [step for part in ("block", "rescue", "always") for step in task.get(part, [])]
        found += modules_of(inner) if inner else [module_of(task)]
    return found


def module_of(task: dict) -> str:
    """The one key of a task that is a module's full name."""
    names = [key for key in task if key.count(".") == 2]
    assert len(names) == 1, task
    return names[0]


def is_run_here(module: str) -> bool:
    """Whether nothing stands in for it."""
    return module.startswith(OURS) and module != PLACING


def runnable(tasks: list[dict]) -> list[dict]:
    """The same with stand-ins for what needs a Windows host."""
    return [runnable_task(task) for task in tasks]


def runnable_task(task: dict) -> dict:
    """One task, or one block of them, with stand-ins."""
    kept = {key: runnable(value) if key in ("block", "rescue", "always") else value
            for key, value in task.items() if key not in BECOMING}
    if "block" in task:
        return kept
    module = module_of(task)
    if is_run_here(module):
        options = kept[module] or {}
        is_ours = module.startswith("upshift.windows.")
        return kept | {module: {name: value for name, value in options.items() if not is_ours or name not in RESTARTING}}
    del kept[module]
    return kept | {"ansible.builtin.debug": {"msg": f"stands in for {module_of(task)}"}}


def play_for(block: DocumentedTasks, folder: pathlib.Path) -> dict:
    """A play of the block's tasks; the described computer goes into that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    description = folder / block.file
    description.write_text(block.description, encoding="utf-8")
    defaults = {f"upshift.windows.{module}": {"simulation": str(description)} for module in MODULES}
    return {"name": f"line {block.line}", "hosts": "all", "gather_facts": False, "module_defaults": defaults,
            "tasks": runnable(block.tasks)}
