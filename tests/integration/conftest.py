# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pathlib
import stat
import textwrap

import pytest
from ansible_playbook import AnsibleCore


@pytest.fixture(params=["newest", "floor"], scope="session")
def core(request) -> AnsibleCore:
    """Every test runs with the newest ansible-core and with the oldest that the collection supports."""
    return AnsibleCore(request.param)


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory):
    """Makes a program that stands in for the helper, from the lines of a shell script."""
    folder = tmp_path_factory.mktemp("stand-in")

    def make(name: str, script: str) -> str:
        program: pathlib.Path = folder / name
        program.write_text("#!/bin/sh\n" + textwrap.dedent(script), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return str(program)

    return make


@pytest.fixture(scope="session")
def echo(stand_in) -> str:
    """A helper whose answer tells what it was given. Standard input is encoded: Ansible would hide it otherwise."""
    return stand_in("echo-helper", """\
        printf '{"changed": false, "failed": false, "msg": "told", "stdin": "%s", "operation": "%s",' "$(base64 -w0)" "$*"
        printf ' "mark": "%s", "became": "%s"}\\n' "$MARK" "$BECAME"
        """)
