# SPDX-License-Identifier: GPL-3.0-or-later
"""The Windows behind the endpoint: a Wine prefix, its environment, and the programs that shells start in it."""

from __future__ import annotations

import collections.abc
import contextlib
import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
import typing

import wine

from . import windows_program

# Unix programs hand their environment on, and so do Windows programs under Wine: it tells whose a process is.
MARK = "UPSHIFT_TEST_JOB"
LINE = "UPSHIFT_TEST_COMMAND"


@dataclasses.dataclass(frozen=True)
class Job:
    """The job object in which a command's programs run, "SHELL/COMMAND": when its shell ends, Windows ends everything in
    it. Whether a program may leave it (CREATE_BREAKAWAY_FROM_JOB); None stands for no job object at all."""

    name: str
    may_leave: bool | None


class Host:
    def __init__(self, prefix: wine.WinePrefix, folder: pathlib.Path):
        self.prefix = prefix
        self._launchers = {True: folder / "job.exe", False: folder / "closed-job.exe", None: folder / "no-job.exe"}
        windows_program.write(self._launchers[True], LINE, limits=("KILL_ON_JOB_CLOSE", "BREAKAWAY_OK"))
        windows_program.write(self._launchers[False], LINE, limits=("KILL_ON_JOB_CLOSE",))
        windows_program.write(self._launchers[None], LINE)
        self._started: list[tuple[Job, subprocess.Popen]] = []
        #: How often it was started; and who is told when it starts again.
        self.boots = 1
        self.on_restart: collections.abc.Callable[[], None] = lambda: None
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

    def restart_soon(self) -> None:
        """The host goes down shortly after the one who asked for it has had its answer, and is there again at once."""
        threading.Timer(1, self._restart).start()

    def _restart(self) -> None:
        self.boots += 1
        self.on_restart()

    def start(self, command: list[str] | str, job: Job, environment: dict[str, str] | None = None,
              folder: str | None = None, stderr: int | typing.IO[bytes] = subprocess.PIPE) -> subprocess.Popen:
        """Starts a Windows program, given as words or as the command line itself, in that job."""
        line = command if isinstance(command, str) else subprocess.list2cmdline(command)
        launcher = self.prefix.command(wine.windows_path(self._launchers[job.may_leave]))
        home = self.path(folder or self.user_profile)
        process = subprocess.Popen(launcher, env=self.prefix.env | (environment or {}) | {MARK: job.name, LINE: line},
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr,
                                   cwd=home if home.is_dir() else None)
        self._started.append((job, process))
        return process

    def run(self, command: list[str] | str, job: Job, stdin: bytes = b"",
            environment: dict[str, str] | None = None) -> subprocess.CompletedProcess:
        """Runs a Windows program to its end, as a PowerShell module does that waits for both of its streams. Wine hands its
        own standard error down to every process: a pipe there would stay open as long as a detached one lives."""
        with tempfile.TemporaryFile() as told:
            process = self.start(command, job, environment, stderr=told)
            stdout, _ = process.communicate(stdin)
            told.seek(0)
            return subprocess.CompletedProcess(command, process.returncode, stdout, told.read())

    def processes(self, job: str = "") -> list[int]:
        """The processes that a shell ("SHELL"), a command ("SHELL/COMMAND"), or any started; those that have left the
        job object too."""
        mark, prefix = f"{MARK}={job}".encode(), f"WINEPREFIX={self.prefix.env['WINEPREFIX']}".encode()
        found = []
        for folder in pathlib.Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == os.getpid():
                continue
            with contextlib.suppress(OSError):
                variables = (folder / "environ").read_bytes().split(b"\0")
                if prefix in variables and any(variable.startswith(mark) for variable in variables):
                    found.append(int(folder.name))
        return found

    def kill(self, job: str) -> None:
        """Closes the job objects of a shell or command, as WinRM does in the end: Wine then ends every process in them,
        children of children too, but none that has left."""
        ended = [process for owner, process in self._started
                 if owner.name.startswith(job) and owner.may_leave is not None and process.poll() is None]
        for process in ended:
            process.kill()
            process.wait()
        before: list[int] = []
        while ended and before != (before := self.processes(job)):
            time.sleep(0.1)
