# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# INTERNAL to upshift.windows: not a public interface; it changes without notice.

from __future__ import annotations

import time

from ansible.utils.display import Display

from ansible_collections.upshift.windows.plugins.plugin_utils._windows_host import is_of_connection

DEFAULT_TIMEOUT = 600
DELAY = 2
BETWEEN_LOOKS = 5

#: ERROR_SUCCESS_REBOOT_INITIATED and ERROR_INSTALL_SUSPEND of Windows Installer.
RESTART_BEGUN, SUSPENDED = "1641", "1604"

display = Display()


def codes_in(result):
    """The codes that the targets of an answer failed or ended with."""
    rows = result.get("targets") or []
    return {str((row.get("error") or {}).get("code") or row.get("code") or "") for row in rows}


class Reboot:
    """Restarts a Windows host and waits until it is there again."""

    def __init__(self, host, name, timeout):
        self._host = host
        self._name = name
        self._timeout = timeout

    def boot_time(self):
        """When the host started, as a text that differs after each start."""
        return self._host.run_module("helper", {}, ["boot_time"]).get("boot_time")

    def restart(self, before, already_begun=False):
        """Returns nothing once the host has started again, else a sentence that says what did not happen."""
        if not already_begun:
            display.display("[%s] restarting" % self._name)
            asked = self._host.run_module("helper", {}, ["restart", str(DELAY)])
            if asked.get("failed"):
                return "The restart was refused: %s" % asked.get("msg")
        deadline = time.monotonic() + self._timeout
        while time.monotonic() < deadline:
            time.sleep(BETWEEN_LOOKS)
            self._host.reset_connection()
            try:
                now = self.boot_time()
            except Exception as error:
                if not is_of_connection(error):
                    raise
                continue
            if now and now != before:
                return None
        return "The host has not started again within %d seconds (reboot_timeout)" % self._timeout
