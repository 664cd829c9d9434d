# SPDX-License-Identifier: GPL-3.0-or-later
"""The shells of the endpoint, as pywinrm uses them: programs run under Wine, and end with their shell."""

from __future__ import annotations

import json
import pathlib
import time

import pytest
import wine
import winrm
from winrm.exceptions import WinRMOperationTimeoutError, WSManFaultError

HELPER = pathlib.Path(__file__).resolve().parents[2] / "build" / "windows" / "upshift.exe"


@pytest.fixture
def client(endpoint):
    return winrm.Protocol(endpoint.url(), transport="basic", username=endpoint.user, password=endpoint.password,
                          operation_timeout_sec=1, read_timeout_sec=20)


@pytest.fixture
def shell(client):
    return client.open_shell()


def wait_for(condition, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(condition())


def test_a_program_gets_its_input_from_several_requests_and_gives_its_answer_and_exit_code(client, shell):
    command = client.run_command(shell, wine.windows_path(HELPER), ["msi_product_version_info"], skip_cmd_shell=True)
    client.send_command_input(shell, command, '{"nam')
    client.send_command_input(shell, command, 'e": 7}', end=True)
    stdout, stderr, exit_code = client.get_command_output(shell, command)
    assert json.loads(stdout)["error"]["object"] == "name[0]"
    assert (stderr, exit_code) == (b"", 64)


def test_the_two_output_streams_stay_apart(client, shell):
    stdout, stderr, exit_code = client.get_command_output(shell, client.run_command(shell, "echo", ["out&", "echo", "err>&2"]))
    assert (stdout.split(), stderr.split(), exit_code) == ([b"out"], [b"err"], 0)


def test_receive_says_timed_out_while_there_is_nothing_and_waits_as_long_as_it_was_told(client, shell):
    command = client.run_command(shell, "cmd.exe", ["/q"], console_mode_stdin=False)
    while True:  # the greeting of the interpreter
        began = time.monotonic()
        try:
            client.get_command_output_raw(shell, command)
        except WinRMOperationTimeoutError:
            break
    assert 0.9 <= time.monotonic() - began < 5


def test_variables_and_folder_of_a_shell_reach_its_programs(client, endpoint):
    endpoint.host.path("C:\\users\\Public").mkdir(exist_ok=True)
    shell = client.open_shell(env_vars={"MARK": "value"}, working_directory="C:\\users\\Public")
    command = client.run_command(shell, "echo", ["%MARK% & cd"])
    stdout, _, exit_code = client.get_command_output(shell, command)
    assert stdout.decode().split() == ["value", "C:\\users\\Public"]
    assert exit_code == 0


def test_a_large_output_comes_whole_and_in_pieces(client, shell, endpoint):
    file = endpoint.host.path("C:\\large.txt")
    file.write_bytes(b"0123456789abcde\n" * 20000)
    command = client.run_command(shell, "cmd.exe", ["/c", "type", "C:\\large.txt"])
    stdout, _, exit_code = client.get_command_output(shell, command)
    assert (len(stdout), exit_code) == (320000, 0)
    assert endpoint.counts.posts["Receive"] > 2


def test_deleting_a_shell_ends_its_programs_and_their_children_but_not_those_of_another(client, shell, endpoint):
    other = client.open_shell()
    for one in (shell, other):
        client.run_command(one, "cmd.exe", ["/c", "start", "/b", "cmd.exe", "&", "cmd.exe"], console_mode_stdin=False)
    assert wait_for(lambda: len(endpoint.host.processes(shell)) >= 3 and len(endpoint.host.processes(other)) >= 3)
    client.close_shell(shell, close_session=False)
    assert endpoint.host.processes(shell) == []
    assert len(endpoint.host.processes(other)) >= 3


def test_a_shell_that_was_deleted_is_not_found(client, shell):
    client.close_shell(shell, close_session=False)
    with pytest.raises(WSManFaultError) as refused:
        client.run_command(shell, "cmd.exe")
    assert refused.value.wsman_fault_code == 2150858843


def test_terminating_a_command_ends_it_and_leaves_the_shell(client, shell, endpoint):
    command = client.run_command(shell, "cmd.exe", console_mode_stdin=False)
    assert wait_for(lambda: endpoint.host.processes(shell))
    client.cleanup_command(shell, command)
    assert endpoint.host.processes(shell) == []
    assert client.get_command_output(shell, client.run_command(shell, "echo", ["still"]))[0].strip() == b"still"


def test_a_request_larger_than_the_largest_envelope_is_refused(client, shell):
    command = client.run_command(shell, "cmd.exe", console_mode_stdin=False)
    with pytest.raises(WSManFaultError, match="larger than 512000"):
        client.send_command_input(shell, command, b"x" * 500000)
