# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks with a real ansible-core and keeps what every task returned."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import pathlib
import subprocess

from collection_tree import ROOT, make_collection_tree

PLUGINS = pathlib.Path(__file__).resolve().parent / "ansible_plugins"
#: Those that have an operation of the helper behind them.
MODULES = ("hyperv_vm_version", "hyperv_vm_version_info", "msi_product_version", "msi_product_version_info")
ALL_MODULES = ("helper", *MODULES)


@dataclasses.dataclass(frozen=True)
class AnsibleCore:
    """An ansible-core in its own Python environment: "newest" or "floor"."""

    name: str

    def program(self, name: str) -> str:
        return str(ROOT / "build" / "venv" / self.name / "bin" / name)

    def environment(self, home: pathlib.Path, record: pathlib.Path | None = None) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "WINE"))}
        return kept | {
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_COLLECTIONS_PATH": str(make_collection_tree()),
            "ANSIBLE_CALLBACK_PLUGINS": str(PLUGINS / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "record_results",
            "ANSIBLE_BECOME_PLUGINS": str(PLUGINS / "become"),
            "ANSIBLE_BECOME_ALLOW_SAME_USER": "1",
            # Runs of several playbooks at once must not share a folder for temporary files.
            "ANSIBLE_LOCAL_TEMP": str(home / "local-tmp"),
            "ANSIBLE_REMOTE_TEMP": str(home / "remote-tmp"),
            "ANSIBLE_ASYNC_DIR": str(home / "async"),
            "UPSHIFT_RECORD": str(record or os.devnull),
        }


@dataclasses.dataclass
class PlaybookRun:
    """What a run printed and what its tasks returned."""

    exit_code: int
    output: str
    rows: list[dict]

    def row(self, task: str) -> dict:
        rows = [row for row in self.rows if row["task"] == task]
        assert len(rows) == 1, f"{len(rows)} results of the task {task!r}:\n{self.output}"
        return rows[0]

    def result(self, task: str) -> dict:
        """What the one task of that name returned."""
        return self.row(task)["result"]

    def received(self, task: str) -> dict:
        """What the helper was given, where it was the one that tells."""
        return json.loads(base64.b64decode(self.result(task)["stdin"]))

    def failed(self, task: str) -> bool:
        return self.row(task)["outcome"] == "failed"


def task(name: str, module: str, keywords: dict | None = None, /, **options: object) -> dict:
    """A task that does not end the play when it fails."""
    return {"name": name, f"upshift.windows.{module}": options, "ignore_errors": True, **(keywords or {})}


def run_playbook(core: AnsibleCore, folder: pathlib.Path, tasks: list[dict] | str, *switches: str,
                 host_variables: dict | None = None, host: str = "here", env: dict | None = None) -> PlaybookRun:
    """Runs one play on one host, over a local connection unless its variables say otherwise. JSON is YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = {"ansible_connection": "local", "ansible_python_interpreter": core.program("python")}
    inventory = {"all": {"hosts": {host: variables if host_variables is None else host_variables}}}
    (folder / "inventory.yml").write_text(json.dumps(inventory), encoding="utf-8")
    play = folder / "play.yml"
    if isinstance(tasks, str):
        indented = "".join(f"    {line}" for line in tasks.splitlines(keepends=True))
        play.write_text(f"- hosts: all\n  gather_facts: false\n  tasks:\n{indented}", encoding="utf-8")
    else:
        play.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks}]), encoding="utf-8")
    return run_file(core, folder, play, "-i", str(folder / "inventory.yml"), *switches, env=env)


def run_file(core: AnsibleCore, folder: pathlib.Path, playbook: pathlib.Path | str, *switches: str,
             env: dict | None = None) -> PlaybookRun:
    record = folder / "record.jsonl"
    record.unlink(missing_ok=True)
    done = subprocess.run([core.program("ansible-playbook"), *switches, str(playbook)], cwd=folder,
                          env=core.environment(folder, record) | (env or {}), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
    rows = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()] if record.exists() else []
    return PlaybookRun(done.returncode, done.stdout, rows)
