# SPDX-License-Identifier: GPL-3.0-or-later
"""The streams of a command: what a client sends in pieces, and what it fetches in pieces."""

from __future__ import annotations

import collections.abc
import dataclasses
import threading


class Ended(Exception):
    """The command was ended while it waited for its input."""


class Input:
    """Standard input. Reading waits for what the client has yet to send."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._data = bytearray()
        self._complete = False
        self._broken = False
        self.received = bytearray()

    def feed(self, data: bytes, end: bool) -> None:
        with self._changed:
            self._data += data
            self.received += data
            self._complete = self._complete or end
            self._changed.notify_all()

    def break_off(self) -> None:
        with self._changed:
            self._broken = True
            self._changed.notify_all()

    def chunks(self) -> collections.abc.Iterator[bytes]:
        """All there is, as it comes."""
        while True:
            with self._changed:
                self._wait(lambda: bool(self._data))
                chunk = bytes(self._data)
                self._data.clear()
            if not chunk:
                return
            yield chunk

    def lines(self) -> collections.abc.Iterator[bytes]:
        """Lines without their ends, each as soon as it is whole."""
        while True:
            with self._changed:
                self._wait(lambda: b"\n" in self._data)
                if not self._data:
                    return
                line, found, rest = bytes(self._data).partition(b"\n")
                del self._data[:len(line) + len(found)]
            yield line.removesuffix(b"\r")

    def all(self) -> bytes:
        return b"".join(self.chunks())

    def _wait(self, ready: collections.abc.Callable[[], bool]) -> None:
        self._changed.wait_for(lambda: self._broken or self._complete or ready())
        if self._broken:
            raise Ended


@dataclasses.dataclass
class Piece:
    """What one Receive brings."""

    stdout: bytes
    stderr: bytes
    exit_code: int | None


class Output:
    """Standard output and error, until the exit code is known and everything was fetched."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stdout = bytearray()
        self._stderr = bytearray()
        self._exit_code: int | None = None

    def write(self, stdout: bytes = b"", stderr: bytes = b"") -> None:
        with self._changed:
            self._stdout += stdout
            self._stderr += stderr
            self._changed.notify_all()

    def finish(self, exit_code: int, stdout: bytes = b"", stderr: bytes = b"") -> None:
        with self._changed:
            if self._exit_code is None:
                self._stdout += stdout
                self._stderr += stderr
                self._exit_code = exit_code & 0xFFFFFFFF
            self._changed.notify_all()

    def receive(self, seconds: float, limit: int) -> Piece | None:
        """The next piece of at most `limit` bytes of each stream; nothing where none came within that time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._stdout or self._stderr or self._exit_code is not None, seconds):
                return None
            piece = Piece(bytes(self._stdout[:limit]), bytes(self._stderr[:limit]), None)
            del self._stdout[:limit]
            del self._stderr[:limit]
            if not self._stdout and not self._stderr:
                piece.exit_code = self._exit_code
            return piece
