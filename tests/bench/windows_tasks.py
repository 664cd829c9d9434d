# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task on a Windows host sends over WinRM, counted at the endpoint of the tests."""

from __future__ import annotations

import functools
import pathlib
import tempfile

import wine
from ansible_playbook import AnsibleCore, task
from winrm_endpoint import WinRmEndpoint
from winrm_playbook import count_requests, run_on_endpoint

ROOT = pathlib.Path(__file__).resolve().parents[2]
LISTING = task("list", "msi_product_version_info", name="Nothing has this name*")
NOTHING = {"name": "nothing", "do_nothing": {}}
# The connection "winrm" sends a file as base64 within a text that is sent as base64.
ENCODING = (4 / 3) ** 2


@functools.lru_cache(maxsize=1)
def counts() -> dict[str, tuple[int, int]]:
    """Requests and bytes to the host: of the first task there, of one in steady state, of one that does nothing."""
    core = AnsibleCore("newest")
    with wine.WinePrefix.create() as prefix, WinRmEndpoint(prefix) as endpoint, tempfile.TemporaryDirectory() as folder:
        run_on_endpoint(core, endpoint, pathlib.Path(folder), [LISTING])
        first = (endpoint.counts.total, endpoint.counts.bytes_in)
        found = {"first": first}
        for name, one in (("steady", LISTING), ("nothing", NOTHING)):
            told = count_requests(core, endpoint, pathlib.Path(folder), one)
            found[name] = (told.total, told.bytes_in)
        return found


def requests_ratio() -> float:
    return counts()["steady"][0] / counts()["nothing"][0]


def bytes_ratio() -> float:
    return counts()["steady"][1] / counts()["nothing"][1]


def kilobytes_beyond_the_helper() -> float:
    """Of first use, beyond the helper as the connection encodes it. The module is sent twice."""
    size = (ROOT / "build" / "windows" / "upshift.exe").stat().st_size
    return (counts()["first"][1] - size * ENCODING) / 1000
