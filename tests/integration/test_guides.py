# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks that the guides show do what is said of them when they are pasted into a play, over what they describe."""

from __future__ import annotations

import dataclasses
import json

import pytest
from ansible_playbook import AnsibleCore, PlaybookRun, run_file
from collection_tree import ROOT
from documented_tasks import MODULES, is_run_here, modules_of, play_for, tasks_in


@dataclasses.dataclass(frozen=True)
class Guide:
    """A page of docs/guides/ and what is peculiar to its tasks."""

    page: str
    # What needs a Windows host to run; a stand-in says so in its place.
    stood_in_for: set[str]
    # The one task, if any, that is rescued, and shows how; and a field of its error.
    fails_on_purpose: str | None
    error: tuple[str, str]
    # What stays to be done because only check mode was asked for.
    only_planned: set[str]
    more_tasks_than: int
    more_changes_than: int

    @property
    def blocks(self):
        return tasks_in((ROOT / "docs" / "guides" / self.page).read_text(encoding="utf-8"))


GUIDES = [
    Guide(page="products.md", stood_in_for={"ansible.windows.win_copy", "ansible.windows.win_reboot"},
          fails_on_purpose="Upgrade the agent", error=("code", "1603"),
          only_planned={"What would the new agent do?", "Try the installation on paper"},
          more_tasks_than=15, more_changes_than=12),
    Guide(page="hyper-v.md", stood_in_for=set(), fails_on_purpose="Upgrade the machines that are off",
          error=("kind", "wrong_state"), only_planned={"What would be done?", "Try other choices on paper"},
          more_tasks_than=13, more_changes_than=9),
    Guide(page="windows-hosts.md",
          stood_in_for={"upshift.windows.helper", "ansible.windows.win_copy"},
          fails_on_purpose=None, error=("", ""), only_planned=set(), more_tasks_than=4, more_changes_than=4),
]


@pytest.fixture(name="guide", scope="module", params=GUIDES, ids=lambda guide: guide.page)
def each_guide(request) -> Guide:
    return request.param


@pytest.fixture(name="runs", scope="module")
def both_runs(guide: Guide, core: AnsibleCore, tmp_path_factory) -> tuple[PlaybookRun, PlaybookRun]:
    """All blocks, a play for each, run twice over the same descriptions."""
    folder = tmp_path_factory.mktemp("guide")
    variables = {"ansible_connection": "local", "ansible_python_interpreter": core.program("python"),
                 "vault_packages_reader": "not needed here"}
    (folder / "inventory.yml").write_text(json.dumps({"all": {"hosts": {"here": variables}}}), encoding="utf-8")
    plays = [play_for(block, folder / str(block.line)) for block in guide.blocks]
    (folder / "play.yml").write_text(json.dumps(plays), encoding="utf-8")
    first, second = (run_file(core, folder, folder / "play.yml", "-i", str(folder / "inventory.yml")) for _ in range(2))
    return first, second


def test_every_task_of_the_guide_runs(guide, runs):
    first, _ = runs
    assert first.exit_code == 0, first.output
    failed = [row for row in first.rows if row["outcome"] == "failed"]
    assert [row["task"] for row in failed] == ([guide.fails_on_purpose] if guide.fails_on_purpose else []), first.output
    if guide.fails_on_purpose:
        field, value = guide.error
        assert value in [row["error"][field] for row in failed[0]["result"]["targets"] if "error" in row]
    asked = sum(module.removeprefix("upshift.windows.") in MODULES for block in guide.blocks for module in modules_of(block.tasks))
    answered = [row for row in first.rows if "targets" in row["result"]]
    assert len(answered) == asked > guide.more_tasks_than


def test_the_tasks_change_what_they_are_to_change_and_then_nothing(guide, runs):
    first, second = runs
    changed = [row["task"] for row in first.rows if row["result"].get("changed")]
    assert len(changed) > guide.more_changes_than, changed
    assert second.exit_code == 0, second.output
    assert {row["task"] for row in second.rows if row["result"].get("changed")} == guide.only_planned


def test_only_what_needs_a_windows_host_is_stood_in_for(guide):
    foreign = {module for block in guide.blocks for module in modules_of(block.tasks)
               if not is_run_here(module)}
    assert foreign == guide.stood_in_for


def test_every_guide_is_run():
    assert {guide.page for guide in GUIDES} == {page.name for page in (ROOT / "docs" / "guides").glob("*.md")}
