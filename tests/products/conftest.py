# SPDX-License-Identifier: GPL-3.0-or-later
"""upshift.exe under Wine, one fresh Windows per test file, and ways to look at it that are not upshift's."""

from __future__ import annotations

import os
import pathlib
import re
import zlib

import pytest
from helper_process import HelperRun, run_helper
from package_parts import Program
from packages import Package, packed
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

    def upgrade_one(self, package: Package | str, check: bool = False, **arguments: object) -> dict:
        """The answer of msi_product_version for one package, whose own arguments stand beside the others."""
        path = package if isinstance(package, str) else windows_path(package.make())
        return self.upshift("msi_product_version", {"path": path, **arguments}, *(["--check"] if check else [])).answer

    def info(self, **arguments: object) -> dict:
        return self.upshift("msi_product_version_info", arguments).answer

    def install(self, package: Package, *properties: str) -> None:
        """By Windows' own program; the test begins with this product installed."""
        done = self.prefix.run("msiexec.exe", "/i", windows_path(package.make()), *properties, "/qn")
        assert done.returncode == 0
        assert self.registered_version(package) == package.version

    def registered_version(self, package: Package) -> str | None:
        """The product's version in the registry, None where it is not installed."""
        values = self.prefix.registry(package.uninstall_key)
        return None if values is None else values["DisplayVersion"]

    def installed_text(self, package: Package) -> str | None:
        """What stands in the product's file, None where it is not there."""
        return self.text_of(package.installed_file)

    def text_of(self, file: str) -> str | None:
        """What stands in a file, None where it is not there."""
        found = self.prefix.path(file)
        return found.read_text(encoding="utf-8") if found.exists() else None

    def values(self, package: Package) -> dict[str, str] | None:
        """The registry values that the package wrote, None where their key does not exist."""
        return self.prefix.registry(package.registry_key)

    def product_key(self, package: Package) -> str:
        """Where the installer itself keeps a product of the machine."""
        return f"HKLM\\Software\\Classes\\Installer\\Products\\{packed(package.product_code)}"

    def installed_key(self, package: Package) -> str:
        """Where the installer keeps what a product of the machine registered on installation."""
        return ("HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products\\"
                f"{packed(package.product_code)}\\InstallProperties")

    def set_value(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        """Changes the registry behind the installer's back."""
        assert self.prefix.run("reg.exe", "add", key, "/v", name, "/t", kind, "/d", value, "/f").returncode == 0


@pytest.fixture(scope="module", name="windows")
def fixture_windows():
    with WinePrefix.create() as prefix:
        yield Windows(prefix)


@pytest.fixture(name="family")
def fixture_family(request: pytest.FixtureRequest) -> str:
    """A product family of the test's own, so that tests of one file do not meet."""
    name = request.node.name.removeprefix("test_")
    return re.sub(r"\W", "_", name)[:50].rstrip("_") + f"_{zlib.crc32(name.encode()):08x}"


@pytest.fixture(name="noisy")
def fixture_noisy() -> Program:
    return Program(str(PROGRAMS / "noisy.exe"))


@pytest.fixture(name="marker")
def fixture_marker():
    """Makes a custom action that leaves that file behind and ends with that exit code."""
    return lambda file, exit_code=0, **options: Program(str(PROGRAMS / "marker.exe"), f'"{file}" {exit_code}', **options)


@pytest.fixture(name="sleeper")
def fixture_sleeper():
    """Makes a custom action that takes that many milliseconds and ends with that exit code."""
    return lambda milliseconds, exit_code=0, **options: Program(
        str(PROGRAMS / "sleeper.exe"), f"{milliseconds} {exit_code}", **options)
