# SPDX-License-Identifier: GPL-3.0-or-later
"""How a run over real packages behaves: names, reboots, noise, several packages, stopping."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess

from conftest import HELPER
from packages import Package
from wine import windows_path


def test_names_and_paths_outside_ascii_survive_both_ways(windows, tmp_path):
    family, name = "ümläut-продукт", 'Prüfung ☃ "Ж"'
    old, new = Package("1.0.0", family=family, name=name), Package("1.1.0", family=family, name=name)
    windows.install(old)
    folder = tmp_path / "Ordner ö ☃"
    folder.mkdir()
    path = windows_path(shutil.copy(new.make(), folder / f"{family}.msi"))

    row = windows.upshift("msi_product_version", {"path": path}).answer["targets"][0]
    assert windows.registered_version(new) == "1.1.0"
    assert windows.installed_text(new) == "1.1.0"
    assert windows.prefix.registry(new.uninstall_key)["DisplayName"] == name
    assert (row["outcome"], row["name"]) == ("upgraded", name)
    assert windows.prefix.path(row["log_path"]).exists()


def test_a_wanted_version_that_is_met_is_unchanged_without_the_package(windows, family):
    package = Package("1.1.0", family=family)
    windows.install(package)

    for selector in ({"product_code": package.product_code}, {"upgrade_code": package.family_code}):
        answer = windows.upshift(
            "msi_product_version", {"path": r"\\gone\share\package.msi", "version": "1.1.0", **selector}).answer
        assert (answer["changed"], answer["failed"]) == (False, False)
        assert answer["targets"][0]["outcome"] == "unchanged"
        assert answer["targets"][0]["version"] == "1.1.0"


def test_a_package_that_schedules_a_reboot_succeeds_and_says_so(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family, schedule_reboot=True)
    windows.install(old)

    answer = windows.upgrade(new)
    assert windows.registered_version(new) == "1.1.0"
    assert (answer["failed"], answer["changed"], answer["reboot_required"]) == (False, True, True)
    assert answer["targets"][0]["reboot_required"] is True


def test_noise_of_a_custom_action_does_not_spoil_the_one_line(windows, family, noisy):
    package = Package(family=family, programs=(noisy,))

    run = windows.upshift(
        "msi_product_version", {"path": windows_path(package.make()), "when_absent": "install"})
    assert windows.registered_version(package) == "1.0.0"
    assert run.answer["targets"][0]["outcome"] == "installed"
    assert b"noise on" not in run.stdout


def test_packages_are_done_in_the_order_given(windows, family):
    steps = [Package("1.0.0", family=family), Package("1.1.0", family=family), Package("2.0.0", "2", family=family)]

    answer = windows.upgrade(*steps, when_absent="install")
    assert windows.registered_version(steps[2]) == "2.0.0"
    assert windows.registered_version(steps[0]) is None
    assert [row["outcome"] for row in answer["targets"]] == ["installed", "upgraded", "upgraded"]
    assert windows.upgrade(steps[2])["changed"] is False


def test_a_log_goes_where_the_user_wants_it(windows, family):
    package = Package(family=family)
    log = r"C:\Übersicht.log"

    answer = windows.upshift("msi_product_version", {
        "path": windows_path(package.make()), "when_absent": "install", "log_path": log}).answer
    assert answer["targets"][0]["log_path"] == log
    assert b"INSTALL" in windows.prefix.path(log).read_bytes()


def test_a_log_in_a_folder_that_is_not_there_is_refused_before_anything_runs(windows, family):
    package = Package(family=family)
    arguments = {"path": windows_path(package.make()), "when_absent": "install", "log_path": r"C:\nowhere\at all\agent.log"}

    for switches in (("--check",), ()):
        row = windows.upshift("msi_product_version", arguments, *switches).answer["targets"][0]
        assert (row["outcome"], row["error"]["kind"]) == ("failed", "refused")
        assert r"C:\nowhere\at all\agent.log" in row["error"]["found"]
    assert windows.registered_version(package) is None
    assert not windows.prefix.path(r"C:\nowhere").exists()


def test_progress_names_the_package_and_its_actions_on_standard_error(windows, family):
    package = Package(family=family)

    run = windows.upshift("msi_product_version", {"path": windows_path(package.make()), "when_absent": "install"},
                          "--progress", "json")
    events = [json.loads(line) for line in run.stderr.splitlines()]
    assert {event["target"] for event in events} == {f"{family}.msi"}
    assert any("InstallFiles" in event.values() for event in events)
    assert run.answer["targets"][0]["outcome"] == "installed"


def test_a_package_that_takes_longer_than_timeout_is_told_as_going_on_where_wine_does_not_cancel(
        windows, family, sleeper):
    slow, next_one = Package(family=family, programs=(sleeper(30000),)), Package(family=family + "-next")

    answer = windows.upgrade(slow, next_one, when_absent="install", timeout=1)
    assert windows.registered_version(next_one) is None
    assert [row["outcome"] for row in answer["targets"]] == ["failed", "skipped"]
    row = answer["targets"][0]
    assert row["error"]["kind"] == "timeout"
    assert "the installation goes on" in row["error"]["found"]
    assert windows.prefix.path(row["log_path"]).exists()
    assert answer["targets"][1]["reason"] == "It was not begun: an earlier installation still goes on."


def test_an_interrupt_during_a_slow_package_is_answered_and_begins_no_further_one(windows, family, sleeper):
    slow, next_one = Package(family=family, programs=(sleeper(30000),)), Package(family=family + "-next")
    paths = [{"path": windows_path(package.make())} for package in (slow, next_one)]
    arguments = {"packages": paths, "when_absent": "install"}

    process = subprocess.Popen(
        [*windows.prefix.command(HELPER), "msi_product_version", "--progress", "json"], env=windows.prefix.env,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(json.dumps(arguments).encode())
    process.stdin.close()
    for line in process.stderr:
        if b"RunProgram" in line:
            break
    process.send_signal(signal.SIGINT)
    answer = json.loads(process.stdout.read())
    process.wait(timeout=60)
    process.stderr.close()

    assert windows.registered_version(next_one) is None
    assert answer["failed"] is True
    assert answer["error"]["kind"] == "cancelled"
    assert [row["outcome"] for row in answer["targets"]] == ["failed", "skipped"]
    assert answer["targets"][0]["error"]["kind"] == "cancelled"
    assert answer["targets"][1]["reason"] == "It was not begun: the run was told to stop."
