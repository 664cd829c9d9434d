# SPDX-License-Identifier: GPL-3.0-or-later
"""Product upgrades under Wine: the helper against msiexec, and against a bare program where there is nothing to do."""

from __future__ import annotations

import json
import pathlib

from packages import Package
from timing import median_ratio, timed_run
from wine import WinePrefix, windows_path

ROOT = pathlib.Path(__file__).resolve().parents[2]
HELPER = ROOT / "build" / "windows" / "upshift.exe"
BARE = ROOT / "build" / "windows-mingw" / "tests" / "windows" / "installed_version.exe"

OLD = Package(version="1.0.0", product="1", family="bench", name="Bench")
MINOR = Package(version="1.1.0", product="1", family="bench", name="Bench")
MAJOR = Package(version="2.0.0", product="2", family="bench", name="Bench")
AS_MINOR = ("REINSTALL=ALL", "REINSTALLMODE=vomus")


class Bench:
    """One Windows, in which products come and go."""

    def __init__(self, prefix: WinePrefix):
        self.prefix = prefix

    def msiexec(self, *arguments: str) -> float:
        return timed_run(self.prefix.command("msiexec.exe", *arguments, "/qn"), env=self.prefix.env).seconds

    def install(self, package: Package, *properties: str) -> float:
        return self.msiexec("/i", windows_path(package.make()), *properties)

    def remove(self, package: Package) -> None:
        self.msiexec("/x", package.product_code)

    def helper(self, package: Package) -> float:
        arguments = json.dumps({"path": windows_path(package.make())}).encode()
        return timed_run(self.prefix.command(HELPER, "msi_product_version"), arguments, self.prefix.env).seconds

    def installed_version(self, package: Package) -> str:
        values = self.prefix.registry(package.uninstall_key) or {}
        return values.get("DisplayVersion", "")

    def upgrade_ratio(self, package: Package, *properties: str, pairs: int) -> float:
        def timed(upgrade) -> float:
            self.install(OLD)
            seconds = upgrade()
            found = self.installed_version(package)
            if found != package.version:
                raise RuntimeError(f"after the upgrade the registry shows {found!r}, not {package.version}")
            self.remove(package)
            return seconds

        return median_ratio(lambda: timed(lambda: self.helper(package)),
                            lambda: timed(lambda: self.install(package, *properties)), pairs)


def minor_upgrade() -> float:
    with WinePrefix.create() as prefix:
        return Bench(prefix).upgrade_ratio(MINOR, *AS_MINOR, pairs=15)


def major_upgrade() -> float:
    with WinePrefix.create() as prefix:
        return Bench(prefix).upgrade_ratio(MAJOR, pairs=15)


def nothing_to_do() -> float:
    with WinePrefix.create() as prefix:
        bench = Bench(prefix)
        bench.install(MINOR)
        bare = prefix.command(BARE, windows_path(MINOR.make()))
        return median_ratio(lambda: bench.helper(MINOR), lambda: timed_run(bare, env=prefix.env).seconds, 25)
