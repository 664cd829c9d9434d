# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario of VMs on a simulated host."""

import json

import pytest
from vm_scenarios import (PLANNED, SAME_IN_CHECK_MODE, assert_after, assert_answer, each_scenario, planned_outcomes, vms_of,
                          without_calls)


class Run:
    """One scenario on a described host of its own."""

    def __init__(self, helper, described_host, scenario: dict):
        self.helper, self.host, self.scenario = helper, described_host, scenario
        self.expected = scenario["expect"]
        self.described = json.dumps(scenario["simulation"])
        described_host.file.write_text(self.described)

    def upgrade(self, *switches: str):
        arguments = self.scenario["arguments"] | {"simulation": self.host.path_for(self.helper)}
        return self.helper.run("hyperv_vm_version", arguments, *switches)

    def vms(self) -> dict:
        return vms_of(self.scenario["simulation"], self.host.state_file)


@pytest.fixture
def run(request, linux_helper, described_host) -> Run:
    return Run(linux_helper, described_host, request.param)


@each_scenario()
def test_check_mode_foretells_the_run_and_touches_nothing(run):
    planned = run.upgrade("--check", "--diff").answer
    assert not run.host.state_file.exists()
    done = run.upgrade("--diff").answer
    assert [row["outcome"] for row in planned["targets"]] == planned_outcomes(run.expected)
    for field in SAME_IN_CHECK_MODE:
        assert [row.get(field) for row in planned["targets"]] == [row.get(field) for row in done["targets"]]
    assert planned.get("hosts") == done.get("hosts")
    if all(row["outcome"] == PLANNED.get(after["outcome"], after["outcome"])
           for row, after in zip(planned["targets"], done["targets"], strict=True)):
        assert planned.get("diff") == done.get("diff")


@each_scenario()
def test_the_run_does_what_is_expected(run):
    before = run.vms()
    done = run.upgrade()
    assert_answer(done.answer, run.expected)
    assert done.exit_code == run.expected["exit"]
    after = run.vms()
    assert_after(after, run.expected)
    assert done.answer["changed"] == (without_calls(before) != without_calls(after))
    assert run.host.file.read_text() == run.described


@each_scenario(lambda scenario: scenario.get("again", True))
def test_the_second_run_changes_nothing(run):
    run.upgrade()
    first = without_calls(run.vms())
    again = run.upgrade().answer
    assert again["changed"] is False
    assert without_calls(run.vms()) == first


def planning_rows(answer: dict) -> list:
    return [{field: value for field, value in row.items() if field != "duration_ms"} for row in answer["targets"]]


@each_scenario(lambda scenario: "faults" not in scenario["simulation"])
def test_a_saved_answer_rehearses_to_the_same_plan(run, tmp_path):
    arguments = {"simulation": str(run.host.file)} | ({"cluster": True} if run.scenario["arguments"].get("cluster") else {})
    planned = run.upgrade("--check").answer
    saved = run.helper.run("hyperv_vm_version_info", arguments)
    if "error" in planned:
        assert saved.answer["error"]["kind"] == planned["error"]["kind"]
        return
    rehearsal = tmp_path / "saved-answer.json"
    rehearsal.write_bytes(saved.stdout)
    rehearsed = run.helper.run("hyperv_vm_version", run.scenario["arguments"] | {"simulation": str(rehearsal)}, "--check").answer
    assert planning_rows(rehearsed) == planning_rows(planned)
    assert (rehearsed["msg"], rehearsed["warnings"]) == (planned["msg"], planned["warnings"])
