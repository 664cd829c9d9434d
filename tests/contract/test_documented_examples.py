# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/contract.md and docs/guides/ are what the helper does: their examples, their tables, and its schemas."""

from __future__ import annotations

import json
import subprocess

import jsonschema
import pytest
from documented_examples import DOCUMENTS, documents_in, examples_in, normalised, run_example
from helper_process import LINUX_HELPER, ROOT

EXAMPLES = {page.name: examples_in(page.read_text(encoding="utf-8")) for page in DOCUMENTS}
EVERY_EXAMPLE = [pytest.param(example, id=f"{page} line {example.line}")
                 for page, examples in EXAMPLES.items() for example in examples]
OPERATIONS = ("hyperv_vm_version", "hyperv_vm_version_info", "msi_product_version", "msi_product_version_info")


@pytest.fixture(name="schemas", scope="module")
def all_schemas() -> dict:
    """The schemas of every operation, as the helper tells them."""
    return {operation: json.loads(subprocess.run([LINUX_HELPER, "schema", operation], capture_output=True,
                                                 check=True).stdout) for operation in OPERATIONS}


@pytest.mark.parametrize("example", EVERY_EXAMPLE)
def test_an_example_prints_what_its_page_says(example):
    printed = run_example(example)
    assert len(printed) == len(example.commands) > 0
    for command, output in zip(example.commands, printed, strict=True):
        assert normalised(output) == normalised(command.output), command.text


@pytest.mark.parametrize("example", EVERY_EXAMPLE)
def test_a_documented_answer_fits_the_schema_of_its_operation(example, schemas):
    for command in example.commands:
        operation = next((word for word in command.text.split() if word in OPERATIONS), None)
        if operation is None or ">answer.json" in command.text:
            continue
        answers = documents_in(command.output)
        assert answers, command.text
        for answer in answers:
            jsonschema.validate(answer, schemas[operation]["answer"])


def test_the_contract_shows_every_operation_at_work():
    shown = " ".join(command.text for example in EXAMPLES["contract.md"] for command in example.commands)
    assert {operation for operation in OPERATIONS if f"upshift {operation} " in shown} == set(OPERATIONS)


def test_the_tables_of_every_page_are_current():
    done = subprocess.run([ROOT / "scripts" / "contract-docs", "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("part", ["arguments", "answer"])
def test_a_schema_is_a_valid_schema(schemas, operation, part):
    jsonschema.Draft202012Validator.check_schema(schemas[operation][part])


@pytest.mark.parametrize(("operation", "arguments", "fits"), [
    ("hyperv_vm_version", {"name": ["web*"], "version": "10.0", "_ansible_diff": True}, True),
    ("hyperv_vm_version", {"version": "10.0"}, False),
    ("hyperv_vm_version", {"name": ["web*"], "version": 10.0}, False),
    ("hyperv_vm_version", {"id": ["web01"]}, False),
    ("hyperv_vm_version", {"name": ["web*"], "parallel": 0}, False),
    ("hyperv_vm_version", {"name": ["web*"], "colour": "blue"}, False),
    ("msi_product_version", {"packages": [{"path": "a.msi", "version": "2.1"}]}, True),
    ("msi_product_version", {"packages": [{"version": "2.1"}]}, False),
    ("msi_product_version", {"path": "a.msi", "packages": [{"path": "b.msi"}]}, False),
])
def test_schema_and_helper_agree_on_what_is_acceptable(schemas, operation, arguments, fits):
    validator = jsonschema.Draft202012Validator(schemas[operation]["arguments"])
    done = subprocess.run([LINUX_HELPER, operation, "--check"], input=json.dumps(arguments).encode(),
                          capture_output=True, check=False)
    error = json.loads(done.stdout)["error"]
    assert validator.is_valid(arguments) is fits
    assert (error["attempted"] not in ("use the argument", "use the arguments")) is fits, error
