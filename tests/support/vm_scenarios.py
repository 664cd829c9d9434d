# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios of VMs as data: a described host, a request, and what must come of it.

A scenario knows nothing of how the helper reaches the host, so the same files serve every way there is. Its keys:
`name`, `simulation` (the described host), `arguments` (without `simulation`), and `expect` with `exit`, `changed`,
`failed`, `targets` (of each row the fields that matter), `warnings`, `error` (fields of the answer's), `after`
(version, state, saved_checkpoints and upgrade_calls by name of VM) and `check` (outcomes of check mode where they are not
those that follow from `targets`). `again` false marks those whose second run has something to do.
"""

from __future__ import annotations

import json
import pathlib

import pytest

FOLDER = pathlib.Path(__file__).parents[1] / "contract" / "scenarios"
SCENARIOS = [(file.stem, scenario) for file in sorted(FOLDER.glob("*.json"))
             for scenario in json.loads(file.read_text())]
PLANNED = {"upgraded": "would_upgrade"}
SAME_IN_CHECK_MODE = ["name", "vm_id", "version_before", "version_wanted", "state_before"]
SEEN = ("version", "state", "saved_checkpoints", "upgrade_calls")


def vms_of(simulation: dict, state_file: pathlib.Path) -> dict:
    """What the description and the state say of each VM, by name and host."""
    rows = {}
    for vm in simulation.get("vms", []):
        rows[vm["name"], vm.get("host", "")] = {"version": vm["version"], "state": vm.get("state", "off"),
                                                "saved_checkpoints": vm.get("saved_checkpoints", []), "upgrade_calls": 0}
    if state_file.exists():
        for vm in json.loads(state_file.read_text()).get("vms", []):
            key = (vm["name"], vm["host"]) if (vm["name"], vm["host"]) in rows else (vm["name"], "")
            rows[key] = {field: vm[field] for field in SEEN}
    return rows


def without_calls(vms: dict) -> dict:
    return {key: {field: vm[field] for field in SEEN[:-1]} for key, vm in vms.items()}


def each_scenario(fits=lambda scenario: True):
    """Runs a test once for each scenario that fits."""
    chosen = [(file, scenario) for file, scenario in SCENARIOS if fits(scenario)]
    return pytest.mark.parametrize("run", [scenario for _, scenario in chosen], indirect=True,
                                   ids=[f"{file}: {scenario['name']}" for file, scenario in chosen])


def assert_answer(answer: dict, expected: dict) -> None:
    for field in ("changed", "failed"):
        assert answer[field] is expected[field]
    wanted = expected.get("targets", [])
    shown = [{field: row.get(field) for field in want} for row, want in zip(answer["targets"], wanted, strict=True)]
    for row, want in zip(shown, wanted, strict=True):
        assert row | {"error": fields_of(row.get("error"), want.get("error"))} == want | {"error": want.get("error")}
    assert answer["warnings"] == expected.get("warnings", [])
    assert fields_of(answer.get("error"), expected.get("error")) == expected.get("error")


def fields_of(error: dict | None, wanted: dict | None) -> dict | None:
    """Of an error the fields that are asked about."""
    return error if error is None or wanted is None else {field: error.get(field) for field in wanted}


def planned_outcomes(expected: dict) -> list:
    return expected.get("check", [PLANNED.get(row["outcome"], row["outcome"]) for row in expected.get("targets", [])])


def assert_after(after: dict, expected: dict) -> None:
    """`after` by name and host, as vms_of has it."""
    wanted = expected.get("after", {})
    by_name = {name: vm for (name, _), vm in after.items()}
    assert {name: {field: by_name[name][field] for field in fields} for name, fields in wanted.items()} == wanted
