# SPDX-License-Identifier: GPL-3.0-or-later
"""The same host over the connection `ssh`: real ssh and sftp, as ansible-core starts them."""

from __future__ import annotations

import os
import pathlib
import subprocess
import threading

import pytest
from winrm_playbook import count_requests

NOTHING = {"name": "nothing", "do_nothing": {}}


@pytest.fixture
def play_ssh(play):
    def run(*tasks: dict, **options: object):
        return play(*tasks, connection="ssh", **options)
    return run


def test_a_module_that_does_nothing_is_one_command_of_one_connection(core, endpoint, tmp_path):
    counts = count_requests(core, endpoint, tmp_path, NOTHING, connection="ssh", ansible_ssh_args="-o ControlMaster=no")
    assert counts.posts == {"Exec": 1}
    assert counts.connections == 1


def test_a_connection_is_kept_for_the_next_task_until_it_is_reset(play_ssh, endpoint):
    done = play_ssh(NOTHING, {"name": "again", "do_nothing": {}}, {"meta": "reset_connection"}, {"name": "anew", "do_nothing": {}})
    assert done.exit_code == 0, done.output
    assert (endpoint.counts.posts["Exec"], endpoint.counts.connections) == (3, 2)


def test_a_host_with_another_key_than_the_known_one_is_refused(play_ssh, endpoint, tmp_path):
    port, _, _ = endpoint.ssh.known_hosts.read_text().partition(" ")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "other")], check=True)
    endpoint.ssh.known_hosts.write_text(f"{port} {(tmp_path / 'other.pub').read_text()}")
    done = play_ssh(NOTHING)
    assert done.row("nothing")["outcome"] == "unreachable"
    assert "Host key verification failed" in done.output
    assert endpoint.counts.total == 0


def test_another_key_than_the_user_s_is_refused_and_reaches_no_shell(play_ssh, endpoint, tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "other")], check=True)
    done = play_ssh(NOTHING, ansible_ssh_private_key_file=str(tmp_path / "other"))
    assert done.row("nothing")["outcome"] == "unreachable"
    assert "Permission denied" in done.output
    assert endpoint.counts.total == 0


def test_arguments_arrive_as_they_were_given(play_ssh, endpoint):
    given = {"text": "a \u00e9\u4e16 'b' \"c\" $d", "number": 10, "list": [1, "2", None], "map": {"x": {"y": True}}, "empty": None}
    play_ssh({"name": "nothing", "do_nothing": given, "environment": {"MARK": "m"}}, switches=("--check", "--diff"))
    [call] = endpoint.recorded.modules
    assert (call.name, call.arguments, call.environment) == ("do_nothing", given, {"MARK": "m"})
    assert call.ansible["_ansible_check_mode"] is True and call.ansible["_ansible_diff"] is True


def test_become_arrives_in_the_payload_with_its_password(play_ssh, endpoint):
    play_ssh({"name": "nothing", "do_nothing": {}, "become": True, "become_method": "runas", "become_user": "SYSTEM"},
             ansible_become_password="pw-of-become")
    [call] = endpoint.recorded.modules
    assert "SYSTEM" in call.become.values() and "pw-of-become" in call.become.values()


def test_an_async_task_is_polled_until_its_result_file_is_finished(play_ssh):
    done = play_ssh({"name": "later", "do_nothing": {}, "async": 30, "poll": 1})
    assert done.result("later")["finished"] in (1, True)


@pytest.mark.parametrize("method", ["sftp", "smart"])
def test_a_file_arrives_whole_and_comes_back_whole(play_ssh, endpoint, tmp_path, method):
    (tmp_path / "there").write_bytes(os.urandom(300_001))
    done = play_ssh({"name": "files", "there_and_back": {"source": str(tmp_path / "there"), "back": str(tmp_path / "back")}},
                    ansible_ssh_transfer_method=method)
    assert (tmp_path / "back").read_bytes() == (tmp_path / "there").read_bytes()
    assert done.result("files")["seen"] and not done.result("files")["other"] and done.result("files")["removed"]
    assert endpoint.recorded.files == [(done.result("files")["there"], 300_001)]
    assert endpoint.host.path(done.result("files")["there"]).is_relative_to(endpoint.host.prefix.folder)
    assert done.result("files")["home"] == endpoint.host.user_profile + "\\x"


