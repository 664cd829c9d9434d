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
TEN_OLD = [Package(version="1.0.0", family=f"bench-ten-{n}") for n in range(10)]
TEN_NEW = [Package(version="1.1.0", family=f"bench-ten-{n}") for n in range(10)]
MANY = [Package(version="1.0.0", family=f"bench-many-{n}") for n in range(200)]
# 49 upgrades, and one first installation that msiexec can do time and again.
ABSENT = Package(version="1.0.0", family="bench-absent")
FIFTY = [Package(version="1.1.0", family=f"bench-many-{4 * n}") for n in range(49)] + [ABSENT]


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

    def helper(self, *packages: Package, switches: tuple[str, ...] = (), **arguments: str) -> float:
        paths = [{"path": windows_path(package.make())} for package in packages]
        given = json.dumps({"packages": paths, **arguments}).encode()
        return timed_run(self.prefix.command(HELPER, "msi_product_version", *switches), given, self.prefix.env).seconds

    def expect_check(self, *packages: Package) -> None:
        """Raises where check mode does not find something to do for every package."""
        paths = [{"path": windows_path(package.make())} for package in packages]
        done = self.prefix.run(HELPER, "msi_product_version", "--check",
                               stdin=json.dumps({"packages": paths, "when_absent": "install"}).encode())
        found = [row["outcome"] for row in json.loads(done.stdout)["targets"]]
        if set(found) != {"would_upgrade", "would_install"} or len(found) != len(packages):
            raise RuntimeError(f"check mode found {found}")

    def installed_version(self, package: Package) -> str:
        values = self.prefix.registry(package.uninstall_key) or {}
        return values.get("DisplayVersion", "")

    def expect(self, *packages: Package) -> None:
        """Raises where the registry does not show every package's version."""
        for package in packages:
            found = self.installed_version(package)
            if found != package.version:
                raise RuntimeError(f"the registry shows {found!r} for {package.family}, not {package.version}")

    def upgrade_ratio(self, package: Package, *properties: str, pairs: int) -> float:
        def timed(upgrade) -> float:
            self.install(OLD)
            seconds = upgrade()
            self.expect(package)
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


def ten_packages() -> float:
    """One call that does ten minor upgrades, against ten calls of msiexec."""
    with WinePrefix.create() as prefix:
        bench = Bench(prefix)

        def timed(upgrade) -> float:
            for old in TEN_OLD:
                bench.install(old)
            seconds = upgrade()
            bench.expect(*TEN_NEW)
            for new in TEN_NEW:
                bench.remove(new)
            return seconds

        return median_ratio(lambda: timed(lambda: bench.helper(*TEN_NEW)),
                            lambda: timed(lambda: sum(bench.install(new, *AS_MINOR) for new in TEN_NEW)), 9)


def check_fifty_packages() -> float:
    """Check mode over 50 packages where 200 products are installed, per package, against one installation."""
    with WinePrefix.create() as prefix:
        bench = Bench(prefix)
        bench.helper(*MANY, when_absent="install")
        bench.expect(*MANY)
        bench.expect_check(*FIFTY)

        def install_one() -> float:
            seconds = bench.install(ABSENT)
            bench.expect(ABSENT)
            bench.remove(ABSENT)
            return seconds

        return median_ratio(
            lambda: bench.helper(*FIFTY, switches=("--check",), when_absent="install") / len(FIFTY), install_one, 15)
