# SPDX-License-Identifier: GPL-3.0-or-later
"""Versions of every shape: four fields, large ones, odd ones in the registry, and builds of one version."""

from __future__ import annotations

import pytest
from conftest import Windows
from packages import Package
from wine import WinePrefix


def test_another_build_of_the_same_version_is_installed_once(windows, family):
    old, rebuilt = Package(family=family), Package(family=family, build="2", file_text="rebuilt")
    windows.install(old)

    row = windows.upgrade(rebuilt)["targets"][0]
    assert windows.installed_text(rebuilt) == "rebuilt"
    assert windows.registered_version(rebuilt) == "1.0.0"
    assert (row["classification"], row["outcome"], row["changed"]) == ("small_update", "upgraded", True)
    assert (row["package_code_before"], row["package_code"]) == (old.package_code, rebuilt.package_code)
    assert windows.info(product_code=old.product_code)["products"][0]["package_code"] == rebuilt.package_code

    assert windows.upgrade(rebuilt)["targets"][0]["classification"] == "same"


def test_a_version_whose_fourth_field_alone_differs_is_another_build(windows, family):
    old, new = Package("1.2.3.4", family=family), Package("1.2.3.5", family=family)
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert windows.installed_text(new) == "1.2.3.5"
    assert windows.registered_version(new) == "1.2.3.5"
    assert (row["classification"], row["outcome"]) == ("small_update", "upgraded")


def test_an_older_fourth_field_is_another_build_too(windows, family):
    old, new = Package("1.2.3.4", family=family), Package("1.2.3.1", family=family)
    windows.install(old)

    assert windows.upgrade(new)["targets"][0]["classification"] == "small_update"
    assert windows.registered_version(new) == "1.2.3.1"


def test_versions_of_four_fields_are_upgraded_by_their_first_three(windows, family):
    old, new = Package("1.2.3.900", family=family), Package("1.2.4.1", family=family)
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(new) == "1.2.4.1"
    assert row["classification"] == "minor_upgrade"
    assert (row["version_before"], row["version"]) == ("1.2.3.900", "1.2.4.1")


def test_a_product_whose_fourth_field_alone_differs_would_stand_beside(windows, family):
    old, new = Package("1.2.3.4", "1", family=family), Package("1.2.3.5", "2", family=family)
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.registered_version(new) is None
    assert windows.registered_version(old) == "1.2.3.4"
    assert answer["targets"][0]["classification"] == "side_by_side"


def test_fields_compare_as_numbers(windows, family):
    old, new = Package("1.9.0", family=family), Package("1.10.0", family=family)
    windows.install(old)

    assert windows.upgrade(new)["targets"][0]["outcome"] == "upgraded"
    assert windows.registered_version(new) == "1.10.0"
    assert windows.upgrade(old)["targets"][0]["classification"] == "newer_installed"


def test_the_largest_version_is_reached_and_is_newer_than_all_others(windows, family):
    old, new = Package("127.255.65534", family=family), Package("255.255.65535", family=family)
    windows.install(old)

    assert windows.upgrade(new)["targets"][0]["outcome"] == "upgraded"
    assert windows.registered_version(new) == "255.255.65535"
    assert windows.upgrade(old)["targets"][0]["classification"] == "newer_installed"


def test_a_major_upgrade_to_a_version_from_128_up_is_planned_and_fails_on_wine_which_compares_with_a_sign(windows, family):
    old, new = Package("4.0.0", "1", family=family), Package("200.0.0", "2", family=family)
    windows.install(old)

    assert windows.upgrade(new, check=True)["targets"][0]["outcome"] == "would_upgrade"
    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(old) == "4.0.0"
    assert (row["outcome"], row["error"]["code"]) == ("failed", "1603")
    assert row["version"] == "4.0.0"


@pytest.mark.parametrize("text", ["1.0", "1", "v1.0.0 (beta)", ""])
def test_an_odd_version_in_the_registry_is_upgraded_by_the_number_beside_it(windows, family, text):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)
    windows.set_value(windows.installed_key(old), "DisplayVersion", text)

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(new) == "1.1.0"
    assert windows.installed_text(new) == "1.1.0"
    assert (row["classification"], row["outcome"]) == ("minor_upgrade", "upgraded")


def test_a_version_with_a_nul_at_its_end_is_read_without_it(family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    with WinePrefix.create() as prefix:
        windows = Windows(prefix)
        windows.install(old)
        prefix.stop()
        # No tool of Wine's writes such a text, so that it goes into the file of the registry.
        file = prefix.folder / "system.reg"
        registry = file.read_text(encoding="utf-8")
        with_nul = ",".join(f"{byte:02x}" for byte in "1.0.0\0\0".encode("utf-16-le"))
        assert '"DisplayVersion"="1.0.0"' in registry
        file.write_text(registry.replace('"DisplayVersion"="1.0.0"', f'"DisplayVersion"=hex(1):{with_nul}'), encoding="utf-8")
        prefix.start()

        row = windows.upgrade(new)["targets"][0]
        assert windows.registered_version(new) == "1.1.0"
        assert (row["version_before"], row["outcome"]) == ("1.0.0", "upgraded")


def test_a_version_that_nothing_tells_is_refused_and_the_product_left(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)
    windows.set_value(windows.installed_key(old), "DisplayVersion", "beta")
    for key in (windows.installed_key(old), windows.product_key(old)):
        windows.prefix.run("reg.exe", "delete", key, "/v", "Version", "/f")

    row = windows.upgrade(new)["targets"][0]
    assert windows.installed_text(old) == "1.0.0"
    assert (row["classification"], row["error"]["kind"]) == ("unknown_version", "refused")
    assert "beta" in row["reason"]
