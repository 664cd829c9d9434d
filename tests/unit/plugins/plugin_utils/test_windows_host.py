# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
import types
from unittest import mock

import pytest
from ansible.errors import AnsibleAuthenticationFailure, AnsibleConnectionFailure, AnsibleError
from ansible.plugins.connection.ssh import AnsibleControlPersistBrokenPipeError
from ansible_collections.upshift.windows.plugins.plugin_utils import _windows_host
from ansible_collections.upshift.windows.plugins.plugin_utils._windows_host import TRIES, WindowsHost, is_of_connection

SHIPPED = {"version": "0.1.0", "sha256": "ab"}
MISSING = {"changed": False, "_helper_missing": True}
DONE = {"changed": False, "msg": "done"}
CUT_OFF = {"failed": True, "module_stdout": "", "msg": "MODULE FAILURE"}


def under_way(message="1 of 2", **more):
    return {"changed": False, "msg": message, "run": {"id": "7", "state": "running"}, **more}


LOST = {"changed": False, "msg": "lost", "run": {"id": "7", "state": "lost"}}


class Action:
    """An action on a host that gives the answers of a list, one after the other; an error among them is raised."""

    def __init__(self, answers, connected=True, transport="winrm"):
        self._answers = iter(answers)
        self.calls, self.put, self.removed, self.resets = [], [], [], 0
        self._task = types.SimpleNamespace(async_val=0, check_mode=False)
        shell = types.SimpleNamespace(join_path=lambda *parts: "\\".join(parts))
        self._connection = types.SimpleNamespace(connected=connected, transport=transport, _shell=shell, put_file=self._put, reset=self._reset)

    def _execute_module(self, **call):
        task = self._task
        self.calls.append(types.SimpleNamespace(async_val=task.async_val, check_mode=task.check_mode, **call))
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return dict(answer)

    def _put(self, source, target):
        self.put.append(target)

    def _reset(self):
        self.resets += 1

    def _make_tmp_path(self):
        return "C:\\tmp"

    def _remove_tmp_path(self, folder, force=False):
        self.removed.append(folder)

    def names(self):
        return [call.module_name.rpartition(".")[2] for call in self.calls]


@pytest.fixture(autouse=True)
def shown(monkeypatch, tmp_path):
    """What is shown to the user. Nobody waits, and the collection carries a helper."""
    file = tmp_path / "upshift.exe"
    file.write_bytes(b"MZ")
    lines = []
    monkeypatch.setattr(_windows_host, "SHIPPED_HELPER", str(file))
    monkeypatch.setattr(_windows_host, "shipped_helper", lambda: dict(SHIPPED))
    monkeypatch.setattr(_windows_host, "display", types.SimpleNamespace(display=lines.append, vv=lambda *_a, **_k: None, vvv=lambda *_a, **_k: None))
    monkeypatch.setattr(_windows_host.time, "sleep", lambda _seconds: None)
    return lines


def run(action, arguments=None, own=None):
    return WindowsHost(action, {"inventory_hostname": "win"}).run("msi_product_version", arguments or {"path": ["a.msi"]}, own)


def test_a_helper_that_is_there_is_only_run():
    action = Action([DONE])
    assert run(action)["msg"] == "done"
    assert action.calls[0].module_args == {"path": ["a.msi"], "_helper": dict(SHIPPED, given=["path"], detach=True, wait=20)}
    assert action.put == []


def test_a_missing_helper_is_copied_once_and_the_copy_is_cleared_away():
    action = Action([MISSING, DONE])
    assert "_helper_missing" not in run(action)
    assert action.put == ["C:\\tmp\\upshift.gz"] and action.removed == ["C:\\tmp"]
    assert action.calls[1].module_args["_helper"]["source"] == "C:\\tmp\\upshift.gz"


def test_a_copy_that_fails_is_told_and_cleared_away():
    action = Action([MISSING])
    action._connection.put_file = mock.Mock(side_effect=AnsibleError("disk full"))
    result = run(action)
    assert result["failed"] and "disk full" in result["msg"]
    assert action.removed == ["C:\\tmp"]


def test_a_helper_of_the_host_s_own_is_told_by_its_path():
    action = Action([DONE])
    run(action, own={"path": "D:\\upshift.exe"})
    assert action.calls[0].module_args["_helper"]["path"] == "D:\\upshift.exe"


