# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pathlib

import pytest
from ansible_playbook import AnsibleCore
from built_collection import Installation, build_artifact


@pytest.fixture(scope="session")
def artifact(tmp_path_factory) -> pathlib.Path:
    """upshift-windows-VERSION.tar.gz of this checkout."""
    return build_artifact(tmp_path_factory.mktemp("dist"))


@pytest.fixture(params=["newest", "floor"], scope="session")
def installation(request, artifact, tmp_path_factory) -> Installation:
    """The artifact, installed where nothing else is, with the newest and with the oldest supported ansible-core."""
    return Installation(AnsibleCore(request.param), artifact, tmp_path_factory.mktemp("installed") / request.param)
