# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd names of packages, where logs go, and what progress tells of a package."""

from __future__ import annotations

import json
import shutil

import pytest
from packages import Package
from wine import windows_path


@pytest.mark.parametrize("spell", [lambda path: path.replace("\\", "/"), str.upper, lambda path: path.replace("\\PACKAGES", "\\.\\PACKAGES")],
                         ids=["slashes", "upper case", "a dot"])
def test_a_path_is_understood_with(windows, tmp_path, family, spell):
    package = Package(family=family)
    folder = tmp_path / "PACKAGES"
    folder.mkdir()
    (folder / "TOOL.MSI").symlink_to(package.make())
    path = spell(windows_path(tmp_path) + "\\PACKAGES\\TOOL.MSI")

    answer = windows.upgrade(path, when_absent="install")
    assert windows.registered_version(package) == "1.0.0", (path, answer)
    assert answer["targets"][0]["outcome"] == "installed"


def test_a_path_with_a_semicolon_and_a_quote_s_neighbours_is_installed(windows, tmp_path, family):
    package = Package(family=family)
    path = windows_path(shutil.copy(package.make(), tmp_path / "a;b 'c' & (d) [e] %f%.msi"))

    windows.upgrade(path, when_absent="install")
    assert windows.registered_version(package) == "1.0.0"


def test_each_package_has_the_log_that_was_asked_for_it(windows, family):
    first, second = Package(family=family), Package(family=family + "-2")
    packages = [{"path": windows_path(package.make()), "log_path": rf"C:\{package.family}.log"} for package in (first, second)]

    answer = windows.upshift("msi_product_version", {"packages": packages, "when_absent": "install"}).answer
    for package, row in zip((first, second), answer["targets"]):
        assert row["log_path"] == rf"C:\{package.family}.log"
        assert package.product_code.encode() in windows.prefix.path(row["log_path"]).read_bytes()


def test_progress_grows_to_the_hundredth_percent_of_each_package(windows, family, sleeper):
    packages = [Package(family=f"{family}-{number}", programs=(sleeper(200),)) for number in (1, 2)]
    arguments = {"packages": [{"path": windows_path(package.make())} for package in packages], "when_absent": "install"}

    run = windows.upshift("msi_product_version", arguments, "--progress", "json")
    events = [json.loads(line) for line in run.stderr.splitlines()]
    for package in packages:
        percents = [event["percent"] for event in events if event["target"] == f"{package.family}.msi" and "percent" in event]
        assert percents == sorted(percents)
        assert len(set(percents)) > 1
        assert 0 <= percents[0] and percents[-1] == 100
    assert windows.registered_version(packages[1]) == "1.0.0"


def test_on_wine_a_minor_upgrade_whose_file_has_another_name_is_installed(windows, tmp_path, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)
    renamed = windows_path(shutil.copy(new.make(), tmp_path / "another name.msi"))

    answer = windows.upgrade(renamed)
    assert windows.registered_version(new) == "1.1.0"
    assert answer["targets"][0]["outcome"] == "upgraded"
