# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is told to stop answers, and says what was done and what is still under way."""

import fcntl
import json
import signal
import subprocess
import termios
import time

import pytest
from helper_process import ROOT, WINDOWS_HELPER, Helper, HelperRun, finish
from wine import windows_path

SIGNALS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]
LONG = 3600


def wait_for_event(process: subprocess.Popen, word: bytes) -> None:
    """Until the progress on standard error tells of it."""
    seen = b""
    while word not in seen:
        line = process.stderr.readline()
        assert line, f"ended without {word!r}: {seen!r}"
        seen += line


def slow_host(described_host) -> None:
    described_host.describe(
        {"name": "quick", "version": "9.0", "state": "off"},
        {"name": "slow", "version": "9.0", "state": "off", "upgrade": {"seconds": LONG}},
        {"name": "waiting", "version": "9.0", "state": "off"})


def start_slow_run(helper: Helper, described_host) -> subprocess.Popen:
    """One VM is done, the second in work, the third not begun."""
    slow_host(described_host)
    process = helper.start_operation("hyperv_vm_version", {
        "name": ["quick", "slow", "waiting"], "parallel": 1, "timeout": LONG,
        "simulation": described_host.path_for(helper)}, "--progress", "json")
    wait_for_event(process, b'"target":"slow"')
    return process


def assert_cancelled_while_reading(run) -> None:
    assert run.exit_code == 1
    assert run.failed_answer["error"] == {
        "kind": "cancelled", "attempted": "read the arguments from standard input",
        "found": "the run was told to stop", "hint": "Nothing was altered."}


def assert_slow_run_tells_what_was_done(run) -> None:
    rows = {row["name"]: row for row in run.answer["targets"]}
    assert run.exit_code == 1
    assert (run.answer["changed"], run.answer["failed"]) == (True, True)
    assert (rows["quick"]["outcome"], rows["quick"]["version"]) == ("upgraded", "10.0")
    assert (rows["slow"]["outcome"], rows["slow"]["error"]["kind"]) == ("failed", "cancelled")
    assert rows["waiting"]["outcome"] in ("skipped", "failed")
    assert not rows["waiting"]["changed"]


def wait_until_it_listens(process: subprocess.Popen) -> None:
    """A helper that has read what it was given has its signals in order since long."""
    process.stdin.write(b" " * 65536 * 4)
    process.stdin.flush()


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_while_the_arguments_are_read_ends_the_run_at_once(linux_helper, number):
    process = linux_helper.start("hyperv_vm_version")
    wait_until_it_listens(process)
    process.send_signal(number)
    # Standard input stays open: only the signal can have ended it.
    process.wait(timeout=60)
    assert_cancelled_while_reading(finish(process))


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_during_a_run_is_answered_with_what_was_done(linux_helper, described_host, number):
    process = start_slow_run(linux_helper, described_host)
    process.send_signal(number)
    assert_slow_run_tells_what_was_done(finish(process))


def test_a_background_job_of_a_shell_can_be_interrupted(linux_helper):
    # Without job control a shell starts background jobs with SIGINT ignored.
    helper = Helper(("sh", "-c", 'trap "" INT; exec "$0" "$@"', *linux_helper.command))
    process = helper.start("hyperv_vm_version")
    wait_until_it_listens(process)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    assert_cancelled_while_reading(finish(process))


def test_a_run_started_with_nohup_outlives_its_terminal(linux_helper, described_host):
    helper = Helper(("sh", "-c", 'trap "" HUP; exec "$0" "$@"', *linux_helper.command))
    process = helper.start("hyperv_vm_version")
    wait_until_it_listens(process)
    process.send_signal(signal.SIGHUP)
    process.stdin.write(json.dumps({"name": "*", "simulation": str(described_host.file)}).encode())
    assert finish(process).exit_code == 0


def test_a_run_that_hangs_is_answered_for_after_the_second_signal(linux_helper, described_host):
    # Nobody reads standard error, so the run hangs in writing its progress to it.
    described_host.describe(*({"name": f"vm{i}-{'n' * 200}", "version": "9.0", "state": "off"} for i in range(1000)))
    process = linux_helper.start_operation("hyperv_vm_version", {
        "name": "*", "parallel": 1, "simulation": str(described_host.file)}, "--progress", "json")
    wait_until_full(process.stderr)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.1)  # two pending signals of one kind are one signal
    process.send_signal(signal.SIGTERM)
    stdout = process.stdout.read()
    process.wait(timeout=60)
    run = finish(process)
    run.stdout = stdout
    assert run.exit_code == 1
    assert (run.answer["changed"], run.answer["failed"], run.answer["error"]["kind"]) == (True, True, "cancelled")
    outcomes = [row["outcome"] for row in run.answer["targets"]]
    assert outcomes.count("failed") == 1
    assert outcomes.count("upgraded") == len(outcomes) - 1 > 0


def wait_until_full(stream) -> None:
    """Until a pipe has taken nothing more for a while."""
    before = -1
    while True:
        waiting = int.from_bytes(fcntl.ioctl(stream, termios.FIONREAD, b"\0\0\0\0"), "little")
        if waiting == before and waiting > 60_000:
            return
        before = waiting
        time.sleep(0.05)


def test_ctrl_c_while_the_arguments_are_read_ends_the_run_at_once(windows_helper):
    process = windows_helper.start("hyperv_vm_version")
    wait_until_it_listens(process)
    process.send_signal(signal.SIGINT)
    process.wait(timeout=60)
    assert_cancelled_while_reading(finish(process))


def test_ctrl_c_during_a_run_is_answered_with_what_was_done(windows_helper, described_host):
    process = start_slow_run(windows_helper, described_host)
    process.send_signal(signal.SIGINT)
    assert_slow_run_tells_what_was_done(finish(process))


def test_ctrl_break_while_the_arguments_are_read_ends_the_run_at_once(windows_helper, wine_prefix):
    program = ROOT / "build" / "windows-mingw" / "tests" / "windows" / "send_ctrl_break.exe"
    command = f'"{windows_path(WINDOWS_HELPER)}" hyperv_vm_version'
    done = wine_prefix.run(program, command)
    assert_cancelled_while_reading(HelperRun(done.returncode, done.stdout, done.stderr))
