# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows with products to be upgraded, ways to end a run there, and everything that is to be compared afterwards."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

import windows_registry
from helper_process import WINDOWS_HELPER, answer_in
from packages import Package, packed
from wine import WinePrefix, windows_path

HELPER = pathlib.Path(os.environ.get("UPSHIFT_WINDOWS_HELPER", WINDOWS_HELPER))
UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
CLASSES = r"HKLM\Software\Classes\Installer"
PRODUCTS, FEATURES = rf"{CLASSES}\Products", rf"{CLASSES}\Features"
INSTALLER = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Installer"
USER_DATA = rf"{INSTALLER}\UserData\S-1-5-18\Products"
KEYS = (CLASSES, INSTALLER, UNINSTALL)
# Once in some hundred times, when it is started beside others, Wine does not start a program and ends with one of these.
NOT_STARTED = (1, 127)
# ERROR_UNKNOWN_PRODUCT (1605), of which Linux sees the low 8 bits.
UNKNOWN_PRODUCT = 1605 & 0xFF
# How long a process may take from its start until it has loaded the installer. One whose parent ends while Wine starts
# it never does, and waits for ever: only Linux knows of it.
PATIENCE = 3
STATE = r"C:\ProgramData\Upshift\state"


@dataclasses.dataclass(frozen=True)
class Scenario:
    """Products that are installed, and the packages of one run over them."""

    name: str
    installed: tuple[Package, ...]
    packages: tuple[Package, ...]

    def arguments(self) -> dict:
        return {"packages": [{"path": windows_path(package.make())} for package in self.packages]}


