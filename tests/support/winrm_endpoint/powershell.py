# SPDX-License-Identifier: GPL-3.0-or-later
"""Knows the scripts that ansible-core sends to Windows, and does on the host what each of them does. Runs no PowerShell."""

from __future__ import annotations

import collections.abc
import dataclasses
import json
import re
import typing

from . import modules, payload, script_files
from .host import Host, Job
from .recording import CommandRecord, Recording
from .streams import Input

Result = tuple[int, str, str]
SINGLE_QUOTED = r"'((?:[^']|'')*)'"


class UnknownScript(Exception):
    """The endpoint has no re-enactment for what was sent."""


@dataclasses.dataclass
class Session:
    """What a script has besides its text. Variables stay for later scripts of the same runspace."""

    job: Job
    stdin: Input
    arguments: list[typing.Any]
    variables: dict[str, str]


class Powershell:
    """One command that is PowerShell: finds out what it is, and does it."""

    def __init__(self, host: Host, recording: Recording, registry: modules.Registry, puts: script_files.Puts,
                 tell: collections.abc.Callable[[str], None], notice: collections.abc.Callable[[str], None]):
        self.host, self.recording, self.registry, self.puts = host, recording, registry, puts
        self.tell, self.notice = tell, notice

    def run(self, record: CommandRecord, session: Session) -> Result:
        script, stdin, job = record.scripts[-1], session.stdin, session.job
        if "$codeJson = foreach ($in in $input)" in script:
            return self._run_manifest(record, stdin, job)
        if "$exec_wrapper_str = $input | Out-String" in script:
            record.kind = "module"
            return self._run_module(payload.parse_exec_wrapper(stdin.all()), job)
        for kind, pattern, act in SCRIPTS:
            if found := pattern.search(script):
                record.kind = kind
                values = [value.replace("''", "'") if value else "" for value in found.groups()]
                return act(self, session, *values)
        if command := self._program(script):
            record.kind = "program"
            done = self.host.run(command, job)
            return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        raise UnknownScript(script)

    def _program(self, script: str) -> list[str]:
        """The words of a script that only starts a program: no PowerShell is in it."""
        words = re.sub(r"(; |\n)exit \$LASTEXITCODE$", "", script.strip()).removeprefix("& ")
        found = re.fullmatch(r"'([^']+\.exe)'((?: [^\n|;&$()]*)?)|\"?([^\s\"|;&$()]+\.exe)\"?((?: [^\n|;&$()]*)?)", words)
        return [found[1] or found[3], *(found[2] or found[4] or "").split()] if found else []

    def _run_manifest(self, record: CommandRecord, stdin: Input, job: Job) -> Result:
        """The bootstrap of 2.19: a line of JSON with the exec wrapper, NULs, a line of JSON with the manifest, and,
        for scripts with input, NULs and that input."""
        lines = stdin.lines()
        bootstrap = json.loads(b"\n".join(_until_nuls(lines)))
        if bootstrap["name"] != "exec_wrapper":
            raise UnknownScript(str(bootstrap["name"]))
        manifest = json.loads(b"\n".join(_until_nuls(lines)))
        action = manifest["actions"][-1]
        values = action["params"]
        record.kind = KINDS.get(action["name"], action["name"])
        if record.kind == "module":
            return self._run_module(payload.from_manifest(manifest), job)
        if record.kind == "make folder":
            return script_files.make_folder(self.host, values["Directory"], values["Name"])
        if record.kind == "expand user":
            return script_files.expand_user(self.host, values["Path"])
        if record.kind == "put":
            return self.puts.put(self.host, values["Path"], lines)
        if record.kind == "fetch all":
            return script_files.fetch_all(self.host, values["Path"], values["BufferSize"])
        if record.kind == "fetch":
            return script_files.fetch(self.host, values["Path"], values["BufferSize"], values["Offset"])
        raise UnknownScript(action["name"])

    def _run_module(self, call: payload.ModuleCall, job: Job) -> Result:
        self.recording.modules.append(call)
        if call.wrapper in ("script", "module_script_wrapper"):
            raise UnknownScript(call.script.decode(errors="replace"))
        return modules.run(modules.Context(self.host, job, call, self.tell, self.notice), self.registry)


