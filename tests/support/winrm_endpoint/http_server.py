# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP and HTTPS in front of the shells: connections, Basic authentication, and the faults of a network."""

from __future__ import annotations

import base64
import contextlib
import http.server
import pathlib
import socket
import ssl
import threading
import time
import typing

from . import soap

MAX_ENVELOPE = 512000  # MaxEnvelopeSizekb of WinRM, in octets


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, endpoint: typing.Any, certificate: tuple[pathlib.Path, pathlib.Path] | None = None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.endpoint = endpoint
        self.connections: set[socket.socket] = set()
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            # The handshake is left to the connection's own thread.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def start(self) -> None:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()

    def cut_connections(self) -> None:
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is gone is no error here."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Microsoft-HTTPAPI/2.0"
    sys_version = ""
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)
        self.server.endpoint.recording.connected()

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.split("?")[0] != "/wsman":
            self._reply(404, b"")
        elif not self._is_known():
            self._reply(401, b"", ("WWW-Authenticate", 'Basic realm="WSMAN"'))
        elif not body:
            self._reply(200, b"")
        else:
            self._handle(body)

    def _is_known(self) -> bool:
        given = self.headers.get("Authorization", "")
        wanted = f"{self.server.endpoint.user}:{self.server.endpoint.password}".encode()
        return given == "Basic " + base64.b64encode(wanted).decode()

    def _handle(self, body: bytes) -> None:
        endpoint, relates_to = self.server.endpoint, ""
        try:
            request = soap.read(body)
            relates_to = request.message_id
            endpoint.recording.posted(request.action, body)
            if len(body) > MAX_ENVELOPE:
                raise soap.Fault("w:EncodingLimit", f"The request is larger than {MAX_ENVELOPE} octets.")
            happening = endpoint.faults.strike(request.action)
            time.sleep(typing.cast(float, happening.get("delay", 0)))
            if "kill tree" in happening:
                endpoint.shells.end(request.shell_id)
            if "drop request" in happening:
                return self._drop()
            if "quota" in happening:
                raise soap.quota_exceeded("shells" if request.action == "Create" else "operations")
            answer = endpoint.shells.handle(request)
            if "drop answer" in happening:
                return self._drop()
            self._reply(200, answer)
        except soap.Fault as refusal:
            self._reply(500, soap.fault(refusal, relates_to))

    def _drop(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _reply(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.server.endpoint.recording.answered(body)
        lines = [f"HTTP/1.1 {status} {self.responses[status][0]}", "Content-Type: application/soap+xml;charset=UTF-8",
                 f"Server: {self.server_version}", f"Content-Length: {len(body)}",
                 *(f"{name}: {value}" for name, value in headers)]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)
