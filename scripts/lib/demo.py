# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, shown: a real product under Wine and the VMs of a described host, upgraded by one playbook."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import textwrap

from collection_tree import make_collection_tree
from packages import Package
from wine import WinePrefix, windows_path

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "demo"
UPSHIFT_EXE = ROOT / "build" / "windows" / "upshift.exe"
ANSIBLE_PLAYBOOK = ROOT / "build" / "venv" / "newest" / "bin" / "ansible-playbook"

OLD = Package(version="1.0.0", product="1", family="demo-agent", name="Demo Agent")
NEW = Package(version="2.0.0", product="2", family="demo-agent", name="Demo Agent")

HOST = {
    "hosts": [{"name": "hv01", "default_version": "12.0",
               "supported_versions": ["8.0", "9.0", "10.0", "11.0", "12.0", "254.0"]}],
    "vms": [
        {"name": "web01", "version": "9.0", "state": "running", "shutdown": {"seconds": 1}, "upgrade": {"seconds": 1}},
        {"name": "web02", "version": "10.0", "state": "running", "upgrade": {"seconds": 1}},
        {"name": "db01", "version": "8.0", "state": "off", "upgrade": {"seconds": 2}},
        {"name": "db02", "version": "11.0", "state": "off", "upgrade": {"seconds": 1}},
        {"name": "app01", "version": "12.0", "state": "running"},
        {"name": "build01", "version": "12.0", "state": "off"},
        {"name": "vdi01", "version": "10.0", "state": "saved"},
        {"name": "lab01", "version": "254.0", "state": "off"},
    ],
}
# What a person who knows the rules expects afterwards: saved state is left alone, and so is a prerelease.
WANTED_VMS = {"web01": "12.0", "web02": "12.0", "db01": "12.0", "db02": "12.0", "app01": "12.0", "build01": "12.0",
              "vdi01": "10.0", "lab01": "254.0"}


def heading(text: str) -> None:
    print(f"\n\033[1m### {text}\033[0m\n" if sys.stdout.isatty() else f"\n### {text}\n", flush=True)


@dataclasses.dataclass(frozen=True)
class Setting:
    """Which collection is shown, by which Ansible, and in which folder all is made."""

    folder: pathlib.Path
    collections: pathlib.Path
    ansible_playbook: str
    playbook: str
    upshift_exe: pathlib.Path


def checkout() -> Setting:
    """This checkout itself, with the newest ansible-core."""
    return Setting(FOLDER, make_collection_tree(FOLDER / "collections"), str(ANSIBLE_PLAYBOOK), str(ROOT / "playbooks" / "demo.yml"),
                   UPSHIFT_EXE)


