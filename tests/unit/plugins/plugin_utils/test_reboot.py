# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
import types

import pytest
from ansible.errors import AnsibleConnectionFailure
from ansible_collections.upshift.windows.plugins.plugin_utils import _reboot
from ansible_collections.upshift.windows.plugins.plugin_utils._reboot import Reboot, codes_in


class Host:
    """A host that answers the question for its start with what a list says; an error among that is raised."""

    def __init__(self, times, restart=None):
        self._times = iter(times)
        self._restart = restart or {"changed": False}
        self.commands = []
        self.resets = 0

    def run_module(self, name, arguments, command):
        assert (name, arguments) == ("helper", {})
        self.commands.append(command)
        if command[0] == "restart":
            return self._restart
        now = next(self._times)
        if isinstance(now, Exception):
            raise now
        return {"boot_time": now}

    def reset_connection(self):
        self.resets += 1


@pytest.fixture(autouse=True)
def seconds(monkeypatch):
    """A clock that only goes on where somebody sleeps."""
    clock = types.SimpleNamespace(now=0)
    monkeypatch.setattr(_reboot.time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(_reboot.time, "sleep", lambda duration: setattr(clock, "now", clock.now + duration))
    monkeypatch.setattr(_reboot, "display", types.SimpleNamespace(display=lambda _line: None))
    return clock


def test_a_host_is_there_again_once_it_has_another_time_of_start():
    host = Host(["1", AnsibleConnectionFailure("gone"), None, "2"])
    assert Reboot(host, "win", 600).restart("1") is None
    assert host.commands == [["restart", "2"], *[["boot_time"]] * 4]
    assert host.resets == 4


def test_a_restart_that_has_begun_is_not_asked_for():
    host = Host(["2"])
    assert Reboot(host, "win", 600).restart("1", already_begun=True) is None
    assert host.commands == [["boot_time"]]


def test_a_refused_restart_is_told_and_not_waited_for(seconds):
    host = Host([], restart={"failed": True, "msg": "shutdown.exe ended with 5"})
    assert Reboot(host, "win", 600).restart("1") == "The restart was refused: shutdown.exe ended with 5"
    assert seconds.now == 0


def test_a_host_that_does_not_start_in_time_is_told(seconds):
    told = Reboot(Host(itertools.repeat("1")), "win", 60).restart("1")
    assert told == "The host has not started again within 60 seconds (reboot_timeout)"
    assert seconds.now == 60


def test_an_error_that_is_not_of_the_connection_ends_the_waiting():
    with pytest.raises(KeyError):
        Reboot(Host([KeyError("x"), "2"]), "win", 600).restart("1")


@pytest.mark.parametrize(("targets", "codes"), [
    ([{"code": 1641}], {"1641"}), ([{"error": {"code": "1604"}}, {"code": 0}], {"1604", ""}), ([], set()), (None, set())])
def test_codes_are_those_of_the_targets_and_their_errors(targets, codes):
    assert codes_in({"targets": targets}) == codes
