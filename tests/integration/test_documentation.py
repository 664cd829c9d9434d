# SPDX-License-Identifier: GPL-3.0-or-later
"""What ansible-doc shows is what the helper does: options, returns, and examples that work when pasted."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
import yaml
from ansible_playbook import MODULES, AnsibleCore, run_playbook
from helper_process import LINUX_HELPER

ONLY_THE_CONTROLLER_KNOWS = {"helper", "reboot", "reboot_timeout"}
# What the controller adds to the answer.
ADDED_RETURNS = {"rebooted"}
# A schema's word for a type, and ansible-doc's.
TYPES = {"string": "str", "integer": "int", "boolean": "bool", "array": "list", "object": "dict"}
DESCRIPTION = {
    "hosts": [{"name": "HV01", "default_version": "10.0", "supported_versions": ["8.0", "9.0", "10.0"], "upgrade_settings_class": True}],
    "vms": [{"name": "web01", "version": "9.0", "state": "off"}, {"name": "web02", "version": "9.0", "state": "running"},
            {"name": "web-legacy", "version": "5.0", "state": "off"}, {"name": "proxy01", "version": "9.0", "state": "off"}],
}
FOUR = pytest.mark.parametrize("module", MODULES)


@pytest.fixture(scope="module")
def documentation(core: AnsibleCore, tmp_path_factory) -> dict[str, dict]:
    names = [f"upshift.windows.{module}" for module in MODULES]
    done = subprocess.run([core.program("ansible-doc"), "--json", *names], env=core.environment(tmp_path_factory.mktemp("doc")),
                          capture_output=True, text=True, check=True, timeout=120)
    return {name.removeprefix("upshift.windows."): page for name, page in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def schemas() -> dict[str, dict]:
    return {module: json.loads(subprocess.run([str(LINUX_HELPER), "schema", module], capture_output=True, text=True,
                                              check=True, timeout=60).stdout) for module in MODULES}


def type_of(schema: dict) -> str:
    return schema.get("x-type", TYPES[schema["type"]])


def assert_available_as_documented(where: str, schema: dict, description: str) -> None:
    available = schema.get("x-available", True)
    if available is True:
        assert "not yet available" not in description.lower() or where in ("path", "packages"), where
    elif available is False:
        assert description.endswith("Not yet available."), where
    else:
        sentence = next(line for line in description.splitlines() if "not yet available" in line)
        assert set(re.findall(r"V\((\w+)\)", sentence)) == set(schema["enum"]) - set(available), where


def assert_options_match(where: str, options: dict, schema: dict) -> None:
    properties = schema["properties"]
    assert set(options) - ONLY_THE_CONTROLLER_KNOWS == set(properties), where
    for name, argument in properties.items():
        option = options[name]
        description = "\n".join(option["description"])
        at = f"{where}{name}"
        assert option["type"] == type_of(argument), at
        assert option.get("default") == argument.get("default"), at
        assert option.get("choices") == argument.get("enum"), at
        assert option.get("required", False) == (name in schema.get("required", [])), at
        assert_available_as_documented(at, argument, description)
        if option["type"] == "list":
            assert option["elements"] == type_of(argument["items"]), at
            inner = argument["items"]
        else:
            inner = argument
        if "suboptions" in option or "properties" in inner:
            assert_options_match(f"{at}.", option["suboptions"], inner)


@FOUR
def test_the_options_are_the_arguments_of_the_helper(documentation, schemas, module):
    assert_options_match("", documentation[module]["doc"]["options"], schemas[module]["arguments"])


def assert_returns_match(where: str, returns: dict, schema: dict) -> None:
    for name, value in returns.items():
        at = f"{where}{name}"
        if at in ADDED_RETURNS:
            continue
        assert name in schema["properties"], at
        answered = schema["properties"][name]
        assert value["type"] == TYPES[answered["type"]], at
        assert value["returned"] and value["description"], at
        inner = answered.get("items", answered)
        if "contains" in value:
            assert_returns_match(f"{at}.", value["contains"], inner)
        else:
            assert "sample" in value, at


@FOUR
def test_the_returns_are_fields_of_the_answer(documentation, schemas, module):
    returns, answer = documentation[module]["return"], schemas[module]["answer"]
    assert_returns_match("", returns, answer)
    undocumented = set(answer["properties"]) - set(returns)
    # Ansible itself has the first two; the run is for the action plugin, which stays with it; and what changes nothing has no diff.
    assert undocumented == {"changed", "failed", "run"} | ({"diff"} if module.endswith("_info") else set())


@FOUR
def test_the_page_says_who_what_and_where_else(documentation, module):
    page = documentation[module]["doc"]
    assert page["author"] and page["seealso"] and page["version_added"] == "0.1.0"
    assert {"check_mode", "diff_mode", "platform", "async", "action"} <= set(page["attributes"])
    assert page["has_action"]


def tasks_in(page: dict) -> list[dict]:
    return yaml.safe_load(page["examples"])


# Those of the other two modules are run by test_products.py, which has a Windows for them.
@pytest.mark.parametrize("module", ["hyperv_vm_version", "hyperv_vm_version_info"])
def test_the_examples_work_when_pasted_into_a_play(core: AnsibleCore, documentation, tmp_path, module):
    (tmp_path / "hv01.json").write_text(json.dumps(DESCRIPTION), encoding="utf-8")
    # Those for a Hyper-V host are given the description in its place.
    defaults = {f"upshift.windows.{module}": {"simulation": str(tmp_path / "hv01.json")}}
    run = run_playbook(core, tmp_path, [{"module_defaults": defaults, "block": tasks_in(documentation[module])}])
    assert run.exit_code == 0, run.output
    assert all(row["outcome"] == "ok" for row in run.rows)
    assert len(run.rows) == len(tasks_in(documentation[module]))
