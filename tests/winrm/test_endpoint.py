# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoint itself: what a real ansible-core sends over its winrm connection arrives, and is answered as on Windows."""

from __future__ import annotations

import os
import time

import pytest
from winrm_playbook import count_requests

NOTHING = {"name": "nothing", "do_nothing": {}}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_module_that_does_nothing_takes_six_requests_of_one_connection(play, endpoint, scheme):
    assert play(NOTHING, scheme=scheme).result("nothing")["changed"] is False
    assert endpoint.counts.posts == {name: 1 for name in ("Create", "Command", "Send", "Receive", "Signal", "Delete")}
    assert endpoint.counts.connections == 1
    assert endpoint.counts.bytes_in > 100000


def test_an_unknown_certificate_is_refused(play, endpoint):
    done = play(NOTHING, scheme="https", ansible_winrm_ca_trust_path="/etc/ssl/certs/ca-certificates.crt")
    assert done.row("nothing")["outcome"] == "unreachable"
    assert endpoint.counts.total == 0


def test_a_wrong_password_is_refused_and_reaches_no_shell(play, endpoint):
    done = play(NOTHING, ansible_password="wrong")
    assert "credentials were rejected" in done.result("nothing")["msg"]
    assert endpoint.counts.total == 0


def test_arguments_arrive_as_they_were_given(play, endpoint):
    given = {"text": "a \u00e9\u4e16 'b' \"c\" $d", "number": 10, "list": [1, "2", None], "map": {"x": {"y": True}}, "empty": None}
    play({"name": "nothing", "do_nothing": given, "environment": {"MARK": "m"}}, switches=("--check", "--diff"))
    [call] = endpoint.recorded.modules
    assert call.name == "do_nothing"
    assert call.arguments == given
    assert call.environment == {"MARK": "m"}
    assert call.ansible["_ansible_check_mode"] is True and call.ansible["_ansible_diff"] is True
    assert b"Ansible.Basic" in call.script
    assert call.become is None and call.async_job is None


def test_become_arrives_in_the_payload_with_its_password(play, endpoint):
    play({"name": "nothing", "do_nothing": {}, "become": True, "become_method": "runas", "become_user": "SYSTEM"},
         ansible_become_password="pw-of-become")
    [call] = endpoint.recorded.modules
    assert "SYSTEM" in call.become.values() and "pw-of-become" in call.become.values()


def test_an_async_task_is_polled_until_its_result_file_is_finished(play, endpoint):
    done = play({"name": "later", "do_nothing": {}, "async": 30, "poll": 1})
    assert done.result("later")["finished"] in (1, True)
    assert done.result("later")["changed"] is False
    names = [call.name for call in endpoint.recorded.modules]
    assert names[0] == "do_nothing" and "async_status" in names[1]


def test_an_async_task_that_takes_too_long_is_told_to_have_timed_out(play, endpoint):
    endpoint.modules["do_nothing"] = _too_long
    done = play({"name": "later", "do_nothing": {}, "async": 2, "poll": 1, "ignore_errors": True})
    assert done.failed("later")
    assert "timed out waiting for module completion" in str(done.result("later"))


def _too_long(_context: object) -> dict:
    time.sleep(6)
    return {"changed": True}


def test_a_file_arrives_whole_and_comes_back_whole(play, endpoint, tmp_path):
    (tmp_path / "there").write_bytes(os.urandom(600_001))
    done = play({"name": "files", "there_and_back": {"source": str(tmp_path / "there"), "back": str(tmp_path / "back")}})
    assert (tmp_path / "back").read_bytes() == (tmp_path / "there").read_bytes()
    result = done.result("files")
    assert result["seen"] and not result["other"] and result["removed"]
    assert [size for _, size in endpoint.recorded.files] == [600_001]
    assert result["home"] == endpoint.host.user_profile + "\\x"


def test_an_empty_file_arrives(play, endpoint, tmp_path):
    (tmp_path / "there").touch()
    there = "C:\\users\\Public\\empty"
    endpoint.host.path("C:\\users\\Public").mkdir(exist_ok=True)
    play({"name": "files", "there_and_back": {"source": str(tmp_path / "there"), "back": str(tmp_path / "b"), "there": there}})
    assert endpoint.host.path(there).read_bytes() == b""


def test_what_it_does_not_know_fails_the_task_and_the_test(play, endpoint):
    done = play({"name": "script", "ansible.builtin.raw": "Get-Process | Sort-Object", "ignore_errors": True})
    assert done.failed("script")
    assert "Get-Process" in endpoint.unknown.pop()


def test_a_program_that_raw_starts_runs_under_wine(play):
    done = play({"name": "raw", "ansible.builtin.raw": "cmd.exe /c echo hello", "ignore_errors": True})
    assert done.result("raw")["stdout"].strip() == "hello"


def test_a_secret_is_found_where_it_stands_in_clear_and_only_there(play, endpoint):
    play({"name": "nothing", "do_nothing": {"password": "hush-hush"}, "no_log": True})
    assert endpoint.recorded.tells("hush-hush", in_arguments=False) == []
    assert endpoint.recorded.tells("hush-hush") == ["stdin of command 0 (module)"]
    endpoint.reset()
    assert endpoint.recorded.tells("hush-hush") == [] and endpoint.counts.total == 0


@pytest.mark.parametrize("connection", ["winrm", "psrp", "ssh"])
def test_a_helper_that_is_missing_is_asked_for_copied_once_and_then_run(play, endpoint, probe, connection):
    first = play({"name": "first", "staged_probe": {"program": probe, "name": "*"}}, connection=connection).result("first")
    second = play({"name": "second", "staged_probe": {"program": probe, "name": "*"}}, connection=connection).result("second")
    assert (first["copied"], second["copied"]) == (True, False)
    assert first["products"] == second["products"] == []
    assert [path.rpartition("\\")[2] for path, _ in endpoint.recorded.files] == ["upshift.gz"]


def test_the_count_of_a_task_leaves_out_what_only_its_first_run_takes(core, endpoint, probe, tmp_path):
    task = {"name": "task", "staged_probe": {"program": probe, "name": "*"}}
    counts = count_requests(core, endpoint, tmp_path, task)
    assert counts.total == 6
    assert counts.bytes_in < 300_000
