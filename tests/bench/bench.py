# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints a table of measures with their targets; exits 1 where one falls short.

Times are ratios of two programs that ran in turn in this very run, or seconds beyond those that the work is told to take:
the median over several.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import pathlib
import sys
from collections.abc import Callable

import products
import virtual_machines
import windows_tasks

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Measure:
    name: str
    what: str
    unit: str
    target: float  # at most
    run: Callable[[], float]


MEASURES = [
    Measure("minor_upgrade", "minor upgrade, against msiexec /i … REINSTALL=ALL REINSTALLMODE=vomus /qn", "times", 0.9,
            products.minor_upgrade),
    Measure("major_upgrade", "major upgrade, against msiexec /i … /qn", "times", 0.95, products.major_upgrade),
    Measure("nothing_to_do", "nothing to do, against a bare exe that asks msi.dll the same", "times", 1.3,
            products.nothing_to_do),
    Measure("ten_packages", "ten minor upgrades in one call, against ten calls of msiexec", "times", 0.6,
            products.ten_packages),
    Measure("check_50_packages", "--check over 50 packages and 200 installed products, per package, against msiexec "
            "installing one", "times", 0.1, products.check_fifty_packages),
    Measure("check_10000_vms", "--check over 10,000 VMs, against 1,000 VMs", "times", 12, virtual_machines.time_ratio),
    Measure("check_10000_vms_memory", "--check over 10,000 VMs, peak memory", "MB", 80, virtual_machines.peak_memory_mb),
    Measure("jobs_at_once", "64 VMs whose jobs take a second, all at once: beyond that second", "s", 0.3,
            virtual_machines.seconds_beyond_the_job),
    Measure("few_of_10000_vms", "upgrading 100 of 10,000 VMs, jobs of 10 ms, CPU time, against --check over them", "times",
            2, virtual_machines.cpu_of_few_upgrades),
    Measure("com_jobs_at_once", "64 VMs whose jobs take a second, all at once, through WMI under Wine: beyond that second", "s", 0.4, virtual_machines.com_seconds_beyond_the_job),
    Measure("com_inventory", "inventory of 10,000 VMs through WMI under Wine, against a bare loop over the same rows, each less "
            "its own run over none", "times", 1.3, virtual_machines.com_inventory_ratio),
    Measure("task_requests", "a task on a Windows host in steady state, requests over WinRM, against a module that does nothing", "times", 1,
            windows_tasks.requests_ratio),
    Measure("task_bytes", "the same, bytes sent", "times", 1.3, windows_tasks.bytes_ratio),
    Measure("first_use_bytes", "the first task on a host: bytes sent beyond the helper as the connection encodes it", "kB", 200,
            windows_tasks.kilobytes_beyond_the_helper),
    Measure("size", "size of upshift.exe", "MB", 2.0,
            lambda: (ROOT / "build" / "windows" / "upshift.exe").stat().st_size / 1e6),
]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(measure.name for measure in MEASURES))
    parser.add_argument("--json", action="store_true", help="one line of JSON for each measure")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {measure.name for measure in MEASURES}
    if unknown:
        parser.error(f"unknown measure {sorted(unknown)[0]!r}; there are: {', '.join(m.name for m in MEASURES)}")
    return arguments


def main() -> int:
    arguments = parse_arguments()
    chosen = [measure for measure in MEASURES if not arguments.names or measure.name in arguments.names]
    all_ok = True
    if not arguments.json:
        print(f"{'measure':<24}{'value':>8} {'target':>9} {'':<6}{'':<6}what")
    for measure in chosen:
        value = measure.run()
        ok = value <= measure.target
        all_ok &= ok
        if arguments.json:
            print(json.dumps({"measure": measure.name, "value": round(value, 3), "unit": measure.unit,
                              "target": measure.target, "ok": ok}), flush=True)
        else:
            print(f"{measure.name:<24}{value:>8.2f} {'<= ' + format(measure.target, 'g'):>9} {measure.unit:<6}"
                  f"{'ok' if ok else 'SHORT':<6}{measure.what}", flush=True)
    return 0 if all_ok else 1


if __name__ == "__main__":
    sys.exit(main())
