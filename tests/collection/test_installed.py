# SPDX-License-Identifier: GPL-3.0-or-later
"""The artifact, installed where nothing else is: no network, nothing of the checkout on the way to it."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import pytest
from ansible_playbook import ALL_MODULES
from built_collection import NATIVE, ROOT, VERSION, Installation
from wine import WinePrefix

sys.path.insert(0, str(ROOT / "scripts" / "lib"))

from demo import Demo, Setting, run  # noqa: E402


@pytest.fixture
def windows(tmp_path) -> WinePrefix:
    folder = tmp_path / "windows"
    folder.mkdir()
    with WinePrefix.create(folder) as prefix:
        yield prefix


def test_it_installs_without_a_network_and_is_the_only_one_found(installation: Installation):
    assert installation.installed.returncode == 0, installation.installed.stdout
    listed = installation.run("ansible-galaxy", "collection", "list", "upshift.windows", "--format", "json")
    found = json.loads(listed.stdout)
    assert found == {str(installation.collections / "ansible_collections"): {"upshift.windows": {"version": VERSION}}}


def test_it_is_what_galaxy_says_it_is(installation: Installation):
    verified = installation.run("ansible-galaxy", "collection", "verify", "--offline", "upshift.windows")
    assert verified.returncode == 0 and "Successfully verified" in verified.stdout, verified.stdout


def test_the_helpers_arrive_whole_and_can_be_executed(installation: Installation):
    native = installation.collection / NATIVE
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=native, capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and checked.stdout.count(": OK") == 2, checked.stdout + checked.stderr
    assert all(os.access(file, os.X_OK) for file in native.glob("*/upshift*"))
    told = subprocess.run([native / "linux-x86_64" / "upshift", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == VERSION


def test_ansible_doc_shows_every_module(installation: Installation):
    shown = installation.run("ansible-doc", "--list", "--type", "module", "--json", "upshift.windows")
    assert {name.removeprefix("upshift.windows.") for name in json.loads(shown.stdout)} == {*ALL_MODULES, "run_helper"}


def test_the_demo_runs_from_it(installation: Installation, windows: WinePrefix, tmp_path: pathlib.Path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "demo"
    folder.mkdir()
    setting = Setting(folder, installation.collections, installation.core.program("ansible-playbook"), "upshift.windows.demo",
                      installation.collection / NATIVE / "windows-x86_64" / "upshift.exe")
    assert run(Demo(windows, setting)) == []
