# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that was detached goes on when its caller ends, tells how far it is, and its answer is there for whoever asks."""

import dataclasses
import json
import os
import subprocess
import time

import pytest
from detached_runs import about, detach, run_files, upgrade_taking
from helper_process import finish

SECRET = "never-to-be-seen-9431"


def test_a_quick_run_answers_at_once_and_like_one_that_is_not_detached(keeper, described_host):
    arguments = {"name": "*", "simulation": described_host.path_for(keeper)}
    plain = keeper.run("hyperv_vm_version", arguments, "--check").answer
    detached = detach(keeper, arguments, "--check", wait=20).answer
    for answer in (plain, detached):
        for row in answer["targets"]:
            row["duration_ms"] = 0
    assert detached == plain


def test_a_long_run_is_named_and_polled_for_its_answer(keeper, described_host):
    begun = detach(keeper, upgrade_taking(described_host, keeper, 2)).answer
    assert (begun["changed"], begun["failed"], begun["targets"]) == (False, False, [])
    assert begun["run"]["operation"] == "hyperv_vm_version"
    assert begun["run"]["state"] == "running"
    run = begun["run"]["id"]
    assert begun["msg"].startswith(f"Run {run} goes on")
    done = about(keeper, "poll", run, "--wait", "60", "--detailed-exitcode")
    assert (done.exit_code, done.answer["msg"]) == (2, "1 upgraded")
    assert "run" not in done.answer
    # It stays there for those whose connection was lost while it was told.
    assert about(keeper, "poll", run).stdout == done.stdout


def test_whoever_polls_sees_how_far_the_run_is(keeper, described_host):
    run = detach(keeper, upgrade_taking(described_host, keeper, 3, "first", "second")).answer["run"]["id"]
    deadline = time.monotonic() + 60
    while True:
        answer = about(keeper, "poll", run, "--wait", "0").answer
        assert "run" in answer, "it ended before it told that the first VM was done"
        if answer["run"].get("done") == 1 and answer["run"]["target"] == "second":
            break
        assert time.monotonic() < deadline
    assert answer["run"]["total"] == 2
    assert ": 1 of 2 done, second: " in answer["msg"]


def test_the_same_asked_again_takes_the_answer_of_the_run_that_goes_on(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 2)
    run = detach(keeper, arguments).answer["run"]["id"]
    again = detach(keeper, arguments, wait=60).answer
    assert again["msg"] == "1 upgraded"
    assert run in again["warnings"][-1]
    assert len(about(keeper, "runs").answer["runs"]) == 1


