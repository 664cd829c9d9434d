# SPDX-License-Identifier: GPL-3.0-or-later
"""Patches: real ones, applied by Windows' own installer."""

from __future__ import annotations

import pathlib

import pytest
from packages import Package
from patches import version_patch
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
