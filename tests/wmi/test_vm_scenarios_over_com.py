# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario of VMs once more, through real COM: the same rows, outcomes, kinds, versions and `changed`."""

import json

import pytest
from vm_scenarios import SAME_IN_CHECK_MODE, assert_after, assert_answer, each_scenario, planned_outcomes, vms_of, without_calls


def is_of_one_host(scenario: dict) -> bool:
    return len(scenario["simulation"]["hosts"]) == 1


class Run:
    """One scenario on a computer that one of its hosts is, the first unless another is chosen."""

    def __init__(self, wmi_host, scenario: dict):
        self.wmi_host, self.scenario, self.expected = wmi_host, scenario, scenario["expect"]
        self.nodes = [host["name"] for host in scenario["simulation"]["hosts"]]
        self.choose(self.nodes[0])

    def choose(self, node: str) -> None:
        self.host = self.wmi_host(json.dumps(self.scenario["simulation"]), node)

    def play(self) -> dict:
        """One answer of a play that runs on every node, each of which sees to its own VMs."""
        answers = []
        for node in self.nodes:
            self.choose(node)
            answers.append((node, self.upgrade().answer))
        return {"changed": any(answer["changed"] for _, answer in answers), "failed": any(answer["failed"] for _, answer in answers),
                "targets": merged_rows(answers), "warnings": common_warnings([answer for _, answer in answers])}

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


def common_warnings(answers: list) -> list[str]:
    """A pattern fits nothing only where it fits nothing on any node."""
    return [warning for warning in answers[0]["warnings"] if all(warning in answer["warnings"] for answer in answers)]


def merged_rows(answers: list) -> list[dict]:
    """Of each VM the row of the node that did not skip it; a node that could not be read has a row of its own."""
    rows = {}
    for node, answer in answers:
        failed_as_a_whole = [{"name": node, "host": node, "outcome": "failed", "error": answer["error"]}] if "error" in answer else []
        for row in answer["targets"] + failed_as_a_whole:
            key = row.get("vm_id", node)
            if row["outcome"] != "skipped" or key not in rows:
                rows[key] = row
    return list(rows.values())


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


@each_scenario(lambda scenario: not is_of_one_host(scenario))
def test_a_play_over_every_node_comes_to_what_is_expected_and_changes_nothing_the_second_time(run):
    before = run.vms()
    answer = run.play()
    assert_answer(answer, run.expected)
    first = run.vms()
    assert_after(first, run.expected)
    assert answer["changed"] == (without_calls(before) != without_calls(first))
    assert run.play()["changed"] is False
    assert without_calls(run.vms()) == without_calls(first)
