# SPDX-License-Identifier: GPL-3.0-or-later
"""upshift.exe under Wine, one fresh Windows per test file, and ways to look at it that are not upshift's."""

from __future__ import annotations

import os
import pathlib

import pytest
from helper_process import HelperRun, run_helper
from packages import Package, Program
from wine import ROOT, WinePrefix, windows_path

HELPER = pathlib.Path(os.environ.get("UPSHIFT_WINDOWS_HELPER", ROOT / "build" / "windows" / "upshift.exe"))
PROGRAMS = pathlib.Path(os.environ.get("UPSHIFT_WINDOWS_PROGRAMS", ROOT / "build" / "windows-mingw" / "tests" / "windows"))


class Windows:
    """A Windows with upshift.exe, and its registry and files as the judges of what happened."""

    def __init__(self, prefix: WinePrefix):
        self.prefix = prefix

    def upshift(self, operation: str, arguments: dict, *switches: str) -> HelperRun:
        return run_helper(operation, arguments, *switches, command=tuple(self.prefix.command(HELPER)),
                          env=self.prefix.env)

    def upgrade(self, *packages: Package | str, check: bool = False, **arguments: object) -> dict:
        """The answer of msi_product_version for those packages."""
        paths = [{"path": package if isinstance(package, str) else windows_path(package.make())}
                 for package in packages]
        switches = ("--check",) if check else ()
        return self.upshift("msi_product_version", {"packages": paths, **arguments}, *switches).answer

    def info(self, **arguments: object) -> dict:
        return self.upshift("msi_product_version_info", arguments).answer

    def install(self, package: Package) -> None:
        """By Windows' own program; the test begins with this product installed."""
        done = self.prefix.run("msiexec.exe", "/i", windows_path(package.make()), "/qn")
        assert done.returncode == 0
        assert self.registered_version(package) == package.version

    def registered_version(self, package: Package) -> str | None:
        """The product's version in the registry, None where it is not installed."""
        values = self.prefix.registry(package.uninstall_key)
        return None if values is None else values["DisplayVersion"]

    def installed_text(self, package: Package) -> str | None:
        """What stands in the product's file, None where it is not there."""
        file = self.prefix.path(package.installed_file)
        return file.read_text(encoding="utf-8") if file.exists() else None


@pytest.fixture(scope="module", name="windows")
def fixture_windows():
    with WinePrefix.create() as prefix:
        yield Windows(prefix)


@pytest.fixture(name="family")
def fixture_family(request: pytest.FixtureRequest) -> str:
    """A product family of the test's own, so that tests of one file do not meet."""
    return request.node.originalname.removeprefix("test_")[:60].rstrip("_")


@pytest.fixture(name="noisy")
def fixture_noisy() -> Program:
    return Program(str(PROGRAMS / "noisy.exe"))


@pytest.fixture(name="sleeper")
def fixture_sleeper():
    """Makes a custom action that takes that many milliseconds and ends with that exit code."""
    return lambda milliseconds, exit_code=0, **options: Program(
        str(PROGRAMS / "sleeper.exe"), f"{milliseconds} {exit_code}", **options)
