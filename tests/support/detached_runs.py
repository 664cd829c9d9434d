# SPDX-License-Identifier: GPL-3.0-or-later
"""Begins detached runs of a helper, and asks about them."""

import pathlib
import subprocess
import time

from helper_process import Helper, finish


def run_files(tmp_path: pathlib.Path) -> list[pathlib.Path]:
    return sorted((tmp_path / "state" / "runs").glob("*"))


def upgrade_taking(described_host, helper: Helper, seconds: float, *vms: str) -> dict:
    described_host.describe(*[{"name": name, "version": "9.0", "state": "off", "upgrade": {"seconds": seconds}}
                              for name in vms or ("web01",)])
    return {"name": "*", "parallel": 1, "simulation": described_host.path_for(helper)}


def detach(helper: Helper, arguments: dict, *switches: str, wait: int = 0):
    return helper.run("hyperv_vm_version", arguments, "--detach", "--wait", str(wait), *switches)


def about(helper: Helper, *words: str):
    return finish(helper.start(*words, stdin=subprocess.DEVNULL))


def wait_for_run(tmp_path: pathlib.Path) -> str:
    deadline = time.monotonic() + 60
    while True:
        begun = [file.stem for file in run_files(tmp_path) if file.suffix == ".run"]
        if begun:
            return begun[0]
        assert time.monotonic() < deadline
        time.sleep(0.02)
