# SPDX-License-Identifier: GPL-3.0-or-later
"""The shells of WinRM and the commands in them, as the six actions create, feed, read and end them."""

from __future__ import annotations

import base64
import collections.abc
import threading
import typing
import uuid
from xml.sax.saxutils import escape

from . import soap
from .host import Host
from .payload import decode_command
from .recording import CommandRecord, Recording
from .streams import Ended, Input, Output

STATE = f"{soap.SHELL}/CommandState"
Start = collections.abc.Callable[[typing.Any, typing.Any], None]


def new_id() -> str:
    return str(uuid.uuid4()).upper()


class Command:
    """A command on a thread of its own."""

    def __init__(self, record: CommandRecord, options: dict[str, str], command_id: str | None = None):
        self.id = command_id or new_id()
        self.record = record
        self.options = options
        self.arguments: list[typing.Any] = []
        self.stdin = Input()
        self.output = Output()
        record.stdin = self.stdin.received

    def start(self, execute: collections.abc.Callable[[Command], None]) -> None:
        threading.Thread(target=self._work, args=(execute,), daemon=True).start()

    def _work(self, execute: collections.abc.Callable[[Command], None]) -> None:
        try:
            execute(self)
        except Ended:
            self.finish(1)

    def finish(self, exit_code: int, stdout: bytes = b"", stderr: bytes = b"") -> None:
        self.record.stdout += stdout
        self.record.stderr += stderr
        self.record.exit_code = exit_code
        self.output.finish(exit_code, stdout, stderr)


class Shell:
    """A command shell: programs with three streams."""

    #: WinRM lets programs of command shells leave the job object, those of runspaces not (async_wrapper.ps1 of
    #: ansible-core 2.19 tells so).
    may_leave_job = True

    def __init__(self, request: soap.Request, start: Start):
        self.id = new_id()
        variables = request.body.iterfind("rsp:Shell/rsp:Environment/rsp:Variable", soap.NAMES)
        self.environment = {variable.get("Name", ""): variable.text or "" for variable in variables}
        self.folder = request.text("rsp:Shell/rsp:WorkingDirectory") or None
        self.commands: dict[str, Command] = {}
        #: What scripts leave behind for later ones; only runspaces keep anything.
        self.variables: dict[str, str] = {}
        self._start = start

    def add(self, request: soap.Request) -> Command:
        arguments = [argument.text or "" for argument in request.body.iterfind("rsp:CommandLine/rsp:Arguments", soap.NAMES)]
        line = " ".join([request.text("rsp:CommandLine/rsp:Command"), *arguments])
        command = Command(CommandRecord(line, decode_command(line)), request.options)
        self.commands[command.id] = command
        self._start(self, command)
        return command

    def find(self, command_id: str | None) -> Command:
        if command_id not in self.commands:
            raise soap.Fault("w:InvalidParameter", f"There is no command {command_id} in this shell.", 87)
        return self.commands[command_id]

    def feed(self, command_id: str | None, data: bytes, end: bool) -> None:
        self.find(command_id).stdin.feed(data, end)

    def outlet(self, command_id: str | None) -> Output:
        return self.find(command_id).output

    def end(self) -> None:
        for command in self.commands.values():
            command.stdin.break_off()