def _until_nuls(lines: collections.abc.Iterator[bytes]) -> collections.abc.Iterator[bytes]:
    for line in lines:
        if line == payload.NULS:
            return
        yield line


# The scripts of ansible-core 2.19 by their names,
KINDS = {"module_wrapper.ps1": "module", "powershell_mkdtemp.ps1": "make folder", "powershell_expand_user.ps1": "expand user",
         "winrm_put_file.ps1": "put", "psrp_put_file.ps1": "put", "winrm_fetch_file.ps1": "fetch",
         "psrp_fetch_file.ps1": "fetch all"}
# and the nameless ones of 2.16, and of both, by their text.
SCRIPTS: tuple = (
    ("put", re.compile(r"\$path = \$MyInvocation\.UnboundArguments\[0\]\s+\$fd = \[System.IO.File\]::Create"),
     lambda shell, session: shell.puts.put(shell.host, session.arguments[0], session.stdin.lines())),
    ("open file", re.compile(r"param\(\[string\]\$Path\)[\s\S]*\$fs = New-Object -TypeName System.IO.FileStream"),
     lambda shell, session: script_files.open_file(shell.host, session.arguments[0], session.variables)),
    ("fetch", re.compile(r"param\(\[int64\]\$Offset, \[int\]\$BufferSize\)[\s\S]*\$fs\.Seek"),
     lambda shell, session: script_files.fetch(shell.host, session.variables["fs"], session.arguments[1], session.arguments[0])),
    ("close file", re.compile(r"^\$fs\.Close\(\)$"), lambda _, session: (0, session.variables.pop("fs")[:0], "")),
    ("put", re.compile(rf"\$path = {SINGLE_QUOTED}[\s\S]*\$fd = \[System.IO.File\]::Create\(\$path\)"),
     lambda shell, session, path: shell.puts.put(shell.host, path, session.stdin.lines())),
    ("fetch", re.compile(rf"\$path = {SINGLE_QUOTED}[\s\S]*\$buffer_size = (\d+)\s+\$offset = (\d+)"),
     lambda shell, _, path, size, offset: script_files.fetch(shell.host, path, int(size), int(offset))),
    ("make folder", re.compile(rf"ExpandEnvironmentVariables\({SINGLE_QUOTED}\)\s+\$tmp = New-Item -Type Directory "
                               rf"-Path \$tmp_path -Name {SINGLE_QUOTED}"),
     lambda shell, _, folder, name: script_files.make_folder(shell.host, folder, name)),
    ("remove", re.compile(rf"Remove-Item {SINGLE_QUOTED} -Force( -Recurse)?;"),
     lambda shell, _, path, recurse: script_files.remove(shell.host, path, bool(recurse))),
    ("exists", re.compile(rf"If \(Test-Path {SINGLE_QUOTED}\)\s*{{\s*\$res = 0"),
     lambda shell, _, path: script_files.exists(shell.host, path)),
    ("checksum", re.compile(rf"If \(Test-Path -PathType Leaf {SINGLE_QUOTED}\)[\s\S]*SHA1CryptoServiceProvider"),
     lambda shell, _, path: script_files.checksum(shell.host, path)),
    ("expand user", re.compile(rf"Write-Output \(\(Get-Location\)\.Path \+ {SINGLE_QUOTED}\)"),
     lambda shell, _, rest: script_files.expand_user(shell.host, "~" + rest)),
    ("expand user", re.compile(r"Write-Output \(Get-Location\)\.Path\s"),
     lambda shell, _: script_files.expand_user(shell.host, "~")),
    ("expand user", re.compile(rf"^Set-StrictMode -Version Latest\s+Write-Output {SINGLE_QUOTED}\s"),
     lambda shell, _, path: (0, path + "\r\n", "")),
)
