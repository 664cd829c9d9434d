# SPDX-License-Identifier: GPL-3.0-or-later
"""The tests' own WMI refuses what Windows refuses: so a mistake of the helper cannot pass unnoticed."""

import json
import subprocess

import wmi_provider

PROGRAM = wmi_provider.LIBRARY.parent / "wmi_refusals.exe"
# "WMI Error Constants". 0 is success.
EXPECTED = {
    "calls without encryption": "0x80041087",
    "a known class": "0x00000000",
    "an unknown class": "0x80041010",
    "an unknown property": "0x80041017",
    "no query": "0x80041017",
    "not forward only": "0x8004100C",
    "rows without encryption": "0x80041087",
    "Win32_Product": "0x80041003",
    "a number for a reference": "0x80041005",
    "no path for a reference": "0x8004103A",
    "an unknown parameter": "0x80041002",
    "settings that are NULL": "0x8004102F",
    "a class for an instance": "0x8004103A",
    "a VM that is not there": "0x80041002",
}


def test_what_windows_refuses_is_refused(wmi_host):
    host = wmi_host(json.dumps({"hosts": [{"name": "hv1", "default_version": "10.0"}]}))

    done = subprocess.run(host.prefix.command(PROGRAM), env=host.helper().env, capture_output=True, timeout=60, check=True)

    assert dict(line.rsplit(": ", 1) for line in done.stdout.decode().splitlines()) == EXPECTED
    assert host.references_left() == 0
