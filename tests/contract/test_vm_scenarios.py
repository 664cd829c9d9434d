# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario in scenarios/ as data: a described host, a request, and what must come of it.

A scenario knows nothing of how the helper reaches the host, so the same files serve every way there is. Its keys:
`name`, `simulation` (the described host), `arguments` (without `simulation`), and `expect` with `exit`, `changed`,
`failed`, `targets` (of each row the fields that matter), `warnings`, `error` (fields of the answer's), `after`
(version, state, saved_checkpoints and upgrade_calls by name of VM) and `check` (outcomes of check mode where they are not
those that follow from `targets`). `again` false marks those whose second run has something to do.
"""

import json
import pathlib

import pytest

FOLDER = pathlib.Path(__file__).parent / "scenarios"
SCENARIOS = [(file.stem, scenario) for file in sorted(FOLDER.glob("*.json"))
             for scenario in json.loads(file.read_text())]
PLANNED = {"upgraded": "would_upgrade"}
SAME_IN_CHECK_MODE = ["name", "vm_id", "version_before", "version_wanted", "state_before"]
SEEN = ("version", "state", "saved_checkpoints", "upgrade_calls")


class Run:
    """One scenario on a described host of its own."""

    def __init__(self, helper, described_host, scenario: dict):
        self.helper, self.host, self.scenario = helper, described_host, scenario
        self.expected = scenario["expect"]
        self.described = json.dumps(scenario["simulation"])
        described_host.file.write_text(self.described)

    def upgrade(self, *switches: str):
        arguments = self.scenario["arguments"] | {"simulation": self.host.path_for(self.helper)}
        return self.helper.run("hyperv_vm_version", arguments, *switches)

    def vms(self) -> dict:
        """What the description and the state say of each VM, by host and id or name."""
        rows = {}
        for vm in self.scenario["simulation"].get("vms", []):
            rows[vm["name"], vm.get("host", "")] = {"version": vm["version"], "state": vm.get("state", "off"),
                                                    "saved_checkpoints": vm.get("saved_checkpoints", []), "upgrade_calls": 0}
        if self.host.state_file.exists():
            for vm in json.loads(self.host.state_file.read_text()).get("vms", []):
                key = (vm["name"], vm["host"]) if (vm["name"], vm["host"]) in rows else (vm["name"], "")
                rows[key] = {field: vm[field] for field in SEEN}
        return rows


def without_calls(vms: dict) -> dict:
    return {key: {field: vm[field] for field in SEEN[:-1]} for key, vm in vms.items()}


@pytest.fixture
def run(request, linux_helper, described_host) -> Run:
    return Run(linux_helper, described_host, request.param)


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


@each_scenario()
def test_check_mode_foretells_the_run_and_touches_nothing(run):
    planned = run.upgrade("--check").answer
    assert not run.host.state_file.exists()
    done = run.upgrade().answer
    assert [row["outcome"] for row in planned["targets"]] == planned_outcomes(run.expected)
    for field in SAME_IN_CHECK_MODE:
        assert [row.get(field) for row in planned["targets"]] == [row.get(field) for row in done["targets"]]
    assert planned.get("hosts") == done.get("hosts")


@each_scenario()
def test_the_run_does_what_is_expected(run):
    before = run.vms()
    done = run.upgrade()
    assert_answer(done.answer, run.expected)
    assert done.exit_code == run.expected["exit"]
    after = run.vms()
    by_name = {name: vm for (name, _), vm in after.items()}
    assert {name: {field: by_name[name][field] for field in wanted}
            for name, wanted in run.expected.get("after", {}).items()} == run.expected.get("after", {})
    assert done.answer["changed"] == (without_calls(before) != without_calls(after))
    assert run.host.file.read_text() == run.described


@each_scenario(lambda scenario: scenario.get("again", True))
def test_the_second_run_changes_nothing(run):
    run.upgrade()
    first = without_calls(run.vms())
    again = run.upgrade().answer
    assert again["changed"] is False
    assert without_calls(run.vms()) == first


def planning_rows(answer: dict) -> list:
    return [{field: value for field, value in row.items() if field != "duration_ms"} for row in answer["targets"]]


@each_scenario(lambda scenario: "faults" not in scenario["simulation"])
def test_a_saved_answer_rehearses_to_the_same_plan(run, tmp_path):
    arguments = {"simulation": str(run.host.file)} | ({"cluster": True} if run.scenario["arguments"].get("cluster") else {})
    planned = run.upgrade("--check").answer
    saved = run.helper.run("hyperv_vm_version_info", arguments)
    if "error" in planned:
        assert saved.answer["error"]["kind"] == planned["error"]["kind"]
        return
    rehearsal = tmp_path / "saved-answer.json"
    rehearsal.write_bytes(saved.stdout)
    rehearsed = run.helper.run("hyperv_vm_version", run.scenario["arguments"] | {"simulation": str(rehearsal)}, "--check").answer
    assert planning_rows(rehearsed) == planning_rows(planned)
    assert (rehearsed["msg"], rehearsed["warnings"]) == (planned["msg"], planned["warnings"])
