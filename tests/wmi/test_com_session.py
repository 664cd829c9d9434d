# SPDX-License-Identifier: GPL-3.0-or-later
"""How the helper calls WMI: what the provider noted of it, and what it answers where WMI fails."""

import json
import time

import pytest
from helper_process import Helper
from wmi_provider import WINDOWS_HELPER

HOST = {"name": "hv1", "build": "20348", "default_version": "10.0", "supported_versions": ["8.0", "9.0", "10.0"]}
# WMI error constants and RPC codes that a user can meet, and what kind of failure each is to the helper.
CODES = {"0x80041003": ("WBEM_E_ACCESS_DENIED", "access_denied"), "0x80070005": ("E_ACCESSDENIED", "access_denied"),
         "0x8004100E": ("WBEM_E_INVALID_NAMESPACE", "not_supported"), "0x80041010": ("WBEM_E_INVALID_CLASS", "not_supported"),
         "0x80041013": ("WBEM_E_PROVIDER_LOAD_FAILURE", "failed"), "0x80041015": ("WBEM_E_TRANSPORT_FAILURE", "connection"),
         "0x8004106C": ("WBEM_E_QUOTA_VIOLATION", "busy"), "0x80041033": ("WBEM_E_SHUTTING_DOWN", "connection"),
         "0x80041045": ("WBEM_E_SERVER_TOO_BUSY", "busy"), "0x80041032": ("WBEM_E_CALL_CANCELLED", "failed"),
         "0x800706BA": ("RPC_S_SERVER_UNAVAILABLE", "connection"), "0x8001010A": ("RPC_E_SERVERCALL_RETRYLATER", "busy")}


def described(*vms: dict, **more) -> str:
    return json.dumps({"hosts": [HOST], "vms": [{"host": "hv1"} | vm for vm in vms]} | more)


def upgrade(host, **arguments):
    return host.helper().run("hyperv_vm_version", {"name": "*"} | arguments)


def test_without_hyper_v_the_answer_says_so_and_how_to_go_on(plain_prefix):
    helper = Helper(tuple(plain_prefix.command(WINDOWS_HELPER)), plain_prefix.env)

    run = helper.run("hyperv_vm_version", {"name": "web01"})

    error = run.answer["error"]
    assert run.exit_code == 1
    assert (error["kind"], error["code"], error["symbol"]) == ("not_supported", "0x8004100E", "WBEM_E_INVALID_NAMESPACE")
    assert "Hyper-V role" in error["hint"]


@pytest.mark.parametrize("code", CODES)
def test_a_code_of_wmi_has_its_name_its_kind_and_a_sentence(wmi_host, code):
    symbol, kind = CODES[code]
    host = wmi_host(described({"name": "web01", "version": "9.0"},
                              faults=[{"at": "query Msvm_SummaryInformation", "code": code, "times": 100}]))

    error = upgrade(host, timeout=1).answer["error"]

    assert (error["kind"], error["code"], error["symbol"]) == (kind, code, symbol)
    assert error["found"].endswith(tuple("abcdefghijklmnopqrstuvwxyz)"))
    assert host.references_left() == 0


@pytest.mark.parametrize("call", ["connect root\\virtualization\\v2", "query Msvm_SummaryInformation",
                                  "get Msvm_VirtualSystemSettingData", "references Msvm_ElementCapabilities",
                                  "invoke UpgradeSystemVersion"])
def test_a_provider_that_does_not_answer_ends_in_timeout_with_an_answer(wmi_host, call):
    host = wmi_host(described({"name": "web01", "version": "9.0"}, faults=[{"at": call, "hang": True}]))
    begun = time.monotonic()

    run = upgrade(host, timeout=1)

    error = run.answer.get("error") or run.answer["targets"][0]["error"]
    assert run.exit_code == 1
    assert error["kind"] == "timeout"
    assert call in error["attempted"]
    assert time.monotonic() - begun < 20


def test_no_call_goes_to_another_host_or_names_every_column(wmi_host):
    host = wmi_host(described({"name": "web01", "version": "9.0", "state": "running"}))

    run = upgrade(host, when_running="shut_down")

    assert run.answer["changed"] is True
    calls = host.calls()
    assert [call for call in calls if call.get("resource", "").startswith("\\\\")] == []
    assert [call for call in calls if "*" in call.get("text", "")] == []
    assert "Win32_Product" not in json.dumps(calls)


@pytest.mark.parametrize("name", ['back\\slash', "quote's", 'double "quotes"', "tschüß 虚拟机", "a, b; c = d", "x" * 4000])
def test_a_vm_of_any_name_is_upgraded(wmi_host, name):
    host = wmi_host(described({"name": name, "version": "9.0"}, {"name": "other", "version": "9.0"}))

    row, = host.helper().run("hyperv_vm_version", {"name": name}).answer["targets"]

    assert (row["name"], row["outcome"], row["version"]) == (name, "upgraded", "10.0")


def test_another_version_than_the_default_goes_as_text_of_an_embedded_instance(wmi_host):
    host = wmi_host(described({"name": "web01", "version": "8.0"}))

    row, = upgrade(host, version="9.0").answer["targets"]

    assert (row["outcome"], row["version"]) == ("upgraded", "9.0")


def test_a_caller_without_rights_is_told_so_and_not_that_there_are_no_vms(wmi_host):
    denied = json.dumps({"hosts": [HOST | {"access": "denied"}], "vms": [{"name": "web01", "host": "hv1", "version": "9.0"}]})

    error = upgrade(wmi_host(denied)).answer["error"]

    assert error["kind"] == "access_denied"


def test_a_host_without_vms_is_no_failure(wmi_host):
    answer = upgrade(wmi_host(described())).answer

    assert (answer["failed"], answer["changed"]) == (False, False)
    assert answer["warnings"] != []


def test_the_count_of_references_notices_one_that_is_kept(wmi_host):
    """A hanging call keeps what it holds: so the count can be something else than zero."""
    host = wmi_host(described({"name": "web01", "version": "9.0"},
                              faults=[{"at": "query Msvm_SummaryInformation", "hang": True}]))

    upgrade(host, timeout=1)

    assert host.references_left() > 0


def test_a_reference_that_one_run_keeps_is_not_counted_against_the_next(wmi_host):
    host = wmi_host(described({"name": "web01", "version": "9.0"},
                              faults=[{"at": "query Msvm_SummaryInformation", "hang": True}]))
    upgrade(host, timeout=1)

    assert upgrade(host).answer["targets"][0]["outcome"] == "upgraded"

    assert host.references_left() == 0
