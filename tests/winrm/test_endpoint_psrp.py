# SPDX-License-Identifier: GPL-3.0-or-later
"""The same host over the connection `psrp`: runspaces in place of command shells."""

from __future__ import annotations

import os

import pypsrp.client
import pytest
from winrm_playbook import count_requests

NOTHING = {"name": "nothing", "do_nothing": {}}


@pytest.fixture
def play_psrp(play):
    def run(*tasks: dict, **options: object):
        return play(*tasks, connection="psrp", **options)
    return run


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_module_that_does_nothing_runs_in_one_runspace_of_one_connection(core, endpoint, tmp_path, scheme):
    counts = count_requests(core, endpoint, tmp_path, NOTHING, connection="psrp", scheme=scheme)
    assert counts.posts["Create"] == counts.posts["Command"] == counts.posts["Delete"] == counts.connections == 1
    assert counts.posts["Signal"] == 0


def test_arguments_arrive_as_they_were_given(play_psrp, endpoint):
    given = {"text": "a \u00e9\u4e16 'b' \"c\" $d", "list": [1, "2", None], "empty": None}
    play_psrp({"name": "nothing", "do_nothing": given, "environment": {"MARK": "m"}}, switches=("--check",))
    [call] = endpoint.recorded.modules
    assert (call.name, call.arguments, call.environment) == ("do_nothing", given, {"MARK": "m"})
    assert call.ansible["_ansible_check_mode"] is True


def test_an_async_task_is_polled_until_its_result_file_is_finished(play_psrp):
    done = play_psrp({"name": "later", "do_nothing": {}, "async": 30, "poll": 1})
    assert done.result("later")["finished"] in (1, True)


def test_a_file_arrives_whole_and_comes_back_whole(play_psrp, endpoint, tmp_path):
    (tmp_path / "there").write_bytes(os.urandom(300_001))
    done = play_psrp({"name": "files", "there_and_back": {"source": str(tmp_path / "there"), "back": str(tmp_path / "back")}})
    assert (tmp_path / "back").read_bytes() == (tmp_path / "there").read_bytes()
    assert done.result("files")["seen"] and not done.result("files")["other"] and done.result("files")["removed"]
    assert [size for _, size in endpoint.recorded.files] == [300_001]


def test_a_failing_script_gives_its_exit_code_and_its_error(play_psrp, endpoint):
    done = play_psrp({"name": "script", "ansible.builtin.raw": "Get-Process | Sort-Object", "ignore_errors": True})
    assert done.result("script")["rc"] == 1
    assert "does not know this: Get-Process" in done.result("script")["stderr"]
    endpoint.unknown.clear()


def test_a_killed_runspace_is_not_found_any_more(play_psrp, endpoint):
    endpoint.faults.kill_tree("Receive", nth=2)
    done = play_psrp(NOTHING)
    assert done.row("nothing")["outcome"] in ("failed", "unreachable")
    assert "shell was not found on the server" in done.output


def test_a_runspace_waits_for_a_slow_script_over_several_receives(play_psrp, endpoint):
    endpoint.modules["do_nothing"] = lambda context: {"changed": not context.run_program(["ping", "-n", "4", "127.0.0.1"]).returncode}
    done = play_psrp(NOTHING, ansible_psrp_operation_timeout=1)
    assert done.result("nothing")["changed"] is True
    assert endpoint.counts.posts["Receive"] > 3


def test_a_command_shell_serves_pypsrp_too(endpoint):
    client = pypsrp.client.Client("127.0.0.1", port=int(endpoint.url().split(":")[2].split("/")[0]), ssl=False, auth="basic",
                                  encryption="never", username=endpoint.user, password=endpoint.password)
    stdout, _, exit_code = client.execute_cmd("echo hello")
    assert (stdout.strip(), exit_code) == ("hello", 0)
