# SPDX-License-Identifier: GPL-3.0-or-later
"""The two helpers that hold the contract, and a described host for them."""

import dataclasses
import json
import os
import pathlib

import pytest
import wine
from helper_process import LINUX_HELPER, WINDOWS_HELPER, Helper

LINUX = "linux"
WINDOWS = "windows under wine"


def pytest_collection_modifyitems(config, items):
    """The address sanitizer reserves terabytes of address space, so limits on it cannot be tested with it."""
    if LINUX_HELPER.is_file() and b"libasan" in LINUX_HELPER.read_bytes():
        unfit = [item for item in items if item.get_closest_marker("limits_memory")]
        config.hook.pytest_deselected(items=unfit)
        items[:] = [item for item in items if item not in unfit]


@pytest.fixture(scope="session")
def wine_prefix():
    with wine.WinePrefix.create() as prefix:
        yield prefix


@pytest.fixture
def linux_helper() -> Helper:
    assert LINUX_HELPER.is_file(), f"{LINUX_HELPER} is missing: run scripts/build"
    return Helper()


@pytest.fixture
def windows_helper(wine_prefix) -> Helper:
    assert WINDOWS_HELPER.is_file(), f"{WINDOWS_HELPER} is missing: run scripts/build"
    return Helper(tuple(wine_prefix.command(WINDOWS_HELPER)), wine_prefix.env)


@pytest.fixture(params=[LINUX, WINDOWS])
def helper(request) -> Helper:
    """Each of the two in turn: what is asked of this one holds for both."""
    return request.getfixturevalue("linux_helper" if request.param == LINUX else "windows_helper")


class DescribedHost:
    """A simulation file, and how both helpers name it."""

    def __init__(self, folder: pathlib.Path):
        self.file = folder / "host.json"
        self.state_file = folder / "host.json.state"

    def describe(self, *vms: dict) -> None:
        host = {"name": "hv1", "default_version": "10.0", "supported_versions": ["8.0", "9.0", "10.0"]}
        self.file.write_text(json.dumps({"hosts": [host], "vms": [{"host": "hv1"} | vm for vm in vms]}))

    def path_for(self, helper: Helper) -> str:
        is_windows = any(word.endswith(".exe") for word in helper.command)
        return wine.windows_path(self.file) if is_windows else str(self.file)


@pytest.fixture
def described_host(tmp_path) -> DescribedHost:
    """One host with one VM that would be upgraded at once, if anybody asked for it."""
    described = DescribedHost(tmp_path)
    described.describe({"name": "web01", "version": "9.0", "state": "off"})
    return described


@pytest.fixture
def keeper(helper, tmp_path) -> Helper:
    """A helper with a state folder of its own. Wine hands its own standard error down to every process that it starts,
    whatever the programs want: a pipe there would stay open as long as the run goes on."""
    state = tmp_path / "state"
    is_windows = any(word.endswith(".exe") for word in helper.command)
    place = wine.windows_path(state) if is_windows else str(state)
    if is_windows:
        helper = helper.closing("2>/dev/null")
    return dataclasses.replace(helper, env=(helper.env or dict(os.environ)) | {"UPSHIFT_STATE_DIR": place})
