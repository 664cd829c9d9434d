# SPDX-License-Identifier: GPL-3.0-or-later
"""Times whole processes: wall seconds, CPU seconds and peak memory, as the kernel accounts for them."""

from __future__ import annotations

import dataclasses
import os
import statistics
import subprocess
import time
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Timed:
    seconds: float
    peak_bytes: int
    cpu_seconds: float


def timed_run(command: list[str], stdin: bytes = b"", env: dict | None = None, expected_exit: int = 0) -> Timed:
    """Runs a command to its end; what it prints is thrown away. Raises where it does not exit as expected."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          env=env) as process:
        process.stdin.write(stdin)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expected_exit:
        raise RuntimeError(f"{command[0]} … exited with {process.returncode} and not {expected_exit}")
    return Timed(seconds, usage.ru_maxrss * 1024, usage.ru_utime + usage.ru_stime)


def median_ratio(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> float:
    """The median over pairs of ours / theirs, in turn, each pair beginning with the other one."""
    ratios = []
    for pair in range(pairs):
        if pair % 2:
            second = theirs()
            ratios.append(ours() / second)
        else:
            first = ours()
            ratios.append(first / theirs())
    return statistics.median(ratios)
