# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual machines of a described host, from a playbook through the shipped helper to the state that it leaves."""

from __future__ import annotations

import json

import pytest
from ansible_playbook import AnsibleCore, run_file, run_playbook, task
from collection_tree import ROOT

HOST = {"name": "HV01", "default_version": "10.0", "supported_versions": ["8.0", "9.0", "10.0"], "upgrade_settings_class": True}
VMS = [
    {"name": "web01", "version": "9.0", "state": "off"},
    {"name": "web02", "version": "9.0", "state": "running"},
    {"name": "a,b", "version": "8.0", "state": "off"},
    {"name": "a", "version": "8.0", "state": "off"},
    {"name": "Bücher ☃", "version": "8.0", "state": "off"},
    {"name": "stuck", "version": "8.0", "state": "off", "upgrade": {"return": 32775}},
]


def describe(folder, vms=tuple(VMS)):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "hv01.json"
    file.write_text(json.dumps({"hosts": [HOST], "vms": list(vms)}), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def story(core: AnsibleCore, tmp_path_factory):
    """One host from the first look to the second run; a look by the other module after each step."""
    folder = tmp_path_factory.mktemp("story")
    described = str(describe(folder))

    def look(name):
        return task(name, "hyperv_vm_version_info", simulation=described)

    quiet = {"name": ["web0*", "a,b", "Bücher ☃"], "when_running": "skip", "simulation": described}
    tasks = [
        task("check", "hyperv_vm_version", {"check_mode": True, "diff": True}, **quiet),
        look("after check"),
        task("run", "hyperv_vm_version", {"diff": True}, **quiet),
        look("after run"),
        task("again", "hyperv_vm_version", {"diff": True}, **quiet),
        task("check again", "hyperv_vm_version", {"check_mode": True}, **quiet),
        task("failing", "hyperv_vm_version", name=["stuck", "a", "nobody"], simulation=described),
        task("running", "hyperv_vm_version", name="web02", simulation=described),
        task("shut down", "hyperv_vm_version", name="web02", when_running="shut_down", simulation=described),
        look("at the end"),
        task("typing error", "hyperv_vm_version", name="a", when_runing="skip", simulation=described),
        task("not yet available", "hyperv_vm_version", name="a", allow_unencrypted=True, simulation=described),
        task("pattern without a match", "hyperv_vm_version", name="nothing*", simulation=described),
        task("no simulation", "hyperv_vm_version", name="a"),
    ]
    return run_playbook(core, folder, tasks)


def versions(result):
    return {vm["name"]: vm["version"] for vm in result["vms"]}


def outcomes(result):
    return {row["name"]: row["outcome"] for row in result["targets"]}


def test_check_mode_tells_the_plan_and_touches_nothing(story):
    result = story.result("check")
    assert result["changed"] is True
    assert result["check_mode"] is True
    assert outcomes(result) == {"web01": "would_upgrade", "web02": "skipped", "a,b": "would_upgrade", "Bücher ☃": "would_upgrade"}
    assert versions(story.result("after check")) == {vm["name"]: vm["version"] for vm in VMS}


def test_diff_shows_one_line_per_virtual_machine(story):
    before, after = story.result("check")["diff"]["before"], story.result("check")["diff"]["after"]
    assert [line.split(" (")[0] for line in before.splitlines()] == ["web01", "web02", "a,b", "Bücher ☃"]
    assert ": 9.0, off\n" in before and ": 10.0, off\n" in after
    assert story.output.count("+web01 (") == 2, "Ansible prints the diff of the check and of the run"


def test_a_run_upgrades_what_check_mode_said(story):
    result = story.result("run")
    assert result["changed"] is True
    assert not story.failed("run")
    assert outcomes(result) == {"web01": "upgraded", "web02": "skipped", "a,b": "upgraded", "Bücher ☃": "upgraded"}
    seen = versions(story.result("after run"))
    assert seen == {"web01": "10.0", "web02": "9.0", "a,b": "10.0", "a": "8.0", "Bücher ☃": "10.0", "stuck": "8.0"}


@pytest.mark.parametrize("name", ["again", "check again"])
def test_a_second_run_changes_nothing(story, name):
    result = story.result(name)
    assert result["changed"] is False
    assert outcomes(result) == {"web01": "unchanged", "web02": "skipped", "a,b": "unchanged", "Bücher ☃": "unchanged"}


def test_one_that_fails_does_not_stop_the_others_and_the_message_names_it(story):
    assert story.failed("failing")
    result = story.result("failing")
    assert result["changed"] is True
    assert outcomes(result) == {"stuck": "failed", "a": "upgraded", "nobody": "failed"}
    assert result["msg"].startswith("1 upgraded, 2 failed")
    assert "stuck: Hyper-V refused it in the state the virtual machine is in" in result["msg"]
    assert result["msg"] in story.output.replace('\\"', '"')


def test_a_running_one_fails_unless_it_may_be_shut_down(story):
    assert story.failed("running")
    assert story.result("running")["msg"].startswith("1 failed: web02: It is running; needed is a virtual machine that is off.")
    assert outcomes(story.result("shut down")) == {"web02": "upgraded"}
    states = {vm["name"]: vm["state"] for vm in story.result("at the end")["vms"]}
    assert states["web02"] == "running"
    assert versions(story.result("at the end"))["web02"] == "10.0"


def test_a_typing_error_is_refused_with_the_nearest_name(story):
    assert story.failed("typing error")
    assert story.result("typing error")["error"]["kind"] == "invalid_arguments"
    assert '"when_runing"' in story.result("typing error")["msg"] and '"when_running"' in story.result("typing error")["msg"]


def test_what_is_not_yet_available_is_refused(story):
    assert story.failed("not yet available")
    assert story.result("not yet available")["error"]["kind"] == "invalid_arguments"
    assert "not yet available" in story.result("not yet available")["msg"]


def test_a_warning_of_the_helper_is_a_warning_of_ansible(story):
    result = story.result("pattern without a match")
    assert not story.failed("pattern without a match")
    assert any("nothing*" in warning for warning in result["warnings"])
    assert "[WARNING]" in story.output


def test_a_real_host_is_refused_on_linux(story):
    assert story.failed("no simulation")
    assert story.result("no simulation")["msg"].startswith("Could not reach a Hyper-V host")
    assert "'simulation'" in story.result("no simulation")["msg"]


def test_a_saved_answer_is_a_description_to_rehearse_against(core: AnsibleCore, tmp_path):
    described = str(describe(tmp_path))
    saved = str(tmp_path / "saved.json")
    run = run_playbook(core, tmp_path, [
        task("look", "hyperv_vm_version_info", {"register": "found"}, name=["web*"], simulation=described),
        {"name": "save", "ansible.builtin.copy": {"content": "{{ found | to_nice_json }}", "dest": saved, "mode": "0600"}},
        task("rehearse", "hyperv_vm_version", name="*", when_running="skip", simulation=saved),
    ])
    assert run.exit_code == 0, run.output
    assert outcomes(run.result("rehearse")) == {"web01": "upgraded", "web02": "skipped"}


def test_the_example_playbook_upgrades_a_described_host_and_then_changes_nothing(core: AnsibleCore, tmp_path):
    described = describe(tmp_path, VMS[:2])
    playbook = ROOT / "playbooks" / "upgrade_vms_of_a_described_host.yml"
    switches = ("-e", f"host_description={described}")
    name = "Bring the virtual machines to the wanted version"

    check = run_file(core, tmp_path, playbook, *switches, "--check", "--diff")
    assert check.exit_code == 0, check.output
    assert check.result(name)["changed"] is True
    first = run_file(core, tmp_path, "upshift.windows.upgrade_vms_of_a_described_host", *switches)
    assert first.exit_code == 0, first.output
    assert outcomes(first.result(name)) == {"web01": "upgraded", "web02": "skipped"}
    second = run_file(core, tmp_path, playbook, *switches)
    assert second.result(name)["changed"] is False
    assert "changed=0" in second.output