def test_an_answer_that_was_cut_off_is_asked_for_again():
    action = Action([CUT_OFF, DONE])
    assert run(action)["msg"] == "done"


def test_an_answer_that_is_always_cut_off_is_returned_in_the_end():
    action = Action(itertools.repeat(CUT_OFF))
    assert run(action)["msg"] == "MODULE FAILURE"
    assert len(action.calls) == TRIES


def test_a_host_that_was_never_reached_is_not_asked_again():
    action = Action([AnsibleConnectionFailure("no route")], connected=False)
    with pytest.raises(AnsibleConnectionFailure, match="no route"):
        run(action)
    assert len(action.calls) == 1


def test_a_connection_that_breaks_is_made_anew_until_the_host_is_there_again():
    action = Action([*itertools.repeat(AnsibleConnectionFailure("gone"), 2 * TRIES), DONE])
    assert run(action)["msg"] == "done"
    assert action.resets == 2 * TRIES


@pytest.mark.parametrize("error", [
    AnsibleAuthenticationFailure("Invalid password"),
    AnsibleConnectionFailure("ntlm: the specified credentials were rejected by the server"),
])
def test_a_refused_logon_is_not_tried_until_the_account_is_locked(error):
    action = Action([under_way(), *itertools.repeat(error, 99)])
    with pytest.raises(AnsibleConnectionFailure):
        run(action)
    assert len(action.calls) == 1 + TRIES


def test_a_copy_of_which_nobody_knows_is_not_placed_twice_and_sent_again_where_it_is_missing():
    action = Action([MISSING, AnsibleConnectionFailure("gone"), MISSING, MISSING, DONE])
    assert run(action)["msg"] == "done"
    assert ["source" in call.module_args["_helper"] for call in action.calls] == [False, True, False, False, True]
    assert len(action.put) == 2


def test_a_helper_that_never_gets_into_its_place_is_told():
    action = Action(itertools.repeat(MISSING))
    assert "each time the connection was lost" in run(action)["msg"]
    assert (len(action.put), len(action.removed)) == (TRIES, TRIES)


def test_a_service_that_is_not_there_at_once_after_it_was_restarted_is_given_a_moment(monkeypatch):
    waits, action = [], Action([AnsibleConnectionFailure("cut"), AnsibleConnectionFailure("refused"), DONE])
    monkeypatch.setattr(_windows_host.time, "sleep", waits.append)
    action._connection.reset = lambda: setattr(action._connection, "connected", False)
    assert run(action)["msg"] == "done"
    assert waits == [0, _windows_host.BETWEEN_TRIES]


SSH_SAYS = 'Data could not be sent to remote host "win". Make sure this host can be reached over ssh: '


@pytest.mark.parametrize("lost", ["", "Connection to win closed by remote host.\r\n", "Timeout, server win not responding.\r\n",
                                  "client_loop: send disconnect: Broken pipe\r\n", "Read from remote host win: Connection reset by peer\r\n"])
def test_over_ssh_a_call_whose_session_was_lost_is_made_again(lost):
    action = Action([AnsibleConnectionFailure(SSH_SAYS + lost), DONE], connected=False, transport="ssh")
    assert run(action)["msg"] == "done"


@pytest.mark.parametrize("error", [
    AnsibleConnectionFailure(SSH_SAYS + "ssh: connect to host win port 22: Connection refused"),
    AnsibleConnectionFailure(SSH_SAYS + "ssh: Could not resolve hostname win: Name or service not known"),
    AnsibleConnectionFailure(SSH_SAYS + "kex_exchange_identification: read: Connection reset by peer"),
    AnsibleConnectionFailure(SSH_SAYS + "Connection timed out during banner exchange"),
    AnsibleConnectionFailure(SSH_SAYS + "Host key verification failed."),
    AnsibleConnectionFailure(SSH_SAYS + "user@win: Permission denied (publickey,password,keyboard-interactive)."),
    AnsibleAuthenticationFailure("Invalid/incorrect password:")])
def test_over_ssh_a_host_that_was_not_reached_or_lets_nobody_in_is_not_asked_again(error):
    action = Action([error, DONE], connected=False, transport="ssh")
    with pytest.raises(AnsibleConnectionFailure):
        run(action)
    assert len(action.calls) == 1


