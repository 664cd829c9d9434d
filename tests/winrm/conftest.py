# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import dataclasses
import pathlib
import shutil

import pytest
import wine
from ansible_playbook import AnsibleCore, PlaybookRun
from winrm_endpoint import WinRmEndpoint, reenacted_modules
from winrm_playbook import run_on_endpoint


@pytest.fixture(params=["newest", "floor"], scope="session")
def core(request) -> AnsibleCore:
    """Every test runs with the newest ansible-core and with the oldest that the collection supports."""
    return AnsibleCore(request.param)


@pytest.fixture(scope="session")
def prefix():
    with wine.WinePrefix.create() as made:
        yield made


@pytest.fixture
def endpoint(prefix):
    with WinRmEndpoint(prefix) as made:
        yield made


@pytest.fixture
def play(core, endpoint, tmp_path):
    """Runs tasks on the endpoint."""
    def run(*tasks: dict, switches: tuple = (), **variables: object) -> PlaybookRun:
        return run_on_endpoint(core, endpoint, tmp_path, list(tasks), *switches, **variables)
    return run


@pytest.fixture
def probe(endpoint):
    """A module and an action of the tests that ask for the helper as the collection's own modules do."""
    def run(context):
        call = dataclasses.replace(context.call, name="upshift.windows.msi_product_version_info")
        return reenacted_modules.run(dataclasses.replace(context, call=call))

    endpoint.modules["staged_probe"] = run
    shutil.rmtree(endpoint.host.path("C:\\ProgramData\\Upshift\\bin"), ignore_errors=True)
    return str(pathlib.Path(__file__).resolve().parents[2] / "build" / "windows" / "upshift.exe")
