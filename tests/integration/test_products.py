# SPDX-License-Identifier: GPL-3.0-or-later
"""Real packages from a playbook: upshift.exe under Wine, judged by the registry of the Wine prefix."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess

import pytest
import yaml
from ansible_playbook import AnsibleCore, run_file, run_playbook, task
from collection_tree import ROOT
from packages import Package
from wine import WINE, WinePrefix, windows_path

HELPER = pathlib.Path(os.environ.get("UPSHIFT_WINDOWS_HELPER", ROOT / "build" / "windows" / "upshift.exe"))
OLD, MINOR, MAJOR = Package("1.0.0", "1", family="playbook"), Package("1.1.0", "1", family="playbook"), Package("2.0.0", "2", family="playbook")
RUNTIME = Package("4.2.1", family="playbook-runtime", name="Upshift Runtime")

NEED_A_HOST = ("reboot", "reboot_timeout")


@pytest.fixture(scope="module")
def windows(core: AnsibleCore):
    with WinePrefix.create() as prefix:
        install(prefix, OLD)
        yield prefix


def install(prefix: WinePrefix, package: Package) -> None:
    done = prefix.run("msiexec.exe", "/i", windows_path(package.make()), "/qn")
    assert done.returncode == 0 and registered(prefix, package) == package.version


def registered(prefix: WinePrefix, package: Package) -> str | None:
    values = prefix.registry(package.uninstall_key)
    return values and values["DisplayVersion"]


def wine_only(prefix: WinePrefix) -> dict[str, str]:
    """The part of the environment that makes a program run in that prefix, as a task would set it."""
    return {name: value for name, value in prefix.env.items() if name.startswith("WINE")}


def upgrade(prefix: WinePrefix, name: str, *packages: Package, check: bool = False, **options: object) -> dict:
    return task(name, "msi_product_version", {"environment": wine_only(prefix), "check_mode": check, "diff": True},
                packages=[{"path": windows_path(package.make())} for package in packages],
                helper=[str(WINE), str(HELPER)], **options)


def under_wine(prefix: WinePrefix, example: dict) -> dict:
    """The same task over a local connection, without the options that need a Windows host."""
    kept = {}
    for key, options in example.items():
        if key.startswith("upshift.windows."):
            options = {name: value for name, value in (options or {}).items() if name not in NEED_A_HOST}
            options["helper"] = [str(WINE), str(HELPER)]
        kept[key] = options
    return kept | {"environment": wine_only(prefix)}


def test_a_product_is_upgraded_from_a_playbook_and_the_second_run_changes_nothing(core: AnsibleCore, windows, tmp_path):
    check = run_playbook(core, tmp_path, [upgrade(windows, "check", MINOR, check=True)])
    assert check.result("check")["targets"][0]["outcome"] == "would_upgrade"
    assert registered(windows, OLD) == "1.0.0"

    run = run_playbook(core, tmp_path, [upgrade(windows, "run", MINOR), upgrade(windows, "again", MINOR)])
    assert run.result("run")["changed"] is True
    assert run.result("run")["targets"][0]["classification"] == "minor_upgrade"
    assert "1.0.0" in run.result("run")["diff"]["before"] and "1.1.0" in run.result("run")["diff"]["after"]
    assert registered(windows, MINOR) == "1.1.0"
    assert run.result("again")["changed"] is False
    assert run.result("again")["targets"][0]["outcome"] == "unchanged"

    major = run_playbook(core, tmp_path, [upgrade(windows, "major", MAJOR), upgrade(windows, "again", MAJOR)])
    assert major.result("major")["targets"][0]["product_code"] == MAJOR.product_code
    assert registered(windows, MAJOR) == "2.0.0" and registered(windows, MINOR) is None
    assert major.result("again")["changed"] is False


def test_one_package_that_fails_is_named_and_the_other_is_installed(core: AnsibleCore, windows, tmp_path):
    broken = tmp_path / "no package.msi"
    broken.write_text("not a package", encoding="ascii")
    one = upgrade(windows, "two", RUNTIME, when_absent="install")
    one["upshift.windows.msi_product_version"]["packages"].insert(0, {"path": windows_path(broken)})
    run = run_playbook(core, tmp_path, [one])
    assert run.failed("two")
    result = run.result("two")
    assert result["changed"] is True
    assert [row["outcome"] for row in result["targets"]] == ["failed", "installed"]
    assert "1 failed" in result["msg"] and "no package.msi" in result["msg"]
    assert registered(windows, RUNTIME) == "4.2.1"


def test_the_info_module_lists_products_and_reads_packages(core: AnsibleCore, windows, tmp_path):
    look = task("look", "msi_product_version_info", {"environment": wine_only(windows)}, path=windows_path(MINOR.make()),
                helper=[str(WINE), str(HELPER)])
    result = run_playbook(core, tmp_path, [look]).result("look")
    assert result["changed"] is False
    assert result["packages"][0]["version"] == "1.1.0"
    assert result["packages"][0]["product_code"] == MINOR.product_code
    assert all(product["product_code"] and product["version"] for product in result["products"])


@pytest.mark.parametrize("module", ["msi_product_version", "msi_product_version_info"])
def test_the_examples_work_when_pasted_into_a_play(core: AnsibleCore, tmp_path, module):
    page = json.loads(subprocess.run([core.program("ansible-doc"), "--json", f"upshift.windows.{module}"], check=True,
                                     env=core.environment(tmp_path), capture_output=True, text=True, timeout=120).stdout)
    with WinePrefix.create() as prefix:
        example = {"1.0.0": OLD, "1.1.0": MINOR, "2.0.0": MAJOR}
        (prefix.path("C:\\") / "packages").mkdir()
        (prefix.path("C:\\") / "logs").mkdir()
        for version, package in example.items():
            shutil.copyfile(package.make(), prefix.path("C:\\packages") / f"example-{version}.msi")
        shutil.copyfile(RUNTIME.make(), prefix.path("C:\\packages") / "runtime-4.2.1.msi")
        for package in (OLD, RUNTIME):
            install(prefix, package)
        examples = yaml.safe_load(page[f"upshift.windows.{module}"]["examples"])
        run = run_playbook(core, tmp_path, [under_wine(prefix, example) for example in examples])
        assert run.exit_code == 0, run.output
        assert all(row["outcome"] == "ok" for row in run.rows)
        assert registered(prefix, MAJOR) == ("2.0.0" if module == "msi_product_version" else None)


def test_the_example_playbook_upgrades_a_product_and_then_changes_nothing(core: AnsibleCore, tmp_path):
    with WinePrefix.create() as prefix:
        install(prefix, OLD)
        playbook = ROOT / "playbooks" / "upgrade_product.yml"
        switches = ("-e", json.dumps({"package": windows_path(MINOR.make()), "wine_prefix": str(prefix.folder), "upshift_exe": str(HELPER)}))
        first = run_file(core, tmp_path, playbook, *switches)
        assert first.exit_code == 0, first.output
        assert registered(prefix, MINOR) == "1.1.0"
        second = run_file(core, tmp_path, playbook, *switches)
        assert second.exit_code == 0 and "changed=0" in second.output, second.output
