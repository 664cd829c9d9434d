# SPDX-License-Identifier: GPL-3.0-or-later
"""A package under way: its ticks for those who watch, its end when the run is told to stop or killed."""

import json
import re
import signal

import pytest
from helper_process import finish
from test_cancellation import wait_for_event
from test_progress import run_at_terminal

CODE, NEW_CODE = "{11111111-0000-0000-0000-000000000001}", "{22222222-0000-0000-0000-000000000002}"
FAMILY = "{AAAAAAAA-0000-0000-0000-000000000001}"


@pytest.fixture
def slow_package(described_host):
    """Describes an agent 1.0.0 and a package that takes its time to replace it."""

    def describe(**behaviour: object):
        described_host.file.write_text(json.dumps({
            "products": [{"name": "Agent", "version": "1.0.0", "product_code": CODE, "upgrade_code": FAMILY}],
            "packages": [{"path": "agent.msi", "name": "Agent", "version": "2.0.0", "product_code": NEW_CODE,
                          "upgrade_code": FAMILY, **behaviour},
                         {"path": "next.msi", "name": "Next", "version": "1.0.0", "product_code": CODE}]}))
        return described_host

    return describe


def arguments(described_host, helper, **more: object) -> dict:
    return {"path": "agent.msi", "simulation": described_host.path_for(helper), **more}


def test_json_events_count_the_ticks_of_a_package(helper, slow_package):
    run = helper.run("msi_product_version", arguments(slow_package(seconds=0.5), helper), "--progress", "json")
    events = [json.loads(line) for line in run.stderr.splitlines()]
    ticks = [event["percent"] for event in events if "percent" in event]
    assert len(set(ticks)) > 10
    assert ticks == sorted(ticks)
    assert ticks[-1] == 100
    assert {event["target"] for event in events} == {"agent.msi"}
    assert [events[0]["event"], events[-1]["event"], events[-1]["text"]] == ["begun", "finished", "upgraded"]


def test_a_person_sees_how_far_the_package_is(linux_helper, slow_package):
    seen, _ = run_at_terminal(linux_helper, ("msi_product_version",), arguments(slow_package(seconds=0.8), linux_helper))
    percentages = {int(found) for found in re.findall(r"agent\.msi.*?(\d+) ?%", seen)}
    assert len(percentages) > 3, seen


def test_those_who_watch_are_told_that_it_waits_for_another_installation(helper, described_host, slow_package):
    described = json.loads(slow_package().file.read_text()) | {"other_installations": [{"seconds": 0.4}]}
    described_host.file.write_text(json.dumps(described))
    run = helper.run("msi_product_version", arguments(described_host, helper), "--progress", "json")
    assert b"waiting for another installation" in run.stderr
    assert run.answer["targets"][0]["outcome"] == "upgraded"


def test_a_run_that_is_told_to_stop_cancels_the_package_and_begins_no_other(linux_helper, slow_package):
    host = slow_package(seconds=3600)
    packages = {"packages": [{"path": "agent.msi"}, {"path": "next.msi"}], "simulation": str(host.file)}
    process = linux_helper.start_operation("msi_product_version", packages, "--progress", "json")
    wait_for_event(process, b"INSTALL")
    process.send_signal(signal.SIGTERM)
    run = finish(process)
    rows = run.answer["targets"]
    assert [row["outcome"] for row in rows] == ["failed", "skipped"]
    assert rows[0]["error"]["kind"] == "cancelled"
    assert rows[0]["reason"].endswith("Version 1.0.0 is installed now.")
    assert run.answer["error"]["kind"] == "cancelled"


def test_an_installation_that_does_not_listen_is_told_as_going_on(linux_helper, slow_package):
    host = slow_package(seconds=3600, ignores_cancel=True)
    run = linux_helper.run("msi_product_version", arguments(host, linux_helper, timeout=1))
    error = run.answer["targets"][0]["error"]
    assert error["kind"] == "timeout"
    assert error["found"] == "it took longer than timeout (1 s), and the installer did not cancel: the installation goes on"


def test_a_killed_run_is_finished_by_the_next_one_whatever_when_absent_says(linux_helper, slow_package):
    host = slow_package(seconds=3600)
    process = linux_helper.start_operation("msi_product_version", arguments(host, linux_helper), "--progress", "json")
    wait_for_event(process, b"INSTALL")
    process.kill()
    process.wait()
    # As Windows might have left it: the old product is removed already, the new one not there.
    state = json.loads(host.state_file.read_text()) | {"products": {"present": [], "gone": [CODE]}}
    host.state_file.write_text(json.dumps(state))
    described = json.loads(host.file.read_text())
    described["packages"][0].pop("seconds")
    host.file.write_text(json.dumps(described))

    planned = linux_helper.run("msi_product_version", arguments(host, linux_helper), "--check").answer["targets"][0]
    assert (planned["outcome"], planned["classification"]) == ("would_install", "interrupted")
    done = linux_helper.run("msi_product_version", arguments(host, linux_helper, when_absent="skip")).answer["targets"][0]
    assert (done["outcome"], done["classification"], done["version"]) == ("installed", "interrupted", "2.0.0")
    again = linux_helper.run("msi_product_version", arguments(host, linux_helper)).answer
    assert (again["changed"], again["targets"][0]["classification"]) == (False, "same")
