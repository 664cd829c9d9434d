# SPDX-License-Identifier: GPL-3.0-or-later
"""The Windows behind the endpoint: a Wine prefix, its environment, and the programs that shells start in it."""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import time

import wine

# Unix programs hand their environment on, and so do Windows programs under Wine: it tells which shell a process is of.
MARK = "UPSHIFT_TEST_SHELL"


class Host:
    def __init__(self, prefix: wine.WinePrefix, leaves_job: re.Pattern | None = None):
        self.prefix = prefix
        self.leaves_job = leaves_job
        told = prefix.run("cmd.exe", "/c", "set").stdout.decode(errors="replace")
        self.environment = {name.upper(): value for name, _, value in
                            (line.partition("=") for line in told.splitlines()) if name}

    def expand(self, text: str, environment: dict[str, str] | None = None) -> str:
        """%NAME% as Windows puts values in; unknown names stay."""
        known = self.environment | {name.upper(): value for name, value in (environment or {}).items()}
        return re.sub(r"%([^%]+)%", lambda found: known.get(found[1].upper(), found[0]), text)

    @property
    def user_profile(self) -> str:
        return self.environment["USERPROFILE"]

    def path(self, windows: str) -> pathlib.Path:
        """Where that file lies on this machine; a relative path starts at the user's profile, as a WinRM shell does."""
        if not re.match(r"[A-Za-z]:", windows):
            windows = f"{self.user_profile}\\{windows}"
        return self.prefix.path(windows)

    def start(self, command: list[str], job: str, environment: dict[str, str] | None = None,
              folder: str | None = None) -> subprocess.Popen:
        """Starts a Windows program in a job: "SHELL/COMMAND"."""
        program = self.prefix.command(*command)
        home = self.path(folder or self.user_profile)
        return subprocess.Popen(program, env=self.prefix.env | (environment or {}) | {MARK: job},
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                cwd=home if home.is_dir() else None)

    def run(self, command: list[str], job: str, stdin: bytes = b"",
            environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
        """Runs a Windows program to its end, as a PowerShell module does that waits for both of its streams."""
        process = self.start(command, job, environment)
        stdout, stderr = process.communicate(stdin)
        return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)

    def processes(self, job: str = "", *, left_too: bool = False) -> list[int]:
        """The processes of a shell ("SHELL"), of a command ("SHELL/COMMAND"), or of all, that have not left the job."""
        mark, prefix = f"{MARK}={job}".encode(), f"WINEPREFIX={self.prefix.env['WINEPREFIX']}".encode()
        found = []
        for folder in pathlib.Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == os.getpid():
                continue
            with contextlib.suppress(OSError):
                variables = (folder / "environ").read_bytes().split(b"\0")
                if prefix in variables and any(variable.startswith(mark) for variable in variables):
                    line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    if line and (left_too or not (self.leaves_job and self.leaves_job.search(line))):
                        found.append(int(folder.name))
        return found

    def kill(self, job: str, *, left_too: bool = False) -> int:
        """Ends every process of the job, children of children too, as Windows does when it closes the job of a WinRM
        shell. Returns how many there were."""
        ended: set[int] = set()
        for _ in range(50):
            alive = self.processes(job, left_too=left_too)
            if not alive:
                break
            for process in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            ended.update(alive)
            time.sleep(0.02)
        return len(ended)
