# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that end in the middle of an installation: killed, timed out, interrupted. The next one finishes them."""

from __future__ import annotations

import dataclasses
import json
import signal
import subprocess

import pytest
from conftest import HELPER, PROGRAMS, Windows
from package_parts import Program
from packages import Package
from wine import WinePrefix, windows_path

AFTER_FILES, LATE = 4500, 6590


@pytest.fixture(name="windows")
def fixture_windows():
    """A Windows for each test: what a run leaves behind is the whole machine's."""
    with WinePrefix.create() as prefix:
        yield Windows(prefix)


def stopping(package: Package, sequence: int, milliseconds: int = 60000) -> Package:
    """The same package, but stopping at that place where the property SLOW is given."""
    program = Program(str(PROGRAMS / "sleeper.exe"), str(milliseconds), sequence=sequence, phase="immediate", condition="SLOW")
    return dataclasses.replace(package, programs=(program,))


def end_in_the_middle(windows: Windows, *packages: Package, how: int = signal.SIGKILL, **arguments: object) -> bytes:
    """Begins a run over those packages and ends it as soon as one of them is at its slow action."""
    paths = [{"path": windows_path(package.make()), "properties": {"SLOW": "1"}} for package in packages]
    request = {"packages": paths, **arguments}
    process = subprocess.Popen(
        [*windows.prefix.command(HELPER), "msi_product_version", "--progress", "json"], env=windows.prefix.env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(json.dumps(request).encode())
    process.stdin.close()
    assert any(b"RunProgram" in line for line in process.stderr)
    process.send_signal(how)
    stdout = process.stdout.read() if how != signal.SIGKILL else b""
    process.wait(timeout=60)
    process.stdout.close()
    process.stderr.close()
    return stdout


def journal(windows: Windows) -> list[str]:
    folder = windows.prefix.path(r"C:\ProgramData\Upshift\state")
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("sequence", [AFTER_FILES, LATE])
def test_a_killed_minor_upgrade_is_finished_by_the_next_run_where_it_died_at(windows, family, sequence):
    old, new = Package("1.0.0", family=family), stopping(Package("1.1.0", family=family), sequence)
    windows.install(old)
    end_in_the_middle(windows, new)
    assert len(journal(windows)) == 1

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(new) == "1.1.0"
    assert windows.installed_text(new) == "1.1.0"
    assert row["outcome"] == "upgraded"
    assert journal(windows) == []
    assert windows.upgrade(new)["changed"] is False


def test_a_killed_major_upgrade_whose_old_product_is_gone_is_finished_whatever_when_absent_says(windows, family):
    old, new = Package("1.0.0", "1", family=family), stopping(Package("2.0.0", "2", family=family), AFTER_FILES)
    windows.install(old)
    end_in_the_middle(windows, new)
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) is None

    row = windows.upgrade(new, when_absent="skip")["targets"][0]
    assert windows.registered_version(new) == "2.0.0"
    assert windows.installed_text(new) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")
    assert journal(windows) == []


def test_a_killed_major_upgrade_is_announced_in_check_mode_and_left(windows, family):
    old, new = Package("1.0.0", "1", family=family), stopping(Package("2.0.0", "2", family=family), AFTER_FILES)
    windows.install(old)
    end_in_the_middle(windows, new)
    left_behind = journal(windows)

    row = windows.upgrade(new, check=True)["targets"][0]
    assert windows.registered_version(new) is None
    assert (row["classification"], row["outcome"]) == ("interrupted", "would_install")
    assert journal(windows) == left_behind


def test_an_old_product_that_stands_beside_after_a_kill_is_removed(windows, family):
    old = Package("1.0.0", "1", family=family)
    new = stopping(Package("2.0.0", "2", family=family, remove_old_at=6700), 6650)
    windows.install(old)
    end_in_the_middle(windows, new)
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(new) == "2.0.0"

    answer = windows.upgrade(new)
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert windows.installed_text(new) == "2.0.0"
    assert (answer["changed"], answer["failed"]) == (True, False)
    assert answer["targets"][0]["classification"] == "interrupted"
    assert journal(windows) == []


