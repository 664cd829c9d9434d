# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of a shell run in a job object, as on Windows: it ends what the shell started, and only what has left stays."""

from __future__ import annotations

import time

import pytest
import wine
import winrm
from winrm_endpoint import windows_program

CHILD = "UPSHIFT_TEST_CHILD"


@pytest.fixture
def starter(tmp_path):
    """Programs that start a command interpreter and end at once: within their job, or out of it."""
    def path(flags: int) -> str:
        windows_program.write(tmp_path / f"starter-{flags}.exe", CHILD, flags=flags, wait=False)
        return wine.windows_path(tmp_path / f"starter-{flags}.exe")
    return path


def come_to(endpoint, shell: str, wanted: int, seconds: float = 20) -> int:
    """How many processes of the shell there are, as soon as that many are there, at the latest after that time."""
    deadline = time.monotonic() + seconds
    while (now := len(endpoint.host.processes(shell))) != wanted and time.monotonic() < deadline:
        time.sleep(0.1)
    return now


def start(endpoint, program: str) -> tuple[winrm.Protocol, str]:
    client = winrm.Protocol(endpoint.url(), transport="basic", username=endpoint.user, password=endpoint.password)
    shell = client.open_shell(env_vars={CHILD: "cmd.exe"})
    client.run_command(shell, f"{program} & cmd.exe", console_mode_stdin=False)
    return client, shell


def test_a_child_of_a_program_ends_with_the_shell(endpoint, starter):
    client, shell = start(endpoint, starter(0))
    assert come_to(endpoint, shell, 4) == 4  # the holder of the job, cmd.exe /c, its cmd.exe, the child
    client.close_shell(shell)
    assert endpoint.host.processes(shell) == []


def test_a_child_that_has_left_the_job_outlives_the_shell(endpoint, starter):
    client, shell = start(endpoint, starter(windows_program.CREATE_BREAKAWAY_FROM_JOB))
    assert come_to(endpoint, shell, 4) == 4
    client.close_shell(shell)
    time.sleep(1)  # whatever is about to end has ended
    assert len(endpoint.host.processes(shell)) == 1


def test_a_program_of_a_runspace_cannot_leave_its_job(endpoint, starter, core, play):
    endpoint.modules["do_nothing"] = lambda context: {"codes": [
        context.run_program([starter(flags)]).returncode for flags in (0, windows_program.CREATE_BREAKAWAY_FROM_JOB)]}
    over_winrm = play({"name": "task", "do_nothing": {}, "environment": {CHILD: "cmd.exe /c exit"}})
    over_psrp = play({"name": "task", "do_nothing": {}, "environment": {CHILD: "cmd.exe /c exit"}}, connection="psrp")
    assert over_winrm.result("task")["codes"] == [0, 0]
    assert over_psrp.result("task")["codes"][0] == 0
    assert over_psrp.result("task")["codes"][1] != 0


def test_an_async_job_stands_in_no_job_and_outlives_its_shell(endpoint, play):
    endpoint.modules["do_nothing"] = lambda context: {"line": context.run_program(
        ["cmd.exe", "/c", "ping -n 3 127.0.0.1 > nul & echo done"]).stdout.decode()}
    done = play({"name": "later", "do_nothing": {}, "async": 30, "poll": 1})
    assert done.result("later")["line"].strip() == "done"
