# SPDX-License-Identifier: GPL-3.0-or-later
"""Transforms: what a package is with them, and what is then installed, must be the same thing."""

from __future__ import annotations

import pathlib

import pytest
from packages import Package, guid
from transforms import Transform
from wine import windows_path

ECHO = (("Mark", "[MARK]"), ("Fixed", "of the package"))


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "Ordner mit Blank ☃"
    folder.mkdir()
    return folder


def only_error(answer: dict) -> dict:
    assert answer["failed"] is True
    assert answer["targets"][0]["outcome"] == "failed"
    return answer["targets"][0]["error"]


def test_a_transform_changes_name_property_and_registry_value_of_what_is_installed(windows, family, folder):
    package = Package(family=family, registry=ECHO, properties=(("MARK", "of the package"),))
    transform = Transform(package, properties=(("ProductName", "Umgetauft ☃"), ("MARK", "of the transform")),
                          registry=(("Fixed", "changed"),)).write(folder / "names.mst")

    row = windows.upgrade_one(package, when_absent="install", transforms=windows_path(transform))["targets"][0]
    assert windows.prefix.registry(package.uninstall_key)["DisplayName"] == "Umgetauft ☃"
    assert windows.values(package) == {"Mark": "of the transform", "Fixed": "changed"}
    assert (row["outcome"], row["name"]) == ("installed", "Umgetauft ☃")


def test_a_transform_that_raises_the_version_makes_a_minor_upgrade(windows, family, folder):
    package = Package("1.0.0", family=family)
    transform = Transform(package, properties=(("ProductVersion", "1.5.0"),)).write(folder / "version.mst")
    windows.install(package)

    planned = windows.upgrade_one(package, check=True, transforms=[windows_path(transform)])["targets"][0]
    assert (planned["classification"], planned["version_wanted"]) == ("minor_upgrade", "1.5.0")
    row = windows.upgrade_one(package, transforms=[windows_path(transform)])["targets"][0]
    assert windows.registered_version(package) == "1.5.0"
    assert (row["outcome"], row["version"]) == ("upgraded", "1.5.0")

    assert windows.upgrade_one(package, transforms=[windows_path(transform)])["changed"] is False


def test_a_transform_that_gives_another_product_code_makes_another_product(windows, family, folder):
    old, package = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family)
    code = guid(f"{family}/another")
    transform = Transform(package, properties=(("ProductCode", code),)).write(folder / "code.mst")
    windows.install(old)

    row = windows.upgrade_one(package, transforms=[windows_path(transform)])["targets"][0]
    assert windows.registered_version(old) is None
    assert windows.registered_version(package) is None
    assert windows.prefix.registry(package.uninstall_key.replace(package.product_code, code))["DisplayVersion"] == "2.0.0"
    assert (row["classification"], row["product_code"]) == ("major_upgrade", code)


def test_transforms_apply_in_the_order_given(windows, family, folder):
    package = Package(family=family, registry=ECHO, properties=(("MARK", "0"),))
    one, two = (Transform(package, properties=(("MARK", number),)).write(folder / f"{number}.mst") for number in "12")
    name = Transform(package, properties=(("ProductName", "Both"),)).write(folder / "name.mst")

    order = [windows_path(file) for file in (two, one, name)]
    row = windows.upgrade_one(package, when_absent="install", transforms=order)["targets"][0]
    assert windows.values(package)["Mark"] == "1"
    assert row["name"] == windows.prefix.registry(package.uninstall_key)["DisplayName"] == "Both"


def test_a_transform_may_bring_a_property_of_its_own(windows, family, folder):
    package = Package(family=family, registry=ECHO)
    transform = Transform(package, new_properties=(("MARK", "brought along"),)).write(folder / "new.mst")

    windows.upgrade_one(package, when_absent="install", transforms=windows_path(transform))
    assert windows.values(package)["Mark"] == "brought along"


def test_a_property_given_decides_over_the_transform_s(windows, family, folder):
    package = Package(family=family, registry=ECHO, properties=(("MARK", "0"),))
    transform = Transform(package, properties=(("MARK", "of the transform"),)).write(folder / "mark.mst")

    windows.upgrade_one(package, when_absent="install", transforms=windows_path(transform), properties={"MARK": "given"})
    assert windows.values(package)["Mark"] == "given"


def test_a_transform_inside_the_package_is_refused_and_nothing_is_installed(windows, family):
    package = Package(family=family)

    run = windows.upshift("msi_product_version", {
        "path": windows_path(package.make()), "when_absent": "install", "transforms": ":first"})
    assert windows.registered_version(package) is None
    assert "transforms" in run.refusal and ":first" in run.refusal


def test_a_missing_transform_is_named_and_nothing_is_installed(windows, family):
    package = Package(family=family)

    error = only_error(windows.upgrade_one(package, when_absent="install", transforms=r"C:\nowhere\missing.mst"))
    assert windows.registered_version(package) is None
    assert error["kind"] == "package_unreadable"
    assert (error["object"], error["found"]) == (r"C:\nowhere\missing.mst", "there is no such file")
    assert error["hint"] == '"C:\\nowhere" is not there: check that name.'


@pytest.mark.parametrize("content", [b"", b"this is no transform\n" * 100])
def test_a_file_that_is_no_transform_is_named_and_nothing_is_installed(windows, family, folder, content):
    package = Package(family=family)
    (folder / "junk.mst").write_bytes(content)

    error = only_error(windows.upgrade_one(package, when_absent="install", transforms=windows_path(folder / "junk.mst")))
    assert windows.registered_version(package) is None
    assert error["kind"] == "package_invalid"
    assert windows_path(folder / "junk.mst") in error["found"] + error["object"]


def test_a_package_is_no_transform(windows, family):
    package = Package(family=family)

    error = only_error(windows.upgrade_one(package, when_absent="install", transforms=windows_path(package.make())))
    assert windows.registered_version(package) is None
    assert error["kind"] == "package_invalid"
