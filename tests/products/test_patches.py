# SPDX-License-Identifier: GPL-3.0-or-later
"""Patches: real ones, applied by Windows' own installer, and what upshift reads of them and of what they did."""

from __future__ import annotations

import pathlib

import pytest
from packages import Package
from patches import Patch, version_patch
from transforms import Transform
from wine import windows_path


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: pathlib.Path) -> pathlib.Path:
    folder = tmp_path / "Ordner mit Blank ☃"
    folder.mkdir()
    return folder


def apply(windows, file: pathlib.Path) -> None:
    """By Windows' own program."""
    assert windows.prefix.run("msiexec.exe", "/p", windows_path(file), "/qn").returncode == 0


def test_the_installer_applies_the_patches_that_these_tests_make(windows, family, folder):
    package = Package("1.0.0", family=family, registry=(("Mark", "of the package"),))
    patch = version_patch(family, package, "1.0.5", registry=(("Mark", "of the patch"),))
    windows.install(package)

    apply(windows, patch.write(folder / "fix.msp"))
    assert windows.registered_version(package) == "1.0.5"
    assert windows.values(package) == {"Mark": "of the patch"}


def described(windows, file: pathlib.Path) -> dict:
    """What upshift reads of it."""
    return windows.info(path=windows_path(file))["packages"][0]


def planned(windows, file: pathlib.Path, **arguments: object) -> dict:
    return windows.upgrade_one(windows_path(file), check=True, engine="wmi", **arguments)["targets"][0]


def test_a_patch_is_read_with_its_code_its_targets_and_what_it_replaces(windows, family, folder):
    package = Package("1.0.0", family=family)
    earlier = version_patch(f"{family}/earlier", package, "1.0.3")
    patch = version_patch(family, package, "1.0.5", replaces=(earlier,))

    file = patch.write(folder / "fix.msp")
    assert described(windows, file) == {
        "path": windows_path(file), "patch_code": patch.patch_code, "replaces": [earlier.patch_code],
        "targets": [{"product_code": package.product_code, "version": "1.0.0", "version_match": "equal", "version_fields": 3,
                     "new_version": "1.0.5", "upgrade_code": package.family_code}]}


def test_a_patch_for_several_products_is_read_with_each_of_them(windows, family, folder):
    packages = [Package("1.0.0", "1", family=family), Package("2.1.0", "2", family=family)]
    changes = tuple(Transform(package, version="9.0.0") for package in packages)

    targets = described(windows, Patch(family, changes).write(folder / "both.msp"))["targets"]
    assert [(row["product_code"], row["version"], row["new_version"], row["version_match"]) for row in targets] == [
        (package.product_code, package.version, "9.0.0", "any") for package in packages]


def test_a_patch_is_known_by_what_it_holds_and_not_by_its_name(windows, family, folder):
    package = Package("1.0.0", family=family)
    patch = version_patch(family, package, "1.0.5")
    (folder / "package.msp").write_bytes(package.make().read_bytes())

    assert described(windows, patch.write(folder / "patch.msi"))["patch_code"] == patch.patch_code
    assert described(windows, folder / "package.msp")["version"] == "1.0.0"


@pytest.mark.parametrize("content", [b"", b"this is no patch\n" * 100], ids=["empty", "text"])
def test_a_file_that_is_no_patch_is_told_as_such(windows, folder, content):
    (folder / "junk.msp").write_bytes(content)

    error = described(windows, folder / "junk.msp")["error"]
    assert (error["kind"], error["found"]) == ("package_invalid", "it is no Windows Installer package or patch")


def test_a_patch_that_is_cut_off_is_refused_or_read_and_nothing_else(windows, family, folder):
    whole = version_patch(family, Package("1.0.0", family=family), "1.0.5").write(folder / "whole.msp").read_bytes()
    for size in range(512, len(whole), 1024):
        (folder / "part.msp").write_bytes(whole[:size])
        row = described(windows, folder / "part.msp")
        assert "patch_code" in row or row["error"]["kind"] == "package_invalid"


def test_an_applied_patch_is_found_applied(windows, family, folder):
    package = Package("1.0.0", family=family)
    patch = version_patch(family, package, "1.0.5")
    file = patch.write(folder / "fix.msp")
    windows.install(package)
    apply(windows, file)

    answer = windows.upgrade_one(windows_path(file), engine="wmi")
    row = answer["targets"][0]
    assert (row["outcome"], row["classification"], row["version"]) == ("unchanged", "applied", "1.0.5")
    assert (row["name"], row["patch_code"], answer["changed"]) == (package.name, patch.patch_code, False)
    assert windows.info(product_code=package.product_code, path=windows_path(file))["products"][0]["patches"] == [
        {"patch_code": patch.patch_code, "state": "applied"}]


def test_a_patch_is_superseded_where_an_applied_one_replaces_it(windows, family, folder):
    package = Package("1.0.0", family=family)
    small = Patch(f"{family}/small", (Transform(package),))
    later = Patch(family, (Transform(package),), replaces=(small,))
    windows.install(package)
    apply(windows, later.write(folder / "later.msp"))

    row = planned(windows, small.write(folder / "small.msp"))
    assert (row["outcome"], row["classification"]) == ("unchanged", "superseded")


def test_a_patch_for_another_version_is_refused(windows, family, folder):
    installed = Package("1.1.0", family=family)
    patch = version_patch(family, Package("1.5.0", family=family), "1.5.1")
    windows.install(installed)

    row = planned(windows, patch.write(folder / "fix.msp"))
    assert (row["outcome"], row["classification"]) == ("failed", "not_applicable")
    assert row["error"]["needed"] == "version 1.5.0, which the patch is made for"


def test_without_the_provider_the_engine_wmi_says_what_is_missing_and_changes_nothing(windows, family, folder):
    """Wine has no Win32_Product, as a Windows without that optional part."""
    package = Package("1.0.0", family=family)
    file = version_patch(family, package, "1.0.5").write(folder / "fix.msp")
    windows.install(package)

    row = windows.upgrade_one(windows_path(file), engine="wmi")["targets"][0]
    assert windows.registered_version(package) == "1.0.0"
    assert (row["outcome"], row["classification"], row["engine"]) == ("failed", "applicable", "wmi")
    assert (row["error"]["kind"], row["error"]["found"]) == ("not_supported", "this Windows has no class Win32_Product")


def test_without_the_engine_wmi_a_patch_is_not_yet_available(windows, family, folder):
    package = Package("1.0.0", family=family)
    file = version_patch(family, package, "1.0.5").write(folder / "fix.msp")
    windows.install(package)

    error = windows.upgrade_one(windows_path(file))["targets"][0]["error"]
    assert windows.registered_version(package) == "1.0.0"
    assert (error["kind"], error["hint"]) == ("not_supported", "Set engine to wmi.")
