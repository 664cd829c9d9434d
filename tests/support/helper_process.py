# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the built helpers as a user would: arguments on standard input, one line of JSON on standard output."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINUX_HELPER = pathlib.Path(os.environ.get("UPSHIFT_HELPER", ROOT / "build" / "linux" / "upshift"))
WINDOWS_HELPER = ROOT / "build" / "windows" / "upshift.exe"


@dataclasses.dataclass
class HelperRun:
    """What a run left behind; `answer` insists on exactly one line."""

    exit_code: int
    stdout: bytes
    stderr: bytes

    @property
    def answer(self) -> dict:
        return answer_in(self.stdout, self.stderr, self.exit_code)

    @property
    def failed_answer(self) -> dict:
        """The answer of a run that failed as a whole, with nothing changed."""
        answer = self.answer
        assert answer["failed"] is True
        assert answer["changed"] is False
        assert answer["msg"] == answer["comment"]
        return answer

    @property
    def refusal(self) -> str:
        """The sentence with which unusable arguments or an unusable command line were refused."""
        assert self.exit_code == 64, (self.exit_code, self.stdout, self.stderr)
        assert self.failed_answer["error"]["kind"] == "invalid_arguments"
        return self.failed_answer["msg"]


def answer_in(stdout: bytes, stderr: bytes = b"", exit_code: int | None = None) -> dict:
    """The one line of an answer."""
    assert stdout.endswith(b"\n"), f"no line feed at the end of {stdout!r}; exit code {exit_code}, stderr: {stderr!r}"
    assert stdout.count(b"\n") == 1, f"not exactly one line: {stdout!r}"
    assert b"\r" not in stdout
    stdout.decode("ascii")
    answer = json.loads(stdout)
    assert isinstance(answer, dict)
    return answer


@dataclasses.dataclass(frozen=True)
class Helper:
    """One way to start a helper: on Linux, or upshift.exe under Wine."""

    command: tuple[str, ...] = (str(LINUX_HELPER),)
    env: dict | None = None

    def run(self, operation: str, arguments: object = None, *switches: str, stdin: bytes | None = None,
            timeout: float = 60) -> HelperRun:
        """Runs one operation to its end. `stdin` replaces the JSON of `arguments` where the bytes matter."""
        return run_helper(operation, arguments, *switches, stdin=stdin, command=self.command, timeout=timeout,
                          env=self.env)

    def closing(self, *redirections: str) -> Helper:
        """The same, started by a shell that redirects its streams, as in "2>&-"."""
        return dataclasses.replace(self, command=("sh", "-c", f'exec "$0" "$@" {" ".join(redirections)}', *self.command))

    def start(self, *words: str, stdin: int | None = subprocess.PIPE, stdout: int | None = subprocess.PIPE,
              stderr: int | None = subprocess.PIPE) -> subprocess.Popen:
        """Starts it and leaves it running."""
        return subprocess.Popen([*self.command, *words], env=self.env, stdin=stdin, stdout=stdout, stderr=stderr)

    def start_operation(self, operation: str, arguments: object, *switches: str) -> subprocess.Popen:
        """Starts it with all its arguments given, and leaves it running."""
        process = self.start(operation, *switches)
        process.stdin.write(json.dumps(arguments).encode())
        process.stdin.close()
        process.stdin = None
        return process


def run_helper(operation: str, arguments: object, *switches: str, stdin: bytes | None = None,
               command: tuple = (LINUX_HELPER,), timeout: float = 60, env: dict | None = None) -> HelperRun:
    """Runs one operation. `stdin` replaces the JSON of `arguments` where the bytes themselves matter."""
    data = json.dumps(arguments).encode() if stdin is None else stdin
    done = subprocess.run([*map(str, command), operation, *switches], input=data, capture_output=True,
                          timeout=timeout, env=env, check=False)
    return HelperRun(done.returncode, done.stdout, done.stderr)


def finish(process: subprocess.Popen, timeout: float = 60) -> HelperRun:
    """Waits for a started helper to end by itself; one that does not is killed and fails the test."""
    try:
        stdout, stderr = process.communicate(timeout=timeout)
    finally:
        process.kill()
    return HelperRun(process.returncode, stdout or b"", stderr or b"")
