# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks against the WinRM endpoint of the tests."""

from __future__ import annotations

import pathlib

from ansible_playbook import AnsibleCore, PlaybookRun, run_playbook
from collection_tree import make_collection_tree
from winrm_endpoint import WinRmEndpoint
from winrm_endpoint.recording import Counts


def run_on_endpoint(core: AnsibleCore, endpoint: WinRmEndpoint, folder: pathlib.Path, tasks: list[dict], *switches: str,
                    scheme: str = "http", **variables: object) -> PlaybookRun:
    """Runs tasks on the host "win", which is the endpoint; `variables` are added to the host's."""
    return run_playbook(core, folder, tasks, *switches, host="win",
                        host_variables=endpoint.inventory_vars(scheme, **variables),
                        env=endpoint.ansible_environment(make_collection_tree()))


def count_requests(core: AnsibleCore, endpoint: WinRmEndpoint, folder: pathlib.Path, task: dict, *switches: str,
                   **variables: object) -> Counts:
    """What one task takes in steady state: it is run once before, and must succeed both times."""
    for _ in range(2):
        endpoint.reset()
        done = run_on_endpoint(core, endpoint, folder, [task], *switches, **variables)
        assert done.exit_code == 0, done.output
    return endpoint.counts
