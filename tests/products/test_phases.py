# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom actions that fail in each phase of an installation, and what is still there afterwards."""

from __future__ import annotations

import dataclasses

import pytest
from packages import Package

# What the helper must tell, wherever an installation failed.
AFTER_FILES, BEFORE_FILES = 4500, 1450


def marks(windows, family: str) -> set[str]:
    """Which custom actions ran, by the files that they left."""
    return {file.name for file in windows.prefix.path(rf"C:\marks-{family}").iterdir()}


@pytest.fixture(name="mark")
def fixture_mark(windows, family, marker):
    """Makes custom actions that leave a mark of their name."""
    (windows.prefix.folder / "drive_c" / f"marks-{family}").mkdir(exist_ok=True)
    return lambda action, **options: marker(rf"C:\marks-{family}\{action}", action=action, **options)


@pytest.mark.parametrize("phase, sequence", [("immediate", BEFORE_FILES), ("immediate", AFTER_FILES),
                                             ("deferred", AFTER_FILES)])
def test_a_failing_program_leaves_the_installed_version_when_it_is(windows, family, mark, phase, sequence):
    old = Package("1.0.0", family=family)
    new = Package("1.1.0", family=family, programs=(mark("Failing", exit_code=3, phase=phase, sequence=sequence),))
    windows.install(old)

    answer = windows.upgrade(new)
    row = answer["targets"][0]
    assert marks(windows, family) == {"Failing"}
    assert windows.registered_version(old) == "1.0.0"
    assert (answer["changed"], answer["failed"], row["outcome"]) == (False, True, "failed")
    assert (row["version"], row["version_before"]) == ("1.0.0", "1.0.0")
    assert "Version 1.0.0 is installed now." in row["reason"]


def test_a_failure_after_the_files_runs_the_rollback_action_and_leaves_nothing(windows, family, mark):
    undo = mark("Undo", phase="rollback", sequence=AFTER_FILES - 20)
    do = mark("Work", sequence=AFTER_FILES - 10)
    failing = mark("Failing", exit_code=1, sequence=AFTER_FILES)
    package = Package(family=family, programs=(undo, do, failing))

    answer = windows.upgrade(package, when_absent="install")
    assert marks(windows, family) == {"Work", "Failing", "Undo"}
    assert windows.registered_version(package) is None
    assert windows.installed_text(package) is None
    assert answer["changed"] is False
    assert answer["targets"][0]["reason"].endswith("Nothing of it is installed.")


def test_a_success_runs_the_commit_action_and_no_rollback_action(windows, family, mark):
    programs = (mark("Undo", phase="rollback", sequence=AFTER_FILES), mark("Commit", phase="commit", sequence=AFTER_FILES + 1))
    package = Package(family=family, programs=programs)

    row = windows.upgrade(package, when_absent="install")["targets"][0]
    assert marks(windows, family) == {"Commit"}
    assert windows.registered_version(package) == "1.0.0"
    assert row["outcome"] == "installed"


def test_a_failing_commit_action_is_answered_by_what_is_then_installed(windows, family, mark):
    old = Package("1.0.0", family=family)
    new = Package("1.1.0", family=family, programs=(mark("Commit", exit_code=1, phase="commit", sequence=AFTER_FILES),))
    windows.install(old)

    answer = windows.upgrade(new)
    row = answer["targets"][0]
    assert marks(windows, family) == {"Commit"}
    assert row["version"] == windows.registered_version(new)
    assert answer["failed"] == (row["outcome"] == "failed")
    if answer["failed"]:
        assert row["error"]["code"] in ("1603", "1627")


@pytest.mark.parametrize("error_at", [1300, 1550, 4500, 6590])
def test_the_place_of_an_error_in_a_minor_upgrade_is_told_and_the_old_version_stays_at(windows, family, error_at):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family, error_at=error_at)
    windows.install(old)

    answer = windows.upgrade(new)
    row = answer["targets"][0]
    assert windows.registered_version(old) == "1.0.0"
    assert row["error"]["code"] == "1603"
    assert "FailOnPurpose" in row["error"]["found"]
    assert row["reason"].endswith("Version 1.0.0 is installed now.")
    assert windows.prefix.path(row["log_path"]).exists()


def test_a_major_upgrade_that_fails_before_the_removal_says_that_the_old_version_is_there(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, error_at=1300)
    windows.install(old)

    answer = windows.upgrade(new)
    row = answer["targets"][0]
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(new) is None
    assert (answer["changed"], row["version"], row["product_code"]) == (False, "1.0.0", old.product_code)
    assert "1.0.0" in row["reason"]


def test_a_lost_product_is_brought_back_by_the_next_run_whatever_when_absent_says(windows, family):
    old, broken = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, error_at=1550)
    mended = dataclasses.replace(broken, error_at=0)
    windows.install(old)
    assert "no longer installed" in windows.upgrade(broken)["targets"][0]["reason"]

    row = windows.upgrade(mended, when_absent="fail")["targets"][0]
    assert windows.registered_version(mended) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("interrupted", "installed")
    assert windows.upgrade(mended)["targets"][0]["classification"] == "same"
    assert windows.info()["warnings"] == []


def test_a_product_that_failed_and_is_there_is_no_interrupted_one(windows, family):
    old, broken = Package("1.0.0", family=family), Package("1.1.0", family=family, error_at=6590)
    windows.install(old)
    windows.upgrade(broken)

    answer = windows.upgrade(old)
    assert answer["targets"][0]["classification"] == "same"
    assert answer["warnings"] == []
