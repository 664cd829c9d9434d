# SPDX-License-Identifier: GPL-3.0-or-later
"""A described host that is edited while a state of earlier runs lies beside it."""

import json

BEFORE = {"vms": [{"name": "web", "version": "9.0", "state": "off"}]}
AFTER = {"vms": [{"name": "web", "version": "10.0", "state": "off"}, {"name": "db", "version": "9.0", "state": "off"}]}


def test_an_edited_description_is_told_until_its_state_is_deleted(linux_helper, described_host):
    arguments = {"name": "*", "simulation": described_host.path_for(linux_helper)}
    described_host.file.write_text(json.dumps(BEFORE))
    for switches in ((), (), ("--check",)):
        assert linux_helper.run("hyperv_vm_version", arguments, *switches).answer["warnings"] == []

    described_host.file.write_text(json.dumps(AFTER))
    planned = linux_helper.run("hyperv_vm_version", arguments, "--check").answer
    done = linux_helper.run("hyperv_vm_version", arguments).answer
    listed = linux_helper.run("hyperv_vm_version_info", {"simulation": arguments["simulation"]}).answer
    for answer in (planned, done, listed):
        assert [arguments["simulation"] in warning and "has changed since" in warning
                for warning in answer["warnings"]] == [True]
    # What was done to a row that stands in both holds, and the new row is seen.
    assert [row["outcome"] for row in done["targets"]] == ["unchanged", "upgraded"]

    described_host.state_file.unlink()
    fresh = linux_helper.run("hyperv_vm_version", arguments, "--check").answer
    assert fresh["warnings"] == []
    assert [row["version"] for row in fresh["targets"]] == ["10.0", "9.0"]