class Shells:
    """All shells of the endpoint, by the resource that creates them; `execute` does the work of a command."""

    def __init__(self, host: Host, recording: Recording, execute: collections.abc.Callable[[Shell, Command], None],
                 kinds: dict[str, type[Shell]]):
        self._host, self._recording, self._execute, self._kinds = host, recording, execute, kinds
        self.open: dict[str, Shell] = {}

    def handle(self, request: soap.Request) -> bytes:
        return soap.answer(request, getattr(self, f"_{request.action.lower()}")(request))

    def end(self, shell_id: str | None) -> None:
        """Ends a shell and every process in it; later requests do not find it."""
        shell = self.open.pop(shell_id or "", None)
        if shell:
            shell.end()
            self._host.kill(shell.id)

    def end_all(self) -> None:
        for shell_id in list(self.open):
            self.end(shell_id)

    def _start(self, shell: Shell, command: Command) -> None:
        self._recording.commands.append(command.record)
        command.start(lambda started: self._execute(shell, started))

    def _create(self, request: soap.Request) -> str:
        shell = self._kinds[request.resource](request, self._start)
        self.open[shell.id] = shell
        selector = f"<w:SelectorSet><w:Selector Name=\"ShellId\">{shell.id}</w:Selector></w:SelectorSet>"
        return (f"<x:ResourceCreated><a:Address>http://127.0.0.1/wsman</a:Address><a:ReferenceParameters><w:ResourceURI>"
                f"{request.resource}</w:ResourceURI>{selector}</a:ReferenceParameters></x:ResourceCreated>"
                f"<rsp:Shell><rsp:ShellId>{shell.id}</rsp:ShellId><rsp:ResourceUri>{request.resource}</rsp:ResourceUri>"
                "<rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>")

    def _command(self, request: soap.Request) -> str:
        command = self._shell(request).add(request)
        return f"<rsp:CommandResponse><rsp:CommandId>{command.id}</rsp:CommandId></rsp:CommandResponse>"

    def _send(self, request: soap.Request) -> str:
        shell = self._shell(request)
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", soap.NAMES):
            shell.feed(stream.get("CommandId"), base64.b64decode(stream.text or ""), stream.get("End", "").lower() == "true")
        return "<rsp:SendResponse/>"

    def _receive(self, request: soap.Request) -> str:
        wanted = request.find("rsp:Receive/rsp:DesiredStream")
        command_id = None if wanted is None else wanted.get("CommandId")
        limit = max(1024, (min(request.max_envelope, 512000) - 8192) * 3 // 8)
        piece = self._shell(request).outlet(command_id).receive(request.operation_timeout, limit)
        self._shell(request)  # it may have ended in the meantime
        if piece is None:
            raise soap.timed_out()
        done = piece.exit_code is not None
        parts = [_stream(command_id, "stdout", piece.stdout, done), _stream(command_id, "stderr", piece.stderr, done)]
        code = f"<rsp:ExitCode>{piece.exit_code}</rsp:ExitCode>" if done else ""
        state = (f"<rsp:CommandState CommandId=\"{command_id}\" State=\"{STATE}/{'Done' if done else 'Running'}\">{code}"
                 "</rsp:CommandState>" if command_id else "")
        return f"<rsp:ReceiveResponse>{''.join(parts)}{state}</rsp:ReceiveResponse>"

    def _signal(self, request: soap.Request) -> str:
        shell = self._shell(request)
        signal = request.find("rsp:Signal")
        command = shell.find(None if signal is None else signal.get("CommandId"))
        command.stdin.break_off()
        if command.record.exit_code is None:
            self._host.kill(f"{shell.id}/{command.id}")
        if request.text("rsp:Signal/rsp:Code").lower().endswith("/terminate"):
            del shell.commands[command.id]
        return "<rsp:SignalResponse/>"

    def _delete(self, request: soap.Request) -> str:
        self._shell(request)
        self.end(request.shell_id)
        return ""

    def _shell(self, request: soap.Request) -> Shell:
        shell = self.open.get(request.shell_id or "")
        if shell is None:
            raise soap.no_such_shell(request.shell_id)
        return shell


def _stream(command_id: str | None, name: str, data: bytes, last: bool) -> str:
    names = f"Name=\"{name}\"" + (f" CommandId=\"{escape(command_id)}\"" if command_id else "")
    told = f"<rsp:Stream {names}>{base64.b64encode(data).decode()}</rsp:Stream>" if data else ""
    return told + (f"<rsp:Stream {names} End=\"true\"/>" if last else "")
