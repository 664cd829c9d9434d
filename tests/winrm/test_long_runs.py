# SPDX-License-Identifier: GPL-3.0-or-later
"""A long run on a Windows host survives whatever becomes of its connection, and the task returns the real answer."""

import subprocess
import threading

import pytest
import wine
from ansible_playbook import task
from winrm_endpoint import WinRmEndpoint
from winrm_hosts import HyperVHost, forget_helper
from winrm_playbook import run_on_endpoint

UPGRADE = task("upgrade", "hyperv_vm_version", name="*", parallel=1)
#: The helper answers after a second that a run goes on, so that every run of some seconds is polled.
IMPATIENT = {"upshift_poll_seconds": 1}


@pytest.fixture(scope="module")
def hyper_v(tmp_path_factory):
    with wine.WinePrefix.create() as prefix:
        yield HyperVHost(prefix, tmp_path_factory.mktemp("hyper-v"))


@pytest.fixture
def endpoint(hyper_v):
    with WinRmEndpoint(hyper_v.prefix) as made:
        yield made


@pytest.fixture
def long_play(core, endpoint, tmp_path, hyper_v):
    """Runs the upgrade of two VMs that takes some seconds, and does something in the middle of it."""
    def run(in_the_middle=lambda: None, seconds: float = 3, **variables: object):
        hyper_v.describe(*[{"name": name, "upgrade": {"seconds": seconds}} for name in ("first", "second")])
        played = []
        thread = threading.Thread(target=lambda: played.append(
            run_on_endpoint(core, endpoint, tmp_path, [UPGRADE], **IMPATIENT | variables)))
        thread.start()
        hyper_v.run_begins()
        in_the_middle()
        thread.join()
        return played[0]
    return run


@pytest.fixture(params=["winrm", "ssh"])
def connection(request) -> str:
    return request.param


def assert_both_were_upgraded(play) -> None:
    result = play.result("upgrade")
    assert not play.failed("upgrade"), play.output
    assert (result["changed"], [row["version"] for row in result["targets"]]) == (True, ["12.0", "12.0"])


def assert_it_was_asked_again(endpoint) -> None:
    calls = [call.arguments for call in endpoint.recorded.modules if call.leaf == "hyperv_vm_version"]
    begun = [call for call in calls if not call.get("_command") and not call["_helper"].get("source")]
    assert len(begun) >= 2, "the call that waits was made once: nothing was lost"


def test_a_long_run_is_polled_and_shows_its_progress(long_play, endpoint, connection):
    play = long_play(connection=connection)
    assert_both_were_upgraded(play)
    assert "run" not in play.result("upgrade")
    assert "[win] Run " in play.output
    assert "goes on: " in play.output
    *polls, confirmed = [call.arguments["_command"] for call in endpoint.recorded.modules if call.arguments.get("_command")]
    assert confirmed[0] == "confirm"
    assert polls and all(words[0] == "poll" and words[2:] == ["--wait", "1", "--confirm"] for words in polls)


def test_check_mode_and_a_second_run_answer_in_one_command(core, endpoint, tmp_path, hyper_v, connection):
    command = "Exec" if connection == "ssh" else "Command"
    hyper_v.describe({"name": "web", "upgrade": {"seconds": 0}})
    run_on_endpoint(core, endpoint, tmp_path, [UPGRADE], "--check", connection=connection)
    endpoint.reset()
    planned = run_on_endpoint(core, endpoint, tmp_path, [UPGRADE], "--check", "--diff", connection=connection)
    assert endpoint.counts.posts[command] == 1
    assert planned.result("upgrade")["targets"][0]["outcome"] == "would_upgrade"
    assert "12.0" in planned.result("upgrade")["diff"]["after"]
    done = run_on_endpoint(core, endpoint, tmp_path, [UPGRADE], connection=connection).result("upgrade")
    assert done["targets"][0]["outcome"] == "upgraded"
    endpoint.reset()
    again = run_on_endpoint(core, endpoint, tmp_path, [UPGRADE], connection=connection)
    assert again.result("upgrade")["changed"] is False
    assert "WARNING" not in again.output
    assert endpoint.counts.posts[command] == 1


def test_the_task_returns_the_real_answer_after_its_service_was_restarted_under_it(long_play, endpoint, connection):
    play = long_play(endpoint.restart_service, connection=connection)
    assert_both_were_upgraded(play)


