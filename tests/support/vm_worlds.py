# SPDX-License-Identifier: GPL-3.0-or-later
"""A described host in files, runs over it, and a look at it that does not go through the helper."""

from __future__ import annotations

import json
import pathlib

from helper_process import Helper, HelperRun


class VmWorld:
    """A simulation file and its state. `vms` looks at the files and never at what the helper says."""

    def __init__(self, folder: pathlib.Path, simulation: dict):
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "host.json"
        self.state_file = folder / "host.json.state"
        self.describe(simulation)

    def describe(self, simulation: dict) -> None:
        self.simulation = simulation
        self.file.write_text(json.dumps(simulation))

    def start_over(self) -> None:
        self.state_file.unlink(missing_ok=True)

    def upgrade(self, arguments: dict, *switches: str, helper: Helper = Helper()) -> HelperRun:
        return helper.run("hyperv_vm_version", arguments | {"simulation": str(self.file)}, *switches)

    def arguments_text(self, arguments: dict) -> bytes:
        return json.dumps(arguments | {"simulation": str(self.file)}).encode()

    def state(self) -> dict:
        return json.loads(self.state_file.read_text()) if self.state_file.exists() else {}

    def vms(self) -> dict[str, dict]:
        """Of each VM (names are unique in these worlds) what a person would see."""
        seen = {vm["name"]: {"version": vm["version"], "state": vm.get("state", "off"),
                             "saved_checkpoints": vm.get("saved_checkpoints", [])}
                for vm in self.simulation["vms"]}
        for row in self.state().get("vms", []):
            seen[row["name"]] = {field: row[field] for field in ("version", "state", "saved_checkpoints")}
        return seen

    def calls(self) -> dict[str, dict[str, int]]:
        """How often each method really ran, by VM."""
        return {row["name"]: row.get("calls", {}) for row in self.state().get("vms", [])}
