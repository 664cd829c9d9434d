# SPDX-License-Identifier: GPL-3.0-or-later
"""Another installation holds the installer: it is waited for, and what it changed is seen. Wine's installer has no mutex
of its own, so a small program holds it."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import time

from conftest import HELPER, PROGRAMS, Windows
from helper_process import answer_in
from packages import Package
from wine import windows_path


@contextlib.contextmanager
def installer_held(windows: Windows, milliseconds: int):
    """Another installation that goes on for so long."""
    holder = subprocess.Popen(windows.prefix.command(PROGRAMS / "hold_installer.exe", str(milliseconds)),
                              env=windows.prefix.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline().strip() == b"held"
        yield holder
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


@contextlib.contextmanager
def upgrade_begun(windows: Windows, package: Package, **arguments: object):
    """A run over one package that has begun and may go on."""
    process = subprocess.Popen([*windows.prefix.command(HELPER), "msi_product_version"], env=windows.prefix.env,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdin.write(json.dumps({"path": windows_path(package.make()), **arguments}).encode())
    process.stdin.close()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def answer_of(process: subprocess.Popen) -> dict:
    stdout = process.stdout.read()
    process.wait(timeout=60)
    return answer_in(stdout)


def test_another_installation_is_waited_for_and_then_the_upgrade_is_done(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    with installer_held(windows, 1500) as holder:
        answer = windows.upgrade(new)
        assert holder.wait(timeout=10) == 0
    assert windows.registered_version(new) == "1.1.0"
    row = answer["targets"][0]
    assert (answer["failed"], row["outcome"]) == (False, "upgraded")
    assert row["duration_ms"] >= 500


def test_an_installer_that_stays_busy_fails_at_installer_timeout_with_nothing_done(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    with installer_held(windows, 30000):
        answer = windows.upgrade(new, installer_timeout=1)
        assert windows.registered_version(old) == "1.0.0"
    row = answer["targets"][0]
    assert (answer["changed"], answer["failed"], row["outcome"]) == (False, True, "failed")
    assert row["error"]["kind"] == "busy"
    assert (row["error"]["code"], row["error"]["symbol"]) == ("1618", "ERROR_INSTALL_ALREADY_RUNNING")
    assert windows.upgrade(new)["targets"][0]["outcome"] == "upgraded"


def test_a_busy_installer_fails_at_once_where_the_user_does_not_want_to_wait(windows, family):
    package = Package(family=family)

    with installer_held(windows, 30000):
        begun = time.monotonic()
        answer = windows.upgrade(package, when_absent="install", installer_timeout=0)
        assert time.monotonic() - begun < 10
    assert windows.registered_version(package) is None
    assert answer["targets"][0]["error"]["kind"] == "busy"


def test_check_mode_does_not_wait_for_the_installer(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    with installer_held(windows, 30000) as holder:
        row = windows.upgrade(new, check=True)["targets"][0]
        assert holder.poll() is None
    assert row["outcome"] == "would_upgrade"


def test_nothing_to_do_does_not_wait_for_the_installer(windows, family):
    package = Package(family=family)
    windows.install(package)

    with installer_held(windows, 30000) as holder:
        assert windows.upgrade(package)["targets"][0]["outcome"] == "unchanged"
        assert holder.poll() is None


def test_what_the_other_installation_brought_meanwhile_is_not_installed_again(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    with installer_held(windows, 3000), upgrade_begun(windows, new) as run:
        time.sleep(0.5)
        done = windows.prefix.run("msiexec.exe", "/i", windows_path(new.make()), "REINSTALL=ALL", "REINSTALLMODE=vomus", "/qn")
        assert done.returncode == 0
        answer = answer_of(run)
    assert windows.registered_version(new) == "1.1.0"
    assert (answer["changed"], answer["failed"]) == (False, False)
    assert answer["targets"][0]["outcome"] == "unchanged"
    assert answer["targets"][0]["classification"] == "same"


def test_a_newer_version_that_came_meanwhile_is_left_alone(windows, family):
    old, new, newest = (Package(version, version[0], family=family) for version in ("1.0.0", "2.0.0", "3.0.0"))
    windows.install(old)

    with installer_held(windows, 3000), upgrade_begun(windows, new) as run:
        time.sleep(0.5)
        windows.install(newest)
        answer = answer_of(run)
    assert windows.registered_version(newest) == "3.0.0"
    assert windows.registered_version(new) is None
    assert answer["targets"][0]["classification"] == "newer_installed"


def test_a_product_that_vanished_meanwhile_is_absent(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    with installer_held(windows, 3000), upgrade_begun(windows, new, when_absent="skip") as run:
        time.sleep(0.5)
        assert windows.prefix.run("msiexec.exe", "/x", old.product_code, "/qn").returncode == 0
        answer = answer_of(run)
    assert windows.registered_version(new) is None
    assert (answer["failed"], answer["targets"][0]["outcome"]) == (False, "skipped")


def test_an_interrupt_while_waiting_is_answered_and_nothing_was_begun(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)

    with installer_held(windows, 30000), upgrade_begun(windows, new) as run:
        time.sleep(1)
        run.send_signal(signal.SIGINT)
        answer = answer_of(run)
    assert windows.registered_version(old) == "1.0.0"
    assert (answer["changed"], answer["failed"]) == (False, True)
    assert answer["error"]["kind"] == "cancelled"
    assert windows.upgrade(old)["warnings"] == []