def test_the_task_returns_the_real_answer_after_its_process_tree_was_killed(long_play, endpoint):
    play = long_play(lambda: endpoint.faults.kill_tree("Receive", 1))
    assert endpoint.faults.struck
    assert_both_were_upgraded(play)


def test_so_it_does_where_the_helper_was_placed_by_that_very_task(long_play, endpoint, connection):
    forget_helper(endpoint)
    play = long_play(endpoint.restart_service, connection=connection, upshift_poll_seconds=60)
    assert_both_were_upgraded(play)
    assert len(endpoint.recorded.files) == 1


@pytest.mark.parametrize(("fault", "shared"), [("cut", True), ("cut", False), ("killed", True), ("both", False)])
def test_over_ssh_the_task_returns_the_real_answer_whatever_its_session_loses(long_play, endpoint, fault, shared):
    """Before the first answer, since each run begins with one call that waits."""
    def strike() -> None:
        if fault in ("cut", "both"):
            endpoint.ssh.cut_connections()
        if fault in ("killed", "both"):
            endpoint.shells.end_all()

    variables = {} if shared else {"ansible_ssh_args": "-o ControlMaster=no"}
    play = long_play(strike, connection="ssh", upshift_poll_seconds=60, **variables)
    assert_both_were_upgraded(play)
    assert_it_was_asked_again(endpoint)


def test_over_ssh_a_host_that_falls_silent_is_noticed_where_ssh_was_told_to_ask(long_play, endpoint):
    asking = "-o ServerAliveInterval=1 -o ServerAliveCountMax=2"
    play = long_play(lambda: endpoint.ssh.fall_silent(6), connection="ssh", ansible_ssh_extra_args=asking,
                     ansible_ssh_args="-o ControlMaster=no", upshift_poll_seconds=60)
    assert_both_were_upgraded(play)
    assert_it_was_asked_again(endpoint)


def test_the_task_rides_over_dropped_connections(long_play, endpoint):
    play = long_play(lambda: endpoint.faults.drop("Receive", 1, times=2))
    assert endpoint.faults.struck
    assert_both_were_upgraded(play)


@pytest.mark.parametrize("kind", ["Command", "Create"])
def test_the_task_rides_over_a_host_that_refuses_by_quota(long_play, endpoint, kind):
    """A refused command has ansible-core make a new shell, or the task connect anew."""
    def refuse() -> None:
        endpoint.faults.quota(kind, 1, times=2)
        if kind == "Create":
            endpoint.restart_service()

    play = long_play(refuse)
    assert len(endpoint.faults.struck) == 2, play.output
    assert_both_were_upgraded(play)


@pytest.mark.parametrize("variables", [IMPATIENT, {}], ids=["while it is polled", "before the first answer"])
def test_an_interrupted_play_loses_nothing_the_next_one_takes_the_answer(core, endpoint, tmp_path, hyper_v, variables):
    hyper_v.describe({"name": "web", "upgrade": {"seconds": 4}})
    played = []
    thread = threading.Thread(target=lambda: played.append(
        run_on_endpoint(core, endpoint, tmp_path / "first", [UPGRADE], **variables)))
    thread.start()
    hyper_v.run_begins()
    subprocess.run(["pkill", "-KILL", "-f", str(tmp_path / "first")], check=True)
    thread.join()
    assert played[0].exit_code != 0
    if not variables:
        hyper_v.run_ends()
    play = run_on_endpoint(core, endpoint, tmp_path / "second", [UPGRADE], **variables)
    result = play.result("upgrade")
    assert (result["changed"], result["targets"][0]["outcome"]) == (True, "upgraded"), play.output
    assert run_on_endpoint(core, endpoint, tmp_path / "third", [UPGRADE]).result("upgrade")["changed"] is False
    assert "whose answer nobody had" in " ".join(play.output.split())


def test_a_run_that_was_lost_with_its_host_is_done_again_and_says_so(long_play, endpoint, hyper_v, connection):
    def restart_host() -> None:
        subprocess.run(["kill", "-KILL", *map(str, endpoint.host.processes())], check=False)
        endpoint.restart_service()

    play = long_play(restart_host, connection=connection)
    result = play.result("upgrade")
    assert (play.failed("upgrade"), result["changed"]) == (False, True), play.output
    assert [row["version"] for row in result["targets"]] == ["12.0", "12.0"]
    assert "ended without an answer: it was killed, or its computer restarted" in " ".join(play.output.split())
