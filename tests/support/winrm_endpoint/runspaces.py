# SPDX-License-Identifier: GPL-3.0-or-later
"""A pool of runspaces of the PowerShell Remoting Protocol (MS-PSRP), behind the same six actions as a command shell.
The protocol's messages are read and made by psrpcore; the scripts are re-enacted as those of a command shell are."""

from __future__ import annotations

import base64
import threading
import uuid

import psrpcore
from psrpcore.types import HostMethodIdentifier, NETException, PSInvocationState

from . import soap
from .recording import CommandRecord
from .shells import Command, Shell, Start
from .streams import Output, Piece

CREATION = "rsp:Shell/{http://schemas.microsoft.com/powershell}creationXml"
FRAGMENT = 32768


class Packets(Output):
    """What is sent to the client; only whole fragments go into an answer."""

    def __init__(self) -> None:
        super().__init__()
        self._packets: list[bytes] = []

    def write(self, stdout: bytes = b"", stderr: bytes = b"") -> None:
        with self._changed:
            self._packets.append(stdout)
            self._changed.notify_all()

    def receive(self, seconds: float, limit: int) -> Piece | None:
        with self._changed:
            if not self._changed.wait_for(lambda: self._packets or self._exit_code is not None, seconds):
                return None
            taken = b""
            while self._packets and (not taken or len(taken) + len(self._packets[0]) <= limit):
                taken += self._packets.pop(0)
            return Piece(taken, b"", None if self._packets else self._exit_code)


class Pipeline(Command):
    """One script that runs in a runspace: its input and output are objects, here texts."""

    def __init__(self, shell: RunspacePool, command_id: str):
        super().__init__(CommandRecord(""), {}, command_id)
        self.output = Packets()
        self._shell = shell
        self.server = psrpcore.ServerPipeline(shell.pool, uuid.UUID(command_id))

    def finish(self, exit_code: int, stdout: bytes = b"", stderr: bytes = b"") -> None:
        self.record.stdout, self.record.stderr, self.record.exit_code = stdout, stderr, exit_code
        with self._shell.lock:
            if self.server.state != PSInvocationState.Running:
                return
            for line in stdout.decode().splitlines():
                self.server.write_output(line)
            if stderr:
                self.server.write_error(NETException(Message=stderr.decode().rstrip()))
            if exit_code:
                self.server.host_call(HostMethodIdentifier.SetShouldExit, [exit_code])
            self.server.complete()
            self._shell.flush()
        self.output.finish(0)


class RunspacePool(Shell):
    may_leave_job = False

    def __init__(self, request: soap.Request, start: Start):
        super().__init__(request, start)
        shell = request.find("rsp:Shell")
        self.id = (shell.get("ShellId") if shell is not None else None) or self.id
        self.lock = threading.RLock()
        self.pool = psrpcore.ServerRunspacePool()
        self.output = Packets()
        self._take(base64.b64decode(request.text(CREATION)), None)

    def add(self, request: soap.Request) -> Command:
        line = request.find("rsp:CommandLine")
        command_id = (line.get("CommandId") if line is not None else None) or str(uuid.uuid4())
        with self.lock:
            pipeline = Pipeline(self, command_id.upper())
            self.commands[pipeline.id] = pipeline
            self._take(base64.b64decode(request.text("rsp:CommandLine/rsp:Arguments")), pipeline.id)
        return pipeline

    def find(self, command_id: str | None) -> Command:
        return super().find(command_id.upper() if command_id else None)

    def feed(self, command_id: str | None, data: bytes, end: bool) -> None:
        if command_id:
            self.find(command_id)
        self._take(data, command_id)

    def outlet(self, command_id: str | None) -> Output:
        return self.find(command_id).output if command_id else self.output

    def flush(self) -> None:
        while payload := self.pool.data_to_send(FRAGMENT):
            self.outlet(str(payload.pipeline_id) if payload.pipeline_id else None).write(payload.data)

    def _take(self, data: bytes, command_id: str | None) -> None:
        with self.lock:
            target = uuid.UUID(command_id) if command_id else None
            self.pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, target))
            while event := self.pool.next_event():
                self._handle(event)
            self.flush()

    def _handle(self, event: psrpcore.PSRPEvent) -> None:
        if isinstance(event, psrpcore.CreatePipelineEvent):
            pipeline = self.commands[str(event.pipeline_id).upper()]
            first = event.pipeline.commands[0]
            pipeline.record.line = str(first.command_text)
            pipeline.record.scripts = [str(first.command_text)]
            pipeline.arguments = [value for _, value in first.parameters]
            # PowerShell sends a pipeline's state when it has ended, and not when it starts, as `start` would.
            pipeline.server._change_state(PSInvocationState.Running, emit=False)
            if event.pipeline.no_input:
                pipeline.stdin.feed(b"", True)
            self._start(self, pipeline)
        elif isinstance(event, psrpcore.PipelineInputEvent):
            self.commands[str(event.pipeline_id).upper()].stdin.feed(str(event.data).encode() + b"\n", False)
        elif isinstance(event, psrpcore.EndOfPipelineInputEvent):
            self.commands[str(event.pipeline_id).upper()].stdin.feed(b"", True)
