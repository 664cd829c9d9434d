# SPDX-License-Identifier: GPL-3.0-or-later
"""Exit codes say what guards and shells need to know."""

import pytest


def arguments(helper, described_host, **more) -> dict:
    return {"name": "*", "simulation": described_host.path_for(helper)} | more


def test_a_run_that_changed_something_exits_with_0(helper, described_host):
    run = helper.run("hyperv_vm_version", arguments(helper, described_host))
    assert (run.exit_code, run.answer["changed"], run.answer["failed"]) == (0, True, False)


def test_with_detailed_exit_codes_a_change_is_2_and_the_next_run_0(helper, described_host):
    first = helper.run("hyperv_vm_version", arguments(helper, described_host), "--detailed-exitcode")
    second = helper.run("hyperv_vm_version", arguments(helper, described_host), "--detailed-exitcode")
    assert [(run.exit_code, run.answer["changed"]) for run in (first, second)] == [(2, True), (0, False)]


def test_with_detailed_exit_codes_a_planned_change_is_2_and_nothing_is_touched(helper, described_host):
    run = helper.run("hyperv_vm_version", arguments(helper, described_host), "--check", "--detailed-exitcode")
    assert (run.exit_code, run.answer["changed"], run.answer["check_mode"]) == (2, True, True)
    assert not described_host.state_file.exists()


@pytest.mark.parametrize("switches", [(), ("--detailed-exitcode",)])
def test_a_failed_target_exits_with_1_and_the_answer_is_there(helper, described_host, switches):
    described_host.describe({"name": "web01", "version": "9.0", "state": "running"},
                            {"name": "web02", "version": "9.0", "state": "off"})
    run = helper.run("hyperv_vm_version", arguments(helper, described_host), *switches)
    assert (run.exit_code, run.answer["changed"], run.answer["failed"]) == (1, True, True)
    assert [row["outcome"] for row in run.answer["targets"]] == ["failed", "upgraded"]


@pytest.mark.parametrize("switches", [(), ("--detailed-exitcode",)])
def test_unusable_arguments_exit_with_64(helper, switches):
    assert helper.run("hyperv_vm_version", {"nmae": "*"}, *switches).exit_code == 64


def test_a_simulation_that_is_not_there_exits_with_64(helper, described_host):
    described_host.file.unlink()
    run = helper.run("hyperv_vm_version", arguments(helper, described_host))
    assert described_host.path_for(helper) in run.refusal


def test_switches_and_hidden_arguments_of_ansible_mean_the_same(helper, described_host):
    by_switch = helper.run("hyperv_vm_version", arguments(helper, described_host), "--check", "--diff").answer
    by_argument = helper.run("hyperv_vm_version", arguments(
        helper, described_host, _ansible_check_mode=True, _ansible_diff=True, _ansible_verbosity=3)).answer
    for answer in (by_switch, by_argument):
        for row in answer["targets"]:
            row.pop("duration_ms", None)
    assert by_switch == by_argument
    assert by_switch["diff"]["before"] != by_switch["diff"]["after"]
