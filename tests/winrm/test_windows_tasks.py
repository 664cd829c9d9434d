# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of the collection on a Windows host over its connection, from the first use to the second."""

import concurrent.futures
import hashlib

import pytest
import wine
from ansible_playbook import task
from package_parts import sequence_statement
from packages import Package
from winrm_hosts import forget_helper, placed_helpers
from winrm_playbook import count_requests, run_on_endpoint

SECRET = "Never-To-Be-Seen-5512"
LISTING = task("list", "msi_product_version_info", name="Nothing has this name*")


@pytest.fixture(params=["winrm", "psrp", "ssh"])
def connection(request) -> str:
    return request.param


def test_the_first_task_places_the_helper_and_the_second_finds_it(play, endpoint, connection):
    forget_helper(endpoint)
    first = play(LISTING, connection=connection)
    assert first.result("list")["products"] == [], first.output
    sent = [size for _, size in endpoint.recorded.files]
    assert len(sent) == 1 and sent[0] < placed_helpers(endpoint)[0].stat().st_size / 2, "it is sent compressed"
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in placed_helpers(endpoint)] == \
        [placed_helpers(endpoint)[0].parent.name.partition("-")[2]]
    endpoint.reset()
    again = play(LISTING, connection=connection)
    assert again.result("list")["products"] == []
    assert endpoint.recorded.files == []
    assert [call.leaf for call in endpoint.recorded.modules] == ["msi_product_version_info"]


def test_a_product_is_planned_upgraded_and_then_left_alone(play, endpoint, connection):
    old, new = (Package(version, family=f"over {connection}") for version in ("1.0.0", "1.1.0"))
    endpoint.host.prefix.run("msiexec.exe", "/i", wine.windows_path(old.make()), "/qn")
    upgrade = task("upgrade", "msi_product_version", path=wine.windows_path(new.make()))
    planned = play(upgrade, switches=("--check", "--diff"), connection=connection)
    assert planned.result("upgrade")["targets"][0]["outcome"] == "would_upgrade", planned.output
    assert "1.0.0" in planned.result("upgrade")["diff"]["before"]
    assert "1.1.0" in planned.output
    done = play(upgrade, connection=connection).result("upgrade")
    assert (done["changed"], done["targets"][0]["version"]) == (True, "1.1.0")
    again = play(upgrade, connection=connection).result("upgrade")
    assert (again["changed"], again["targets"][0]["outcome"]) == (False, "unchanged")
    endpoint.host.prefix.run("msiexec.exe", "/x", new.product_code, "/qn")


def test_a_single_name_with_a_comma_is_not_split(play, endpoint):
    play(task("list", "msi_product_version_info", name="Microsoft Visual C++, x64*"))
    assert endpoint.recorded.modules[-1].arguments["name"] == ["Microsoft Visual C++, x64*"]


def test_what_cannot_be_used_is_refused_as_anywhere_else(play):
    refused = play(task("slip", "msi_product_version", path="C:\\a.msi", engine="fast"),
                   task("number", "msi_product_version", path="C:\\a.msi", version=1.1))
    assert refused.failed("slip")
    assert "engine" in refused.result("slip")["msg"]
    assert 'write it in quotes, version: "1.10"' in refused.result("number")["msg"]


def test_several_tasks_at_once_on_one_host_place_one_whole_helper(core, endpoint, tmp_path):
    forget_helper(endpoint)
    with concurrent.futures.ThreadPoolExecutor() as threads:
        plays = list(threads.map(lambda number: run_on_endpoint(core, endpoint, tmp_path / str(number), [LISTING]), range(3)))
    assert [play.result("list")["products"] for play in plays] == [[]] * 3
    assert len(placed_helpers(endpoint)) == 1
    assert [file.name for file in placed_helpers(endpoint)[0].parent.iterdir()] == ["upshift.exe"]


def test_a_copy_that_broke_on_the_disk_is_refused_and_the_next_task_sends_it_again(play, endpoint, connection):
    forget_helper(endpoint)
    endpoint.faults.corrupt_put(1, after_checksum=True)
    broken = play(LISTING, connection=connection)
    assert broken.failed("list")
    assert "The helper was broken on its way" in broken.result("list")["msg"]
    assert endpoint.faults.struck
    assert placed_helpers(endpoint) == []
    assert play(LISTING, connection=connection).result("list")["products"] == []


