# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault that a test can set happens as its name says, to a real ansible-core."""

from __future__ import annotations

import os
import threading
import time

import pytest

NOTHING = {"name": "nothing", "do_nothing": {}}


@pytest.fixture
def copy(play, endpoint, tmp_path):
    """Copies a file of three chunks to the host; the task's row, and the file there."""
    (tmp_path / "there").write_bytes(os.urandom(700_000))
    there = f"C:\\there-{tmp_path.name}"

    def run(**variables: object):
        task = {"name": "copy", "there_and_back": {"source": str(tmp_path / "there"), "back": str(tmp_path / "back"), "there": there}}
        return play(task, **variables).row("copy"), endpoint.host.path(there)

    return run


@pytest.mark.parametrize("kind", ["Create", "Command"])
def test_a_connection_that_is_cut_before_the_request_leaves_nothing_behind(play, endpoint, kind):
    endpoint.faults.drop(kind)
    assert play(NOTHING).row("nothing")["outcome"] in ("failed", "unreachable")
    assert endpoint.faults.struck == [f"drop request at {kind} 1"]
    assert endpoint.recorded.modules == []


def test_a_connection_that_is_cut_before_the_answer_leaves_the_module_run(play, endpoint):
    endpoint.faults.drop("Receive", answered=True)
    assert play(NOTHING).row("nothing")["outcome"] in ("failed", "unreachable")
    assert [call.name for call in endpoint.recorded.modules] == ["do_nothing"]


def test_a_delay_holds_up_one_request(play, endpoint):
    endpoint.faults.delay("Receive", 3)
    began = time.monotonic()
    assert play(NOTHING).row("nothing")["outcome"] == "ok"
    assert time.monotonic() - began > 3


def test_a_killed_shell_is_not_found_any_more(play, endpoint):
    endpoint.faults.kill_tree("Receive")
    done = play(NOTHING)
    assert done.row("nothing")["outcome"] in ("failed", "unreachable")
    assert "the shell was not found on the server" in done.output
    assert not endpoint.shells.open


def test_a_killed_shell_takes_the_programs_of_its_module_along(play, endpoint):
    endpoint.modules["do_nothing"] = lambda context: {"code": context.run_program(["ping", "-n", "60", "127.0.0.1"]).returncode}
    endpoint.faults.kill_tree("Receive", nth=2)
    began = time.monotonic()
    play(NOTHING, ansible_winrm_operation_timeout_sec=3, ansible_winrm_read_timeout_sec=10)
    assert endpoint.faults.struck == ["kill tree at Receive 2"]
    assert endpoint.host.processes() == []
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("connection", ["winrm", "psrp"])
def test_a_restart_of_winrm_ends_the_task_and_its_programs_and_the_next_task_is_served(play, endpoint, connection):
    def restart_under_way(context):
        threading.Timer(1, endpoint.restart_service).start()
        return {"code": context.run_program(["ping", "-n", "60", "127.0.0.1"]).returncode}

    endpoint.modules["do_nothing"] = restart_under_way
    began = time.monotonic()
    first = play(NOTHING, connection=connection, ansible_psrp_reconnection_retries=0)
    assert first.row("nothing")["outcome"] in ("failed", "unreachable")
    assert endpoint.host.processes() == []
    assert time.monotonic() - began < 30
    endpoint.modules["do_nothing"] = lambda _context: {"changed": False}
    assert play(NOTHING, connection=connection).row("nothing")["outcome"] == "ok"


def test_a_refusal_by_quota_is_overcome_with_a_new_shell_where_ansible_knows_how(play, endpoint, core):
    endpoint.faults.quota("Command")
    outcome = play(NOTHING).row("nothing")["outcome"]
    assert outcome == "ok" if core.name == "newest" else outcome in ("failed", "unreachable")
    assert endpoint.counts.posts["Create"] == (2 if core.name == "newest" else 1)


def test_a_chunk_altered_on_the_wire_is_seen_by_ansible(copy, endpoint):
    endpoint.faults.corrupt_put(2)
    row, _ = copy()
    assert row["outcome"] == "failed" and "does not match local hash" in row["result"]["msg"]
    assert endpoint.faults.struck == ["corrupt at put 2"]


def test_a_chunk_altered_on_the_disk_is_not_seen_by_ansible(copy, endpoint, tmp_path):
    endpoint.faults.corrupt_put(2, after_checksum=True)
    row, there = copy()
    assert row["outcome"] == "ok"
    sent, stored = (tmp_path / "there").read_bytes(), there.read_bytes()
    assert [place for place in range(len(sent)) if sent[place] != stored[place]] == [250_000]


def test_a_full_disk_fails_the_copy_and_leaves_a_part(copy, endpoint):
    endpoint.faults.full_disk(at_chunk=3)
    row, there = copy()
    assert row["outcome"] == "failed" and "not enough space on the disk" in row["result"]["msg"]
    assert there.stat().st_size == 500_000


def test_a_copy_that_is_cut_off_leaves_a_part(copy, endpoint, core):
    endpoint.faults.drop("Send", nth=3 if core.name == "floor" else 4)
    row, there = copy(ansible_winrm_operation_timeout_sec=2, ansible_winrm_read_timeout_sec=6)
    assert row["outcome"] in ("failed", "unreachable")
    assert 0 < there.stat().st_size < 700_000


def test_a_kind_that_does_not_exist_is_refused(endpoint):
    with pytest.raises(ValueError, match="Recieve"):
        endpoint.faults.drop("Recieve")
