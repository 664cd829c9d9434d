# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every host and every request, tried on thousands of random hosts: check mode, the run, and the run again.

What is expected is computed here from the files before and after, never from what the helper says.
"""

import collections
import fnmatch
import os

from random_hosts import PRERELEASES, RandomWorld, behaves, version_key
from vm_worlds import VmWorld

WORLDS = int(os.environ.get("UPSHIFT_WORLDS", "400"))
PLANNED = {"upgraded": "would_upgrade"}
OUTCOMES = ["unchanged", "upgraded", "would_upgrade", "skipped", "failed"]
# Those that a described host can bring about without seconds of waiting each.
KINDS = ["access_denied", "busy", "failed", "not_found", "not_supported", "refused", "timeout", "wrong_state"]
LEAST = 50


def selected(arguments: dict, names: list[str]) -> set[str]:
    """Which VMs the request names, by other means than the helper's own."""
    def matches(name: str, patterns: list[str]) -> bool:
        return any(fnmatch.fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)
    return {name for name in names if matches(name, arguments["name"]) and not matches(name, arguments.get("exclude", []))}


class Trial:
    """One random world, before and after each of three runs."""

    def __init__(self, seed: int, folder):
        self.random_world = RandomWorld(seed)
        self.arguments = self.random_world.arguments
        self.described = {vm["name"]: vm for vm in self.random_world.simulation["vms"]}
        world = VmWorld(folder / str(seed), self.random_world.simulation)
        self.before = world.vms()
        self.planned = world.upgrade(self.arguments, "--check").answer
        assert self.planned.get("error", {}).get("kind") != "invalid_arguments", self.planned["msg"]
        assert not world.state_file.exists()
        self.done = world.upgrade(self.arguments).answer
        self.after = world.vms()
        self.again = world.upgrade(self.arguments).answer
        self.after_again = world.vms()

    def rows(self, answer: dict) -> dict[str, dict]:
        return {row["name"]: row for row in answer["targets"] if row["name"] in self.described and "vm_id" in row}

    def assert_all_holds(self) -> None:
        self.assert_the_plan_is_what_was_done()
        self.assert_changed_is_what_changed()
        self.assert_only_the_selected_was_touched()
        self.assert_the_asked_version_is_wanted()
        self.assert_versions_are_sound()
        self.assert_outcomes_are_true()
        self.assert_the_second_run_changes_nothing()

    def assert_the_plan_is_what_was_done(self) -> None:
        planned, done = self.rows(self.planned), self.rows(self.done)
        assert list(planned) == list(done)
        if self.arguments.get("stop_on_failure"):
            return
        for name, row in done.items():
            if not behaves(self.described[name]):
                continue
            assert planned[name]["outcome"] == PLANNED.get(row["outcome"], row["outcome"]), name
            for field in ("version_wanted", "version_before", "state_before", "discarded"):
                assert planned[name].get(field) == row.get(field), (name, field)
            if row["outcome"] != "upgraded":
                assert planned[name]["reason"] == row["reason"]

    def assert_changed_is_what_changed(self) -> None:
        rows = self.rows(self.done)
        for name, before in self.before.items():
            changed = before != self.after[name]
            assert rows.get(name, {"changed": False})["changed"] == changed, (name, before, self.after[name])
        assert self.done["changed"] == (self.before != self.after)
        assert self.done["failed"] == any(row["outcome"] == "failed" for row in self.done["targets"])

    def assert_only_the_selected_was_touched(self) -> None:
        wanted = selected(self.arguments, list(self.described))
        for name in set(self.described) - wanted:
            assert self.before[name] == self.after[name], name
        assert set(self.rows(self.done)) <= wanted

    def assert_the_asked_version_is_wanted(self) -> None:
        defaults = {host["name"]: host["default_version"] for host in self.random_world.simulation["hosts"]}
        chosen = self.arguments.get("version", "default")
        for name, row in self.rows(self.done).items():
            wanted = defaults[self.described[name]["host"]] if chosen == "default" else chosen
            assert row.get("version_wanted", wanted) == wanted, name

    def assert_versions_are_sound(self) -> None:
        for name, after in self.after.items():
            before = self.before[name]
            assert version_key(after["version"]) >= version_key(before["version"]), name
            if after["version"] != before["version"]:
                assert after["version"] not in PRERELEASES, name

    def assert_outcomes_are_true(self) -> None:
        """Who is said to be upgraded is, and whoever ran still runs unless the row says that it failed."""
        for name, row in self.rows(self.done).items():
            before, after = self.before[name], self.after[name]
            assert (row["outcome"] == "upgraded") == (after["version"] != before["version"] and "error" not in row), name
            if self.arguments["restart"] and before["state"] == "running" and row["outcome"] != "failed":
                assert after["state"] == "running", name

    def assert_the_second_run_changes_nothing(self) -> None:
        """But for those that the first run did not begin: which of several at once the failure strikes first is chance."""
        begun_now = self.not_begun() if self.arguments.get("stop_on_failure") else set()
        changed = {name for name, after in self.after.items() if self.after_again[name] != after}
        assert changed <= begun_now
        assert self.again["changed"] == bool(changed)

    def not_begun(self) -> set[str]:
        return {name for name, row in self.rows(self.done).items()
                if row["outcome"] == "skipped" and row["reason"].startswith("It is not begun")}


def test_every_random_host_is_planned_done_and_done_again_alike(tmp_path):
    outcomes, kinds = collections.Counter(), collections.Counter()
    hosts = vms = 0
    for seed in range(WORLDS):
        trial = Trial(seed, tmp_path)
        try:
            trial.assert_all_holds()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}\narguments: {trial.arguments}") from error
        hosts += len(trial.random_world.simulation["hosts"])
        vms += len(trial.described)
        for answer in (trial.planned, trial.done, trial.again):
            for row in answer["targets"]:
                outcomes[row["outcome"]] += 1
                if "error" in row:
                    kinds[row["error"]["kind"]] += 1
    print(f"{hosts} hosts, {vms} VMs", dict(outcomes), dict(kinds))
    assert hosts >= 6 * WORLDS
    assert {outcome: outcomes[outcome] for outcome in OUTCOMES if outcomes[outcome] < LEAST} == {}
    assert {kind: kinds[kind] for kind in KINDS if kinds[kind] < LEAST} == {}
