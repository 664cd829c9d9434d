# SPDX-License-Identifier: GPL-3.0-or-later
"""Each call of a full run over COM fails once, with the HRESULT that Windows has for it: the run answers in time and says the
right thing, no VM that ran is left off in silence, no upgrade is sent twice, and a run without the fault brings all to its end."""

import os

import pytest
import wmi_provider
from vm_fault_sweep import FAULTS, LEAST_CALLS, METHODS, WORLDS, run_with_each_call_failing, standalone_host
from vm_worlds import VmWorld


# Each takes half a minute; the sweeps have them all.
IN_FULL = "UPSHIFT_COM_SWEEP" in os.environ
TRIED = FAULTS if IN_FULL else {"not found": FAULTS["not found"]}
DESCRIBED = WORLDS if IN_FULL else {"standalone": WORLDS["standalone"]}


class ComWorld(VmWorld):
    """A described host that is this computer."""

    def __init__(self, prefix, folder, simulation: dict):
        super().__init__(folder, simulation)
        self.host = wmi_provider.WmiHost(prefix, self.file)

    def upgrade(self, arguments: dict, *switches: str):
        done = self.host.helper().run("hyperv_vm_version", arguments, *switches)
        if not any(fault.get("hang") for fault in self.simulation.get("faults", [])):
            assert self.host.references_left() == 0
        return done


@pytest.fixture
def make_world(computers, tmp_path):
    prefix = computers.named("hv1")
    return lambda name, description: ComWorld(prefix, tmp_path / name, description)


@pytest.mark.parametrize("fault", TRIED)
@pytest.mark.parametrize("described", DESCRIBED)
def test_each_call_that_fails_is_told_and_a_later_run_converges(make_world, described, fault):
    behaviour, kinds = TRIED[fault]
    number, told = run_with_each_call_failing(make_world, WORLDS[described](), behaviour, kinds)
    assert number >= LEAST_CALLS
    assert told or "once" in fault


@pytest.mark.parametrize("method", METHODS)
def test_each_method_whose_answer_is_lost_is_decided_by_reading_back(make_world, method):
    lost = {"code": "0x800706BE", "takes_effect": True}
    number, told = run_with_each_call_failing(make_world, standalone_host(), lost, set(), f"invoke {method}")
    assert number >= 1
    assert told == set()
