# SPDX-License-Identifier: GPL-3.0-or-later
"""Standard output holds one line, whatever becomes of the streams, the memory or the environment."""

import json
import os

import pytest
from helper_process import Helper, answer_in, finish

NAMES = ["Zürich", "東京", "Привет", "e\u0301", "\U0001f980", 'quo"te', "back\\slash", "tab\tin it", "\x7f"]


def upgrade(helper: Helper, described_host) -> dict:
    return {"name": "*", "simulation": described_host.path_for(helper)}


def test_names_survive_both_ways_and_the_answer_is_ascii(helper, described_host):
    described_host.describe(*({"name": name, "version": "9.0", "state": "off"} for name in NAMES))
    run = helper.run("hyperv_vm_version", {"name": NAMES, "simulation": described_host.path_for(helper)})
    assert [row["name"] for row in run.answer["targets"]] == NAMES
    assert run.exit_code == 0


def test_a_name_given_as_utf_8_bytes_is_the_same_name(helper, described_host):
    described_host.describe({"name": "Zürich 東京", "version": "9.0", "state": "off"})
    text = json.dumps({"name": "Zürich 東京", "simulation": described_host.path_for(helper)}, ensure_ascii=False)
    for mark in (b"", b"\xef\xbb\xbf"):
        run = helper.run("hyperv_vm_version", stdin=mark + text.encode())
        assert [row["name"] for row in run.answer["targets"]] == ["Zürich 東京"]


def test_a_word_of_the_command_line_outside_ascii_is_named_in_the_refusal(helper):
    assert '"東京-Zürich"' in helper.run("東京-Zürich", {}).refusal


def test_a_line_feed_in_the_arguments_does_not_become_a_second_line(helper, described_host):
    described_host.describe({"name": "a\r\nb\x1a", "version": "9.0", "state": "off"})
    run = helper.run("hyperv_vm_version", upgrade(helper, described_host))
    assert [row["name"] for row in run.answer["targets"]] == ["a\r\nb\x1a"]


def test_texts_for_people_end_with_one_line_feed(helper):
    run = helper.run("--version")
    assert (run.exit_code, run.stdout.count(b"\n"), b"\r" in run.stdout) == (0, 1, False)
    assert run.stdout.strip().count(b".") == 2
    assert b"\r" not in helper.run("--help").stdout
    assert json.loads(helper.run("schema", None, "hyperv_vm_version").stdout)["arguments"]["properties"]["name"]


@pytest.mark.parametrize("redirection, reason", [
    (">/dev/full", "No space left on device"),
    (">&-", "it is closed"),
    ("1</dev/null", "Bad file descriptor"),
])
def test_an_answer_that_cannot_be_written_is_no_success(linux_helper, described_host, redirection, reason):
    run = linux_helper.closing(redirection).run("hyperv_vm_version", upgrade(linux_helper, described_host))
    assert (run.exit_code, run.stdout) == (1, b"")
    assert reason in run.stderr.decode()
    # The work itself was done and written down.
    assert described_host.state_file.exists()


def test_a_refusal_that_cannot_be_written_keeps_its_exit_code(linux_helper):
    assert linux_helper.closing(">/dev/full").run("hyperv_vm_version", stdin=b"").exit_code == 64


def test_a_reader_that_went_away_is_no_success(linux_helper, described_host):
    process = linux_helper.start("hyperv_vm_version")
    process.stdout.close()
    process.stdin.write(json.dumps(upgrade(linux_helper, described_host)).encode())
    process.stdin.close()
    process.stdin = process.stdout = None
    run = finish(process)
    assert run.exit_code == 1
    assert "Broken pipe" in run.stderr.decode()


@pytest.mark.parametrize("redirections", [("2>&-",), ("0</dev/null", "2>&-"), ("2</dev/null",), ("2>/dev/full",)], ids=" ".join)
def test_a_closed_standard_error_takes_nothing_from_the_answer(linux_helper, redirections):
    run = linux_helper.closing(*redirections).run("hyperv_vm_versoin", stdin=b"")
    assert 'Did you mean "hyperv_vm_version"?' in run.refusal