def sftp(endpoint, *lines: str) -> subprocess.CompletedProcess:
    own = endpoint.ssh.inventory_vars()
    command = ["sftp", "-b", "-", *str(own["ansible_ssh_common_args"]).split(), "-P", str(own["ansible_port"]),
               "-i", str(own["ansible_ssh_private_key_file"]), f"{own['ansible_user']}@127.0.0.1"]
    return subprocess.run(command, input="\n".join(lines), text=True, capture_output=True, timeout=60, check=False)


def test_sftp_names_files_as_openssh_for_windows_does(endpoint, tmp_path):
    (tmp_path / "file").write_text("text")
    done = sftp(endpoint, "pwd", f"put {tmp_path / 'file'} relative.txt", "ls -1 /c:/WINDOWS/win.ini")
    profile = endpoint.host.user_profile
    assert f"Remote working directory: /{profile}".replace("\\", "/") in done.stdout, done
    assert "/c:/WINDOWS/win.ini" in done.stdout
    assert pathlib.Path(endpoint.host.path(f"{profile}\\relative.txt")).read_text() == "text"


def test_a_file_for_a_folder_that_is_not_there_is_refused(play_ssh, endpoint, tmp_path):
    (tmp_path / "there").write_text("x")
    done = play_ssh({"name": "files", "there_and_back": {"source": str(tmp_path / "there"), "back": str(tmp_path / "back"),
                                                         "there": "C:\\nowhere\\file"}, "ignore_errors": True})
    assert done.failed("files")
    assert "No such file or directory" in done.output
    assert not endpoint.host.path("C:\\nowhere").exists()


def test_a_failing_script_gives_its_exit_code_and_its_error(play_ssh, endpoint):
    done = play_ssh({"name": "script", "ansible.builtin.raw": "Get-Process | Sort-Object", "ignore_errors": True})
    assert done.result("script")["rc"] == 1
    assert "does not know this: Get-Process" in done.result("script")["stderr"]
    endpoint.unknown.clear()


def test_a_program_that_raw_starts_runs_under_wine(play_ssh):
    done = play_ssh({"name": "raw", "ansible.builtin.raw": "cmd.exe /c echo hello", "ignore_errors": True})
    assert done.result("raw")["stdout"].strip() == "hello"


def test_a_secret_is_in_no_command_line(play_ssh, endpoint):
    done = play_ssh({"name": "nothing", "do_nothing": {"password": "hush-hush"}, "no_log": True}, switches=("-vvvvv",))
    assert endpoint.recorded.tells("hush-hush", in_arguments=False) == []
    assert endpoint.recorded.tells("hush-hush") == ["stdin of command 0 (module)"]
    assert "SSH: EXEC ssh" in done.output and "hush-hush" not in done.output


def test_a_connection_that_is_cut_before_the_command_leaves_nothing_behind(play_ssh, endpoint):
    endpoint.faults.drop("Exec")
    assert play_ssh(NOTHING).row("nothing")["outcome"] == "unreachable"
    assert endpoint.faults.struck == ["drop request at Exec 1"]
    assert endpoint.recorded.modules == []


def test_a_connection_that_is_cut_before_the_answer_leaves_the_module_run(play_ssh, endpoint):
    endpoint.faults.drop("Exec", answered=True)
    assert play_ssh(NOTHING).row("nothing")["outcome"] == "unreachable"
    assert [call.name for call in endpoint.recorded.modules] == ["do_nothing"]


def test_ssh_itself_sends_a_command_again_where_it_is_told_to(play_ssh, endpoint):
    endpoint.faults.drop("Exec", answered=True)
    assert play_ssh(NOTHING, ansible_ssh_retries=1).row("nothing")["outcome"] == "ok"
    assert len(endpoint.recorded.modules) == 2


def ping(context):
    return {"changed": False, "code": context.run_program(["ping", "-n", "60", "127.0.0.1"]).returncode}


def test_a_killed_shell_says_nothing_and_takes_the_programs_of_its_module_along(play_ssh, endpoint):
    def kill_under_way(context):
        threading.Timer(1, endpoint.shells.end_all).start()
        return ping(context)

    endpoint.modules["do_nothing"] = kill_under_way
    done = play_ssh({**NOTHING, "ignore_errors": True})
    assert done.failed("nothing")
    assert (done.result("nothing")["rc"], done.result("nothing")["module_stdout"]) == (1, "")
    assert endpoint.host.processes() == []