class Demo:
    """Everything the demo makes lies in one folder, which was empty before."""

    def __init__(self, prefix: WinePrefix, setting: Setting):
        self.prefix = prefix
        self.setting = setting
        self.host_file = setting.folder / "host.json"

    def prepare(self) -> None:
        self.host_file.write_text(json.dumps(HOST, indent=1))
        installed = self.prefix.run("msiexec.exe", "/i", windows_path(OLD.make()), "/qn")
        if installed.returncode != 0:
            raise SystemExit(f"demo: installing {OLD.name} {OLD.version} failed with {installed.returncode}")
        variables = {
            "demo_package": windows_path(NEW.make()),
            "demo_helper": self.prefix.command(self.setting.upshift_exe),
            "demo_environment": {name: value for name, value in self.prefix.env.items() if name.startswith("WINE")},
            "demo_host": str(self.host_file),
        }
        folder = self.setting.folder
        (folder / "ansible.cfg").write_text(f"[defaults]\ncollections_path = {self.setting.collections}\n"
                                            "localhost_warning = False\n[inventory]\ninventory_unparsed_warning = False\n")
        (folder / "variables.json").write_text(json.dumps(variables, indent=1))

    def play(self, *switches: str) -> str:
        """Runs the playbook, shows what Ansible prints, gives it back."""
        folder = self.setting.folder
        command = [self.setting.ansible_playbook, "-e", f"@{folder / 'variables.json'}", *switches, self.setting.playbook]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
        env = kept | {"ANSIBLE_CONFIG": str(folder / "ansible.cfg")}
        if sys.stdout.isatty():
            env["ANSIBLE_FORCE_COLOR"] = "1"
        done = subprocess.run(command, cwd=folder, env=env, text=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
        print(done.stdout, end="", flush=True)
        if done.returncode != 0:
            raise SystemExit(f"demo: the playbook ended with exit code {done.returncode}")
        return done.stdout

    def product_version(self) -> str:
        """By Wine's own registry tool: what "Apps & features" would show."""
        for package in (NEW, OLD):
            values = self.prefix.registry(package.uninstall_key)
            if values:
                return values.get("DisplayVersion", "unknown")
        return "not installed"

    def vm_versions(self) -> dict[str, str]:
        """By the state that the described host is in, read without Upshift."""
        versions = {vm["name"]: vm["version"] for vm in HOST["vms"]}
        state_file = self.setting.folder / "host.json.state"
        if state_file.exists():
            for vm in json.loads(state_file.read_text())["vms"]:
                versions[vm["name"]] = vm["version"]
        return versions


def changed_count(recap: str) -> int:
    return int(re.search(r"changed=(\d+)", recap).group(1))


def show_versions(demo: Demo) -> None:
    print(f"  {'product Demo Agent':<22}{demo.product_version()}")
    for name, version in demo.vm_versions().items():
        print(f"  {'VM ' + name:<22}{version}")


def show_by_hand(demo: Demo) -> None:
    wine = " ".join(f"{name}={shlex.quote(value)}" for name, value in demo.prefix.env.items()
                    if name in ("WINEPREFIX", "WINEDEBUG"))
    host = FOLDER / "by-hand.json"
    host.write_text(json.dumps(HOST, indent=1))
    arguments = json.dumps({"name": "*", "when_running": "shut_down", "when_saved": "skip", "simulation": str(host)})
    print(textwrap.dedent(f"""\
        # VMs of the same host, described once more (remove {host.name}.state to begin again):
        echo {shlex.quote(arguments)} | {ROOT}/build/linux/upshift hyperv_vm_version --check
        # What is installed in the demo's Windows:
        echo '{{"name": "Demo*"}}' | {wine} {' '.join(demo.prefix.command(UPSHIFT_EXE))} msi_product_version_info
        # The playbook:
        ANSIBLE_CONFIG={FOLDER}/ansible.cfg {ANSIBLE_PLAYBOOK} \\
            -e @{FOLDER}/variables.json --check --diff {ROOT}/playbooks/demo.yml"""))


def run(demo: Demo) -> list[str]:
    """Shows the whole; gives what did not come out as it must."""
    heading("Before: as other programs than Upshift see it")
    demo.prepare()
    show_versions(demo)
    before = (demo.product_version(), demo.vm_versions())
    heading("Check mode with differences: what would be done")
    demo.play("--check", "--diff")
    after_check = (demo.product_version(), demo.vm_versions())
    heading("For real")
    first = demo.play()
    heading("Again: nothing is left to do")
    second = demo.play()
    heading("After: as other programs than Upshift see it")
    show_versions(demo)

    promises = {
        "check mode changed nothing": after_check == before,
        "the first run changed both tasks' targets": changed_count(first) == 2,
        "the second run changed nothing": changed_count(second) == 0,
        f"the product is at {NEW.version}": demo.product_version() == NEW.version,
        "every VM is at the version it should be": demo.vm_versions() == WANTED_VMS,
    }
    print()
    for promise, kept in promises.items():
        print(f"  {'ok  ' if kept else 'NOT '}{promise}")
    return [promise for promise, kept in promises.items() if not kept]


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    windows = FOLDER / "windows"
    windows.mkdir()
    prefix = WinePrefix.create(windows)
    try:
        demo = Demo(prefix, checkout())
        broken = run(demo)
        heading("The same by hand")
        show_by_hand(demo)
    finally:
        prefix.stop()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