def test_a_full_disk_is_told(play, endpoint, connection):
    forget_helper(endpoint)
    endpoint.faults.full_disk(1, times=1000)
    told = play(LISTING, connection=connection)
    assert told.failed("list")
    assert told.result("list")["msg"].startswith("The helper cannot be copied to the host: ")
    assert endpoint.faults.struck
    assert placed_helpers(endpoint) == []


def test_the_helper_is_placed_ahead_of_time_and_removed(play, endpoint):
    forget_helper(endpoint)
    steps = [("plan", {"state": "present"}, ("--check",)), ("place", {}, ()), ("again", {}, ()),
             ("plan removal", {"state": "absent"}, ("--check",)), ("remove", {"state": "absent"}, ()), ("gone", {"state": "absent"}, ())]
    told = []
    for name, options, switches in steps:
        done = play(task(name, "helper", **options), switches=switches)
        told.append((name, done.result(name)["changed"], len(placed_helpers(endpoint))))
        assert done.result(name)["path"].endswith("\\upshift.exe"), done.output
    assert told == [("plan", True, 0), ("place", True, 1), ("again", False, 1),
                    ("plan removal", True, 1), ("remove", True, 0), ("gone", False, 0)]


def test_async_places_the_helper_first_and_returns_the_answer_in_the_end(play, endpoint):
    forget_helper(endpoint)
    done = play(task("list", "msi_product_version_info", {"async": 60, "poll": 1}, name="Nothing*"))
    assert done.result("list")["products"] == [], done.output
    assert len(placed_helpers(endpoint)) == 1


def test_async_foretells_in_check_mode_on_a_host_without_the_helper(play, endpoint, core):
    forget_helper(endpoint)
    done = play(task("list", "msi_product_version_info", {"async": 60, "poll": 1}, name="Nothing*"), switches=("--check",))
    if core.name == "floor":
        assert done.result("list")["msg"].startswith("check mode and async cannot be used"), done.output
    else:
        assert done.result("list")["products"] == [], done.output


def test_a_task_that_is_not_waited_for_is_asked_for_its_answer_later(play, endpoint):
    begun = task("list", "msi_product_version_info", {"async": 60, "poll": 0, "register": "job"}, name="Nothing*")
    asked = {"name": "ask", "ansible.builtin.async_status": {"jid": "{{ job.ansible_job_id }}"}, "register": "later",
             "until": "later.finished", "retries": 60, "delay": 1}
    done = play(begun, asked)
    assert "products" not in done.result("list")
    assert done.result("ask")["products"] == [], done.output


def test_become_reaches_the_module_with_everything_it_needs(play, endpoint):
    play(LISTING | {"become": True, "become_method": "runas", "become_user": "SYSTEM"})
    assert "SYSTEM" in endpoint.recorded.modules[-1].become.values()


def test_no_secret_is_sent_logged_or_shown_but_in_the_arguments_of_the_module(play, endpoint, connection):
    tried = play(task("upgrade", "msi_product_version", path="C:\\a.msi", secret_properties=[{"name": "KEY", "value": SECRET}]),
                 switches=("-vvvvv",), connection=connection)
    assert tried.failed("upgrade")
    assert SECRET not in tried.output
    assert SECRET not in str(tried.rows)
    assert endpoint.recorded.tells(SECRET, in_arguments=False) == []
    assert endpoint.recorded.tells(SECRET), "it was not sent at all: this test shows nothing"


def test_a_task_in_steady_state_takes_no_more_requests_than_one_that_does_nothing(core, endpoint, tmp_path):
    ours = count_requests(core, endpoint, tmp_path / "ours", LISTING)
    nothing = count_requests(core, endpoint, tmp_path / "nothing", {"name": "nothing", "do_nothing": {}})
    assert ours.total == nothing.total
    assert ours.bytes_in <= 1.3 * nothing.bytes_in, (ours.bytes_in, nothing.bytes_in)


def test_first_use_sends_no_more_than_the_helper_as_the_connection_encodes_it(core, endpoint, tmp_path):
    """WinRM sends a file as base64 within a text that is sent as base64."""
    forget_helper(endpoint)
    endpoint.reset()
    run_on_endpoint(core, endpoint, tmp_path, [LISTING])
    size = placed_helpers(endpoint)[0].stat().st_size
    assert endpoint.recorded.files
    assert endpoint.counts.bytes_in <= size * (4 / 3) ** 2 + 200_000, (endpoint.counts.bytes_in, size)


