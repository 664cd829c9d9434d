# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario in product_scenarios/ as data: described products and packages, a request, and what must come of it.

Its keys: `name`, `simulation`, `arguments` (without `simulation`), and `expect` with `exit`, `changed`, `failed`,
`reboot_required` (false where it is left out), `targets` (of each row the fields that matter), `warnings`, `error`
(fields of the answer's), `after` (version by product code, null for none) and `check` (outcomes of check mode where they
are not those that follow from `targets`). `again` false marks those whose second run has something to do, `rehearse`
false those that lean on what a saved answer does not hold (transforms, errors of reading).
"""

import json
import pathlib

import pytest
from test_vm_scenarios import assert_answer

FOLDER = pathlib.Path(__file__).parent / "product_scenarios"
SCENARIOS = [(file.stem, scenario) for file in sorted(FOLDER.glob("*.json"))
             for scenario in json.loads(file.read_text())]
PLANNED = {"upgraded": "would_upgrade", "installed": "would_install"}
SAME_IN_CHECK_MODE = ["name", "product_code_before", "version_before", "version_wanted", "classification", "properties"]


class Run:
    """One scenario on described products of its own."""

    def __init__(self, helper, described_host, scenario: dict):
        self.helper, self.host, self.scenario = helper, described_host, scenario
        self.expected = scenario["expect"]
        self.described = json.dumps(scenario["simulation"])
        described_host.file.write_text(self.described)

    def upgrade(self, *switches: str):
        arguments = self.scenario["arguments"] | {"simulation": self.host.path_for(self.helper)}
        return self.helper.run("msi_product_version", arguments, *switches)

    def installed(self) -> dict:
        """Version, package code and patches by product code, from the description and the state file."""
        products = {row["product_code"]: row for row in self.scenario["simulation"]["products"]}
        if self.host.state_file.exists():
            changed = json.loads(self.host.state_file.read_text()).get("products", {"gone": [], "present": []})
            products = {code: row for code, row in products.items() if code not in changed["gone"]}
            products |= {row["product_code"]: row for row in changed["present"]}
        return {code: (row["version"], row.get("package_code", ""), [patch["patch_code"] for patch in row.get("patches", [])])
                for code, row in products.items()}

    def journal(self) -> list:
        if not self.host.state_file.exists():
            return []
        return json.loads(self.host.state_file.read_text()).get("journal", [])


@pytest.fixture
def run(request, linux_helper, described_host) -> Run:
    return Run(linux_helper, described_host, request.param)


def each_scenario(fits=lambda scenario: True):
    """Runs a test once for each scenario that fits."""
    chosen = [(file, scenario) for file, scenario in SCENARIOS if fits(scenario)]
    return pytest.mark.parametrize("run", [scenario for _, scenario in chosen], indirect=True,
                                   ids=[f"{file}: {scenario['name']}" for file, scenario in chosen])


def may_take_long(scenario: dict) -> bool:
    """Nobody waits for an installer that is held for half a minute a second time."""
    return any(other["seconds"] > 5 for other in scenario["simulation"].get("other_installations", []))


@each_scenario()
def test_check_mode_foretells_the_run_and_touches_nothing(run):
    planned = run.upgrade("--check", "--diff").answer
    assert not run.host.state_file.exists()
    outcomes = [PLANNED.get(row["outcome"], row["outcome"]) for row in run.expected["targets"]]
    assert [row["outcome"] for row in planned["targets"]] == run.expected.get("check", outcomes)
    if "check" in run.expected:
        return
    done = run.upgrade("--diff").answer
    assert planned["diff"] == done["diff"]
    for field in SAME_IN_CHECK_MODE:
        assert [row.get(field) for row in planned["targets"]] == [row.get(field) for row in done["targets"]]


@each_scenario()
def test_the_run_does_what_is_expected(run):
    before = run.installed()
    done = run.upgrade()
    assert_answer(done.answer, run.expected)
    assert done.answer["reboot_required"] is run.expected.get("reboot_required", False)
    assert done.exit_code == run.expected["exit"]
    after = run.installed()
    versions = {code: after.get(code, (None,))[0] for code in run.expected["after"]}
    assert versions == run.expected["after"]
    if "other_installations" not in run.scenario["simulation"]:
        assert done.answer["changed"] == (before != after)
    assert run.host.file.read_text() == run.described


@each_scenario(lambda scenario: scenario.get("again", True) and not may_take_long(scenario))
def test_the_second_run_changes_nothing_but_what_failed(run):
    first = run.upgrade().answer
    installed = run.installed()
    again = run.upgrade().answer
    assert run.installed() == installed
    assert again["changed"] is False
    if not first["failed"]:
        assert again["failed"] is False
        assert run.journal() == []


def planning_rows(answer: dict) -> list:
    return [{field: value for field, value in row.items() if field != "duration_ms"} for row in answer["targets"]]


@each_scenario(lambda scenario: scenario.get("rehearse", True))
def test_a_saved_answer_rehearses_to_the_same_plan(run, tmp_path):
    planned = run.upgrade("--check").answer
    paths = [row["path"] for row in run.scenario["simulation"]["packages"]]
    arguments = {"simulation": str(run.host.file)} | ({"path": paths} if paths else {})
    if not paths:
        arguments["upgrade_code"] = run.scenario["simulation"]["products"][0]["upgrade_code"]
    saved = run.helper.run("msi_product_version_info", arguments)
    rehearsal = tmp_path / "saved-answer.json"
    rehearsal.write_bytes(saved.stdout)
    rehearsed = run.helper.run("msi_product_version", run.scenario["arguments"] | {"simulation": str(rehearsal)}, "--check").answer
    assert planning_rows(rehearsed) == planning_rows(planned)
    assert (rehearsed["msg"], rehearsed["warnings"]) == (planned["msg"], planned["warnings"])
