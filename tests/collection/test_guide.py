# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide of the docs site does what it says."""

from __future__ import annotations

import re
import textwrap

import pytest
from built_collection import ROOT, Installation

GUIDE = (ROOT / "docs" / "docsite" / "rst" / "guide_first_upgrade.rst").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^\.\. code-block:: {re.escape(language)}\n\n((?:    .*\n|\n)+)", GUIDE, re.MULTILINE)
    return [textwrap.dedent(block).strip() for block in found]


@pytest.fixture
def folder(installation: Installation):
    (installation.folder / "hv01.json").write_text(blocks("json")[0], encoding="utf-8")
    (installation.folder / "upgrade.yml").write_text(blocks("yaml+jinja")[0], encoding="utf-8")
    return installation.folder


def test_its_three_commands_plan_then_upgrade_then_change_nothing(installation: Installation, folder):
    commands = [line.removeprefix("$ ").split() for line in blocks("console")[0].splitlines()]
    assert [command[0] for command in commands] == ["ansible-playbook"] * 3
    plan, first, second = [installation.run(*command).stdout for command in commands]
    assert "changed=1 " in plan and "+web01" in plan and "would_upgrade" in plan, plan
    assert "changed=1 " in first and "web01: upgraded." in first and "files01: skipped." in first, first
    assert "changed=0 " in second and "web01: unchanged." in second and "failed=0 " in second, second
