# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in for our own PowerShell modules does what they promise, with exactly the arguments that arrived."""

from __future__ import annotations

import gzip
import hashlib
import json
import pathlib
import shutil

import pytest
import wine
from winrm_endpoint import reenacted_modules
from winrm_endpoint.host import Job
from winrm_endpoint.modules import Context
from winrm_endpoint.payload import ModuleCall

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "build" / "windows" / "upshift.exe"
DIGEST = hashlib.sha256(PROGRAM.read_bytes()).hexdigest()
SOURCE = "C:\\windows\\temp\\copied\\upshift.gz"
BIN = "C:\\ProgramData\\Upshift\\bin"


@pytest.fixture
def run(endpoint):
    """Runs one of our modules on a host without a helper."""
    shutil.rmtree(endpoint.host.path(BIN), ignore_errors=True)

    def module(arguments: dict, name: str = "msi_product_version_info", check: bool = False, **helper: str) -> dict:
        given = [option for option, value in arguments.items() if value is not None]
        sent = {"_helper": {"sha256": DIGEST, "version": "1.2.3", "given": given, "detach": False, **helper}, **arguments}
        call = ModuleCall(f"upshift.windows.{name}", sent, {"_ansible_check_mode": check, "_ansible_diff": False}, {}, b"",
                          None, None, False, "module")
        answer = reenacted_modules.MODULES[call.name](Context(endpoint.host, Job("test", None), call, endpoint.tell, endpoint.notice))
        return json.loads(answer) if isinstance(answer, str) else answer

    return module


@pytest.fixture
def copied(endpoint) -> pathlib.Path:
    """The helper where Ansible has just copied it to."""
    there = endpoint.host.path(SOURCE)
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(gzip.compress(PROGRAM.read_bytes()))
    return there


def test_a_host_without_the_helper_says_so_and_gets_nothing_done(run, endpoint):
    assert run({"name": ["*"]}) == {"changed": False, "failed": False, "_helper_missing": True}
    assert not endpoint.host.path(BIN).exists()


def test_a_copied_helper_is_put_in_its_place_and_run_and_the_copy_deleted(run, endpoint, copied):
    assert run({"name": ["*"], "path": None}, source=SOURCE)["products"] == []
    assert endpoint.host.path(f"{BIN}\\1.2.3-{DIGEST}\\upshift.exe").read_bytes() == PROGRAM.read_bytes()
    assert list(copied.parent.iterdir()) == []
    assert run({"name": ["*"]})["products"] == []


def cut_short(whole: bytes) -> bytes:
    return whole[:-1000]


def altered(whole: bytes) -> bytes:
    return whole[:5000] + bytes(8) + whole[5008:]


def another_file(_whole: bytes) -> bytes:
    return gzip.compress(b"MZ another")


def no_gzip(_whole: bytes) -> bytes:
    return b"MZ broken"


@pytest.mark.parametrize("broken", [cut_short, altered, another_file, no_gzip])
def test_a_helper_that_was_broken_on_its_way_is_refused_and_deleted(run, endpoint, copied, broken):
    copied.write_bytes(broken(copied.read_bytes()))
    answer = run({}, source=SOURCE)
    assert answer["failed"] and "broken on its way" in answer["msg"]
    assert list(copied.parent.iterdir()) == [] and not endpoint.host.path(BIN).exists()


def test_an_installed_helper_that_was_altered_counts_as_missing(run, endpoint, copied):
    run({}, source=SOURCE)
    endpoint.host.path(f"{BIN}\\1.2.3-{DIGEST}\\upshift.exe").write_bytes(b"MZ altered")
    assert run({})["_helper_missing"] is True
    assert run({"state": "present"}, "helper", check=True)["changed"] is True


def test_an_option_that_no_module_has_is_refused(run):
    assert run({"nmae": "*"})["msg"] == "Unsupported parameters for (msi_product_version_info) module: nmae"


def test_check_mode_reaches_the_helper(run, copied, tmp_path):
    described = tmp_path / "host.json"
    host = {"name": "hv1", "default_version": "10.0", "supported_versions": ["8.0", "9.0", "10.0"]}
    described.write_text(json.dumps({"hosts": [host], "vms": [{"name": "web", "host": "hv1", "version": "9.0"}]}))
    arguments = {"name": "web", "simulation": wine.windows_path(described)}
    answer = run(arguments, "hyperv_vm_version", check=True, source=SOURCE)
    assert (answer["changed"], answer["check_mode"]) == (True, True)
    assert run(arguments, "hyperv_vm_version")["changed"] is True
    assert run(arguments, "hyperv_vm_version")["changed"] is False


def test_a_command_in_place_of_an_operation_is_run_with_these_words(run, copied):
    answer = run({"_command": ["--version"]}, source=SOURCE)
    assert answer["failed"] and "gave no answer: exit code 0" in answer["msg"]
