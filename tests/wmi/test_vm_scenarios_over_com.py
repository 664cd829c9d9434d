# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario of VMs once more, through real COM: the same rows, outcomes, kinds, versions and `changed`."""

import json

import pytest
from vm_scenarios import SAME_IN_CHECK_MODE, assert_after, assert_answer, each_scenario, planned_outcomes, vms_of, without_calls


def is_of_one_host(scenario: dict) -> bool:
    return len(scenario["simulation"]["hosts"]) == 1


class Run:
    """One scenario on the computer that its first host is."""

    def __init__(self, wmi_host, scenario: dict):
        self.scenario, self.expected = scenario, scenario["expect"]
        self.host = wmi_host(json.dumps(scenario["simulation"]), scenario["simulation"]["hosts"][0]["name"])

    def upgrade(self, *switches: str):
        done = self.host.helper(read_only="--check" in switches).run("hyperv_vm_version", self.scenario["arguments"], *switches)
        if not self.hangs():
            assert self.host.references_left() == 0
        return done

    def hangs(self) -> bool:
        """A call that is left behind never gives up what it holds."""
        return any(fault.get("hang") for fault in self.scenario["simulation"].get("faults", []))

    def vms(self) -> dict:
        return vms_of(self.scenario["simulation"], self.host.state_file)


@pytest.fixture
def run(request, wmi_host) -> Run:
    return Run(wmi_host, request.param)


@each_scenario(is_of_one_host)
def test_the_run_does_over_com_what_is_expected_and_the_second_run_changes_nothing(run):
    planned = run.upgrade("--check").answer
    assert [row["outcome"] for row in planned["targets"]] == planned_outcomes(run.expected)
    before = run.vms()
    done = run.upgrade()
    assert_answer(done.answer, run.expected)
    for field in SAME_IN_CHECK_MODE:
        assert [row.get(field) for row in planned["targets"]] == [row.get(field) for row in done.answer["targets"]]
    first = run.vms()
    assert_after(first, run.expected)
    assert done.answer["changed"] == (without_calls(before) != without_calls(first))
    if run.scenario.get("again", True):
        again = run.upgrade().answer
        assert again["changed"] is False
        assert without_calls(run.vms()) == without_calls(first)