def reboots(endpoint, old: Package, new: Package, core, tmp_path, *switches: str, **options: object):
    endpoint.host.prefix.run("msiexec.exe", "/i", wine.windows_path(old.make()), "/qn")
    begun = endpoint.host.boots
    done = run_on_endpoint(core, endpoint, tmp_path, [task("upgrade", "msi_product_version", path=wine.windows_path(new.make()), **options)],
                           *switches)
    endpoint.host.prefix.run("msiexec.exe", "/x", new.product_code, "/qn")
    return done, endpoint.host.boots - begun


def test_a_host_is_restarted_where_the_upgrade_asks_for_it_and_the_task_waits_for_it(core, endpoint, tmp_path):
    old, new = Package("1.0.0", family="restart"), Package("1.1.0", family="restart", schedule_reboot=True)
    planned, restarts = reboots(endpoint, old, new, core, tmp_path, "--check", reboot=True)
    assert (planned.failed("upgrade"), restarts) == (False, 0), planned.output
    done, restarts = reboots(endpoint, old, new, core, tmp_path, reboot=True)
    result = done.result("upgrade")
    assert (result["targets"][0]["version"], result["rebooted"], result["reboot_required"], restarts) == ("1.1.0", True, False, 1), done.output
    left, restarts = reboots(endpoint, old, new, core, tmp_path)
    assert (left.result("upgrade")["reboot_required"], restarts) == (True, 0)


def test_a_suspended_installation_is_finished_after_the_restart(core, endpoint, tmp_path, monkeypatch):
    package = Package(family="suspended", sql=(sequence_statement("ForceReboot", 5000, "NOT REMOVE AND NOT %UPSHIFT_RESTARTED"),))
    begun, restart_soon = endpoint.host.boots, endpoint.host.restart_soon

    def restart() -> None:
        monkeypatch.setitem(endpoint.host.prefix.env, "UPSHIFT_RESTARTED", "yes")
        restart_soon()

    monkeypatch.setattr(endpoint.host, "restart_soon", restart)
    done = run_on_endpoint(core, endpoint, tmp_path, [
        task("install", "msi_product_version", path=wine.windows_path(package.make()), when_absent="install", reboot=True)])
    result = done.result("install")
    assert not done.failed("install"), done.output
    assert (result["targets"][0]["outcome"], result["targets"][0]["version"]) == ("installed", "1.0.0")
    assert (result["changed"], result["rebooted"], result["reboot_required"], endpoint.host.boots - begun) == (True, True, False, 1)
    endpoint.host.prefix.run("msiexec.exe", "/x", package.product_code, "/qn")


def test_a_restart_that_does_not_come_fails_the_task_and_what_was_done_stays_told(core, endpoint, tmp_path, monkeypatch):
    old, new = Package("1.0.0", family="no restart"), Package("1.1.0", family="no restart", schedule_reboot=True)
    monkeypatch.setattr(endpoint.host, "restart_soon", lambda: None)
    done, restarts = reboots(endpoint, old, new, core, tmp_path, reboot=True, reboot_timeout=1)
    result = done.result("upgrade")
    assert restarts == 0
    assert done.failed("upgrade")
    assert result["msg"].endswith("The host has not started again within 1 seconds (reboot_timeout)")
    assert (result["changed"], result["targets"][0]["version"]) == (True, "1.1.0")


def test_a_value_that_is_no_wish_for_a_restart_is_refused_by_its_name(play):
    refused = play(task("word", "msi_product_version", path="C:\\a.msi", reboot="maybe"),
                   task("time", "msi_product_version", path="C:\\a.msi", reboot=True, reboot_timeout="soon"))
    assert refused.result("word")["msg"] == 'The option "reboot" must be yes or no; found "maybe"'
    assert refused.result("time")["msg"] == 'The option "reboot_timeout" must be a whole number of seconds above 0; found "soon"'


@pytest.mark.parametrize("why", [{"keywords": {"async": 60, "poll": 1}}, {"options": {"simulation": "host.json"}}], ids=["async", "simulation"])
def test_a_restart_is_refused_where_nobody_could_wait_for_it(play, why):
    refused = play(task("upgrade", "msi_product_version", why.get("keywords"), path="C:\\a.msi", reboot=True, **why.get("options", {})))
    assert refused.failed("upgrade")
    assert refused.result("upgrade")["msg"].startswith("reboot is for Windows hosts")