class ProductWorld:
    """A Windows that runs. Use as a context: leaving it ends everything in it and deletes it."""

    def __init__(self, prefix: WinePrefix):
        self.prefix = prefix

    def __enter__(self) -> ProductWorld:
        return self

    def __exit__(self, *exception: object) -> None:
        self.prefix.__exit__(*exception)

    def install(self, *packages: Package) -> None:
        for package in packages:
            self._msiexec("/i", windows_path(package.make()))

    def go_back(self, scenario: Scenario) -> None:
        """From what the scenario's run leads to, to what it begins with."""
        for package in scenario.packages:
            self._msiexec("/x", package.product_code)
        self.install(*scenario.installed)

    def _msiexec(self, *words: str) -> None:
        """What a test begins with is not what it tests: once in some hundred times Wine fails to bring it about."""
        codes = []
        while len(codes) < 3:
            codes.append(self.prefix.run("msiexec.exe", *words, "/qn").returncode)
            if codes[-1] == 0 or (words[0] == "/x" and codes[-1] == UNKNOWN_PRODUCT and len(codes) > 1):
                return
        raise AssertionError(f"msiexec {' '.join(words)} ended with {codes}")

    def begin(self, scenario: Scenario) -> subprocess.Popen:
        process = subprocess.Popen([*self.prefix.command(HELPER), "msi_product_version"], env=self.prefix.env,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        process.stdin.write(json.dumps(scenario.arguments()).encode())
        process.stdin.close()
        process.stdin = None
        return process

    def upgrade(self, scenario: Scenario) -> dict:
        """A whole run and its answer."""
        for _ in range(2):
            process = self.begin(scenario)
            stdout, _ = process.communicate(timeout=120)
            if stdout or process.returncode not in NOT_STARTED:
                break
        return answer_in(stdout)

    def wait_for_orphans(self) -> None:
        """On Windows the installer goes on after a helper that was killed, and its mutex says so. Wine has neither: there
        the msiexec processes that remove old products go on, and nothing but their being there says it."""
        begun = time.monotonic()
        while orphans := [process for process, command in self._processes().items() if "msiexec" in command]:
            assert time.monotonic() - begun < 60, "a msiexec process does not end"
            if time.monotonic() - begun > PATIENCE:
                for process in orphans:
                    if not _has_begun(process):
                        _send(process, signal.SIGKILL)
            time.sleep(0.005)

    def end_everything(self) -> None:
        """A power cut, and a new start: every process of this Windows ends at once. The registry, which the wineserver
        holds, is written to its files as it is then."""
        deadline = time.monotonic() + 60
        while processes := self._processes():
            assert time.monotonic() < deadline, "a process of this Windows does not end"
            # A program may just have started another one.
            others = [process for process, command in processes.items() if "wineserver" not in command.split("\0")[0]]
            for process in others or processes:
                _send(process, signal.SIGKILL if others else signal.SIGTERM)
            time.sleep(0.002)
        self.prefix.stop()
        self.prefix.start()

    def recover(self, scenario: Scenario) -> None:
        """A kill in the middle of registering a product, or of removing it, leaves one that Wine's installer takes for
        installed at one time and for unknown or advertised at another, or its name alone in its family. The service of
        Windows outlives the helper, and rolls back or carries on when it starts again after a power cut; Wine has nothing
        that does: here what is left of such a product's registration is taken out."""
        registry = self._registry()
        for package in scenario.installed + scenario.packages:
            code = packed(package.product_code)
            product = rf"{USER_DATA}\{code}"
            keys = (rf"{UNINSTALL}\{package.product_code}", rf"{PRODUCTS}\{code}", rf"{FEATURES}\{code}",
                    rf"{product}\InstallProperties", rf"{product}\Features")
            is_there = any(key.lower() in registry for key in (*keys, product))
            if is_there and all(registry.get(key.lower()) for key in keys):
                continue
            for key in (*keys, product) if is_there else ():
                self.prefix.run("reg.exe", "delete", key, "/f")
            for key in self.name_in_family(package):
                if code in registry.get(key.lower(), {}):
                    self.prefix.run("reg.exe", "delete", key, "/v", code, "/f")

    @staticmethod
    def name_in_family(package: Package) -> list[str]:
        """The keys that hold the product's code under its upgrade code."""
        return [rf"{root}\UpgradeCodes\{packed(package.family_code)}" for root in (CLASSES, INSTALLER)]

    def forget_the_journal(self) -> None:
        shutil.rmtree(self.prefix.path(STATE), ignore_errors=True)

    def journal(self) -> list[str]:
        folder = self.prefix.path(STATE)
        return sorted(file.name for file in folder.iterdir()) if folder.exists() else []

    def looks(self) -> dict:
        """The installer's registry by key, and the texts of the installed files by path."""
        registry = {key: _without_chance(key, values) for key, values in self._registry().items()}
        files = {}
        for folder in ("Program Files", "Program Files (x86)"):
            here = self.prefix.path("C:\\" + folder)
            files |= {str(file.relative_to(here)): file.read_text(encoding="utf-8") for file in here.rglob("*.txt")}
        return registry | files

    def _registry(self) -> dict[str, dict[str, str]]:
        """Read by one program for all keys: each start takes its time."""
        files = [self.prefix.path(r"C:\windows\temp") / f"look{number}.reg" for number in range(len(KEYS))]
        exports = [f"reg export {key} {windows_path(file)} /y" for key, file in zip(KEYS, files)]
        for _ in range(3):
            self.prefix.run("cmd.exe", "/c", " & ".join(exports))
            if all(file.exists() for file in files):
                break
        found = {}
        for key, file in zip(KEYS, files):
            found |= windows_registry.parse(file.read_text(encoding="utf-16"), key)
            file.unlink()
        return found

    def _processes(self) -> dict[int, str]:
        """Command lines by process number of everything that runs in this Windows."""
        mark = f"WINEPREFIX={self.prefix.folder}\0".encode()
        found = {}
        for folder in pathlib.Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    if mark in (folder / "environ").read_bytes():
                        found[int(folder.name)] = (folder / "cmdline").read_bytes().decode(errors="replace")
                except OSError:
                    continue  # it has ended meanwhile
        return found


def _without_chance(key: str, values: dict[str, str]) -> dict[str, object]:
    """The installer gives its copy of a package a random name; and it numbers the folders that it installed from, in which
    one folder may stand twice after it was used twice."""
    if key.endswith("\\sourcelist\\net"):
        return {"folders": set(values.values())}
    return {name: value.rpartition(";")[2] if name == "LastUsedSource" else value
            for name, value in values.items() if name != "LocalPackage"}


def _has_begun(process: int) -> bool:
    try:
        return "/msi.dll" in pathlib.Path(f"/proc/{process}/maps").read_text(encoding="utf-8")
    except OSError:
        return True  # it has ended


def _send(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass
