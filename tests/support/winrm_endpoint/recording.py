# SPDX-License-Identifier: GPL-3.0-or-later
"""What went over the wire: how often, how much, and everything that was said, in clear."""

from __future__ import annotations

import collections
import dataclasses
import threading


@dataclasses.dataclass
class Counts:
    """Requests by action, and the bytes of the bodies of requests and answers since the last reset."""

    posts: collections.Counter = dataclasses.field(default_factory=collections.Counter)
    connections: int = 0
    bytes_in: int = 0
    bytes_out: int = 0

    @property
    def total(self) -> int:
        return sum(self.posts.values())

    def __str__(self) -> str:
        each = ", ".join(f"{count} {action}" for action, count in sorted(self.posts.items()))
        return f"{self.total} POSTs ({each}) on {self.connections} connections, {self.bytes_in} bytes in, {self.bytes_out} out"


@dataclasses.dataclass
class CommandRecord:
    """One command of a shell: its line as it came, the scripts in it decoded, and its streams."""

    line: str
    scripts: list[str] = dataclasses.field(default_factory=list)
    stdin: bytes | bytearray = b""
    stdout: bytes = b""
    stderr: bytes = b""
    exit_code: int | None = None
    kind: str = "native"


class Recording:
    """Since the last reset: `commands`, `modules` (module calls, see payload.py), `files` that were copied here."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self.counts = Counts()
            self.commands: list[CommandRecord] = []
            self.modules: list = []
            self.files: list[tuple[str, int]] = []
            self._bodies: list[bytes] = []

    def posted(self, action: str, body: bytes) -> None:
        with self._lock:
            self.counts.posts[action] += 1
            self.counts.bytes_in += len(body)
            self._bodies.append(body)

    def answered(self, body: bytes) -> None:
        with self._lock:
            self.counts.bytes_out += len(body)
            self._bodies.append(body)

    def connected(self) -> None:
        with self._lock:
            self.counts.connections += 1

    def tells(self, secret: str, *, in_arguments: bool = True) -> list[str]:
        """Where a secret stands in clear: in the bodies as they came, in command lines, scripts, and streams. Without
        `in_arguments`, standard input is left out: Ansible sends every argument of a module there."""
        sought = secret.encode()
        with self._lock:
            found = [f"body {number}" for number, body in enumerate(self._bodies) if sought in body]
            for number, command in enumerate(self.commands):
                streams = {"line": command.line.encode(), "scripts": "\n".join(command.scripts).encode(),
                           "stdout": command.stdout, "stderr": command.stderr}
                if in_arguments:
                    streams["stdin"] = command.stdin
                found += [f"{name} of command {number} ({command.kind})" for name, text in streams.items() if sought in text]
        return found
