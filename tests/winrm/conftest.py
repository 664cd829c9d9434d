# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
import wine
from ansible_playbook import AnsibleCore
from winrm_endpoint import WinRmEndpoint


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
