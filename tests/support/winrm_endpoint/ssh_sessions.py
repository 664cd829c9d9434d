# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client has an SSH server run: one command line for the user's shell, here Windows PowerShell."""

from __future__ import annotations

import asyncio
import collections.abc
import contextlib
import re

import asyncssh

from .payload import decode_command
from .recording import CommandRecord
from .shells import Command, new_id
from .streams import Output

# ansible-core 2.16 has each command begin with this (exec_command of its ssh connection).
CODE_PAGE = re.compile(r"^chcp\.com 65001 > \$null ; ")


def scripts_in(line: str) -> list[str]:
    """The PowerShell in a command line: the whole line is a script where it is not a call of another PowerShell."""
    script = CODE_PAGE.sub("", line)
    return decode_command(script) or [script]


class ClientOutput(Output):
    """Hands on to the client what a command writes, as it comes, and its exit code; or loses its connection then."""

    def __init__(self, process: asyncssh.SSHServerProcess, loses_answer: bool):
        super().__init__()
        self._process, self._loses_answer = process, loses_answer
        self._loop = asyncio.get_running_loop()
        self._over = False

    def write(self, stdout: bytes = b"", stderr: bytes = b"") -> None:
        self._loop.call_soon_threadsafe(self._send, stdout, stderr)

    def finish(self, exit_code: int, stdout: bytes = b"", stderr: bytes = b"") -> None:
        """Only the first end counts."""
        self._loop.call_soon_threadsafe(self._end, exit_code & 0xFFFFFFFF, stdout, stderr)

    def _send(self, stdout: bytes, stderr: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # the client is gone
            self._process.stdout.write(stdout)
            self._process.stderr.write(stderr)

    def _end(self, exit_code: int, stdout: bytes, stderr: bytes) -> None:
        if self._over:
            return
        self._over = True
        if self._loses_answer:
            self._process.channel.get_connection().abort()
            return
        self._send(stdout, stderr)
        self._process.exit(exit_code)


class Session:
    """One command and the job object in which it runs, as `Shell` is for WinRM."""

    #: The server's job object has JOB_OBJECT_LIMIT_BREAKAWAY_OK (do_exec_windows of OpenSSH for Windows).
    may_leave_job = True

    def __init__(self, process: asyncssh.SSHServerProcess, loses_answer: bool):
        self.id = new_id()
        self.environment: dict[str, str] = {}
        self.variables: dict[str, str] = {}
        self.folder = None
        line = process.command or ""
        self.command = Command(CommandRecord(line, scripts_in(line)), {})
        self.command.output = ClientOutput(process, loses_answer)

    def start(self, execute: collections.abc.Callable[[Session, Command], None],
              ended: collections.abc.Callable[[], None]) -> None:
        def work(command: Command) -> None:
            try:
                execute(self, command)
            finally:
                ended()

        self.command.start(work)

    def end(self) -> None:
        """Somebody ends the processes: their shell has an exit code then, and has said nothing."""
        self.command.stdin.break_off()
        self.command.output.finish(1)


async def feed(process: asyncssh.SSHServerProcess, command: Command) -> None:
    """Hands standard input on as it comes. Where the connection is lost before its end, a script that reads it ends."""
    try:
        while data := await process.stdin.read(65536):
            command.stdin.feed(data, False)
        command.stdin.feed(b"", True)
    except (asyncssh.Error, OSError):
        command.stdin.break_off()
