# SPDX-License-Identifier: GPL-3.0-or-later
"""Random described hosts and requests, the same for the same seed, and what may be said of them without the helper."""

from __future__ import annotations

import random

RELEASES = ["5.0", "8.0", "8.1", "8.2", "8.3", "9.0", "9.1", "9.2", "9.3", "10.0", "10.5", "11.0", "11.1", "11.2", "12.0"]
PRERELEASES = ["254.0", "255.0"]
# Windows Server 2016, 2019, 2022 and 2025: build, default version, whether a version can be chosen.
SYSTEMS = [("14393", "8.0", False), ("17763", "9.0", False), ("20348", "10.0", True), ("26100", "12.0", True)]
OLDEST = {"14393": "5.0", "17763": "5.0", "20348": "8.0", "26100": "8.0"}
STATES = ["off"] * 6 + ["running"] * 6 + ["saved", "saved", "paused", "starting", "stopping", "other"]
REFUSING_CODES = [1, 2, 3, 4, 5, 6, 32768, 32769, 32770, 32773, 32775, 32777, 32778, 32779, 33000]
FAILING_JOB_STATES = [8, 9, 10]


def version_key(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def releases_up_to(build: str, highest: str) -> list[str]:
    lowest = version_key(OLDEST[build])
    return [release for release in RELEASES if lowest <= version_key(release) <= version_key(highest)]


class RandomWorld:
    """One simulation and one request about it."""

    def __init__(self, seed: int, hosts: int = 6, vms_per_host: int = 8):
        self.random = random.Random(seed)
        self.simulation: dict = {"hosts": [], "clusters": [], "vms": []}
        for number in range(hosts):
            self._add_host(f"hv{number}", vms_per_host)
        self.arguments = self._request()
        if self._chance(0.01):
            self._make_guests_stubborn()

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _add_host(self, name: str, vms: int) -> None:
        build, default, choosable = self.random.choice(SYSTEMS)
        host = {"name": name, "build": build, "default_version": default,
                "supported_versions": releases_up_to(build, default), "upgrade_settings_class": choosable}
        if self._chance(0.15):
            host["supported_versions"] = host["supported_versions"] + PRERELEASES
        if self._chance(0.06):
            host["access"] = self.random.choice(["denied", "no_role"])
        self.simulation["hosts"].append(host)
        if self._chance(0.2):
            self._make_cluster_of(host, build)
        for number in range(self.random.randrange(vms + 1)):
            self.simulation["vms"].append(self._vm(f"{name}-vm{number}", host))

    def _make_cluster_of(self, host: dict, build: str) -> None:
        """A cluster of that host and of another node, which may be older, of the same build, or beyond asking."""
        cluster = f"cluster-of-{host['name']}"
        host["cluster"] = cluster
        other = host["name"] + "-peer"
        level = {"14393": 9, "17763": 10, "20348": 11, "26100": 12}[build]
        row = {"name": cluster, "nodes": [host["name"], other], "functional_level": level}
        if self._chance(0.2):
            row["functional_level"] = level - 1
        self.simulation["clusters"].append(row)
        peer_build, peer_default, choosable = self.random.choice(SYSTEMS)
        peer = {"name": other, "build": peer_build, "default_version": peer_default, "cluster": cluster,
                "supported_versions": releases_up_to(peer_build, peer_default), "upgrade_settings_class": choosable}
        if self._chance(0.2):
            # One without a row would be out of reach, too, but only after seconds.
            peer |= {"access": "denied", "build": ""}
        self.simulation["hosts"].append(peer)

    def _vm(self, name: str, host: dict) -> dict:
        oldest = releases_up_to(host["build"], host["default_version"])
        versions = oldest + [host["default_version"]]
        vm: dict = {"name": name, "host": host["name"], "version": self.random.choice(versions),
                    "state": self.random.choice(STATES)}
        if self._chance(0.05):
            vm["version"] = self.random.choice(PRERELEASES + ["12.0"])
        if self._chance(0.12):
            vm["saved_checkpoints"] = self.random.sample(["before patch", "daily", "2024-01-01"], self.random.randint(1, 2))
        if self._chance(0.1):
            vm["replication"] = self.random.choice(["primary", "replica", "test_replica", "extended_replica"])
        if "cluster" in host:
            vm["clustered"] = self._chance(0.8)
        self._behave(vm)
        return vm

    def _behave(self, vm: dict) -> None:
        """Most VMs do as they are told, some do not."""
        upgrade, shutdown = {}, {}
        if self._chance(0.12):
            upgrade["return"] = self.random.choice(REFUSING_CODES + [0, 0, 0])
        elif self._chance(0.12):
            upgrade |= {"job_state": self.random.choice(FAILING_JOB_STATES), "error_code": self.random.choice([0, 32768, 32775]),
                        "error_description": "It failed."}
        elif self._chance(0.1):
            upgrade["job_state"] = 32768
        elif self._chance(0.05):
            upgrade |= {"job_state": 7, "error_code": 32768}
        elif self._chance(0.05):
            upgrade["vanishes"] = True
        if "return" not in upgrade and self._chance(0.3):
            upgrade["polls"] = self.random.randint(1, 3)
        if self._chance(0.08):
            shutdown["return"] = self.random.choice([32768, 32769, 32770, 32781])
        elif self._chance(0.04):
            vm["heartbeat"] = "no_contact"
        if upgrade:
            vm["upgrade"] = upgrade
        if shutdown:
            vm["shutdown"] = shutdown
        if self._chance(0.04):
            vm["foreign_job"] = {"polls": self.random.randint(1, 3)}

    def _make_guests_stubborn(self) -> None:
        """No guest goes off, or another client's job never ends. Kept to few worlds, since each costs real seconds."""
        self.arguments |= {"when_running": "shut_down", "force_off": False, "parallel": 64, "name": ["*"]}
        for number, vm in enumerate(self.simulation["vms"]):
            hindrance = {"foreign_job": {"seconds": 3600}} if number % 2 else {"shutdown": {"ignored": True}}
            vm |= {"state": "running", "version": "8.0"} | hindrance

    def _request(self) -> dict:
        choice = self.random.choice
        arguments: dict = {"timeout": 2, "shutdown_timeout": 1, "parallel": choice([4, 16, 64]),
                           "when_running": choice(["fail", "skip", "shut_down", "shut_down", "shut_down"]),
                           "when_saved": choice(["fail", "skip", "discard"]),
                           "when_checkpoint_saved": choice(["fail", "skip", "discard"]),
                           "restart": self._chance(0.8), "force_off": self._chance(0.3),
                           "replica": choice(["refuse", "allow"]), "cluster": self._chance(0.5)}
        names = [vm["name"] for vm in self.simulation["vms"]]
        arguments["name"] = choice([["*"], ["*"], ["*"], ["hv0*", "HV1-*"], self.random.sample(names, min(len(names), 5)) or ["*"]])
        if self._chance(0.3):
            arguments["name"] = arguments["name"] + ["gone"]
            arguments["when_absent"] = choice(["fail", "skip"])
        if self._chance(0.3):
            arguments["exclude"] = ["*vm3", "hv2*"]
        if self._chance(0.35):
            arguments["version"] = choice(["default", "8.0", "9.0", "10.0", "12.0", "10.5", "7.3"])
        if self._chance(0.1):
            arguments["stop_on_failure"] = True
        return arguments


def behaves(vm: dict) -> bool:
    """Whether Hyper-V and the guest do all that this VM is asked."""
    upgrade, shutdown = vm.get("upgrade", {}), vm.get("shutdown", {})
    return (upgrade.get("return", 4096) in (0, 4096) and upgrade.get("job_state", 7) in (7, 32768)
            and upgrade.get("error_code", 0) == 0 and not shutdown and vm.get("heartbeat", "ok") == "ok"
            and "seconds" not in vm.get("foreign_job", {}))
