# SPDX-License-Identifier: GPL-3.0-or-later
"""What the one who watches sees on standard error; the answer is the same whoever watches."""

import fcntl
import json
import os
import pty
import re
import struct
import termios

import pytest
from helper_process import Helper, finish

COLOUR = re.compile(r"\x1b\[3[0-9]m")


def arguments(described_host, helper: Helper) -> dict:
    return {"name": "*", "simulation": described_host.path_for(helper), "parallel": 1}


def read_terminal(master: int) -> str:
    seen = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # how Linux tells that nobody holds the terminal any more
            return seen.decode().replace("\r\n", "\n")
        if not piece:
            return seen.decode().replace("\r\n", "\n")
        seen += piece


def run_at_terminal(helper: Helper, words: tuple, arguments_given: object, columns: int = 80,
                    **environment: str) -> tuple[str, object]:
    """Standard error is a terminal of that width; gives what it got, and the run."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {"LC_ALL": "C.UTF-8", "TERM": "xterm"} | environment
    process = Helper(helper.command, env).start(*words, stderr=slave)
    os.close(slave)
    process.stdin.write(json.dumps(arguments_given).encode())
    process.stdin.close()
    process.stdin = None
    seen = read_terminal(master)
    os.close(master)
    return seen, finish(process)


@pytest.fixture
def three_outcomes(described_host):
    described_host.describe({"name": "old", "version": "9.0", "state": "off", "upgrade": {"seconds": 0.4}},
                            {"name": "new", "version": "10.0", "state": "off"},
                            {"name": "busy", "version": "9.0", "state": "running"})
    return described_host


def test_a_person_sees_a_bar_and_then_a_table(linux_helper, three_outcomes):
    seen, run = run_at_terminal(linux_helper, ("hyperv_vm_version",), arguments(three_outcomes, linux_helper))
    *painted, table = seen.rsplit("\r", 1)
    bars = [line for line in "".join(painted).split("\r") if line.strip()]
    assert any(re.fullmatch(r"\[#*-*\] \d/\d  old.*", bar) for bar in bars), seen
    assert painted[-1].endswith(" "), "the bar is not erased"
    plain = re.sub(r"\x1b\[\d+m", "", table)
    assert re.search(r"^old +upgraded +9\.0 -> 10\.0", plain, re.MULTILINE)
    assert re.search(r"^new +unchanged +10\.0", plain, re.MULTILINE)
    assert re.search(r"^busy +failed +9\.0 .*running", plain, re.MULTILINE)
    assert plain.splitlines()[-1] == run.answer["msg"]


@pytest.mark.parametrize("columns", [20, 40, 132])
def test_the_bar_is_narrower_than_the_terminal(linux_helper, three_outcomes, columns):
    seen, _ = run_at_terminal(linux_helper, ("hyperv_vm_version",), arguments(three_outcomes, linux_helper), columns)
    bars = [line for line in seen.split("\r") if line.startswith("[")]
    assert bars
    assert all(len(bar) < columns for bar in bars)


@pytest.mark.parametrize("environment, coloured", [
    ({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "0"}, False), ({"TERM": "dumb"}, False),
], ids=str)
def test_outcomes_are_coloured_unless_the_person_does_not_want_it(linux_helper, three_outcomes, environment, coloured):
    seen, _ = run_at_terminal(linux_helper, ("hyperv_vm_version",), arguments(three_outcomes, linux_helper), **environment)
    assert bool(COLOUR.search(seen)) == coloured
    assert ("\x1b" in seen) == coloured


def test_the_answer_is_the_same_with_and_without_a_terminal(linux_helper, described_host):
    _, watched = run_at_terminal(linux_helper, ("hyperv_vm_version", "--check"), arguments(described_host, linux_helper))
    unwatched = linux_helper.run("hyperv_vm_version", arguments(described_host, linux_helper), "--check")
    answers = [watched.answer, unwatched.answer]
    for answer in answers:
        for row in answer["targets"]:
            row.pop("duration_ms", None)
    assert answers[0] == answers[1]


def test_a_refusal_is_readable_at_a_terminal(linux_helper):
    seen, run = run_at_terminal(linux_helper, ("hyperv_vm_version",), {"nmae": "*"})
    assert run.refusal in seen
    assert 'Did you mean "name"?' in seen


def test_a_name_cannot_give_orders_to_the_terminal(linux_helper, described_host):
    described_host.describe({"name": "\x1b[2J\x07evil", "version": "9.0", "state": "off"})
    seen, run = run_at_terminal(linux_helper, ("hyperv_vm_version",), arguments(described_host, linux_helper), NO_COLOR="1")
    assert "??[2J" not in seen and "?[2J?evil" in seen
    assert "\x1b" not in seen and "\x07" not in seen
    assert run.answer["targets"][0]["name"] == "\x1b[2J\x07evil"


def test_a_terminal_without_utf_8_gets_ascii(linux_helper, described_host):
    described_host.describe({"name": "Zürich", "version": "9.0", "state": "off"})
    seen, _ = run_at_terminal(linux_helper, ("hyperv_vm_version",), arguments(described_host, linux_helper), LC_ALL="C")
    assert "Z?rich" in seen
    assert seen.isascii()


def test_a_person_who_has_to_type_the_arguments_is_told(linux_helper):
    master, slave = pty.openpty()
    process = linux_helper.start("hyperv_vm_version", stdin=slave)
    os.close(slave)
    assert b"waiting for the arguments" in process.stderr.readline()
    os.write(master, b"{}\n\x04")
    run = finish(process)
    os.close(master)
    assert '"name"' in run.refusal


@pytest.mark.parametrize("switches", [(), ("--progress", "auto"), ("--progress", "none")], ids=" ".join)
def test_nothing_is_shown_where_nobody_watches(helper, described_host, switches):
    run = helper.run("hyperv_vm_version", arguments(described_host, helper), *switches)
    assert run.answer["changed"]
    assert run.stderr == b""


def test_nothing_is_shown_at_a_terminal_that_wants_nothing(linux_helper, described_host):
    seen, run = run_at_terminal(linux_helper, ("hyperv_vm_version", "--progress", "none"), arguments(described_host, linux_helper))
    assert (seen, run.answer["changed"]) == ("", True)


def test_json_progress_is_one_object_per_event(helper, three_outcomes):
    run = helper.run("hyperv_vm_version", arguments(three_outcomes, helper), "--progress", "json")
    events = [json.loads(line) for line in run.stderr.splitlines()]
    assert {event["event"] for event in events} == {"begun", "step", "finished"}
    finished = {event["target"]: event["text"] for event in events if event["event"] == "finished"}
    assert finished == {"old": "upgraded"}, "only what there is work on is told of"
    assert events[-1]["done"] == events[-1]["total"] == 1
    assert [row["outcome"] for row in run.answer["targets"]] == ["upgraded", "unchanged", "failed"]
