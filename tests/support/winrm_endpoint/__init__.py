# SPDX-License-Identifier: GPL-3.0-or-later
"""A WinRM endpoint for the tests, driven by the real winrm, psrp and ssh connections of ansible-core, pywinrm and pypsrp.

    with WinRmEndpoint(prefix) as endpoint:
        endpoint.inventory_vars()                    # winrm over HTTP; "https", and connection="psrp", "ssh" too
        endpoint.counts                              # requests by action, bytes; endpoint.reset() starts anew
        endpoint.recorded.modules, .commands, .files, .tells(secret)
        endpoint.faults.drop("Receive"), .struck     # and delay, quota, kill_tree, corrupt_put, full_disk
        endpoint.restart_service()
        endpoint.ssh.cut_connections(), .fall_silent(seconds)
        endpoint.modules["name"] = lambda context: {"changed": False}

The way of a request: `http_server` (connections, faults) - `soap` - `shells` or `runspaces` - `commands` - `powershell`
(what script is this?) - `script_files`, or `payload` (which module, which arguments?) and `modules`. Programs run under Wine
in job objects (`host`, `windows_program`). Over SSH: `ssh_server` (connections, faults) - `ssh_files`, or `ssh_sessions` and
`commands`. What our own modules do stands in `reenacted_modules` alone.
"""

from .endpoint import WinRmEndpoint

__all__ = ["WinRmEndpoint"]