def test_an_answer_that_nobody_took_is_given_to_the_next_one_who_asks_the_same_and_only_once(keeper, described_host, tmp_path):
    arguments = upgrade_taking(described_host, keeper, 1)
    run = detach(keeper, arguments).answer["run"]["id"]
    deadline = time.monotonic() + 60
    while not any(file.suffix == ".answer" and file.read_bytes() for file in run_files(tmp_path)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    taken = detach(keeper, dict(reversed(arguments.items())), wait=20).answer
    assert (taken["msg"], taken["changed"]) == ("1 upgraded", True)
    assert run in taken["warnings"][-1]
    after = detach(keeper, arguments, wait=20).answer
    assert (after["changed"], after["warnings"]) == (False, [])


@pytest.mark.parametrize("switches", [("--check",), ()], ids=["check mode", "information"])
def test_what_only_looked_looks_again_and_does_not_tell_an_old_answer(keeper, described_host, tmp_path, switches):
    operation = "hyperv_vm_version" if switches else "hyperv_vm_version_info"
    arguments = {"name": "*", "simulation": described_host.path_for(keeper)}
    described_host.describe({"name": "before", "version": "9.0", "state": "off"})
    keeper.run(operation, arguments, "--detach", *switches)
    for file in run_files(tmp_path):
        if file.suffix == ".told":
            file.unlink()
    described_host.describe({"name": "after", "version": "9.0", "state": "off"})
    again = keeper.run(operation, arguments, "--detach", *switches).answer
    assert [row["name"] for row in again["targets"] or again["vms"]] == ["after"]


def test_an_answer_that_is_to_be_confirmed_is_given_again_until_it_is(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 1)
    first = detach(keeper, arguments, "--confirm", wait=20).answer
    run = first["run"]["id"]
    assert (first["changed"], first["run"]["state"]) == (True, "finished")
    again = detach(keeper, arguments, "--confirm", wait=20).answer
    assert (again["changed"], again["run"]["id"]) == (True, run)
    assert about(keeper, "confirm", run).answer["failed"] is False
    after = detach(keeper, arguments, "--confirm", wait=20).answer
    assert (after["changed"], "run" in after) == (False, False)


def test_a_failure_is_tried_again_and_not_told_a_second_time(keeper, described_host, tmp_path):
    described_host.describe({"name": "web01", "version": "9.0", "state": "running"})
    arguments = {"name": "*", "simulation": described_host.path_for(keeper)}
    assert detach(keeper, arguments, wait=20).answer["failed"]
    for file in run_files(tmp_path):
        if file.suffix == ".told":
            file.unlink()
    described_host.describe({"name": "web01", "version": "9.0", "state": "off"})
    assert detach(keeper, arguments, wait=20).answer["msg"] == "1 upgraded"


def test_two_who_ask_the_same_at_once_get_one_run(keeper, described_host, tmp_path):
    arguments = upgrade_taking(described_host, keeper, 2)
    both = [keeper.start_operation("hyperv_vm_version", arguments, "--detach") for _ in range(2)]
    assert [finish(process).answer["msg"] for process in both] == ["1 upgraded"] * 2
    assert len([file for file in run_files(tmp_path) if file.suffix == ".run"]) == 1


def test_a_folder_that_cannot_be_written_is_told_at_once_and_by_name(linux_helper, described_host, tmp_path):
    (tmp_path / "state").write_text("no folder")
    helper = dataclasses.replace(linux_helper, env=dict(os.environ) | {"UPSHIFT_STATE_DIR": str(tmp_path / "state")})
    refused = detach(helper, {"name": "*", "simulation": described_host.path_for(helper)}).answer
    assert refused["msg"].startswith(f'Could not use the folder of runs "{tmp_path}/state/runs": ')


def test_another_request_is_another_run(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 2)
    run = detach(keeper, arguments).answer["run"]["id"]
    planned = detach(keeper, arguments, "--check", wait=20).answer
    assert planned["check_mode"]
    assert about(keeper, "poll", run, "--wait", "60").answer["msg"] == "1 upgraded"


def test_a_cancelled_run_ends_in_order_and_says_what_was_done(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 1, "first", "second") | {"timeout": 3600}
    described = json.loads(described_host.file.read_text())
    described["vms"][1]["upgrade"]["seconds"] = 3600
    described_host.file.write_text(json.dumps(described))
    run = detach(keeper, arguments, wait=3).answer["run"]["id"]
    answer = about(keeper, "cancel", run, "--wait", "60").answer
    rows = {row["name"]: row for row in answer["targets"]}
    assert rows["first"]["outcome"] == "upgraded"
    assert rows["second"]["error"]["kind"] == "cancelled"
    assert answer["changed"]


def test_a_run_that_was_killed_is_lost_and_the_same_asked_again_does_the_rest(linux_helper, described_host, tmp_path):
    helper = dataclasses.replace(linux_helper, env=dict(os.environ) | {"UPSHIFT_STATE_DIR": str(tmp_path / "state")})
    arguments = upgrade_taking(described_host, helper, 2)
    run = detach(helper, arguments).answer["run"]["id"]
    subprocess.run(["pkill", "-KILL", "-f", f"as-run {run}"], check=True)
    lost = about(helper, "poll", run)
    assert lost.exit_code == 1
    assert lost.answer["run"]["state"] == "lost"
    assert (lost.answer["failed"], lost.answer["error"]["kind"]) == (True, "cancelled")
    assert "Run the same again: it finishes what this run left." in lost.answer["msg"]
    rest = detach(helper, arguments, wait=60).answer
    assert rest["targets"][0]["version"] == "10.0"
    assert rest["warnings"][-1].startswith(f"Run {run}, which was begun at ")
    assert detach(helper, arguments, wait=60).answer["warnings"] == []


def test_the_list_of_runs_says_what_each_was_asked_and_what_became_of_it(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 0) | {"_ansible_secret": SECRET}
    detach(keeper, arguments, "--confirm", wait=20)
    row = about(keeper, "runs").answer["runs"][0]
    assert (row["state"], row["msg"], row["told"]) == ("finished", "1 upgraded", False)
    assert row["arguments"] == {"name": "*", "parallel": 1, "simulation": arguments["simulation"],
                                "_ansible_check_mode": False, "_ansible_diff": False}
    about(keeper, "confirm", row["id"])
    assert about(keeper, "runs").answer["runs"][0]["told"] is True


def test_an_answer_that_is_not_there_yet_cannot_be_confirmed(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 3)
    run = detach(keeper, arguments).answer["run"]["id"]
    refused = about(keeper, "confirm", run).failed_answer
    assert (refused["error"]["kind"], refused["error"]["found"]) == ("busy", "it has none yet")
    assert run in detach(keeper, arguments, wait=60).answer["warnings"][-1]
    assert len(about(keeper, "runs").answer["runs"]) == 1


def test_a_full_disk_is_told_at_once_and_begins_nothing(linux_helper, described_host, tmp_path):
    """What is limited here is the size of a file, since a full disk takes root's rights to make."""
    helper = dataclasses.replace(linux_helper, command=("sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"", *linux_helper.command),
                                 env=dict(os.environ) | {"UPSHIFT_STATE_DIR": str(tmp_path / "state")})
    told = detach(helper, upgrade_taking(described_host, linux_helper, 0)).failed_answer
    assert told["msg"].startswith('Could not use the folder of runs "')
    assert "too large" in told["msg"]
    assert [file.name for file in run_files(tmp_path) if file.suffix != ".lock"] == []


def test_whoever_cancels_a_run_that_is_over_leaves_its_answer_to_the_one_who_began_it(keeper, described_host):
    arguments = upgrade_taking(described_host, keeper, 0)
    detach(keeper, arguments, "--confirm", wait=20)
    run = about(keeper, "runs").answer["runs"][0]["id"]
    assert about(keeper, "cancel", run).answer["msg"] == "1 upgraded"
    assert about(keeper, "runs").answer["runs"][0]["told"] is False
    taken = detach(keeper, arguments, wait=20).answer
    assert taken["changed"] and run in taken["warnings"][-1]


def test_a_run_that_cannot_be_read_from_its_name_is_refused_with_those_that_there_are(keeper, described_host):
    run = detach(keeper, upgrade_taking(described_host, keeper, 1)).answer["run"]["id"]
    refused = about(keeper, "poll", "../../etc/passwd")
    assert (refused.exit_code, refused.answer["error"]["kind"]) == (1, "not_found")
    assert f'needed is one of "{run}"' in refused.answer["msg"]


@pytest.mark.parametrize(("words", "sentence"), [
    (("poll",), "Could not poll a run: no run is given"),
    (("hyperv_vm_version", "--detach", "--wait", "soon"), 'Could not use the switch "--wait": its value is "soon"; needed is seconds from 0 to 3600.'),
    (("hyperv_vm_version", "--wait"), 'Could not use the switch "--wait": it has no value'),
    (("runs", "now"), 'Could not use the word "now"'),
    (("hyperv_vm_version", "--wait", "5"), 'Could not use the switch "--wait": nothing is waited for'),
    (("polll",), 'Could not run the operation "polll": there is no such operation'),
])
def test_a_command_line_that_cannot_be_used_is_refused(keeper, words, sentence):
    assert about(keeper, *words).refusal.startswith(sentence)


def test_arguments_that_cannot_be_used_start_nothing(keeper, tmp_path):
    assert detach(keeper, {"nme": "x"}).exit_code == 64
    assert run_files(tmp_path) == []


def test_no_file_of_a_run_holds_the_value_of_a_secret(keeper, described_host, tmp_path):
    arguments = upgrade_taking(described_host, keeper, 0) | {"_ansible_secret": SECRET, "password": None}
    detach(keeper, arguments, wait=20)
    assert run_files(tmp_path)
    for file in run_files(tmp_path):
        assert SECRET.encode() not in file.read_bytes(), file
