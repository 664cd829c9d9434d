# SPDX-License-Identifier: GPL-3.0-or-later
"""What is installed decides what happens: each classification with a real package, judged by registry and file."""

from __future__ import annotations

from packages import Package


def only_row(answer: dict) -> dict:
    assert len(answer["targets"]) == 1
    return answer["targets"][0]


def test_a_minor_upgrade_is_installed_once_and_the_second_run_changes_nothing(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    first = windows.upgrade(new)
    assert windows.registered_version(new) == "1.1.0"
    assert windows.installed_text(new) == "1.1.0"
    row = only_row(first)
    assert (first["changed"], first["failed"], first["reboot_required"]) == (True, False, False)
    assert row["outcome"] == "upgraded"
    assert row["classification"] == "minor_upgrade"
    assert row["name"] == "Upshift Probe"
    assert row["product_code"] == new.product_code
    assert "product_code_before" not in row
    assert (row["version_before"], row["version_wanted"], row["version"]) == ("1.0.0", "1.1.0", "1.1.0")
    assert row["engine"] == "api"

    registry_before = windows.prefix.registry_tree(r"HKLM\Software\Microsoft\Windows\CurrentVersion\Installer")
    second = windows.upgrade(new)
    assert (second["changed"], second["failed"]) == (False, False)
    assert only_row(second)["outcome"] == "unchanged"
    assert only_row(second)["classification"] == "same"
    assert windows.prefix.registry_tree(
        r"HKLM\Software\Microsoft\Windows\CurrentVersion\Installer") == registry_before


def test_a_major_upgrade_replaces_the_old_product_and_the_second_run_changes_nothing(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family)
    windows.install(old)

    first = windows.upgrade(new)
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert windows.installed_text(new) == "2.0.0"
    row = only_row(first)
    assert row["outcome"] == "upgraded"
    assert row["classification"] == "major_upgrade"
    assert (row["product_code_before"], row["product_code"]) == (old.product_code, new.product_code)
    assert (row["version_before"], row["version"]) == ("1.0.0", "2.0.0")

    second = windows.upgrade(new)
    assert second["changed"] is False
    assert only_row(second)["outcome"] == "unchanged"


def test_a_newer_product_of_the_family_is_left_alone(windows, family):
    newer, older = Package("2.0.0", "2", family=family), Package("1.0.0", "1", family=family)
    windows.install(newer)

    answer = windows.upgrade(older)
    assert windows.registered_version(newer) == "2.0.0"
    assert windows.registered_version(older) is None
    assert (answer["changed"], answer["failed"]) == (False, False)
    assert only_row(answer)["classification"] == "newer_installed"
    assert only_row(answer)["reason"] == "The newer version 2.0.0 is installed."


def test_a_newer_version_of_the_same_product_is_left_alone(windows, family):
    newer, older = Package("1.5.0", family=family), Package("1.4.0", family=family)
    windows.install(newer)

    answer = windows.upgrade(older)
    assert windows.registered_version(newer) == "1.5.0"
    assert windows.installed_text(newer) == "1.5.0"
    assert only_row(answer)["outcome"] == "unchanged"
    assert only_row(answer)["classification"] == "newer_installed"


def test_a_newer_version_fails_where_the_user_says_so(windows, family):
    newer, older = Package("1.5.0", family=family), Package("1.4.0", family=family)
    windows.install(newer)

    answer = windows.upgrade(older, when_newer="fail")
    assert windows.registered_version(newer) == "1.5.0"
    assert (answer["changed"], answer["failed"]) == (False, True)
    error = only_row(answer)["error"]
    assert error["kind"] == "refused"
    assert error["found"] == "the newer version 1.5.0 is installed"


def test_an_absent_product_fails_and_is_not_installed(windows, family):
    package = Package(family=family)

    answer = windows.upgrade(package)
    assert windows.registered_version(package) is None
    assert windows.installed_text(package) is None
    assert answer["failed"] is True
    assert only_row(answer)["classification"] == "absent"
    assert only_row(answer)["error"]["kind"] == "not_found"
    assert only_row(answer)["error"]["hint"] == "Set when_absent to install or to skip."


def test_an_absent_product_is_skipped_where_the_user_says_so(windows, family):
    package = Package(family=family)

    answer = windows.upgrade(package, when_absent="skip")
    assert windows.registered_version(package) is None
    assert (answer["changed"], answer["failed"]) == (False, False)
    assert only_row(answer)["outcome"] == "skipped"


def test_an_absent_product_is_installed_where_the_user_says_so(windows, family):
    package = Package(family=family)

    answer = windows.upgrade(package, when_absent="install")
    assert windows.registered_version(package) == "1.0.0"
    assert windows.installed_text(package) == "1.0.0"
    assert answer["changed"] is True
    assert only_row(answer)["outcome"] == "installed"

    assert windows.upgrade(package, when_absent="install")["changed"] is False


def test_check_mode_tells_the_plan_and_touches_nothing(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family)
    other = Package(family=family + "-other")
    windows.install(old)
    registry_before = windows.prefix.registry_tree(r"HKLM\Software")
    temporary = windows.prefix.path(r"C:\users") / "root" / "Temp"
    files_before = sorted(temporary.rglob("*"))

    answer = windows.upgrade(new, other, check=True, when_absent="install")
    assert windows.prefix.registry_tree(r"HKLM\Software") == registry_before
    assert sorted(temporary.rglob("*")) == files_before
    assert windows.installed_text(old) == "1.0.0"
    assert (answer["changed"], answer["failed"], answer["check_mode"]) == (True, False, True)
    assert [row["outcome"] for row in answer["targets"]] == ["would_upgrade", "would_install"]
    assert answer["targets"][0]["reason"] == "It would be upgraded from 1.0.0 to 2.0.0."


def test_check_mode_plans_what_the_run_then_does(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.0.1", family=family)
    windows.install(old)

    planned = only_row(windows.upgrade(new, check=True))
    done = only_row(windows.upgrade(new))
    for field in ("name", "product_code", "version_before", "version_wanted", "classification"):
        assert planned[field] == done[field]


def test_another_build_of_the_same_version_is_installed_once(windows, family):
    old, rebuilt = Package(family=family), Package(family=family, build="2", file_text="rebuilt")
    windows.install(old)

    answer = windows.upgrade(rebuilt)
    assert windows.installed_text(old) == "rebuilt"
    row = only_row(answer)
    assert (row["outcome"], row["classification"], row["changed"]) == ("upgraded", "small_update", True)
    assert (row["package_code_before"], row["package_code"]) == (old.package_code, rebuilt.package_code)
    assert windows.upgrade(rebuilt)["changed"] is False


def test_a_package_that_would_stand_beside_is_refused_by_name_and_not_installed(windows, family):
    old = Package("1.0.0", "1", family=family)
    beside = Package("2.0.0", "2", family=family, major_upgrade=False)
    windows.install(old)

    answer = windows.upgrade(beside, when_absent="install")
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(beside) is None
    assert only_row(answer)["classification"] == "side_by_side"


def test_a_product_of_the_user_is_not_upgraded_by_a_package_for_the_machine(windows, family):
    of_user = Package("1.0.0", "1", family=family, per_machine=False)
    for_machine = Package("2.0.0", "2", family=family)
    windows.install(of_user)

    answer = windows.upgrade(for_machine)
    assert windows.registered_version(of_user) == "1.0.0"
    assert windows.registered_version(for_machine) is None
    assert only_row(answer)["classification"] == "context_mismatch"


def test_a_product_of_the_user_is_upgraded_by_a_package_for_the_user(windows, family):
    old = Package("1.0.0", family=family, per_machine=False)
    new = Package("1.1.0", family=family, per_machine=False)
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.registered_version(new) == "1.1.0"
    assert only_row(answer)["classification"] == "minor_upgrade"


def test_a_32_bit_product_is_upgraded(windows, family):
    old, new = Package("1.0.0", family=family, arch="x86"), Package("1.1.0", family=family, arch="x86")
    windows.install(old)

    windows.upgrade(new)
    assert windows.registered_version(new) == "1.1.0"
    assert windows.installed_text(new) == "1.1.0"