def test_an_error_that_is_not_of_the_connection_is_not_swallowed():
    with pytest.raises(KeyError):
        run(Action([KeyError("x"), DONE]))


def test_a_run_is_polled_until_its_answer_and_each_message_is_shown_once(shown):
    action = Action([under_way(), under_way(), under_way("2 of 2"), DONE])
    assert run(action)["msg"] == "done"
    assert [call.module_args.get("_command") for call in action.calls] == [None, *[["poll", "7", "--wait", "20", "--confirm"]] * 3]
    assert shown == ["[win] 1 of 2", "[win] 2 of 2"]


def test_a_host_that_goes_away_during_a_run_is_waited_for():
    gone = itertools.repeat(AnsibleConnectionFailure("gone"), 2 * TRIES)
    assert run(Action([under_way(), *gone, DONE]))["msg"] == "done"


def test_a_host_that_stays_away_is_given_up(monkeypatch):
    seconds = itertools.count(0, _windows_host.PATIENCE)
    monkeypatch.setattr(_windows_host.time, "monotonic", lambda: next(seconds))
    with pytest.raises(AnsibleConnectionFailure):
        run(Action([under_way(), *itertools.repeat(AnsibleConnectionFailure("gone"), 99)]))


def test_warnings_on_the_way_are_kept():
    action = Action([under_way(warnings=["a"]), under_way(warnings=["b"]), dict(DONE, warnings=["c"])])
    assert run(action)["warnings"] == ["a", "b", "c"]


def test_a_lost_run_is_begun_again_and_counts_as_a_change():
    action = Action([LOST, DONE])
    assert run(action)["changed"] is True
    assert "_command" not in action.calls[1].module_args


def test_a_run_that_is_lost_each_time_is_returned_as_it_is():
    action = Action(itertools.repeat(LOST))
    assert run(action)["run"]["state"] == "lost"
    assert len(action.calls) == TRIES


def test_a_job_is_started_after_the_helper_was_placed_in_the_foreground():
    action = Action([MISSING, DONE, {"ansible_job_id": "1"}])
    action._task.async_val = 60
    result = WindowsHost(action, {}).run_async("msi_product_version", {"path": ["a.msi"]}, 60)
    assert result == {"ansible_job_id": "1"}
    assert action.names() == ["helper", "helper", "msi_product_version"]
    assert [(call.async_val, call.wrap_async) for call in action.calls] == [(0, False), (0, False), (60, 60)]
    assert action.calls[2].module_args["_helper"]["detach"] is False
    assert action.calls[2].module_args["_helper"]["required"] is True


def test_for_a_job_the_helper_is_placed_in_check_mode_too():
    action = Action([MISSING, DONE, {"ansible_job_id": "1"}])
    action._task.async_val, action._task.check_mode = 60, True
    WindowsHost(action, {}).run_async("msi_product_version", {"path": ["a.msi"]}, 60)
    assert [call.check_mode for call in action.calls] == [False, False, True]


def test_no_job_is_started_where_the_helper_cannot_be_placed():
    action = Action([{"failed": True, "msg": "not safe"}])
    action._task.async_val = 60
    assert WindowsHost(action, {}).run_async("msi_product_version", {}, 60)["msg"] == "not safe"
    assert action.names() == ["helper"] and action._task.async_val == 60


@pytest.mark.parametrize(("check_mode", "copies"), [(False, 1), (True, 0)])
def test_nothing_is_copied_in_check_mode(check_mode, copies):
    action = Action([MISSING, DONE])
    action._task.check_mode = check_mode
    WindowsHost(action, {}).place("present")
    assert len(action.put) == copies


@pytest.mark.parametrize(("error", "expected"), [
    (AnsibleError("winrm send_input failed; \nstdout: \nstderr: "), True), (AnsibleError("the connection attempt timed out"), True),
    (AnsibleConnectionFailure("x"), True), (ConnectionResetError(), True), (AnsibleError("x"), False), (ValueError(), False),
    (AnsibleControlPersistBrokenPipeError("x"), True),
    (type("WinRMTransportError", (Exception,), {"__module__": "winrm.exceptions"})(), True)])
def test_errors_of_the_connection_are_told_from_others(error, expected):
    assert is_of_connection(error) is expected
