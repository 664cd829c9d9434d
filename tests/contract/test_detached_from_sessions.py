# SPDX-License-Identifier: GPL-3.0-or-later
"""A detached run outlives the process tree, the job and the streams of the session that began it."""

import dataclasses
import json
import os
import signal
import subprocess

import pytest
from detached_runs import about, upgrade_taking, wait_for_run
from helper_process import ROOT, Helper
from wine import windows_path

JOB_SHELL = ROOT / "build" / "windows-mingw" / "tests" / "windows" / "job_shell.exe"


def test_the_run_outlives_the_whole_process_tree_of_its_caller(linux_helper, described_host, tmp_path):
    helper = dataclasses.replace(linux_helper, env=dict(os.environ) | {"UPSHIFT_STATE_DIR": str(tmp_path / "state")})
    arguments = upgrade_taking(described_host, helper, 3)
    caller = subprocess.Popen([*helper.command, "hyperv_vm_version", "--detach", "--wait", "60"], env=helper.env,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    caller.stdin.write(json.dumps(arguments).encode())
    caller.stdin.close()
    run = wait_for_run(tmp_path)
    os.killpg(caller.pid, signal.SIGKILL)
    caller.wait()
    assert about(helper, "poll", run, "--wait", "60").answer["msg"] == "1 upgraded"


@pytest.fixture
def windows_keeper(windows_helper, tmp_path) -> Helper:
    return dataclasses.replace(windows_helper, env=windows_helper.env | {"UPSHIFT_STATE_DIR": windows_path(tmp_path / "state")})


def run_in_job(helper: Helper, arguments: dict, tmp_path, *words: str) -> subprocess.CompletedProcess | None:
    """Starts the run from a remote shell's job, and ends that with everything in it."""
    program, helper_file = helper.command
    shell = subprocess.Popen([program, str(JOB_SHELL), *words, windows_path(helper_file), "hyperv_vm_version", "--detach", "--wait", "60"],
                             env=helper.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    shell.stdin.write(json.dumps(arguments).encode())
    shell.stdin.close()
    run = wait_for_run(tmp_path)
    shell.kill()
    shell.wait()
    # The one that waited for the answer is gone with its job.
    assert shell.stdout.read() == b""
    return run


def test_the_run_outlives_the_job_of_a_windows_shell(windows_keeper, described_host, tmp_path):
    run = run_in_job(windows_keeper, upgrade_taking(described_host, windows_keeper, 4), tmp_path)
    assert about(windows_keeper, "poll", run, "--wait", "60").answer["msg"] == "1 upgraded"


def test_the_run_holds_no_stream_of_the_session_that_began_it(windows_keeper, described_host):
    """Some services end a session only when nobody holds its streams any more."""
    program, helper_file = windows_keeper.command
    arguments = upgrade_taking(described_host, windows_keeper, 5)
    done = subprocess.run([program, str(JOB_SHELL), "--watched", windows_path(helper_file), "hyperv_vm_version", "--detach", "--wait", "0"],
                          env=windows_keeper.env, input=json.dumps(arguments).encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
    run = json.loads(done.stdout)["run"]
    assert about(windows_keeper, "poll", run["id"], "--wait", "0").answer["run"]["state"] == "running", "it ended too early to show anything"
    assert done.returncode == 0
    assert about(windows_keeper, "poll", run["id"], "--wait", "60").answer["msg"] == "1 upgraded"


def run_in_tight_job(helper: Helper, arguments: dict, **env: str) -> dict:
    """The answer of a run that is begun where nothing may leave the caller's job."""
    program, helper_file = helper.command
    done = subprocess.run([program, str(JOB_SHELL), "--tight", windows_path(helper_file), "hyperv_vm_version", "--detach", "--wait", "60"],
                          env=helper.env | env, input=json.dumps(arguments).encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=180)
    return json.loads(done.stdout)


def test_where_nothing_may_leave_the_job_wmi_starts_the_run(windows_helper, described_host):
    assert run_in_tight_job(windows_helper, upgrade_taking(described_host, windows_helper, 0))["msg"] == "1 upgraded"


def test_without_wmi_a_scheduled_task_is_tried_and_where_that_fails_too_both_are_told(windows_helper, described_host):
    """Wine registers tasks and runs none."""
    answer = run_in_tight_job(windows_helper, upgrade_taking(described_host, windows_helper, 0), WINEDLLOVERRIDES="wbemprox=")
    assert answer["failed"]
    assert 'Could not connect to root\\cimv2 of "."' in answer["msg"]
    assert 'Could not run the task "Upshift ' in answer["msg"]
    assert answer["msg"].endswith("Nothing was altered.")


def test_a_state_folder_that_a_service_would_not_know_is_refused_where_nothing_may_leave_the_job(windows_keeper, described_host):
    answer = run_in_tight_job(windows_keeper, upgrade_taking(described_host, windows_keeper, 0))
    assert answer["failed"] and "UPSHIFT_STATE_DIR" in answer["msg"]
