# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages that fail, files that are none, and what the answer then says; judged by registry and file."""

from __future__ import annotations

import pytest
from packages import Package
from wine import windows_path


def only_error(answer: dict) -> dict:
    assert answer["failed"] is True
    assert len(answer["targets"]) == 1
    assert answer["targets"][0]["outcome"] == "failed"
    return answer["targets"][0]["error"]


def test_a_false_launch_condition_leaves_the_installed_version(windows, family):
    old = Package("1.0.0", family=family)
    new = Package("1.1.0", family=family, launch_condition='MISSING = "1"')
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.registered_version(old) == "1.0.0"
    assert windows.installed_text(old) == "1.0.0"
    error = only_error(answer)
    assert answer["changed"] is False
    assert (error["kind"], error["code"], error["symbol"]) == ("failed", "1603", "ERROR_INSTALL_FAILURE")
    assert answer["targets"][0]["reason"].endswith("Version 1.0.0 is installed now.")
    assert "in the action LaunchConditions" in error["found"]


def test_a_failing_minor_upgrade_leaves_a_log_that_names_the_action(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family, error_at=6590)
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert row["outcome"] == "failed"
    assert "in the action FailOnPurpose" in row["reason"]
    log = windows.prefix.path(row["log_path"])
    assert log.name.startswith(f"upshift-{family}")
    assert b"FailOnPurpose" in log.read_bytes()


def test_a_failing_first_installation_leaves_nothing(windows, family):
    package = Package(family=family, error_at=6590)

    answer = windows.upgrade(package, when_absent="install")
    assert windows.registered_version(package) is None
    assert windows.installed_text(package) is None
    assert answer["changed"] is False
    assert answer["targets"][0]["reason"].endswith("Nothing of it is installed.")


def test_a_major_upgrade_that_fails_after_the_removal_says_that_the_old_version_is_gone(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, error_at=1550)
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) is None
    assert answer["changed"] is True
    assert "The old version 1.0.0 is no longer installed. The next run installs" in answer["targets"][0]["reason"]
    assert "version" not in answer["targets"][0]


def test_a_failing_program_of_a_package_is_told_with_the_code_1627_that_wine_has_for_it(windows, family, sleeper):
    package = Package(family=family, programs=(sleeper(0, exit_code=7),))

    answer = windows.upgrade(package, when_absent="install")
    assert windows.registered_version(package) is None
    error = only_error(answer)
    assert (error["kind"], error["code"], error["symbol"]) == ("failed", "1627", "ERROR_FUNCTION_FAILED")


def test_a_missing_file_is_told_as_such(windows):
    error = only_error(windows.upgrade(r"C:\nowhere\missing.msi"))
    assert error["kind"] == "package_unreadable"
    assert error["object"] == r"C:\nowhere\missing.msi"
    assert error["found"] == "there is no such file"


def test_a_folder_is_told_as_such(windows):
    error = only_error(windows.upgrade(r"C:\windows"))
    assert (error["kind"], error["found"]) == ("package_unreadable", "it is a folder")
    assert error["needed"] == "the path of an .msi or .msp file"


@pytest.mark.parametrize("content", [b"", b"this is no package\n" * 100, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_file_that_is_no_package_is_told_as_such(windows, tmp_path, content):
    junk = tmp_path / "junk.msi"
    junk.write_bytes(content)

    error = only_error(windows.upgrade(windows_path(junk)))
    assert (error["kind"], error["found"]) == ("package_invalid", "it is no Windows Installer package or patch")


def test_a_truncated_package_is_refused_and_nothing_is_installed(windows, tmp_path, family):
    package = Package(family=family)
    whole = package.make().read_bytes()
    (tmp_path / "half.msi").write_bytes(whole[: len(whole) // 2])

    error = only_error(windows.upgrade(windows_path(tmp_path / "half.msi"), when_absent="install"))
    assert error["kind"] == "package_invalid"
    assert windows.registered_version(package) is None


def test_a_package_without_a_product_code_is_refused(windows, family):
    package = Package(family=family, sql=("DELETE FROM Property WHERE Property = 'ProductCode'",))

    error = only_error(windows.upgrade(package))
    assert (error["kind"], error["found"]) == ("package_invalid", "it has no product code")


def test_one_failing_package_does_not_stop_the_others(windows, family):
    good, bad = Package(family=family), Package(family=family + "-bad", error_at=6590)
    other = Package(family=family + "-other")

    answer = windows.upgrade(good, bad, other, when_absent="install")
    assert windows.registered_version(good) == "1.0.0"
    assert windows.registered_version(bad) is None
    assert windows.registered_version(other) == "1.0.0"
    assert [row["outcome"] for row in answer["targets"]] == ["installed", "failed", "installed"]
    assert (answer["changed"], answer["failed"]) == (True, True)


def test_stop_on_failure_begins_no_further_package(windows, family):
    bad, other = Package(family=family, error_at=6590), Package(family=family + "-other")

    answer = windows.upgrade(bad, other, when_absent="install", stop_on_failure=True)
    assert windows.registered_version(other) is None
    assert [row["outcome"] for row in answer["targets"]] == ["failed", "skipped"]
    assert answer["targets"][1]["reason"] == "It was not begun: another one failed, and stop_on_failure is set."


def test_a_package_of_another_version_than_the_wanted_one_is_refused(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    answer = windows.upshift("msi_product_version", {"path": windows_path(new.make()), "version": "1.2.0"}).answer
    assert windows.registered_version(old) == "1.0.0"
    error = only_error(answer)
    assert error["kind"] == "refused"
    assert error["needed"] == "a package of version 1.2.0"
