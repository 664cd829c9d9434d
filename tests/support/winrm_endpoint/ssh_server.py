# SPDX-License-Identifier: GPL-3.0-or-later
"""An SSH server in front of the host: connections, keys, and the faults of a network.

It answers as OpenSSH for Windows does with PowerShell as its default shell, to the clients `ssh` and `sftp` that
ansible-core's connection `ssh` starts. asyncssh speaks the protocol, on a thread of its own.
"""

from __future__ import annotations

import asyncio
import collections.abc
import pathlib
import threading
import time
import typing

import asyncssh

from .shells import Command
from .ssh_files import Files
from .ssh_sessions import Session, feed

ALGORITHM = "ssh-ed25519"


class Visitor(asyncssh.SSHServer):
    """One connection. It is let in with the key of the test, as the endpoint's user."""

    def __init__(self, server: SshServer):
        self._server = server

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._server.connections.add(conn)
        self._server.endpoint.recording.connected()

    def connection_lost(self, exc: Exception | None) -> None:
        """What runs in its sessions goes on: OpenSSH for Windows holds nobody's job object open itself."""
        self._server.connections.discard(self._connection)

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == self._server.endpoint.user and key.public_data == self._server.user_key.public_data


class SshServer:
    def __init__(self, endpoint: typing.Any, folder: pathlib.Path,
                 execute: collections.abc.Callable[[Session, Command], None]):
        self.endpoint = endpoint
        self.connections: set[asyncssh.SSHServerConnection] = set()
        self.user_key = asyncssh.generate_private_key(ALGORITHM)
        #: The file of the user's private key, and the one that names the server's key.
        self.identity, self.known_hosts = folder / "id_ed25519", folder / "known_hosts"
        self._host_key = asyncssh.generate_private_key(ALGORITHM)
        self._control = folder / "control"
        self._execute = execute
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._acceptor = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        self.identity.touch(mode=0o600)
        self.identity.write_bytes(self.user_key.export_private_key())
        public = self._host_key.export_public_key().decode().strip()
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {public}\n", encoding="ascii")

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    @property
    def port(self) -> int:
        return self._acceptor.get_port()

    def cut_connections(self) -> None:
        for connection in list(self.connections):
            self._loop.call_soon_threadsafe(connection.abort)

    def fall_silent(self, seconds: float) -> None:
        """No connection hears anything for that time, not even that it was lost."""
        self._loop.call_soon_threadsafe(time.sleep, seconds)

    def inventory_vars(self) -> dict[str, object]:
        """Settings of the machine's own ssh count for nothing; a host with another key than the known one is refused."""
        own = f"-F none -o UserKnownHostsFile={self.known_hosts} -o GlobalKnownHostsFile=none -o IdentitiesOnly=yes"
        return {"ansible_connection": "ssh", "ansible_shell_type": "powershell", "ansible_host": "127.0.0.1",
                "ansible_port": self.port, "ansible_user": self.endpoint.user,
                "ansible_ssh_private_key_file": str(self.identity), "ansible_ssh_common_args": own,
                # The name of a socket has room for about a hundred characters.
                "ansible_control_path_dir": str(self._control)}

    async def _listen(self) -> asyncssh.SSHAcceptor:
        return await asyncssh.listen("127.0.0.1", 0, server_factory=lambda: Visitor(self), server_host_keys=[self._host_key],
                                     process_factory=self._serve, sftp_factory=self._files, encoding=None, line_editor=False)

    async def _close(self) -> None:
        self._acceptor.close()
        for connection in list(self.connections):
            connection.abort()
        await self._acceptor.wait_closed()

    def _files(self, channel: asyncssh.SSHServerChannel) -> Files:
        self.endpoint.recording.posted("Sftp", b"")
        return Files(channel, self.endpoint.host, self.endpoint.faults, self.endpoint.recording)

    async def _serve(self, process: asyncssh.SSHServerProcess) -> None:
        """One `exec` request."""
        endpoint = self.endpoint
        endpoint.recording.posted("Exec", (process.command or "").encode())
        happening = endpoint.faults.strike("Exec")
        await asyncio.sleep(happening.get("delay", 0))
        if "drop request" in happening:
            process.channel.get_connection().abort()
            return
        if "kill tree" in happening:
            process.exit(1)
            return
        session = Session(process, "drop answer" in happening)
        endpoint.recording.commands.append(session.command.record)
        endpoint.shells.open[session.id] = session
        session.start(self._execute, lambda: endpoint.shells.open.pop(session.id, None))
        await feed(process, session.command)
