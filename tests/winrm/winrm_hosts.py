# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of this folder put on the host, and look for there."""

from __future__ import annotations

import json
import pathlib
import shutil
import time

import wine
import wmi_provider
from winrm_endpoint import WinRmEndpoint

BIN = "C:\\ProgramData\\Upshift\\bin"
RUNS = "C:\\ProgramData\\Upshift\\state\\runs"


def forget_helper(endpoint: WinRmEndpoint) -> None:
    shutil.rmtree(endpoint.host.path(BIN), ignore_errors=True)


def placed_helpers(endpoint: WinRmEndpoint) -> list[pathlib.Path]:
    return sorted(endpoint.host.path(BIN).glob("*/upshift.exe"))


class HyperVHost:
    """A Windows whose WMI is that of a described Hyper-V host."""

    def __init__(self, prefix: wine.WinePrefix, folder: pathlib.Path):
        self.prefix = prefix
        self._file = folder / "host.json"
        wmi_provider.install(prefix)
        wmi_provider.name_computer(prefix, "hv1")
        prefix.env["UPSHIFT_WMI_SIMULATION"] = wine.windows_path(self._file)

    def describe(self, *vms: dict) -> None:
        host = {"name": "hv1", "build": "26100", "default_version": "12.0"}
        rows = [{"host": "hv1", "version": "9.0", "state": "off"} | vm for vm in vms]
        self._file.write_text(json.dumps({"hosts": [host], "vms": rows}))
        self._file.with_name(self._file.name + ".state").unlink(missing_ok=True)
        shutil.rmtree(self.prefix.path(RUNS), ignore_errors=True)

    def run_begins(self) -> None:
        """Returns once a detached run has begun that has no answer yet."""
        deadline = time.monotonic() + 60
        while not any(not answer_of(run) for run in self.prefix.path(RUNS).glob("*.run")):
            assert time.monotonic() < deadline, "no run began"
            time.sleep(0.05)

    def run_ends(self) -> None:
        """Returns once every detached run has its answer."""
        deadline = time.monotonic() + 60
        while not all(answer_of(run) for run in self.prefix.path(RUNS).glob("*.run")):
            assert time.monotonic() < deadline, "a run does not end"
            time.sleep(0.05)


def answer_of(run: pathlib.Path) -> bytes:
    answer = run.with_suffix(".answer")
    return answer.read_bytes() if answer.exists() else b""
