# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts: asked for by an action, by a file in use, in the middle of an installation, or by somebody else before."""

from __future__ import annotations

import contextlib
import subprocess

import pytest
from conftest import PROGRAMS, Windows
from package_parts import Carried
from packages import Package
from wine import WinePrefix

SESSION_MANAGER = r"HKLM\System\CurrentControlSet\Control\Session Manager"


@pytest.fixture(name="windows")
def fixture_windows():
    """A Windows for each test: a restart that is pending is pending for all of it."""
    with WinePrefix.create() as prefix:
        yield Windows(prefix)


@contextlib.contextmanager
def running(windows: Windows, program: str):
    """That program at work for a while, so that its file is in use."""
    process = subprocess.Popen(windows.prefix.command(program, "60000"), env=windows.prefix.env,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def pending_renames(windows: Windows) -> str:
    return windows.prefix.registry(SESSION_MANAGER).get("PendingFileRenameOperations", "")


def restart(windows: Windows) -> None:
    windows.prefix.stop()
    subprocess.run(windows.prefix.command("wineboot.exe", "-r"), env=windows.prefix.env, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=120)
    windows.prefix.start()


def test_a_file_in_use_is_replaced_at_the_restart_that_the_answer_asks_for(windows, family):
    sleeper = Carried(str(PROGRAMS / "sleeper.exe"))
    old, new = (Package(version, family=family, carried=sleeper) for version in ("1.0.0", "1.1.0"))
    windows.install(old)
    program = windows.prefix.path(old.installed("program.exe"))

    with running(windows, old.installed("program.exe")):
        answer = windows.upgrade(new)
        assert windows.registered_version(new) == "1.1.0"
        assert program.read_bytes().endswith(b"1.0.0")
        assert "program.exe" in pending_renames(windows).lower()
    row = answer["targets"][0]
    assert (answer["failed"], answer["changed"], answer["reboot_required"]) == (False, True, True)
    assert (row["outcome"], row["reboot_required"]) == ("upgraded", True)

    restart(windows)
    assert program.read_bytes().endswith(b"1.1.0")
    assert pending_renames(windows) == ""
    after = windows.upgrade(new)
    assert (after["changed"], after["reboot_required"]) == (False, False)


def test_a_file_that_is_not_in_use_asks_for_no_restart(windows, family):
    sleeper = Carried(str(PROGRAMS / "sleeper.exe"))
    old, new = (Package(version, family=family, carried=sleeper) for version in ("1.0.0", "1.1.0"))
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.prefix.path(old.installed("program.exe")).read_bytes().endswith(b"1.1.0")
    assert answer["reboot_required"] is False


def test_a_restart_that_was_pending_before_is_not_said_to_come_of_this_run(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)
    windows.set_value(SESSION_MANAGER, "PendingFileRenameOperations", r"\??\C:\somebody\else.tmp", "REG_MULTI_SZ")

    answer = windows.upgrade(new)
    assert windows.registered_version(new) == "1.1.0"
    assert answer["targets"][0]["reboot_required"] is False


def test_a_restart_that_the_first_package_asks_for_does_not_hold_up_the_second(windows, family):
    first, second = Package(family=family, schedule_reboot=True), Package(family=family + "-second")

    answer = windows.upgrade(first, second, when_absent="install")
    assert windows.registered_version(second) == "1.0.0"
    assert [row["outcome"] for row in answer["targets"]] == ["installed", "installed"]
    assert [row["reboot_required"] for row in answer["targets"]] == [True, False]
    assert answer["reboot_required"] is True


def test_a_package_that_forces_a_restart_in_its_middle_is_suspended_and_nothing_more_is_begun(windows, family):
    package, other = Package(family=family, force_reboot_at=5000), Package(family=family + "-other")

    answer = windows.upgrade(package, other, when_absent="install")
    assert windows.registered_version(other) is None
    row, skipped = answer["targets"]
    assert (answer["failed"], answer["reboot_required"]) == (True, True)
    assert (row["outcome"], row["reboot_required"]) == ("failed", True)
    assert (row["error"]["code"], row["error"]["symbol"]) == ("1604", "ERROR_INSTALL_SUSPEND")
    assert skipped["outcome"] == "skipped"
    assert "restart" in skipped["reason"].lower()


def test_a_suspended_installation_is_finished_by_the_next_run_whatever_when_absent_says(windows, family):
    suspended = Package(family=family, force_reboot_at=5000)
    whole = Package(family=family)
    windows.upgrade(suspended, when_absent="install")

    row = windows.upgrade(whole, when_absent="fail")["targets"][0]
    assert windows.registered_version(whole) == "1.0.0"
    assert windows.installed_text(whole) == "1.0.0"
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")


def test_an_upgrade_that_needs_nothing_asks_for_no_restart_although_one_is_pending(windows, family):
    package = Package(family=family)
    windows.install(package)
    windows.set_value(SESSION_MANAGER, "PendingFileRenameOperations", r"\??\C:\somebody\else.tmp", "REG_MULTI_SZ")

    answer = windows.upgrade(package)
    assert (answer["changed"], answer["reboot_required"]) == (False, False)
