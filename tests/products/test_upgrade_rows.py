# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Upgrade table of a package says, against what the installer does with it. Every package is really run, also
where it leaves the old product beside it, so that the registry tells whether the classification was right."""

from __future__ import annotations

import pytest
from package_parts import Upgrades
from packages import Package

ROWS = [
    ("without bounds", "1.0.0", 1033, Upgrades(), True),
    ("below an exclusive upper bound", "1.9.9", 1033, Upgrades(high="2.0.0"), True),
    ("at an exclusive upper bound", "2.0.0", 1033, Upgrades(high="2.0.0"), False),
    ("at an inclusive upper bound", "2.0.0", 1033, Upgrades(high="2.0.0", high_inclusive=True), True),
    ("above an inclusive upper bound", "2.0.1", 1033, Upgrades(high="2.0.0", high_inclusive=True), False),
    ("at an inclusive lower bound", "1.5.0", 1033, Upgrades(low="1.5.0", low_inclusive=True), True),
    ("at an exclusive lower bound", "1.5.0", 1033, Upgrades(low="1.5.0"), False),
    ("below a lower bound", "1.4.9", 1033, Upgrades(low="1.5.0", low_inclusive=True, high="2.0.0"), False),
    ("of the language", "1.0.0", 1031, Upgrades(languages="1031"), True),
    ("of the first of the languages", "1.0.0", 1031, Upgrades(languages="1031,1033"), True),
    ("of another language", "1.0.0", 1031, Upgrades(languages="1033"), False),
    ("of a language that is excluded", "1.0.0", 1031, Upgrades(languages="1031", languages_exclusive=True), False),
    ("of a language that is not excluded", "1.0.0", 1031, Upgrades(languages="1033", languages_exclusive=True), True),
    ("that is only detected", "1.0.0", 1033, Upgrades(only_detect=True), False),
    ("at a bound with a fourth field", "2.0.0", 1033, Upgrades(high="2.0.0.9"), False),
]


@pytest.mark.parametrize("version, language, row, is_replaced", [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_an_upgrade_row_decides_as_the_installer_does_on_a_product(windows, family, version, language, row, is_replaced):
    old = Package(version, "1", family=family, language=language)
    new = Package("3.0.0", "2", family=family, folder=family + "-new", upgrades=(row,))
    windows.install(old)

    refused = windows.upgrade(new, check=True)["targets"][0]
    answer = windows.upgrade(new, when_side_by_side="install")
    assert windows.registered_version(new) == "3.0.0"
    assert windows.registered_version(old) == (None if is_replaced else version)
    row = answer["targets"][0]
    assert answer["failed"] is False
    assert row["classification"] == ("major_upgrade" if is_replaced else "side_by_side")
    assert row["outcome"] == ("upgraded" if is_replaced else "installed")
    assert refused["outcome"] == ("would_upgrade" if is_replaced else "failed")


def test_on_wine_the_second_language_of_a_row_does_not_count_and_the_run_says_that_the_old_product_stayed(windows, family):
    old = Package("1.0.0", "1", family=family, language=1031)
    new = Package("2.0.0", "2", family=family, folder=family + "-new", upgrades=(Upgrades(languages="1033,1031"),))
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(new) == "2.0.0"
    row = answer["targets"][0]
    assert (answer["changed"], answer["failed"]) == (True, True)
    assert (row["classification"], row["outcome"]) == ("major_upgrade", "failed")
    assert "1.0.0" in row["reason"]


def test_a_product_of_an_earlier_family_is_replaced(windows, family):
    old = Package("1.0.0", "1", family=family + "-earlier", name="Former Name")
    new = Package("2.0.0", "2", family=family, upgrades=(Upgrades(family=family + "-earlier", high="2.0.0"),))
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("major_upgrade", "upgraded")
    assert row["product_code_before"] == old.product_code


def test_products_of_two_families_are_replaced_at_once_and_all_named(windows, family):
    first, second = Package("1.0.0", "1", family=family + "-a"), Package("1.7.0", "1", family=family + "-b")
    rows = (Upgrades(family=first.family), Upgrades(family=second.family))
    new = Package("2.0.0", "2", family=family, upgrades=rows)
    windows.install(first)
    windows.install(second)

    planned = windows.upgrade(new, check=True)["targets"][0]
    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(first) is None
    assert windows.registered_version(second) is None
    assert windows.registered_version(new) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("major_upgrade", "upgraded")
    assert (row["version_before"], row["product_code_before"]) == ("1.7.0", second.product_code)
    assert "1.0.0" in planned["reason"] and "1.7.0" in planned["reason"]


def test_on_wine_the_second_related_product_stays_which_is_a_failure_and_is_removed_by_the_next_run(windows, family):
    old = [Package(f"1.{number}.0", str(number), family=family, major_upgrade=False) for number in (1, 2)]
    new = Package("2.0.0", "new", family=family)
    for package in old:
        windows.install(package)

    answer = windows.upgrade(new)
    left = [package for package in old if windows.registered_version(package)]
    assert len(left) == 1
    assert windows.registered_version(new) == "2.0.0"
    row = answer["targets"][0]
    assert (answer["changed"], answer["failed"], row["outcome"]) == (True, True, "failed")
    assert left[0].version in row["reason"]

    again = windows.upgrade(new)
    assert [windows.registered_version(package) for package in (*old, new)] == [None, None, "2.0.0"]
    assert (again["failed"], again["targets"][0]["classification"]) == (False, "interrupted")


def test_a_package_that_would_stand_beside_is_installed_where_the_user_says_so(windows, family):
    old = Package("1.0.0", "1", family=family)
    beside = Package("2.0.0", "2", family=family, folder=family + "-2", major_upgrade=False)
    windows.install(old)

    answer = windows.upgrade(beside, when_side_by_side="install")
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(beside) == "2.0.0"
    assert windows.installed_text(old) == "1.0.0"
    row = answer["targets"][0]
    assert (row["outcome"], row["version"]) == ("installed", "2.0.0")
    assert "version_before" not in row

    assert windows.upgrade(beside, when_side_by_side="install")["changed"] is False


def test_a_newer_product_decides_before_one_that_would_be_replaced(windows, family):
    older, newer = (Package(version, version, family=family, major_upgrade=False) for version in ("1.0.0", "3.0.0"))
    package = Package("2.0.0", "2", family=family)
    windows.install(older)
    windows.install(newer)

    answer = windows.upgrade(package)
    assert windows.registered_version(package) is None
    assert windows.registered_version(older) == "1.0.0"
    assert (answer["changed"], answer["failed"]) == (False, False)
    assert answer["targets"][0]["classification"] == "newer_installed"


def test_a_package_without_a_downgrade_block_is_not_run_over_a_newer_product(windows, family):
    newer, older = Package("2.0.0", "2", family=family), Package("1.0.0", "1", family=family, major_upgrade=False)
    windows.install(newer)

    answer = windows.upgrade(older, when_absent="install", when_side_by_side="install")
    assert windows.registered_version(older) is None
    assert answer["targets"][0]["classification"] == "newer_installed"
    assert windows.upgrade(older, when_newer="fail")["targets"][0]["error"]["kind"] == "refused"


def test_a_package_without_an_upgrade_code_knows_its_own_product_alone(windows, family):
    old, new = (Package(version, "1", family=family, upgrade_code=False) for version in ("1.0.0", "1.1.0"))
    stranger = Package("2.0.0", "2", family=family, folder=family + "-2", upgrade_code=False)
    windows.install(old)

    assert windows.upgrade(new)["targets"][0]["classification"] == "minor_upgrade"
    assert windows.registered_version(new) == "1.1.0"
    assert windows.upgrade(stranger)["targets"][0]["classification"] == "absent"
