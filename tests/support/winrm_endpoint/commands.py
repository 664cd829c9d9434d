# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the work of one command: a known script of ansible-core, or a Windows program under Wine."""

from __future__ import annotations

import subprocess
import threading
import typing

from .host import Host, Job
from .modules import UnknownModule
from .powershell import Powershell, Session, UnknownScript
from .shells import Command, Shell
from .streams import Ended


class Commands:
    def __init__(self, host: Host, powershell: Powershell):
        self._host, self._powershell = host, powershell

    def execute(self, shell: Shell, command: Command) -> None:
        job = Job(f"{shell.id}/{command.id}", shell.may_leave_job)
        if not command.record.scripts:
            self._run_program(shell, command, job)
            return
        try:
            exit_code, stdout, stderr = self._powershell.run(
                command.record, Session(job, command.stdin, command.arguments, shell.variables))
        except Ended:
            raise
        except (UnknownScript, UnknownModule) as unknown:
            exit_code, stdout = 1, ""
            stderr = f"The endpoint of the tests runs no PowerShell and does not know this: {unknown}\r\n"
            self._powershell.tell(f"{type(unknown).__name__}: {unknown}")
        except Exception as error:  # Of the endpoint itself: the test must hear of it.
            exit_code, stdout, stderr = 1, "", f"The endpoint of the tests failed: {error!r}\r\n"
            self._powershell.tell(f"failed: {error!r}")
        command.finish(exit_code, stdout.encode(), stderr.encode())

    def _run_program(self, shell: Shell, command: Command, job: Job) -> None:
        line = command.record.line
        if command.options.get("WINRS_SKIP_CMD_SHELL", "FALSE").upper() != "TRUE":
            line = f"cmd.exe /c {line}"
        process = self._host.start(line, job, shell.environment, shell.folder)
        readers = [threading.Thread(target=_pass_on, args=(command, name, getattr(process, name)), daemon=True)
                   for name in ("stdout", "stderr")]
        for reader in readers:
            reader.start()
        threading.Thread(target=_feed, args=(command, process), daemon=True).start()
        exit_code = process.wait()
        for reader in readers:
            reader.join()
        command.finish(exit_code)


def _pass_on(command: Command, name: str, stream: typing.IO[bytes]) -> None:
    while data := stream.read1(65536):  # type: ignore[attr-defined]
        setattr(command.record, name, getattr(command.record, name) + data)
        command.output.write(**{name: data})


def _feed(command: Command, process: subprocess.Popen) -> None:
    try:
        for chunk in command.stdin.chunks():
            process.stdin.write(chunk)
            process.stdin.flush()
        process.stdin.close()
    except (OSError, Ended):
        pass
