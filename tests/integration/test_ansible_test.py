# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's own tests, as anybody runs them who has the collection and ansible-test: units and integration."""

from __future__ import annotations

import re

import pytest
from ansible_playbook import AnsibleCore
from ansible_test import ROOT, ansible_test, prepare

# The Python of Debian 12, which both ansible-cores run on.
PYTHON = ("--python", "3.11")
TARGETS = sorted(folder.name for folder in (ROOT / "tests" / "integration" / "targets").iterdir())


@pytest.fixture(scope="module")
def run(core: AnsibleCore, tmp_path_factory):
    """Runs ansible-test on a copy of the collection that has the Linux helper."""
    folder = tmp_path_factory.mktemp("ansible-test")
    collection = prepare(folder / "collections", helper=True)
    return lambda *command: ansible_test(ROOT / "build" / "venv" / core.name, folder / "home", collection, *command, *PYTHON)


def test_the_units_pass(run):
    done = run("units")
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout).group(1)) > 30, done.stdout


def test_every_target_of_the_integration_tests_passes(run):
    done = run("integration")
    assert done.returncode == 0, done.stdout
    assert re.findall(r"^Running (\w+) integration test role$", done.stdout, re.MULTILINE) == TARGETS, done.stdout
    recaps = re.findall(r"^testhost +: ok=(\d+) .* failed=(\d+) ", done.stdout, re.MULTILINE)
    assert len(recaps) == len(TARGETS) and all(int(ok) > 10 and failed == "0" for ok, failed in recaps), done.stdout
