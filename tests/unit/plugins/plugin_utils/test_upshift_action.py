# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import sys
import types

import pytest
from ansible_collections.upshift.windows.plugins.action.hyperv_vm_version import ActionModule
from ansible_collections.upshift.windows.plugins.plugin_utils._upshift_action import SHIPPED_HELPER

ANSWER = {"changed": True, "failed": False, "msg": "told"}


class Recorded(ActionModule):
    """The action with a module in its place that only keeps what it was given."""

    calls: list

    def _execute_module(self, **call):
        self.calls.append(call)
        return dict(ANSWER, ansible_job_id="1") if call["wrap_async"] else dict(ANSWER, invocation={"module_args": {"arguments": "x"}})

    def _remove_tmp_path(self, tmp_path, force=False):
        """Nothing was made."""


class Connection:
    become = None

    def __init__(self, transport, windows=False):
        self.transport = transport
        self._shell = types.SimpleNamespace(_IS_WINDOWS=windows, tmpdir=None, set_options=lambda: None)

    def set_options(self):
        """Keeps its defaults."""


def run(arguments, transport="local", windows=False, task_vars=None, **task):
    defaults = {"args": arguments, "action": "hyperv_vm_version", "async_val": 0, "check_mode": False, "diff": False, "delegate_to": None}
    action = Recorded(types.SimpleNamespace(**defaults | task), Connection(transport, windows), types.SimpleNamespace(), None, None, None)
    action.calls = []
    result = action.run(task_vars={"inventory_hostname": "hv01"} | (task_vars or {}))
    return result, action.calls


def test_the_shipped_helper_gets_the_arguments_and_the_two_modes():
    result, calls = run({"name": "a,b"}, check_mode=True)
    assert calls[0]["module_name"] == "upshift.windows.run_helper"
    assert calls[0]["module_args"]["command"] == [SHIPPED_HELPER, "hyperv_vm_version"]
    assert json.loads(calls[0]["module_args"]["arguments"]) == {"name": "a,b", "_ansible_check_mode": True, "_ansible_diff": False}
    assert result == dict(ANSWER, invocation={"module_args": {"name": "a,b"}})


@pytest.mark.parametrize(("helper", "command"), [
    ("/opt/up shift", ["/opt/up shift"]), (["wine64", "upshift.exe"], ["wine64", "upshift.exe"])])
def test_another_helper_is_started_as_written(helper, command):
    calls = run({"name": "a", "helper": helper})[1]
    assert calls[0]["module_args"]["command"] == [*command, "hyperv_vm_version"]
    assert "helper" not in json.loads(calls[0]["module_args"]["arguments"])


@pytest.mark.parametrize("helper", [[], "", [""], {"path": "x"}, 3, ["x", 3], False])
def test_a_helper_that_is_no_command_is_refused(helper):
    result, calls = run({"name": "a", "helper": helper})
    assert result["failed"] and result["error"]["kind"] == "invalid_arguments" and result["error"]["object"] == "helper"
    assert calls == []


def test_secrets_reach_the_module_as_secrets_and_no_result():
    result, calls = run({"name": "a", "password": "p1"})
    assert calls[0]["module_args"]["secrets"] == ["p1"]
    assert "p1" not in json.dumps(result)


def test_a_refusal_shows_no_secret_either():
    result, calls = run({"version": 1.1, "password": "p1"})
    assert result["failed"] and calls == []
    assert "p1" not in json.dumps(result)


def test_a_background_task_returns_its_job_as_it_is():
    result, calls = run({"name": "a"}, async_val=60)
    assert calls[0]["wrap_async"] == 60
    assert result["ansible_job_id"] == "1"
    assert "invocation" not in result


def test_a_host_elsewhere_that_is_no_windows_host_is_refused():
    result, calls = run({"name": "a"}, transport="ssh")
    assert result["error"]["kind"] == "not_supported"
    assert '"hv01" over the connection "ssh": it is not known for a Windows host' in result["msg"]
    assert calls == []


def test_a_described_host_is_worked_on_with_the_controller_s_own_python():
    result, calls = run({"name": "a", "simulation": "x"}, transport="winrm", windows=True, delegate_to="other",
                        task_vars={"ansible_delegated_vars": {"other": {"ansible_port": 1}}})
    assert not result["failed"]
    assert calls[0]["task_vars"]["ansible_python_interpreter"] == sys.executable
    assert calls[0]["task_vars"]["ansible_delegated_vars"]["other"] == {"ansible_port": 1, "ansible_python_interpreter": sys.executable}


def test_a_described_host_in_the_background_is_refused_where_ansible_would_ask_another():
    result, calls = run({"name": "a", "simulation": "x"}, transport="winrm", windows=True, async_val=60)
    assert result["failed"] and "async is refused" in result["msg"]
    assert calls == []
