# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
import types

import pytest
from ansible.errors import AnsibleConnectionFailure
from ansible_collections.upshift.windows.plugins.plugin_utils import _reboot
from ansible_collections.upshift.windows.plugins.plugin_utils._reboot import MOST_RESTARTS, Reboot, codes_in, run_and_restart, take_options


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
        if isinstance(self._restart, Exception) and command[0] == "restart":
            raise self._restart
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
    host = Host(["1", "1", AnsibleConnectionFailure("gone"), None, "2"])
    assert Reboot(host, "win", 600).restart("1") is None
    assert host.commands == [["boot_time"], ["restart", "2"], *[["boot_time"]] * 4]
    assert host.resets == 4


@pytest.mark.parametrize("answer", [AnsibleConnectionFailure("gone"), {"failed": True, "module_stdout": "", "msg": "MODULE FAILURE"}],
                         ids=["no connection", "cut off"])
def test_a_host_that_goes_down_while_it_is_asked_is_waited_for(answer):
    assert Reboot(Host(["1", "2"], restart=answer), "win", 600).restart("1") is None


@pytest.mark.parametrize("first_look", ["2", AnsibleConnectionFailure("gone")], ids=["told", "out of reach"])
def test_a_restart_during_the_run_is_not_taken_for_the_one_that_was_asked_for(first_look):
    host = Host([first_look, "2", "3"])
    assert Reboot(host, "win", 600).restart("1" if first_look == "2" else "2") is None
    assert host.commands == [["boot_time"], ["restart", "2"], ["boot_time"], ["boot_time"]]


def test_a_refused_restart_is_told_and_not_waited_for(seconds):
    host = Host(["1"], restart={"failed": True, "msg": "shutdown.exe ended with 5"})
    assert Reboot(host, "win", 600).restart("1") == "The restart was refused: shutdown.exe ended with 5"
    assert seconds.now == 0


def test_a_host_that_does_not_start_in_time_is_told(seconds):
    told = Reboot(Host(itertools.repeat("1")), "win", 60).restart("1")
    assert told == "The host has not started again within 60 seconds (reboot_timeout)"
    assert seconds.now == 60


def test_an_error_that_is_not_of_the_connection_ends_the_waiting():
    with pytest.raises(KeyError):
        Reboot(Host([KeyError("x"), "2"]), "win", 600).restart("1")


def test_a_restart_that_has_begun_is_waited_for_and_not_asked_for():
    host = Host(["1", "2"])
    assert Reboot(host, "win", 600).restart("1", has_begun=True) is None
    assert host.commands == [["boot_time"]] * 2


DONE = {"changed": True, "msg": "1 upgraded", "reboot_required": False, "targets": [{}]}
ASKS = dict(DONE, reboot_required=True)
BEGUN = dict(ASKS, targets=[{"reboot_initiated": True}])
SUSPENDED = dict(ASKS, failed=True, targets=[{"error": {"code": "1604"}}])
FAILED = dict(ASKS, failed=True, targets=[{"error": {"code": "1603"}}])


def each_time_anew():
    """Of a host that is asked once before each restart and once after it."""
    return itertools.chain.from_iterable((start, start + 1) for start in itertools.count(1))


def after_restarts(answers, times=None):
    """What becomes of these answers of a host that started at 1, and how often it was restarted or asked for it."""
    host = Host(map(str, times or each_time_anew()))
    restart, left = Reboot(host, "win", 60), iter(answers)
    restart.started = "1"
    return run_and_restart(restart, lambda: dict(next(left))), host.commands.count(["restart", "2"])


@pytest.mark.parametrize(("answers", "outcome", "asked"), [
    ([DONE], DONE, 0), ([FAILED], FAILED, 0),
    ([ASKS], dict(DONE, rebooted=True), 1),
    ([BEGUN], dict(BEGUN, reboot_required=False, rebooted=True), 0),
    ([SUSPENDED, DONE], dict(DONE, rebooted=True), 1),
    ([SUSPENDED, ASKS], dict(DONE, rebooted=True), 2),
    ([SUSPENDED, FAILED], dict(FAILED, rebooted=True), 1),
    ([SUSPENDED] * 9, dict(SUSPENDED, rebooted=True), MOST_RESTARTS),
])
def test_a_host_is_restarted_as_often_as_the_answers_ask_for_it(answers, outcome, asked):
    assert after_restarts(answers) == (outcome, asked)


def test_a_restart_that_does_not_come_fails_the_task_and_is_not_tried_again():
    result, asked = after_restarts([ASKS], times=[1] * 99)
    assert (result["failed"], result["reboot_required"], result.get("rebooted"), asked) == (True, True, None, 1)
    assert result["msg"] == "1 upgraded. The host has not started again within 60 seconds (reboot_timeout)"


@pytest.mark.parametrize(("targets", "codes"), [([{"error": {"code": "1604"}}, {}], {"1604", ""}), ([], set()), (None, set())])
def test_codes_are_those_of_the_targets_errors(targets, codes):
    assert codes_in({"targets": targets}) == codes


@pytest.mark.parametrize(("given", "taken"), [
    ({}, (False, 600)), ({"reboot": None, "reboot_timeout": None}, (False, 600)), ({"reboot": "no"}, (False, 600)),
    ({"reboot": True, "reboot_timeout": 60}, (True, 60)), ({"reboot": "yes", "reboot_timeout": "60"}, (True, 60))])
def test_the_options_are_taken_in_every_form_that_ansible_takes(given, taken):
    arguments = dict(given, path="a.msi")
    assert (take_options(arguments), arguments) == (taken, {"path": "a.msi"})


@pytest.mark.parametrize("given", [{"reboot": "maybe"}, {"reboot": []}, {"reboot": 2}, {"reboot_timeout": "²"},
                                   {"reboot_timeout": 0}, {"reboot_timeout": "soon"}, {"reboot_timeout": True}])
def test_a_value_that_is_none_is_left_to_be_refused(given):
    arguments = dict(given)
    assert (take_options(arguments)[0], arguments) == (False, given)
