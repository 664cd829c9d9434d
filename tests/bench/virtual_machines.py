# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode over described hosts with many VMs."""

from __future__ import annotations

import json
import pathlib
import statistics
import tempfile

from timing import Timed, median_ratio, timed_run

ROOT = pathlib.Path(__file__).resolve().parents[2]
HELPER = ROOT / "build" / "linux" / "upshift"


def described_host(folder: pathlib.Path, vms: int) -> pathlib.Path:
    """A host whose VMs are off and half of them at the host's default version."""
    host = {"name": "hv01", "default_version": "12.0", "supported_versions": ["9.0", "10.0", "11.0", "12.0"]}
    rows = [{"name": f"vm{number:05}", "host": "hv01", "version": "12.0" if number % 2 else "10.0", "state": "off"}
            for number in range(vms)]
    file = folder / f"host-{vms}.json"
    file.write_text(json.dumps({"hosts": [host], "vms": rows}))
    return file


def check(simulation: pathlib.Path) -> Timed:
    arguments = json.dumps({"name": "*", "simulation": str(simulation)}).encode()
    return timed_run([str(HELPER), "hyperv_vm_version", "--check"], arguments)


def time_ratio() -> float:
    with tempfile.TemporaryDirectory() as folder:
        many, few = (described_host(pathlib.Path(folder), vms) for vms in (10_000, 1_000))
        return median_ratio(lambda: check(many).seconds, lambda: check(few).seconds, 9)


def peak_memory_mb() -> float:
    with tempfile.TemporaryDirectory() as folder:
        many = described_host(pathlib.Path(folder), 10_000)
        return statistics.median(check(many).peak_bytes for _ in range(3)) / 1e6
