# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes apart what ansible-core sends to PowerShell: which module, with which arguments, in which wrappers."""

from __future__ import annotations

import base64
import dataclasses
import json
import pathlib
import re
import typing

NULS = b"\0\0\0\0"


@dataclasses.dataclass(frozen=True)
class AsyncJob:
    """What the wrapper of a task with `async` is told."""

    folder: str
    job: str
    timeout: float
    # The wrapper of 2.16 says 1 and 0, the one of 2.19 true and false.
    yes: object
    no: object


@dataclasses.dataclass(frozen=True)
class ModuleCall:
    """One run of a module, exactly as it arrived."""

    name: str
    arguments: dict[str, typing.Any]
    ansible: dict[str, typing.Any]
    environment: dict[str, str]
    script: bytes
    become: dict[str, typing.Any] | None
    async_job: AsyncJob | None
    encoded_output: bool
    wrapper: str

    @property
    def leaf(self) -> str:
        return self.name.rpartition(".")[2]


def decode_command(line: str) -> list[str]:
    """The scripts in a command line: 2.16 wraps a command that is PowerShell itself in another PowerShell."""
    scripts: list[str] = []
    while found := re.search(r"^\s*(?:\S*\\)?powershell(?:\.exe)?\b.*?\s-encodedcommand\s+([A-Za-z0-9+/=]+)\s*$", line.strip(),
                             re.IGNORECASE | re.DOTALL | re.MULTILINE):
        line = base64.b64decode(found[1]).decode("utf-16-le")
        scripts.append(line)
    return scripts


def _split(arguments: dict[str, typing.Any]) -> tuple[dict, dict]:
    own = {name: value for name, value in arguments.items() if not name.startswith("_ansible_")}
    return own, {name: value for name, value in arguments.items() if name.startswith("_ansible_")}


def from_exec_wrapper(payload: dict[str, typing.Any]) -> ModuleCall:
    """The one JSON object behind the exec wrapper of ansible-core 2.16."""
    actions = payload["actions"]
    arguments, ansible = _split(payload["module_args"])
    become = {key.removeprefix("become_"): value for key, value in payload.items() if key.startswith("become_") and
              key != "become_wrapper"} if "become_wrapper" in actions else None
    job = AsyncJob(payload["environment"].get("ANSIBLE_ASYNC_DIR", ""), payload["async_jid"],
                   float(payload["async_timeout_sec"]), 1, 0) if "async_wrapper" in actions else None
    return ModuleCall(ansible.get("_ansible_module_name", ""), arguments, ansible, payload["environment"],
                      base64.b64decode(payload["module_entry"]), become, job, bool(payload["encoded_output"]), actions[-1])


def from_manifest(manifest: dict[str, typing.Any]) -> ModuleCall:
    """The manifest of scripts and actions of ansible-core 2.19."""
    actions = {action["name"]: action for action in manifest["actions"]}
    run = actions["module_wrapper.ps1"]["params"]
    sent = next((variable["Value"] for variable in run.get("Variables", ()) if variable["Name"] == "complex_args"), {})
    arguments, ansible = _split(sent)
    become = next(({**action["params"], **action["secure_params"]} for name, action in actions.items()
                   if name.startswith("become_wrapper")), None)
    job = None
    if "async_wrapper.ps1" in actions:
        told = actions["async_wrapper.ps1"]["params"]
        job = AsyncJob(told["AsyncDir"], told["AsyncJid"],
                       float(actions["async_watchdog.ps1"]["params"]["Timeout"]), True, False)
    name = ansible.get("_ansible_module_name") or pathlib.PurePath(run["Script"]).stem
    return ModuleCall(name, arguments, ansible, run.get("Environment") or {},
                      base64.b64decode(manifest["scripts"][run["Script"]]["script"]), become, job, False,
                      "module" if run.get("ForModule") else "script")


def parse_exec_wrapper(stdin: bytes) -> ModuleCall:
    wrapper, separator, text = stdin.partition(NULS)
    if not separator or not wrapper:
        raise ValueError("the input is no exec wrapper, four NULs and JSON")
    return from_exec_wrapper(json.loads(text))
