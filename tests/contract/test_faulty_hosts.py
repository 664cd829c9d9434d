# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts that do not answer, or answer with faults: one line comes all the same, in time."""

import json
import signal
import time

import pytest
from helper_process import finish


@pytest.fixture
def faulty_host(described_host):
    """The described host, with these rows of faults."""
    def describe(*faults: dict):
        described = json.loads(described_host.file.read_text()) | {"faults": list(faults)}
        described_host.file.write_text(json.dumps(described))
        return described_host
    return describe


def upgrade(helper, host, **arguments):
    return helper.run("hyperv_vm_version", {"name": "*", "simulation": host.path_for(helper)} | arguments)


@pytest.mark.parametrize("call", ["connect root\\virtualization\\v2", "query Msvm_SummaryInformation",
                                  "get Msvm_VirtualSystemSettingData", "references Msvm_ElementCapabilities",
                                  "invoke UpgradeSystemVersion"])
def test_a_call_that_hangs_is_answered_for_once_its_time_is_over(linux_helper, faulty_host, call):
    run = upgrade(linux_helper, faulty_host({"at": call, "hang": True}), timeout=1)

    error = run.answer.get("error") or run.answer["targets"][0]["error"]
    assert run.exit_code == 1
    assert error["kind"] == "timeout"
    assert call in error["attempted"]


def test_a_run_told_to_stop_answers_within_ten_seconds_although_a_call_hangs(linux_helper, faulty_host):
    host = faulty_host({"at": "invoke UpgradeSystemVersion", "hang": True}, {"at": "*", "hang": True, "times": 100})
    process = linux_helper.start_operation("hyperv_vm_version",
                                           {"name": "*", "simulation": host.path_for(linux_helper)})
    while not host.state_file.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    begun = time.monotonic()

    run = finish(process, timeout=30)

    assert time.monotonic() - begun < 10
    assert run.answer["error"]["kind"] == "cancelled"


def test_reading_outlasts_faults_that_pass(linux_helper, faulty_host):
    host = faulty_host({"at": "query Msvm_SummaryInformation", "code": "0x80041045", "times": 2})

    run = upgrade(linux_helper, host)

    assert run.exit_code == 0
    assert run.answer["targets"][0]["outcome"] == "upgraded"


def test_a_method_that_a_busy_host_turned_away_is_not_sent_again(linux_helper, faulty_host):
    host = faulty_host({"at": "invoke UpgradeSystemVersion", "code": "0x80041045", "times": 2})

    run = upgrade(linux_helper, host)

    assert run.answer["targets"][0]["error"]["kind"] == "busy"
    assert json.loads(host.state_file.read_text())["faults"][0]["hits"] == 1


def test_what_could_not_be_looked_up_is_refused_in_a_rehearsal_of_the_saved_answer_too(linux_helper, faulty_host, tmp_path):
    host = faulty_host({"at": "connect root\\MSCluster", "code": "0x80070005", "times": 100})
    real = upgrade(linux_helper, host)
    saved = tmp_path / "saved-answer.json"
    saved.write_bytes(linux_helper.run("hyperv_vm_version_info", {"simulation": str(host.file)}).stdout)

    rehearsed = linux_helper.run("hyperv_vm_version", {"name": "*", "simulation": str(saved)}, "--check")

    assert "clustered" not in json.loads(saved.read_text())["vms"][0]
    assert rehearsed.answer["targets"][0]["outcome"] == "failed"
    assert rehearsed.answer["msg"] == real.answer["msg"]
    assert rehearsed.answer["targets"][0]["error"] == real.answer["targets"][0]["error"]
