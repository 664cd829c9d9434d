# SPDX-License-Identifier: GPL-3.0-or-later
"""Real COM over a described host: a Windows whose WMI is the tests' own provider, and what that provider noted."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib

import wine
from helper_process import WINDOWS_HELPER, Helper

LIBRARY = pathlib.Path(os.environ.get("UPSHIFT_WINDOWS_PROGRAMS",
                                      wine.ROOT / "build" / "windows-mingw" / "tests" / "windows")) / "wmi_provider.dll"
# CLSID_WbemLocator and CLSID_WbemObjectTextSrc.
CLASSES = ["{4590F811-1D3A-11D0-891F-00AA004B2E24}", "{8D1C559D-84F0-4BB3-A7D5-56A7435A9BA6}"]
COMPUTER_NAME = r"HKLM\System\CurrentControlSet\Control\ComputerName"


def install(prefix: wine.WinePrefix) -> None:
    """Puts the provider in the place of the prefix's own WMI."""
    for class_id in CLASSES:
        key = rf"HKLM\Software\Classes\CLSID\{class_id}\InprocServer32"
        set_value(prefix, key, "", wine.windows_path(LIBRARY))
        set_value(prefix, key, "ThreadingModel", "Both")


def name_computer(prefix: wine.WinePrefix, name: str) -> None:
    for key in ("ActiveComputerName", "ComputerName"):
        set_value(prefix, rf"{COMPUTER_NAME}\{key}", "ComputerName", name)


def set_value(prefix: wine.WinePrefix, key: str, name: str, value: str) -> None:
    named = ["/v", name] if name else ["/ve"]
    done = prefix.run("reg.exe", "add", key, *named, "/d", value, "/f")
    assert done.returncode == 0, done.stdout


@dataclasses.dataclass
class WmiHost:
    """One described host behind COM. The names of its files follow that of the described one."""

    prefix: wine.WinePrefix
    file: pathlib.Path

    def helper(self, read_only: bool = False) -> Helper:
        """Runs over COM: what it is given holds no simulation. Read-only as a check mode must be."""
        variables = {"UPSHIFT_WMI_SIMULATION": self.file, "UPSHIFT_WMI_RECORD": self.record_file,
                     "UPSHIFT_WMI_REFERENCES": self.reference_file, "UPSHIFT_STATE_DIR": self.journal_folder}
        env = self.prefix.env | {name: wine.windows_path(path) for name, path in variables.items()}
        if read_only:
            env["UPSHIFT_WMI_READ_ONLY"] = "1"
        return Helper(tuple(self.prefix.command(WINDOWS_HELPER)), env)

    @property
    def state_file(self) -> pathlib.Path:
        return self.file.with_name(self.file.name + ".state")

    @property
    def record_file(self) -> pathlib.Path:
        return self.file.with_suffix(".calls")

    @property
    def reference_file(self) -> pathlib.Path:
        return self.file.with_suffix(".references")

    @property
    def journal_folder(self) -> pathlib.Path:
        return self.file.with_suffix(".journal")

    def calls(self) -> list[dict]:
        """Every call that a client made, in order."""
        if not self.record_file.exists():
            return []
        return [json.loads(line) for line in self.record_file.read_text().splitlines()]

    def references_left(self) -> int:
        """How many references to objects of WMI the process that came last held when it ended."""
        last = max(self.file.parent.glob(f"{self.reference_file.name}.*"), key=lambda file: int(file.suffix[1:]))
        return int.from_bytes(last.read_bytes()[:8], "little", signed=True)
