# SPDX-License-Identifier: GPL-3.0-or-later
"""The argument `name`, and wanted versions that are met without opening the package."""

from __future__ import annotations

import pytest
from packages import Package
from wine import windows_path

GONE = r"C:\gone\package.msi"


def test_a_name_that_fits_the_product_lets_the_package_run(windows, family):
    old, new = (Package(version, family=family, name=f"Tool {family}") for version in ("1.0.0", "1.1.0"))
    windows.install(old)

    row = windows.upgrade_one(new, name=f"tool {family[:-4].upper()}????")["targets"][0]
    assert windows.registered_version(new) == "1.1.0"
    assert row["outcome"] == "upgraded"


def test_a_name_that_fits_several_is_refused_with_their_names(windows, family):
    old, new = (Package(version, family=family, name=f"Several {family} A") for version in ("1.0.0", "1.1.0"))
    other = Package(family=family + "-other", name=f"Several {family} B")
    windows.install(old)
    windows.install(other)

    row = windows.upgrade_one(new, name=f"Several {family}*")["targets"][0]
    assert windows.registered_version(old) == "1.0.0"
    assert row["error"]["kind"] == "refused"
    assert old.name in row["reason"] and other.name in row["reason"]


def test_a_name_of_another_product_is_refused_and_both_are_left(windows, family):
    old, new = Package("1.0.0", family=family, name=f"Meant {family}"), Package("1.1.0", family=family)
    other = Package(family=family + "-other", name=f"Other {family}")
    windows.install(old)
    windows.install(other)

    row = windows.upgrade_one(new, name=f"Other {family}")["targets"][0]
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(other) == "1.0.0"
    assert row["error"]["kind"] == "refused"


def test_a_name_that_fits_nothing_does_not_let_an_installed_product_be_upgraded(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    row = windows.upgrade_one(new, name="Nobody has this name")["targets"][0]
    assert windows.registered_version(old) == "1.0.0"
    assert row["outcome"] == "failed"
    assert row["error"]["kind"] in ("refused", "not_found")


def test_a_name_that_fits_nothing_lets_an_absent_product_be_installed(windows, family):
    package = Package(family=family, name=f"Absent {family}")

    row = windows.upgrade_one(package, name=f"Absent {family}", when_absent="install")["targets"][0]
    assert windows.registered_version(package) == "1.0.0"
    assert row["outcome"] == "installed"
    assert windows.upgrade_one(package, name=f"Absent {family}", when_absent="install")["changed"] is False


def test_a_name_with_a_version_that_is_met_is_unchanged_without_the_package(windows, family):
    package = Package("1.4.0", family=family, name=f"Met {family}")
    windows.install(package)

    answer = windows.upgrade_one(GONE, name=f"met {family}", version="1.4.0")
    assert (answer["changed"], answer["failed"]) == (False, False)
    assert answer["targets"][0]["outcome"] == "unchanged"
    assert answer["targets"][0]["name"] == package.name


@pytest.mark.parametrize("version", ["1.4", "1.4.0.7", "1.3.9"])
def test_a_version_is_met_by_three_fields_and_by_a_newer_one(windows, family, version):
    package = Package("1.4.0", family=family)
    windows.install(package)

    answer = windows.upgrade_one(GONE, product_code=package.product_code, version=version)
    assert (answer["failed"], answer["targets"][0]["outcome"]) == (False, "unchanged")


def test_a_newer_version_than_the_wanted_one_fails_without_the_package_where_the_user_says_so(windows, family):
    package = Package("2.0.0", family=family)
    windows.install(package)

    row = windows.upgrade_one(GONE, upgrade_code=package.family_code, version="1.0.0", when_newer="fail")["targets"][0]
    assert row["error"]["kind"] == "refused"
    assert row["error"]["found"] == "the newer version 2.0.0 is installed"


def test_a_version_that_is_not_met_needs_the_package(windows, family):
    package = Package("1.4.0", family=family, name=f"Unmet {family}")
    windows.install(package)

    for selector in ({"name": package.name}, {"product_code": package.product_code}, {"upgrade_code": package.family_code}):
        row = windows.upgrade_one(GONE, version="1.5.0", **selector)["targets"][0]
        assert row["error"]["kind"] == "package_unreadable"


def test_a_name_that_fits_several_is_not_met_without_the_package(windows, family):
    for suffix in ("A", "B"):
        windows.install(Package(family=family + suffix, name=f"Pair {family} {suffix}"))

    answer = windows.upgrade_one(GONE, name=f"Pair {family}*", version="1.0.0")
    assert answer["failed"] is True
    assert answer["targets"][0]["error"]["kind"] in ("refused", "package_unreadable")


def test_a_vanished_share_costs_only_the_products_that_are_not_there_yet(windows, family):
    met, unmet = Package("1.0.0", family=family), Package("1.0.0", family=family + "-unmet")
    windows.install(met)

    packages = [{"path": rf"\\gone\share\{package.family}.msi", "version": "1.0.0", "product_code": package.product_code}
                for package in (met, unmet)]
    answer = windows.upshift("msi_product_version", {"packages": packages, "when_absent": "install"}).answer
    assert [row["outcome"] for row in answer["targets"]] == ["unchanged", "failed"]
    assert answer["targets"][1]["error"]["kind"] == "package_unreadable"


def test_a_version_that_the_package_provides_is_no_reason_to_refuse_it(windows, family):
    package = Package("1.4.0", family=family)

    answer = windows.upshift("msi_product_version", {"path": windows_path(package.make()), "version": "1.4",
                                                     "product_code": package.product_code, "when_absent": "install"}).answer
    assert windows.registered_version(package) == "1.4.0"
    assert answer["targets"][0]["outcome"] == "installed"
