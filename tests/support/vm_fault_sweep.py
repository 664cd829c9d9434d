# SPDX-License-Identifier: GPL-3.0-or-later
"""A full run once for each of its calls to the outside, in which that call fails."""

from __future__ import annotations

import itertools
import os
import time

from vm_worlds import VmWorld

SECONDS = 1
ARGUMENTS = {"name": "*", "when_running": "shut_down", "when_saved": "discard", "when_checkpoint_saved": "discard",
             "parallel": 1, "timeout": SECONDS}
ANSWER_WITHIN = 30
LEAST_CALLS = 15
AS_OFTEN_AS_IT_IS_TRIED = 2

METHODS = ["InitiateShutdown", "ClearSnapshotState", "RequestStateChange", "UpgradeSystemVersion"]

# What fails, and the kinds of error that a person may be told.
FAULTS = {
    "access denied": ({"code": "0x80041003"}, {"access_denied"}),
    "RPC unavailable, once": ({"code": "0x800706BA"}, {"connection"}),
    "server busy, once": ({"code": "0x80041045"}, {"busy"}),
    # What is not found is taken for gone; Hyper-V then refuses what still needs it.
    "not found": ({"code": "0x80041002"}, {"not_found", "access_denied", "not_supported", "wrong_state"}),
}
# Each call takes seconds until it is given up.
SLOW_FAULTS = {
    "RPC unavailable": ({"code": "0x800706BA", "times": AS_OFTEN_AS_IT_IS_TRIED}, {"connection"}),
    "hang": ({"hang": True}, {"timeout"}),
}
if "UPSHIFT_SLOW_FAULTS" in os.environ:
    FAULTS |= SLOW_FAULTS


def standalone_host() -> dict:
    return {"hosts": [{"name": "hv1", "build": "26100", "default_version": "12.0"}],
            "vms": [{"name": "running", "version": "9.0", "state": "running", "upgrade": {"polls": 1}},
                    {"name": "saved", "version": "9.0", "state": "saved", "saved_checkpoints": ["one"]},
                    {"name": "off", "version": "9.0"}]}


def cluster() -> dict:
    node = {"cluster": "c1", "build": "26100", "default_version": "12.0"}
    return {"hosts": [{"name": "hv1"} | node, {"name": "hv2"} | node],
            "clusters": [{"name": "c1", "functional_level": 12, "nodes": ["hv1", "hv2"]}],
            "vms": [{"name": "running", "host": "hv1", "version": "9.0", "state": "running", "clustered": True},
                    {"name": "off", "host": "hv2", "version": "9.0", "clustered": True}]}


WORLDS = {"standalone": standalone_host, "cluster": cluster}


def was_hit(world: VmWorld) -> bool:
    """Whether the run came to the call that was to fail: a run makes only so many."""
    return any(fault["hits"] for fault in world.state().get("faults", []))


def undisturbed(world: VmWorld) -> dict:
    assert not world.upgrade(ARGUMENTS).answer["failed"]
    return world.vms()


def kinds_told(answer: dict) -> set[str]:
    told = [answer["error"]["kind"]] if "error" in answer else []
    return {*told, *(row["error"]["kind"] for row in answer["targets"] if "error" in row)}


def left_off_in_silence(world: VmWorld, answer: dict) -> list[str]:
    """VMs that ran before, are off now, and whose row does not say so."""
    rows = {row["name"]: row for row in answer["targets"]}
    ran = [vm["name"] for vm in world.simulation["vms"] if vm.get("state") == "running"]
    off = [name for name in ran if world.vms()[name]["state"] == "off"]
    return [name for name in off if rows.get(name, {}).get("outcome") != "failed" or " off" not in rows[name]["reason"]]


def run_with_each_call_failing(make_world, description: dict, behaviour: dict, kinds: set[str],
                               at: str = "*") -> tuple[int, set[str]]:
    """`make_world` gives a world of that name with that description. Gives how many calls there were, and the kinds of error
    that were told of them."""
    expected = undisturbed(make_world("undisturbed", description))
    told = set()
    for number in itertools.count():
        world = make_world(str(number), description | {"faults": [{"at": at, "skip": number} | behaviour]})
        begun = time.monotonic()
        answer = world.upgrade(ARGUMENTS).answer
        if not was_hit(world):
            return number, told
        assert time.monotonic() - begun < ANSWER_WITHIN, number
        assert answer["failed"] == bool(kinds_told(answer)), (number, answer["msg"])
        assert kinds_told(answer) <= kinds, (number, answer["msg"])
        assert left_off_in_silence(world, answer) == [], (number, answer["msg"])
        told |= kinds_told(answer)

        world.describe(description)
        again = world.upgrade(ARGUMENTS).answer
        assert (number, again["failed"], world.vms()) == (number, False, expected), again["msg"]
        for name, calls in world.calls().items():
            assert calls.get("UpgradeSystemVersion", 0) <= 1, (number, name, calls)
