# SPDX-License-Identifier: GPL-3.0-or-later
"""A described host is worked on beside the playbook and never connected to; a host without Windows is refused before that."""

from __future__ import annotations

import socket
import threading

import pytest
from ansible_playbook import AnsibleCore, run_playbook, task


class Doorbell:
    """A port of this machine that counts who connects to it, and says nothing."""

    def __init__(self):
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.rings = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                visitor, _address = self._server.accept()
            except OSError:
                return
            self.rings += 1
            visitor.close()

    def close(self):
        self._server.close()


@pytest.fixture
def doorbell():
    bell = Doorbell()
    yield bell
    bell.close()


def windows_host(port: int, connection: str) -> dict:
    shell = {"ansible_shell_type": "powershell"} if connection == "ssh" else {}
    return {"ansible_connection": connection, "ansible_host": "127.0.0.1", "ansible_port": port,
            "ansible_user": "administrator", "ansible_password": "not-asked", "ansible_ssh_common_args": "-o BatchMode=yes",
            "ansible_winrm_scheme": "http", "ansible_psrp_protocol": "http", "ansible_become_method": "runas",
            "ansible_python_interpreter": "/not/on/this/machine", **shell}


@pytest.mark.parametrize("connection", ["winrm", "psrp", "ssh"])
def test_a_described_windows_host_is_rehearsed_without_a_connection(core: AnsibleCore, tmp_path, echo, doorbell, connection):
    tasks = [
        task("described", "hyperv_vm_version",
             {"environment": {"MARK": "set by the task"}, "become": True, "become_user": "SYSTEM"},
             helper=echo, name="*", simulation="/tmp/hv01.json"),
        task("described, async", "hyperv_vm_version", {"async": 60, "poll": 1},
             helper=echo, name="*", simulation="/tmp/hv01.json"),
    ]
    run = run_playbook(core, tmp_path, tasks, host="hv01", host_variables=windows_host(doorbell.port, connection))
    assert run.received("described")["simulation"] == "/tmp/hv01.json"
    assert run.result("described")["mark"] == "set by the task"
    assert run.failed("described, async")
    assert run.result("described, async")["msg"] == (
        'async is refused for a described host in place of "hv01": Ansible would ask "hv01" itself for the result.'
        " Leave async out, or delegate the task to localhost")
    assert doorbell.rings == 0


def test_a_task_that_does_connect_rings_the_doorbell(core: AnsibleCore, tmp_path, doorbell):
    run = run_playbook(core, tmp_path, [{"name": "raw", "ansible.builtin.raw": "true"}], host="hv01",
                       host_variables=windows_host(doorbell.port, "ssh") | {"ansible_password": None})
    assert run.row("raw")["outcome"] == "unreachable"
    assert doorbell.rings > 0


def test_a_remote_host_without_windows_is_refused(core: AnsibleCore, tmp_path, doorbell):
    variables = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": doorbell.port}
    run = run_playbook(core, tmp_path, [task("real", "msi_product_version", path="x.msi")], host="linux01",
                       host_variables=variables)
    assert run.failed("real")
    assert run.result("real")["msg"] == (
        'msi_product_version cannot run on "linux01" over the connection "ssh": it is not known for a Windows host.'
        ' Is ansible_connection (winrm or psrp) missing, or, over ssh, ansible_shell_type (powershell)?'
        ' Rehearse the task with the option "simulation", or run it where the connection is local')
    assert doorbell.rings == 0


def test_a_task_delegated_to_localhost_runs_there(core: AnsibleCore, tmp_path, echo, doorbell):
    run = run_playbook(core, tmp_path, [task("delegated", "hyperv_vm_version", {"delegate_to": "localhost"}, helper=echo, name="a")],
                       host="hv01", host_variables=windows_host(doorbell.port, "winrm"))
    assert run.received("delegated")["name"] == "a"
    assert doorbell.rings == 0
