# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the helper gives no answer, the task says which command that was, what it did, and what to do about it."""

from __future__ import annotations

import contextlib
import os
import signal

import pytest
from ansible_playbook import AnsibleCore, run_playbook, task

WAY_OUT = 'In a checkout of the sources scripts/build makes it; the option "helper" names another one.'
ANSWER = '{"changed": true, "failed": %s, "msg": "said"}'


@pytest.fixture(scope="module")
def programs(stand_in, tmp_path_factory):
    folder = tmp_path_factory.mktemp("no-programs")
    locked, foreign = folder / "locked", folder / "upshift.exe"
    locked.write_text("#!/bin/sh\n", encoding="ascii")
    foreign.write_bytes(b"MZ\x90\x00")
    foreign.chmod(0o755)
    return {
        "missing": str(folder / "missing"),
        "words": "/usr/lib/wine/wine64 /opt/upshift.exe",
        "locked": str(locked),
        "foreign": str(foreign),
        "killed": stand_in("killed", "cat >/dev/null; echo it is late >&2; kill -9 $$\n"),
        "silent": stand_in("silent", "cat >/dev/null\nexit 3\n"),
        "talks": stand_in("talks", f"cat >/dev/null; echo wait; echo '{ANSWER % 'false'}'\n"),
        "list": stand_in("list", "cat >/dev/null; echo '[]'\n"),
        "not an answer": stand_in("not-an-answer", "cat >/dev/null; echo '{\"changed\": 1}'\n"),
        "contradicts": stand_in("contradicts", f"cat >/dev/null; echo '{ANSWER % 'false'}'; exit 1\n"),
        "does not read": stand_in("does-not-read", f"echo '{ANSWER % 'false'}'\n"),
        "fails": stand_in("fails", f"cat >/dev/null; echo '{ANSWER % 'true'}'; exit 1\n"),
        "refuses": stand_in("refuses", f"cat >/dev/null; echo '{ANSWER % 'true'}'; exit 64\n"),
        "leaves a service": stand_in("leaves-a-service", f"cat >/dev/null; sleep 600 & echo '{ANSWER % 'false'}'; echo $! >\"$MARK\"\n"),
    }


@pytest.fixture(scope="module")
def failures(core: AnsibleCore, tmp_path_factory, programs):
    folder = tmp_path_factory.mktemp("failures")
    tasks = [task(name, "hyperv_vm_version", {"environment": {"MARK": str(folder / "service")}}, helper=program,
                  name="x" * 200_000 if name == "does not read" else "a")
             for name, program in programs.items()]
    run = run_playbook(core, folder, tasks)
    yield run
    with contextlib.suppress(ProcessLookupError):
        os.kill(int((folder / "service").read_text(encoding="ascii")), signal.SIGKILL)


@pytest.mark.parametrize(("name", "message"), [
    ("missing", 'The helper "{program}" is not there. ' + WAY_OUT),
    ("words", 'The helper "{program}" is not there. A command of several words is given as a list:'
              " helper: [/usr/lib/wine/wine64, /opt/upshift.exe]"),
    ("locked", 'The helper "{program}" may not be executed by this user (chmod +x, become). ' + WAY_OUT),
    ("foreign", 'The helper "{program}" is no program for this machine. upshift.exe runs under Wine:'
                " helper: [/usr/lib/wine/wine64, /path/to/upshift.exe]"),
])
def test_a_helper_that_cannot_be_started_is_named(failures, programs, name, message):
    assert failures.failed(name)
    assert failures.result(name)["msg"] == message.format(program=programs[name])
    assert failures.result(name)["changed"] is False


@pytest.mark.parametrize(("name", "ending", "stdout", "stderr"), [
    ("killed", "was ended by signal 9 (SIGKILL)", "nothing", '"it is late"'),
    ("silent", "ended with exit code 3", "nothing", "nothing"),
    ("talks", "ended with exit code 0", '"wait {"changed": true, "failed": false, "msg": "said"}"', "nothing"),
    ("list", "ended with exit code 0", '"[]"', "nothing"),
    ("not an answer", "ended with exit code 0", '"{"changed": 1}"', "nothing"),
    ("contradicts", "ended with exit code 1", '"{"changed": true, "failed": false, "msg": "said"}"', "nothing"),
])
def test_an_answer_that_cannot_be_used_is_shown(failures, programs, name, ending, stdout, stderr):
    assert failures.failed(name)
    assert failures.result(name)["msg"] == (
        f'The helper gave no answer that can be used: the command ["{programs[name]}", "hyperv_vm_version"] {ending}.'
        f" On standard output it wrote {stdout}, on standard error {stderr}."
        " Whether it changed anything is not known; run the module of the same name ending in _info, or run the task"
        f" again in check mode. {WAY_OUT}")
    assert failures.result(name)["error"]["kind"] == "internal"


@pytest.mark.parametrize("name", ["fails", "refuses"])
def test_a_failure_that_the_helper_reports_is_passed_on(failures, name):
    assert failures.failed(name)
    assert failures.result(name)["msg"] == "said"
    assert failures.result(name)["changed"] is True


def test_a_helper_that_does_not_read_all_its_input_is_still_heard(failures):
    assert not failures.failed("does not read")
    assert failures.result("does not read")["msg"] == "said"


def test_a_process_that_the_helper_leaves_behind_does_not_hold_up_the_task(failures):
    assert failures.result("leaves a service")["msg"] == "said"
