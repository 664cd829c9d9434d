# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments reach the helper as they were written, and where and how it runs is what the task says."""

from __future__ import annotations

import pytest
from ansible_playbook import MODULES, AnsibleCore, run_playbook, task


@pytest.fixture(scope="module")
def plain_run(core: AnsibleCore, tmp_path_factory, echo):
    """One play with many tasks: starting Ansible costs more than a task."""
    tasks = [
        *[task(f"operation {module}", module, helper=echo) for module in MODULES],
        task("one name", "hyperv_vm_version", helper=echo, name="a,b"),
        task("key=value", "hyperv_vm_version", helper=echo) | {"upshift.windows.hyperv_vm_version": f'name="a,b" version=1.10 helper={echo}'},
        task("list", "hyperv_vm_version", helper=[echo], name=["a,b", "ä☃", "{{ 'c' }}"], version="1.10"),
        task("types", "hyperv_vm_version", helper=echo, parallel=3, restart=False, when_running="skip", exclude=None),
        task("packages", "msi_product_version", helper=[echo, "--with", "a switch"],
             packages=[{"path": "C:\\a b\\c.msi", "version": "1.10"}]),
        task("number", "hyperv_vm_version", helper=echo, name="a", version=1.10),
        task("whole number", "hyperv_vm_version", helper=echo, name="a", version=10),
        task("number in packages", "msi_product_version", helper=echo, packages=[{"path": "x"}, {"path": "y", "version": 1.1}]),
        task("helper is a mapping", "hyperv_vm_version", helper={"path": echo}, name="a"),
        task("helper is empty", "hyperv_vm_version", helper=[], name="a"),
        task("environment", "hyperv_vm_version", {"environment": {"MARK": "set by the task"}}, helper=echo),
        task("become", "hyperv_vm_version", {"become": True, "become_method": "marked", "become_user": "root"}, helper=echo),
        task("check mode", "hyperv_vm_version", {"check_mode": True}, helper=echo),
        task("diff", "hyperv_vm_version", {"diff": True}, helper=echo),
        task("both", "hyperv_vm_version_info", {"check_mode": True, "diff": True}, helper=echo),
        task("async", "hyperv_vm_version", {"async": 60, "poll": 1}, helper=echo, name="a,b"),
    ]
    return run_playbook(core, tmp_path_factory.mktemp("gets"), tasks)


@pytest.mark.parametrize("module", MODULES)
def test_the_operation_is_the_name_of_the_module(plain_run, module):
    assert plain_run.result(f"operation {module}")["operation"] == module


def test_nothing_is_added_but_the_two_modes(plain_run):
    assert plain_run.received("operation hyperv_vm_version") == {
        "_ansible_check_mode": False, "_ansible_diff": False}


@pytest.mark.parametrize("name", ["one name", "key=value"])
def test_a_single_name_with_a_comma_is_one_name(plain_run, name):
    assert plain_run.received(name)["name"] == "a,b"


def test_a_version_written_as_key_value_stays_the_text_it_was(plain_run):
    assert plain_run.received("key=value")["version"] == "1.10"


def test_a_list_of_names_arrives_whole(plain_run):
    received = plain_run.received("list")
    assert received["name"] == ["a,b", "ä☃", "c"]
    assert received["version"] == "1.10"


def test_numbers_and_booleans_stay_what_they_are(plain_run):
    received = plain_run.received("types")
    assert received["parallel"] == 3
    assert received["restart"] is False
    assert received["exclude"] is None


def test_packages_and_the_words_of_the_command_arrive_as_written(plain_run):
    result = plain_run.result("packages")
    assert plain_run.received("packages")["packages"] == [{"path": "C:\\a b\\c.msi", "version": "1.10"}]
    assert result["operation"] == "--with a switch msi_product_version"


@pytest.mark.parametrize(("name", "where", "number"), [
    ("number", "version", "1.1"),
    ("whole number", "version", "10"),
    ("number in packages", "packages[1].version", "1.1"),
])
def test_a_version_that_yaml_has_made_a_number_is_refused(plain_run, name, where, number):
    assert plain_run.failed(name)
    result = plain_run.result(name)
    assert result["msg"] == (f'The option "{where}" must be a text; write it in quotes, version: "1.10"; '
                             f"found the number {number}, and YAML reads 1.10 as 1.1")
    assert result["error"]["kind"] == "invalid_arguments"
    assert "stdin" not in result


@pytest.mark.parametrize(("name", "found"), [("helper is a mapping", '{"path": "'), ("helper is empty", "[]")])
def test_a_helper_that_is_no_command_is_refused(plain_run, name, found):
    assert plain_run.failed(name)
    message = 'The option "helper" must be a command: a list of texts, the program first; found ' + found
    assert plain_run.result(name)["msg"].startswith(message)


def test_environment_reaches_the_helper(plain_run):
    assert plain_run.result("environment")["mark"] == "set by the task"


def test_become_applies_to_the_helper(plain_run):
    assert plain_run.result("become")["became"] == "root"
    assert plain_run.result("environment")["became"] == ""


@pytest.mark.parametrize(("name", "check_mode", "diff"), [
    ("check mode", True, False), ("diff", False, True), ("both", True, True)])
def test_the_helper_is_told_about_check_mode_and_diff(plain_run, name, check_mode, diff):
    received = plain_run.received(name)
    assert received == {"_ansible_check_mode": check_mode, "_ansible_diff": diff}


def test_an_async_task_returns_the_answer(plain_run):
    assert plain_run.received("async")["name"] == "a,b"
    assert plain_run.result("async")["msg"] == "told"
