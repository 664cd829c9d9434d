# SPDX-License-Identifier: GPL-3.0-or-later
"""Every outside call of a full run fails once, in each way that Windows has for it: the run answers in time and says the right
thing, no VM that ran is left off in silence, no upgrade is sent twice, and a run without the fault brings all to its end."""

import pytest
from vm_fault_sweep import FAULTS, LEAST_CALLS, METHODS, WORLDS, run_with_each_call_failing, standalone_host
from vm_worlds import VmWorld


def worlds_in(folder):
    return lambda name, description: VmWorld(folder / name, description)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("described", WORLDS)
def test_each_call_that_fails_is_told_and_a_later_run_converges(tmp_path, described, fault):
    behaviour, kinds = FAULTS[fault]
    number, told = run_with_each_call_failing(worlds_in(tmp_path), WORLDS[described](), behaviour, kinds)
    assert number >= LEAST_CALLS
    assert told or "once" in fault


@pytest.mark.parametrize("method", METHODS)
def test_each_method_whose_answer_is_lost_is_decided_by_reading_back(tmp_path, method):
    lost = {"code": "0x800706BE", "takes_effect": True}
    number, told = run_with_each_call_failing(worlds_in(tmp_path), standalone_host(), lost, set(), f"invoke {method}")
    assert number >= 1
    assert told == set()
