# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be used is refused with its own sentence, and nothing is touched."""

import json
import os

import pytest
from helper_process import finish

MEBIBYTE = 1024 * 1024


def with_arguments(text: str) -> str:
    """Arguments that would upgrade the described host, with more text in the object."""
    return '{"name": "*", "simulation": SIMULATION, ' + text + "}"


BAD_TEXTS = {
    "empty": ("", "empty"),
    "only blanks": (" \n\t ", "empty"),
    "not JSON": ('{"name": "*",\n "x" 1}', "line 2, column 6"),
    "an array": ("[]", "a list"),
    "a string": ('"name"', "a string"),
    "null": ("null", "null"),
    "two objects": ('{"name": "*"} {"name": "*"}', "line 1, column 15"),
    "cut short": ('{"name": "*"', "ends too early"),
    "a lone surrogate": (with_arguments('"exclude": "\\ud800"'), "surrogate"),
    "a duplicate key": (with_arguments('"exclude": "a", "exclude": "b"'), '"exclude"'),
    "nesting beyond 64": (with_arguments('"exclude": ' + "[" * 64 + "]" * 64), "64"),
    "an unknown argument": (with_arguments('"excluded": "a"'), 'Did you mean "exclude"?'),
    "a wrong type": (with_arguments('"exclude": {}'), '"exclude[0]": it is an object'),
    "a number for a version": (with_arguments('"version": 10.0'), "Quote it: YAML reads 1.10 as 1.1."),
    "a version that does not parse": (with_arguments('"version": "ten"'), '"ten"'),
    "a number out of range": (with_arguments('"parallel": 0'), '"parallel"'),
    "a number beyond 64 bits": (with_arguments('"parallel": 1e400'), "too large"),
    "not a number": (with_arguments('"parallel": NaN'), "line 1"),
    "a choice that there is not": (with_arguments('"when_running": "sometimes"'), '"when_running"'),
    "a NUL in a string": (with_arguments('"exclude": "a\\u0000b"'), "NUL"),
    "a GUID that does not parse": (with_arguments('"id": "not-a-guid"'), '"not-a-guid"'),
    "an argument of a later issue": (with_arguments('"allow_unencrypted": true'), "not yet available"),
}

BAD_BYTES = {
    "invalid UTF-8": (b'{"name": "\xff"}', "UTF-8"),
    "UTF-16 with its mark": ('{"name": "*"}'.encode("utf-16"), "UTF-16"),
    "UTF-16 without its mark": ('{"name": "*"}'.encode("utf-16-le"), "UTF-16"),
    "an overlong sequence": (b'{"name": "\xc0\xaf"}', "UTF-8"),
    "a required argument missing": (b"{}", '"name"'),
    "more than 16 MiB": (b'{"name": "' + b"x" * (16 * MEBIBYTE) + b'"}', "16 MiB"),
}


@pytest.mark.parametrize("text, named", BAD_TEXTS.values(), ids=BAD_TEXTS.keys())
def test_bad_text_is_refused_by_name_and_touches_nothing(linux_helper, described_host, text, named):
    simulation = json.dumps(described_host.path_for(linux_helper))
    run = linux_helper.run("hyperv_vm_version", stdin=text.replace("SIMULATION", simulation).encode())
    assert named in run.refusal
    assert not described_host.state_file.exists()


def test_contradicting_arguments_are_refused_by_name(helper):
    run = helper.run("msi_product_version", {"path": "C:\\a.msi", "packages": [{"path": "C:\\b.msi"}]})
    assert '"path"' in run.refusal and '"packages"' in run.refusal


@pytest.mark.parametrize("stdin, named", BAD_BYTES.values(), ids=BAD_BYTES.keys())
def test_bad_bytes_are_refused_by_name(helper, stdin, named):
    assert named in helper.run("hyperv_vm_version", stdin=stdin).refusal


def test_the_same_arguments_without_the_mistake_are_carried_out(helper, described_host):
    run = helper.run("hyperv_vm_version", {"name": "*", "simulation": described_host.path_for(helper)})
    assert run.exit_code == 0
    assert run.answer["targets"][0]["version"] == "10.0"
    assert described_host.state_file.exists()


@pytest.mark.parametrize("words, named", [
    ((), "no operation is given"),
    (("hyperv_vm_versoin",), 'Did you mean "hyperv_vm_version"?'),
    (("hyperv_vm_version", "--chekc"), 'Did you mean "--check"?'),
    (("hyperv_vm_version", "--progress", "loud"), '"auto", "json" or "none"'),
    (("hyperv_vm_version", "--progress"), "--progress"),
    (("hyperv_vm_version", "web01"), '"web01"'),
    (("hyperv_vm_version", "/check"), '"/check"'),
    (("schema",), "no operation is given"),
    (("schema", "everything"), '"everything"'),
    (("",), "there is no such operation"),
], ids=" ".join)
def test_a_bad_command_line_is_refused_on_both_streams_and_reads_nothing(helper, words, named):
    process = helper.start(*words)
    # Standard input stays open meanwhile: a helper that waited for it would never end.
    process.wait(timeout=60)
    run = finish(process)
    sentence = run.refusal
    assert named in sentence
    assert sentence in run.stderr.decode()


def test_standard_input_that_never_ends_is_read_to_the_limit_and_no_further(linux_helper):
    process = linux_helper.start("hyperv_vm_version")
    piece = b"y\n" * 32768
    written = 0
    try:
        while written < 64 * MEBIBYTE:
            written += process.stdin.write(piece)
    except BrokenPipeError:
        pass
    process.stdin = None
    # What a pipe holds by itself is written, but read by nobody.
    assert written <= 17 * MEBIBYTE
    assert "16 MiB" in finish(process).refusal


def test_standard_input_that_cannot_be_read_is_refused(linux_helper, tmp_path):
    folder = os.open(tmp_path, os.O_RDONLY)
    process = linux_helper.start("hyperv_vm_version", stdin=folder)
    os.close(folder)
    assert "Is a directory" in finish(process).refusal


def test_a_closed_standard_input_is_an_empty_one(linux_helper):
    process = linux_helper.closing("0<&-").start("hyperv_vm_version", stdin=None)
    assert "empty" in finish(process).refusal


@pytest.mark.parametrize("operation", ["hyperv_vm_version", "hyperv_vm_version_info", "msi_product_version",
                                       "msi_product_version_info"])
def test_arguments_that_no_build_can_carry_out_on_linux_say_where_to_go(linux_helper, operation):
    arguments = {"path": "C:\\a.msi"} if operation.startswith("msi") else {"name": "*"}
    sentence = linux_helper.run(operation, arguments).refusal
    assert "'simulation'" in sentence
    assert "helper for Linux" in sentence


@pytest.mark.parametrize("operation", ["hyperv_vm_version", "hyperv_vm_version_info"])
def test_a_windows_computer_without_hyper_v_is_not_supported(windows_helper, operation):
    run = windows_helper.run(operation, {"name": "*"})
    assert run.exit_code == 1
    assert run.failed_answer["error"]["kind"] == "not_supported"
    assert "The Hyper-V role is not installed there" in run.failed_answer["msg"]
