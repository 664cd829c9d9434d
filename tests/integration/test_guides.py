# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that the guides show do what is said of them when they are pasted into a play, over described computers."""

from __future__ import annotations

import json

import pytest
from ansible_playbook import AnsibleCore, PlaybookRun, run_file
from collection_tree import ROOT
from documented_tasks import modules_of, play_for, tasks_in

BLOCKS = tasks_in((ROOT / "docs" / "guides" / "products.md").read_text(encoding="utf-8"))
# What needs a Windows host to run; a stand-in says so in its place.
STOOD_IN_FOR = {"ansible.windows.win_copy", "ansible.windows.win_reboot"}
FAILS_ON_PURPOSE = "Upgrade the agent"


@pytest.fixture(name="runs", scope="module")
def both_runs(core: AnsibleCore, tmp_path_factory) -> tuple[PlaybookRun, PlaybookRun]:
    """All blocks, a play for each, run twice over the same described computers."""
    folder = tmp_path_factory.mktemp("guide")
    variables = {"ansible_connection": "local", "ansible_python_interpreter": core.program("python"),
                 "vault_packages_reader": "not needed here"}
    (folder / "inventory.yml").write_text(json.dumps({"all": {"hosts": {"here": variables}}}), encoding="utf-8")
    plays = [play_for(block, folder / str(block.line)) for block in BLOCKS]
    (folder / "play.yml").write_text(json.dumps(plays), encoding="utf-8")
    first, second = (run_file(core, folder, folder / "play.yml", "-i", str(folder / "inventory.yml")) for _ in range(2))
    return first, second


def test_every_task_of_the_guide_runs(runs):
    first, _ = runs
    assert first.exit_code == 0, first.output
    failed = [row for row in first.rows if row["outcome"] == "failed"]
    # The one that is rescued, and shows how.
    assert [row["task"] for row in failed] == [FAILS_ON_PURPOSE], first.output
    assert failed[0]["result"]["targets"][0]["error"]["code"] == "1603"
    asked = sum(module.startswith("upshift.windows.") for block in BLOCKS for module in modules_of(block.tasks))
    answered = [row for row in first.rows if "targets" in row["result"]]
    assert len(answered) == asked > 15


def test_the_tasks_change_what_they_are_to_change_and_then_nothing(runs):
    first, second = runs
    upgraded = [row["task"] for row in first.rows if row["result"].get("changed")]
    assert len(upgraded) > 12, upgraded
    assert second.exit_code == 0, second.output
    # What only check mode was asked for stays to be done.
    assert {row["task"] for row in second.rows if row["result"].get("changed")} == {"What would the new agent do?"}


def test_only_what_needs_a_windows_host_is_stood_in_for():
    foreign = {module for block in BLOCKS for module in modules_of(block.tasks)
               if not module.startswith(("upshift.windows.", "ansible.builtin."))}
    assert foreign == STOOD_IN_FOR
