# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks of the collection meet over SSH alone: sftp, shared connections, and a plugin that never says it is connected."""

from __future__ import annotations

import pytest
import wine
from ansible_playbook import task
from packages import Package
from winrm_hosts import forget_helper, placed_helpers
from winrm_playbook import run_on_endpoint

LISTING = task("list", "msi_product_version_info", name="Nothing has this name*")


@pytest.fixture
def play_ssh(play):
    def run(*tasks: dict, **options: object):
        return play(*tasks, connection="ssh", **options)
    return run


def test_a_connection_that_is_cut_while_the_helper_is_copied_leaves_nothing_and_the_next_task_sends_it_again(play_ssh, endpoint):
    forget_helper(endpoint)
    endpoint.faults.drop("put", 2, times=1000)
    cut = play_ssh(LISTING)
    assert cut.row("list")["outcome"] == "unreachable"
    assert endpoint.faults.struck
    assert placed_helpers(endpoint) == []
    endpoint.faults.clear()
    assert play_ssh(LISTING).result("list")["products"] == []


@pytest.mark.parametrize("answered", [False, True], ids=["before it was carried out", "before its answer"])
def test_a_call_whose_connection_is_cut_is_made_again(play_ssh, endpoint, answered):
    play_ssh(LISTING)
    endpoint.reset()
    endpoint.faults.drop("Exec", answered=answered)
    assert play_ssh(LISTING).result("list")["products"] == []
    assert endpoint.faults.struck
    assert endpoint.counts.posts["Exec"] == 2


def test_a_host_that_is_not_there_is_asked_once(core, endpoint, tmp_path):
    told = run_on_endpoint(core, endpoint, tmp_path, [LISTING], "-vvv", connection="ssh", ansible_port=1)
    assert told.row("list")["outcome"] == "unreachable"
    assert told.output.count("SSH: EXEC ssh") == 1


def test_the_helper_is_found_again_after_the_connection_was_reset(play_ssh, endpoint):
    play_ssh(LISTING)
    endpoint.reset()
    done = play_ssh(LISTING, {"meta": "reset_connection"}, task("again", "msi_product_version_info", name="Nothing*"))
    assert done.result("again")["products"] == [], done.output
    # The first task takes over the connection that the play before has left.
    assert (endpoint.counts.posts["Exec"], endpoint.counts.connections, endpoint.recorded.files) == (2, 1, [])


def test_async_places_the_helper_first_and_returns_the_answer_in_the_end(play_ssh, endpoint):
    forget_helper(endpoint)
    done = play_ssh(task("list", "msi_product_version_info", {"async": 60, "poll": 1}, name="Nothing*"))
    assert done.result("list")["products"] == [], done.output
    assert len(placed_helpers(endpoint)) == 1


def test_a_host_is_restarted_where_the_upgrade_asks_for_it_and_the_task_waits_for_it(play_ssh, endpoint):
    old, new = Package("1.0.0", family="restart"), Package("1.1.0", family="restart", schedule_reboot=True)
    endpoint.host.prefix.run("msiexec.exe", "/i", wine.windows_path(old.make()), "/qn")
    begun = endpoint.host.boots
    done = play_ssh(task("upgrade", "msi_product_version", path=wine.windows_path(new.make()), reboot=True))
    endpoint.host.prefix.run("msiexec.exe", "/x", new.product_code, "/qn")
    result = done.result("upgrade")
    assert (result["targets"][0]["version"], result["rebooted"], result["reboot_required"]) == ("1.1.0", True, False), done.output
    assert endpoint.host.boots - begun == 1
