# SPDX-License-Identifier: GPL-3.0-or-later
"""An upgrade of products that is killed at a random moment loses nothing: the same run once more leads to the registry
and the files that an undisturbed run leaves. Under Wine, with real packages."""

import contextlib
import itertools
import os
import random
import time

import pytest
from packages import Package, packed
from product_worlds import ProductWorld, Scenario
from wine import WinePrefix

KILLS = int(os.environ.get("UPSHIFT_KILLS", "10"))
# Places in the sequence for RemoveExistingProducts ("RemoveExistingProducts Action", Windows Installer).
EARLY, MIDDLE, LATE = 1401, 6550, 6700


def minor(family: str) -> tuple[Package, Package]:
    return Package("1.0.0", family=family), Package("1.1.0", family=family)


def major(family: str, remove_old_at: int) -> tuple[Package, Package]:
    return Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, remove_old_at=remove_old_at)


def scenario(name: str, *steps: tuple[Package, Package]) -> Scenario:
    return Scenario(name, tuple(old for old, _ in steps), tuple(new for _, new in steps))


SCENARIOS = (
    scenario("minor", minor("minor")),
    scenario("major, old product removed early", major("early", EARLY)),
    scenario("major, old product removed in the middle", major("middle", MIDDLE)),
    scenario("major, old product removed late", major("late", LATE)),
    scenario("sequence", minor("first"), major("second", EARLY), major("third", LATE)),
)


class Lab:
    """A Windows with the products of some scenarios; what a run over each that nobody kills leaves, and how long it
    takes."""

    def __init__(self, world: ProductWorld, scenarios: tuple[Scenario, ...]):
        self.world = world
        self.looks, self.duration = {}, {}
        for scene in scenarios:
            world.install(*scene.installed)
        for scene in scenarios:
            durations = []
            for _ in range(3):
                begun = time.monotonic()
                answer = world.upgrade(scene)
                durations.append(time.monotonic() - begun)
                assert not answer["failed"], answer["msg"]
                self.looks[scene.name] = world.looks()
                world.go_back(scene)
            self.duration[scene.name] = min(durations)


@contextlib.contextmanager
def lab_with(*scenarios: Scenario):
    with WinePrefix.create() as prefix:
        yield Lab(ProductWorld(prefix), scenarios)


def run_and_kill(world: ProductWorld, scene: Scenario, seconds: float, how: str) -> bool:
    """Starts a run and ends it after that time; says whether it was still at work."""
    process = world.begin(scene)
    time.sleep(seconds)
    at_work = process.poll() is None
    if how == "power":
        world.end_everything()
    process.kill()
    process.wait()
    process.stdout.close()
    world.wait_for_orphans()
    world.recover(scene)
    return at_work


def differences(found: dict, expected: dict) -> dict:
    """What is there and what should be, by registry key or file, where the two differ. Wine forgets the upgrade code of a
    family where the old product is removed after the new one has been registered; that a second run brings it back is no
    loss."""
    return {key: (found.get(key), expected.get(key)) for key in found.keys() | expected.keys()
            if found.get(key) != expected.get(key) and not ("upgradecodes" in key and key not in expected)}


@pytest.mark.parametrize("how", ["helper", "power"])
def test_a_killed_upgrade_is_finished_by_the_same_run_once_more_when_the_kill_took_the(how):
    struck, kills = 0, -(-KILLS // 2)
    with lab_with(*SCENARIOS) as lab:
        for number in itertools.count():
            if number >= kills and struck > kills / 2:
                break
            # On a machine that has become faster since the lab was measured more of them come too late.
            assert number < 3 * kills, f"only {struck} of {number} kills found the helper at work"
            scene = SCENARIOS[number % len(SCENARIOS)]
            moment = random.Random(f"{how}{number}").uniform(0, lab.duration[scene.name])
            name = (number, scene.name, moment)
            struck += run_and_kill(lab.world, scene, moment, how)
            answer = lab.world.upgrade(scene)
            assert (name, answer["failed"], answer["warnings"]) == (name, False, []), answer
            assert (name, differences(lab.world.looks(), lab.looks[scene.name])) == (name, {})
            assert (name, lab.world.journal()) == (name, [])
            assert (name, lab.world.upgrade(scene)["changed"]) == (name, False)
            lab.world.go_back(scene)


def test_without_the_journal_some_killed_upgrade_would_stay_undone():
    """The proof that the test above can fail."""
    scene = SCENARIOS[1]
    with lab_with(scene) as lab:
        for part in range(1, 20):
            run_and_kill(lab.world, scene, lab.duration[scene.name] * part / 20, "helper")
            lab.world.forget_the_journal()
            if lab.world.upgrade(scene)["failed"] or differences(lab.world.looks(), lab.looks[scene.name]):
                return
            lab.world.go_back(scene)
    pytest.fail("every killed upgrade was finished without the journal")


def test_what_recovers_a_killed_removal_takes_out_the_name_in_the_family_and_no_whole_product():
    """Otherwise the test above holds Upshift to what Wine's installer lost."""
    scene, other = SCENARIOS[1], SCENARIOS[0].installed[0]
    old = scene.installed[0]
    with WinePrefix.create() as prefix:
        world = ProductWorld(prefix)
        world.install(other, old)
        whole = world.looks()
        world.recover(scene)
        assert world.looks() == whole
        prefix.run("msiexec.exe", "/x", old.product_code, "/qn")
        removed = world.looks()
        for key in world.name_in_family(old):
            prefix.run("reg.exe", "add", key, "/v", packed(old.product_code), "/f")
        assert differences(removed, world.looks())
        world.recover(scene)
        assert {key for key, values in world.looks().items() if packed(old.product_code) in values} == set()
