# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is killed at a random moment loses nothing: the next one brings every VM to the version and power state that an
undisturbed run leaves, and no upgrade is asked for twice."""

import os
import random
import subprocess
import time

import pytest
from helper_process import Helper
from vm_worlds import VmWorld

KILLS = int(os.environ.get("UPSHIFT_KILLS", "20"))
ARGUMENTS = {"name": "*", "when_running": "shut_down", "when_saved": "discard", "when_checkpoint_saved": "discard",
             "parallel": 3, "timeout": 60}


def busy_host() -> dict:
    """Shutdowns, discards, upgrades and restarts of different length, so that a kill strikes all of them."""
    hosts = [{"name": "hv1", "build": "26100", "default_version": "12.0"}]
    running = [{"name": f"running{i}", "version": "9.0", "state": "running", "shutdown": {"seconds": 0.05 + 0.05 * i},
                "upgrade": {"seconds": 0.25 - 0.04 * i}} for i in range(6)]
    others = [{"name": "off", "version": "8.0", "upgrade": {"seconds": 0.2}},
              {"name": "saved", "version": "8.0", "state": "saved"},
              {"name": "checkpoint", "version": "10.0", "state": "running", "saved_checkpoints": ["before patch"],
               "shutdown": {"seconds": 0.1}},
              {"name": "there already", "version": "12.0", "state": "running"}]
    return {"hosts": hosts, "vms": running + others}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> tuple[dict, float]:
    """What a run that nobody kills leaves behind, and how long it takes."""
    world = VmWorld(tmp_path_factory.mktemp("undisturbed"), busy_host())
    begun = time.monotonic()
    answer = world.upgrade(ARGUMENTS).answer
    assert not answer["failed"], answer["msg"]
    return world.vms(), time.monotonic() - begun


def run_and_kill(world: VmWorld, seconds: float) -> bool:
    """Starts a run and kills it after that time; says whether it was still at work."""
    process = Helper().start("hyperv_vm_version", stderr=subprocess.DEVNULL)
    process.stdin.write(world.arguments_text(ARGUMENTS))
    process.stdin.close()
    time.sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    process.stdout.close()
    return at_work


def unexpected(warnings: list[str]) -> list[str]:
    """That saved state may have gone in a run which could not say so is worth a warning."""
    return [text for text in warnings if not text.startswith("An earlier run ended while it was discarding saved state of")]


def test_a_killed_run_is_finished_by_the_next(tmp_path, undisturbed):
    expected, duration = undisturbed
    struck = 0
    for number in range(KILLS):
        moments = random.Random(number)
        world = VmWorld(tmp_path / str(number), busy_host())
        struck += run_and_kill(world, moments.uniform(0, duration))
        if moments.random() < 0.3:
            run_and_kill(world, moments.uniform(0, duration))
        answer = world.upgrade(ARGUMENTS).answer
        assert (number, answer["failed"], unexpected(answer["warnings"])) == (number, False, [])
        assert (number, world.vms()) == (number, expected)
        asked = {name: calls.get("UpgradeSystemVersion", 0) for name, calls in world.calls().items()}
        assert (number, set(asked.values())) == (number, {1}), asked
        assert world.upgrade(ARGUMENTS).answer["changed"] is False
    assert struck > KILLS / 2