def test_another_build_finishes_what_a_killed_run_left_of_the_old_product(windows, family):
    old = Package("1.0.0", "1", family=family)
    new = stopping(Package("2.0.0", "2", family=family, remove_old_at=6700), 6650)
    rebuilt = dataclasses.replace(new, build="2", file_text="rebuilt")
    windows.install(old)
    end_in_the_middle(windows, new)

    answer = windows.upgrade(rebuilt)
    assert windows.registered_version(old) is None
    assert windows.installed_text(rebuilt) == "rebuilt"
    assert (answer["changed"], answer["failed"]) == (True, False)
    assert journal(windows) == []


def test_a_killed_first_installation_is_finished_whatever_when_absent_says(windows, family):
    package = stopping(Package(family=family), AFTER_FILES)
    end_in_the_middle(windows, package, when_absent="install")
    assert windows.registered_version(package) is None

    row = windows.upgrade(package, when_absent="fail")["targets"][0]
    assert windows.registered_version(package) == "1.0.0"
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")


def test_a_killed_sequence_goes_on_where_it_was(windows, family):
    first, second, third = (Package("2.0.0", "2", family=f"{family}-{number}") for number in range(3))
    for package in (first, second, third):
        windows.install(dataclasses.replace(package, version="1.0.0", product="1"))
    second = stopping(second, AFTER_FILES)
    end_in_the_middle(windows, first, second, third)

    answer = windows.upgrade(first, second, third)
    assert [windows.registered_version(package) for package in (first, second, third)] == ["2.0.0"] * 3
    assert [row["classification"] for row in answer["targets"]] == ["same", "interrupted", "major_upgrade"]
    assert [row["outcome"] for row in answer["targets"]] == ["unchanged", "installed", "upgraded"]


def test_what_a_killed_run_left_is_told_by_a_run_over_other_packages_and_kept(windows, family):
    old, new = Package("1.0.0", "1", family=family), stopping(Package("2.0.0", "2", family=family), AFTER_FILES)
    other = Package(family=family + "-other", name="Other")
    windows.install(old)
    end_in_the_middle(windows, new)
    left_behind = journal(windows)

    answer = windows.upgrade(other, when_absent="install")
    assert windows.registered_version(other) == "1.0.0"
    assert answer["failed"] is False
    assert len(answer["warnings"]) == 1 and new.name in answer["warnings"][0]
    assert journal(windows) == left_behind
    assert windows.upgrade(new)["targets"][0]["classification"] == "interrupted"


def test_a_newer_package_of_the_family_finishes_what_a_killed_run_left(windows, family):
    old, new, newest = (stopping(Package(f"{number}.0.0", number, family=family), AFTER_FILES) for number in "123")
    windows.install(old)
    end_in_the_middle(windows, new)

    row = windows.upgrade(newest)["targets"][0]
    assert windows.registered_version(newest) == "3.0.0"
    assert windows.registered_version(old) is None
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")
    assert journal(windows) == []


def test_a_timeout_is_told_and_the_next_run_finishes_the_upgrade(windows, family):
    old, new = Package("1.0.0", "1", family=family), stopping(Package("2.0.0", "2", family=family), AFTER_FILES)
    new = stopping(new, AFTER_FILES, 15000)  # longer than the grace after a cancellation
    windows.install(old)

    answer = windows.upgrade_one(new, timeout=1, properties={"SLOW": "1"})
    row = answer["targets"][0]
    assert (row["outcome"], row["error"]["kind"]) == ("failed", "timeout")
    assert len(journal(windows)) == 1
    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(new) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")
    assert journal(windows) == []


def test_an_interrupt_is_answered_and_the_next_run_finishes_the_upgrade(windows, family):
    old, new = Package("1.0.0", "1", family=family), stopping(Package("2.0.0", "2", family=family), AFTER_FILES)
    windows.install(old)

    answer = json.loads(end_in_the_middle(windows, new, how=signal.SIGINT))
    assert (answer["failed"], answer["error"]["kind"]) == (True, "cancelled")
    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(new) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")


def test_a_damaged_journal_is_told_and_hinders_nothing(windows, family):
    old, new = Package("1.0.0", "1", family=family), stopping(Package("2.0.0", "2", family=family), AFTER_FILES)
    windows.install(old)
    end_in_the_middle(windows, new)
    [name] = journal(windows)
    (windows.prefix.path(r"C:\ProgramData\Upshift\state") / name).write_bytes(b"\0damaged\xff")

    answer = windows.upgrade(new, when_absent="install")
    assert windows.registered_version(new) == "2.0.0"
    assert answer["failed"] is False
    assert "damaged" in answer["warnings"][0]
    assert windows.upgrade(new)["warnings"] == []