def test_with_every_stream_closed_no_file_gets_what_was_meant_for_them(linux_helper, described_host):
    arguments = described_host.file.with_name("arguments.json")
    arguments.write_text(json.dumps(upgrade(linux_helper, described_host)))
    first = linux_helper.closing(f"<{arguments}", ">&-", "2>&-").run("hyperv_vm_version", {}, "--progress", "json")
    assert (first.exit_code, first.stdout, first.stderr) == (1, b"", b"")
    second = linux_helper.run("hyperv_vm_version", upgrade(linux_helper, described_host))
    assert [row["outcome"] for row in second.answer["targets"]] == ["unchanged"]
    json.loads(described_host.state_file.read_text())


def test_a_long_answer_goes_whole_through_a_pipe_that_does_not_block(linux_helper, described_host):
    described_host.describe(*({"name": f"vm{i}", "version": "10.0", "state": "off"} for i in range(2000)))
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    process = linux_helper.start("hyperv_vm_version", stdout=writing)
    os.close(writing)
    process.stdin.write(json.dumps(upgrade(linux_helper, described_host)).encode())
    process.stdin.close()
    process.stdin = None
    with os.fdopen(reading, "rb") as stream:
        stdout = stream.read()
    assert finish(process).exit_code == 0
    assert len(answer_in(stdout)["targets"]) == 2000


@pytest.mark.parametrize("environment", [{}, {"LC_ALL": "C"}, {"LC_ALL": "no_SUCH.locale"}, {"PATH": ""},
                                         {"TERM": "\x1b[31m", "NO_COLOR": "\xff"}, {"HOME": "/nowhere", "TMPDIR": "/nowhere"}], ids=str)
def test_no_environment_changes_the_answer(linux_helper, described_host, environment):
    described_host.describe({"name": "Zürich", "version": "10.0", "state": "off"})
    run = Helper(linux_helper.command, environment).run("hyperv_vm_version", upgrade(linux_helper, described_host))
    assert (run.exit_code, run.stderr) == (0, b"")
    assert [row["name"] for row in run.answer["targets"]] == ["Zürich"]


def limited_to(mebibytes: int, helper: Helper) -> Helper:
    return Helper(("prlimit", f"--as={mebibytes * 1024 * 1024}", *helper.command), helper.env)


@pytest.mark.limits_memory
@pytest.mark.parametrize("mebibytes", [40, 64, 100])
def test_without_memory_for_the_arguments_the_answer_says_so(linux_helper, mebibytes):
    arguments = b'{"name": [' + b",".join([b'"vm"'] * 3_000_000) + b"]}"
    run = limited_to(mebibytes, linux_helper).run("hyperv_vm_version", stdin=arguments)
    assert run.exit_code == 1
    assert run.failed_answer["error"] == {"kind": "internal", "attempted": "finish", "found": "there was not enough memory",
                                          "hint": "Nothing was altered."}


@pytest.mark.limits_memory
def test_however_little_memory_there_is_a_helper_that_starts_answers(linux_helper, described_host):
    described_host.describe(*({"name": f"vm{i}", "version": "9.0", "state": "off"} for i in range(200)))
    answered = 0
    for mebibytes in range(2, 48, 3):
        described_host.state_file.unlink(missing_ok=True)
        run = limited_to(mebibytes, linux_helper).run("hyperv_vm_version", upgrade(linux_helper, described_host))
        if run.stdout:
            answered += 1
            assert run.answer["failed"] == (run.exit_code != 0)
        else:
            # Without room for the program and the C library the system ends it before its first instruction, or the loader does.
            loader = run.exit_code == 127 and b"error while loading shared libraries" in run.stderr
            assert (run.exit_code < 0 or loader) and answered == 0, (mebibytes, run)
    assert answered > 0


def test_the_answer_comes_even_where_standard_error_is_never_read(linux_helper, described_host):
    described_host.describe(*({"name": f"vm{i}", "version": "10.0", "state": "off"} for i in range(20)))
    process = linux_helper.start_operation("hyperv_vm_version", upgrade(linux_helper, described_host))
    assert answer_in(process.stdout.read())["failed"] is False
    finish(process)
