# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test lets go wrong at the endpoint."""

from __future__ import annotations

import dataclasses
import threading

#: The requests of WinRM, and the one of SSH that has a command run.
KINDS = ("Create", "Command", "Send", "Receive", "Signal", "Delete", "Exec")


@dataclasses.dataclass
class _Rule:
    what: str
    kind: str
    nth: int
    times: int
    value: object = None
    seen: int = 0


class Faults:
    """Faults that were set and not yet struck. Requests of a kind (see `KINDS`) are counted from when the fault is set.
    `struck` tells what really happened: a test should look."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self.struck: list[str] = []

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()
            self.struck.clear()

    def drop(self, kind: str, nth: int = 1, *, answered: bool = False, times: int = 1) -> None:
        """Cuts the TCP connection at the n-th such request: before it is looked at, or, `answered`, when it was carried
        out and its answer would have been sent."""
        self._set("drop answer" if answered else "drop request", kind, nth, times)

    def delay(self, kind: str, seconds: float, nth: int = 1, *, times: int = 1) -> None:
        """Waits before that request is looked at."""
        self._set("delay", kind, nth, times, seconds)

    def quota(self, kind: str = "Command", nth: int = 1, *, times: int = 1) -> None:
        """Refuses that request: the user has too many shells, or operations, at once."""
        self._set("quota", kind, nth, times)

    def kill_tree(self, kind: str, nth: int = 1) -> None:
        """At that request the shell ends with every process in it; then it is answered. Together with `drop` of the same
        request this is WinRM being restarted."""
        self._set("kill tree", kind, nth, 1)

    def corrupt_put(self, chunk: int = 1, *, after_checksum: bool = False, times: int = 1) -> None:
        """Alters one byte of that chunk of a file that is copied. ansible-core's own SHA-1 sees it, unless it happens
        `after_checksum`, on the disk."""
        self._set("corrupt on disk" if after_checksum else "corrupt", "put", chunk, times)

    def full_disk(self, at_chunk: int = 1, *, times: int = 1) -> None:
        """The disk is full when that chunk of a file that is copied is to be written. What is there stays."""
        self._set("full disk", "put", at_chunk, times)

    def _set(self, what: str, kind: str, nth: int, times: int, value: object = None) -> None:
        if kind not in (*KINDS, "put"):
            raise ValueError(f"no request is of the kind {kind!r}: {', '.join(KINDS)}")
        with self._lock:
            self._rules.append(_Rule(what, kind, nth, times, value))

    def strike(self, kind: str) -> dict[str, object]:
        """What happens to the request of this kind that has now come, by name of the fault."""
        happening: dict[str, object] = {}
        with self._lock:
            for rule in self._rules:
                if rule.kind != kind:
                    continue
                rule.seen += 1
                if rule.nth <= rule.seen < rule.nth + rule.times:
                    happening[rule.what] = rule.value
                    self.struck.append(f"{rule.what} at {kind} {rule.seen}")
        return happening
