# SPDX-License-Identifier: GPL-3.0-or-later
"""The shells of WinRM and the commands in them, as the six actions create, feed, read and end them."""

from __future__ import annotations

import base64
import collections.abc
import threading
import uuid
from xml.sax.saxutils import escape

from . import soap
from .host import Host
from .payload import decode_command
from .recording import CommandRecord, Recording
from .streams import Ended, Input, Output

STATE = f"{soap.SHELL}/CommandState"


def new_id() -> str:
    return str(uuid.uuid4()).upper()


class Command:
    """A command on a thread of its own."""

    def __init__(self, record: CommandRecord, options: dict[str, str]):
        self.id = new_id()
        self.record = record
        self.options = options
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
    def __init__(self, environment: dict[str, str], folder: str | None):
        self.id = new_id()
        self.environment = environment
        self.folder = folder
        self.commands: dict[str, Command] = {}

    def end(self) -> None:
        for command in self.commands.values():
            command.stdin.break_off()


class Shells:
    """All shells of the endpoint; `execute` does the work of a command."""

    def __init__(self, host: Host, recording: Recording, execute: collections.abc.Callable[[Shell, Command], None]):
        self._host, self._recording, self._execute = host, recording, execute
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

    def _create(self, request: soap.Request) -> str:
        variables = request.body.iterfind("rsp:Shell/rsp:Environment/rsp:Variable", soap.NAMES)
        environment = {variable.get("Name", ""): variable.text or "" for variable in variables}
        shell = Shell(environment, request.text("rsp:Shell/rsp:WorkingDirectory") or None)
        self.open[shell.id] = shell
        selector = f"<w:SelectorSet><w:Selector Name=\"ShellId\">{shell.id}</w:Selector></w:SelectorSet>"
        return (f"<x:ResourceCreated><a:Address>http://127.0.0.1/wsman</a:Address><a:ReferenceParameters><w:ResourceURI>"
                f"{soap.CMD}</w:ResourceURI>{selector}</a:ReferenceParameters></x:ResourceCreated>"
                f"<rsp:Shell><rsp:ShellId>{shell.id}</rsp:ShellId><rsp:ResourceUri>{soap.CMD}</rsp:ResourceUri>"
                "<rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>")

    def _command(self, request: soap.Request) -> str:
        shell = self._shell(request)
        arguments = [argument.text or "" for argument in request.body.iterfind("rsp:CommandLine/rsp:Arguments", soap.NAMES)]
        line = " ".join([request.text("rsp:CommandLine/rsp:Command"), *arguments])
        record = CommandRecord(line, decode_command(line))
        self._recording.commands.append(record)
        command = Command(record, request.options)
        shell.commands[command.id] = command
        command.start(lambda started: self._execute(shell, started))
        return f"<rsp:CommandResponse><rsp:CommandId>{command.id}</rsp:CommandId></rsp:CommandResponse>"

    def _send(self, request: soap.Request) -> str:
        shell = self._shell(request)
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", soap.NAMES):
            data = base64.b64decode(stream.text or "")
            self._find(shell, stream.get("CommandId")).stdin.feed(data, stream.get("End", "false").lower() == "true")
        return "<rsp:SendResponse/>"

    def _receive(self, request: soap.Request) -> str:
        shell = self._shell(request)
        wanted = request.find("rsp:Receive/rsp:DesiredStream")
        command = self._find(shell, None if wanted is None else wanted.get("CommandId"))
        limit = max(1024, (min(request.max_envelope, 512000) - 8192) * 3 // 8)
        piece = command.output.receive(request.operation_timeout, limit)
        self._shell(request)  # it may have ended in the meantime
        if piece is None:
            raise soap.timed_out()
        done = piece.exit_code is not None
        parts = [_stream(command.id, "stdout", piece.stdout, done), _stream(command.id, "stderr", piece.stderr, done)]
        state = f"<rsp:ExitCode>{piece.exit_code}</rsp:ExitCode>" if done else ""
        return (f"<rsp:ReceiveResponse>{''.join(parts)}<rsp:CommandState CommandId=\"{command.id}\" "
                f"State=\"{STATE}/{'Done' if done else 'Running'}\">{state}</rsp:CommandState></rsp:ReceiveResponse>")

    def _signal(self, request: soap.Request) -> str:
        shell = self._shell(request)
        signal = request.find("rsp:Signal")
        command = self._find(shell, None if signal is None else signal.get("CommandId"))
        command.stdin.break_off()
        if command.record.exit_code is None:
            self._host.kill(f"{shell.id}/{command.id}")
        if request.text("rsp:Signal/rsp:Code").endswith("/terminate"):
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

    @staticmethod
    def _find(shell: Shell, command_id: str | None) -> Command:
        if command_id not in shell.commands:
            raise soap.Fault("w:InvalidParameter", f"There is no command {command_id} in this shell.", 87)
        return shell.commands[command_id]


def _stream(command_id: str, name: str, data: bytes, last: bool) -> str:
    told = f"<rsp:Stream Name=\"{name}\" CommandId=\"{escape(command_id)}\">{base64.b64encode(data).decode()}</rsp:Stream>"
    end = f"<rsp:Stream Name=\"{name}\" CommandId=\"{escape(command_id)}\" End=\"true\"/>"
    return (told if data else "") + (end if last else "")
