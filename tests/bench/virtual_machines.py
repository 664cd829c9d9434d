# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode over described hosts with many VMs, and upgrades of many at once."""

from __future__ import annotations

import json
import pathlib
import statistics
import tempfile

import wmi_provider
from timing import Timed, median_ratio, timed_run
from wine import WinePrefix, windows_path

ROOT = pathlib.Path(__file__).resolve().parents[2]
HELPER = ROOT / "build" / "linux" / "upshift"
WINDOWS_HELPER = ROOT / "build" / "windows" / "upshift.exe"
BARE_INVENTORY = wmi_provider.LIBRARY.parent / "summary_rows.exe"


def described_host(folder: pathlib.Path, vms: int, one_in: int = 2, job_seconds: float = 0) -> pathlib.Path:
    """A host whose VMs are off, one in so many below the host's default version, with jobs of that length."""
    host = {"name": "hv01", "default_version": "12.0", "supported_versions": ["9.0", "10.0", "11.0", "12.0"]}
    rows = [{"name": f"vm{number:05}", "host": "hv01", "version": "12.0" if number % one_in else "10.0", "state": "off"}
            for number in range(vms)]
    for row in rows if job_seconds else []:
        row["upgrade"] = {"seconds": job_seconds}
    file = folder / f"host-{vms}.json"
    file.write_text(json.dumps({"hosts": [host], "vms": rows}))
    return file


def upgrade_of(vms: int, one_in: int, job_seconds: float) -> tuple[Timed, Timed]:
    """A run over a new host, 64 VMs at once, after a check over the same host."""
    with tempfile.TemporaryDirectory() as folder:
        file = described_host(pathlib.Path(folder), vms, one_in, job_seconds)
        arguments = json.dumps({"name": "*", "parallel": 64, "simulation": str(file)}).encode()
        planned = timed_run([str(HELPER), "hyperv_vm_version", "--check"], arguments)
        done = timed_run([str(HELPER), "hyperv_vm_version"], arguments)
        upgraded = sum(row["version"] == "12.0" for row in json.loads((file.parent / (file.name + ".state")).read_text())["vms"])
        if upgraded != vms // one_in:
            raise RuntimeError(f"{upgraded} VMs were upgraded and not {vms // one_in}")
        return done, planned


def seconds_beyond_the_job() -> float:
    return statistics.median(upgrade_of(64, 1, 1.0)[0].seconds - 1 for _ in range(5))


def cpu_of_few_upgrades() -> float:
    runs = [upgrade_of(10_000, 100, 0.01) for _ in range(7)]
    return statistics.median(done.cpu_seconds / planned.cpu_seconds for done, planned in runs)


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


class ComHosts:
    """One Windows that is the described host hv01."""

    def __init__(self, prefix: WinePrefix, folder: str):
        self.prefix, self.folder = prefix, pathlib.Path(folder)
        wmi_provider.install(prefix)
        wmi_provider.name_computer(prefix, "hv01")

    def environment(self, file: pathlib.Path) -> dict:
        """Without the provider's record and count: they cost time that Windows does not take."""
        return self.prefix.env | {"UPSHIFT_WMI_SIMULATION": windows_path(file),
                                  "UPSHIFT_STATE_DIR": windows_path(self.folder / "journal")}

    def seconds(self, file: pathlib.Path, program: pathlib.Path, *words: str, arguments: dict | None = None) -> float:
        given = json.dumps(arguments or {}).encode()
        return timed_run(self.prefix.command(program, *words), given, self.environment(file)).seconds


def com_seconds_beyond_the_job() -> float:
    def once(hosts: ComHosts) -> float:
        file = described_host(hosts.folder, 64, 1, 1.0)
        seconds = hosts.seconds(file, WINDOWS_HELPER, "hyperv_vm_version", arguments={"name": "*", "parallel": 64})
        state = file.parent / (file.name + ".state")
        upgraded = sum(row["version"] == "12.0" for row in json.loads(state.read_text())["vms"])
        state.unlink()
        if upgraded != 64:
            raise RuntimeError(f"{upgraded} VMs were upgraded and not 64")
        return seconds - 1

    with WinePrefix.create() as prefix, tempfile.TemporaryDirectory() as folder:
        hosts = ComHosts(prefix, folder)
        return statistics.median(once(hosts) for _ in range(5))


def com_inventory_ratio() -> float:
    """Each less its own run over a host without VMs: what every program costs to start is not of the inventory."""
    with WinePrefix.create() as prefix, tempfile.TemporaryDirectory() as folder:
        hosts = ComHosts(prefix, folder)
        many, none = (described_host(hosts.folder, vms) for vms in (10_000, 0))

        def ours() -> float:
            many_seconds, none_seconds = (hosts.seconds(file, WINDOWS_HELPER, "hyperv_vm_version_info") for file in (many, none))
            return many_seconds - none_seconds

        def bare() -> float:
            return hosts.seconds(many, BARE_INVENTORY) - hosts.seconds(none, BARE_INVENTORY)

        return median_ratio(ours, bare, 7)
