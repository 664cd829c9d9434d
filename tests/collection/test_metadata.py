# SPDX-License-Identifier: GPL-3.0-or-later
"""What the collection tells other programs of itself: action groups, execution environments, managed nodes, changelog."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess

import pytest
import yaml
from ansible_playbook import MODULES, AnsibleCore, run_playbook
from built_collection import ROOT, Installation
from helper_process import Helper

HOST = {"hosts": [{"name": "hv01", "default_version": "12.0", "supported_versions": ["9.0", "12.0"]}],
        "vms": [{"name": "old", "id": "5D1C2E0A-8E0F-4C57-9E5B-2B0C7A6F1D01", "version": "9.0"},
                {"name": "done", "id": "5D1C2E0A-8E0F-4C57-9E5B-2B0C7A6F1D02", "version": "12.0"},
                {"name": "busy", "id": "5D1C2E0A-8E0F-4C57-9E5B-2B0C7A6F1D03", "version": "9.0", "state": "running"},
                {"name": "saved", "id": "5D1C2E0A-8E0F-4C57-9E5B-2B0C7A6F1D04", "version": "9.0", "state": "saved"}]}
QUERY = "extensions/audit/event_query.yml"


def loaded(name: str) -> dict:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answer(tmp_path_factory) -> dict:
    """An answer for a described host: one upgraded, one at its version, one failed, one skipped."""
    description = tmp_path_factory.mktemp("host") / "host.json"
    description.write_text(json.dumps(HOST), encoding="utf-8")
    answer = Helper().run("hyperv_vm_version", {"name": "*", "when_saved": "skip", "simulation": str(description)}).answer
    assert sorted(row["outcome"] for row in answer["targets"]) == ["failed", "skipped", "unchanged", "upgraded"]
    return answer


def nodes(result: dict, module: str = "hyperv_vm_version") -> list[dict]:
    """What Ansible Automation Platform would count of a task's result."""
    query = loaded(QUERY)[f"upshift.windows.{module}"]["query"]
    done = subprocess.run(["jq", "--compact-output", query], input=json.dumps(result), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def as_of_a_real_host(answer: dict, **changes: object) -> dict:
    return {key: value for key, value in answer.items() if key != "simulated"} | changes


def test_the_machines_that_were_looked_after_count_as_nodes_by_their_guid(answer):
    found = nodes(as_of_a_real_host(answer))
    ids = {vm["name"]: vm["id"] for vm in HOST["vms"]}
    assert {node["name"]: node["canonical_facts"] for node in found} == {
        name: {"vm_id": ids[name]} for name in ("old", "done")}
    assert all(node["facts"]["host"] == "hv01" and node["facts"]["device_type"] == "virtual_machine" for node in found)


@pytest.mark.parametrize("changes", [{"simulated": True}, {"check_mode": True}])
def test_nothing_counts_on_paper(answer, changes):
    assert nodes(as_of_a_real_host(answer, **changes)) == []


def test_a_task_that_failed_before_it_found_anything_counts_nothing():
    assert nodes({"changed": False, "failed": True, "msg": "refused"}) == []


def test_only_modules_of_the_collection_are_counted():
    assert {name.removeprefix("upshift.windows.") for name in loaded(QUERY)} <= set(MODULES)


def test_the_action_group_holds_every_module_that_has_the_shared_options():
    assert loaded("meta/runtime.yml")["action_groups"] == {"all": list(MODULES)}


@pytest.mark.parametrize("core", ["newest", "floor"])
def test_defaults_for_the_action_group_reach_every_module(core, tmp_path, stand_in):
    block = {"module_defaults": {"group/upshift.windows.all": {"helper": stand_in}},
             "block": [{"name": module, f"upshift.windows.{module}": {}} for module in MODULES]}
    run = run_playbook(AnsibleCore(core), tmp_path, [block])
    assert {module: run.result(module)["msg"] for module in MODULES} == {module: f"default reached {module}" for module in MODULES}


@pytest.fixture
def stand_in(tmp_path) -> str:
    program = tmp_path / "stand-in"
    program.write_text('#!/bin/sh\nprintf \'{"changed": false, "failed": false, "msg": "default reached %s"}\\n\' "$1"\n',
                       encoding="ascii")
    program.chmod(0o755)
    return str(program)


def test_an_execution_environment_gets_nothing_but_the_lists_in_meta(installation: Installation):
    for kind, name in loaded("meta/execution-environment.yml")["dependencies"].items():
        assert kind in ("python", "system")
        lines = (installation.collection / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line and not line.startswith("#")] == []


def test_the_changelog_and_its_fragments_are_in_order(tmp_path: pathlib.Path):
    program = AnsibleCore("newest").program("antsibull-changelog")
    done = subprocess.run([program, "lint"], cwd=ROOT, env=os.environ | {"HOME": str(tmp_path)}, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0 and not done.stdout, done.stdout
