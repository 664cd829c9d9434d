# SPDX-License-Identifier: GPL-3.0-or-later
"""What the PowerShell modules of upshift.windows do on the host, in Python. The one place that stands in for them.

No test runs the .ps1 files themselves; what these functions do with exactly the arguments that arrived is what is tested.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import pathlib
import shutil
import typing
import zlib

import yaml

from .modules import Answer, Context

ROOT = pathlib.Path(__file__).resolve().parents[3]
OPERATIONS = ("hyperv_vm_version", "hyperv_vm_version_info", "msi_product_version", "msi_product_version_info")
HIDDEN = ("_helper", "_command")


def run(context: Context) -> Answer:
    """Invoke-UpshiftHelper."""
    return _refusal_of_options(context) or _with_helper(context, lambda path: _run_helper(context, path))


def helper(context: Context) -> Answer:
    """The module "helper"."""
    arguments, host = context.call.arguments, context.host
    if arguments.get("_command"):
        return _restart_command(context, arguments["_command"])
    installed = _installed(context, arguments["_helper"])
    folder = host.path(installed).parent.parent
    checking = bool(context.call.ansible.get("_ansible_check_mode"))
    if arguments.get("state") == "absent":
        changed = folder.exists()
        if changed and not checking:
            shutil.rmtree(folder)
        return {"changed": changed, "path": installed}
    if checking and _sha256(host.path(installed)) != arguments["_helper"]["sha256"]:
        return {"changed": True, "path": installed}
    return _with_helper(context, lambda path: {"changed": bool(arguments["_helper"].get("source")), "path": path})


def _restart_command(context: Context, command: list[str]) -> Answer:
    if command[0] == "boot_time":
        return {"changed": False, "boot_time": str(context.host.boots)}
    context.host.restart_soon()
    return {"changed": False}


def _refusal_of_options(context: Context) -> Answer | None:
    unknown = sorted(set(context.call.arguments) - set(_options(context.call.leaf)) - set(HIDDEN))
    if unknown:
        return _failure(f"Unsupported parameters for ({context.call.leaf}) module: {', '.join(unknown)}")
    return None


def _with_helper(context: Context, work: typing.Callable[[str], Answer]) -> Answer:
    """Find-UpshiftHelper, and then the work. Who may alter the file, which the .ps1 asks Windows, Wine does not know."""
    wanted = context.call.arguments["_helper"]
    if wanted.get("path"):
        return work(wanted["path"])
    installed = _installed(context, wanted)
    if wanted.get("source"):
        refusal = _stage(context, wanted)
        if refusal is not None:
            return refusal
    elif _sha256(context.host.path(installed)) != wanted["sha256"]:
        if wanted.get("required"):
            return _failure(f'The helper is not in its place, "{installed}": something removed it after this task had placed it. '
                            "Run the task again.")
        return {"changed": False, "failed": False, "_helper_missing": True}
    return work(installed)


def _installed(context: Context, wanted: dict[str, typing.Any]) -> str:
    return context.host.expand(f"%ProgramData%\\Upshift\\bin\\{wanted['version']}-{wanted['sha256']}\\upshift.exe")


def _stage(context: Context, wanted: dict[str, typing.Any]) -> Answer | None:
    """Has the copied helper put itself into its place; the copy is deleted however that ends."""
    source = context.host.path(wanted["source"])
    copy = source.with_suffix(".exe")
    try:
        _unpack(source, copy)
        if _sha256(copy) != wanted["sha256"]:
            return _failure(f"The helper was broken on its way: \"{wanted['source']}\" should hold the SHA-256 "
                            f"{wanted['sha256']} and holds {_sha256(copy) or 'none, it is not there'}")
        told = json.dumps({"sha256": wanted["sha256"], "version": wanted["version"]})
        program = wanted["source"].removesuffix("gz") + "exe"
        answer = _answer_of(context, [program, "stage"], told)
        failed = json.loads(answer).get("failed") if isinstance(answer, str) else True
        return answer if failed else None
    finally:
        source.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)


def _unpack(source: pathlib.Path, copy: pathlib.Path) -> None:
    """Expand-UpshiftFile."""
    if not source.exists():
        return
    try:
        copy.write_bytes(gzip.decompress(source.read_bytes()))
    except (OSError, EOFError, zlib.error):
        copy.write_bytes(b"")


def _run_helper(context: Context, installed: str) -> Answer:
    arguments = context.call.arguments
    if arguments.get("_command"):
        return _answer_of(context, [installed, *arguments["_command"]], "")
    wanted = arguments["_helper"]
    given = {name: _without_nulls(arguments[name]) for name in wanted["given"]}
    given["_ansible_check_mode"] = bool(context.call.ansible.get("_ansible_check_mode"))
    given["_ansible_diff"] = bool(context.call.ansible.get("_ansible_diff"))
    detached = ["--detach", "--wait", str(wanted["wait"])] if wanted["detach"] else []
    if wanted["detach"] and not given["_ansible_check_mode"]:
        detached.append("--confirm")
    return _answer_of(context, [installed, context.call.leaf, *detached], json.dumps(given))


def _without_nulls(value: object) -> object:
    if isinstance(value, dict):
        return {name: _without_nulls(entry) for name, entry in value.items() if entry is not None}
    if isinstance(value, list):
        return [_without_nulls(entry) for entry in value]
    return value


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
    silent = _failure(f"The helper gave no answer: exit code {done.returncode}, on standard error {tail!r}")
    return silent | {"_no_answer": command[1] != "stage"}


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


MODULES = {f"upshift.windows.{name}": run for name in OPERATIONS} | {"upshift.windows.helper": helper}
