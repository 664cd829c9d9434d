# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# INTERNAL to upshift.windows: not a public interface; it changes without notice.

from __future__ import annotations

import time

from ansible.module_utils.parsing.convert_bool import BOOLEANS, boolean
from ansible.utils.display import Display

from ansible_collections.upshift.windows.plugins.plugin_utils._windows_host import is_cut_off, is_of_connection

DEFAULT_TIMEOUT = 600
DELAY = 2
BETWEEN_LOOKS = 5

#: ERROR_INSTALL_SUSPEND of Windows Installer.
SUSPENDED = "1604"
#: A package that suspends itself at each run must not restart its host for ever.
MOST_RESTARTS = 3

BOOLEAN_TEXTS = {str(value).lower() for value in BOOLEANS}

display = Display()


def take_options(arguments):
    """Takes the options of a restart out of the arguments: whether, and how long to wait. A value that is none is left there."""
    reboot, timeout = arguments.get("reboot"), arguments.get("reboot_timeout")
    if is_boolean(reboot) and is_seconds(timeout):
        arguments.pop("reboot", None)
        arguments.pop("reboot_timeout", None)
        return boolean(reboot or False), int(DEFAULT_TIMEOUT if timeout is None else timeout)
    return False, DEFAULT_TIMEOUT


def is_boolean(value):
    return value is None or (isinstance(value, (bool, int, str)) and str(value).lower() in BOOLEAN_TEXTS)


def is_seconds(value):
    return value is None or (not isinstance(value, bool) and str(value).isdecimal() and int(value) > 0)


def codes_in(result):
    """The codes that the targets of an answer failed with."""
    rows = result.get("targets") or []
    return {str((row.get("error") or {}).get("code") or "") for row in rows}


def has_begun_restart(result):
    """Whether the installer restarts the host by itself (code 1641)."""
    return any(row.get("reboot_initiated") for row in result.get("targets") or [])


class Reboot:
    """Restarts a Windows host and waits until it is there again."""

    def __init__(self, host, name, timeout):
        self._host = host
        self._name = name
        self._timeout = timeout
        #: When the host started last, as far as that was seen here.
        self.started = None

    def boot_time(self):
        """When the host started, as a text that differs after each start."""
        return self._host.run_module("helper", {}, ["boot_time"]).get("boot_time")

    def restart(self, before, has_begun=False):
        """Returns nothing once the host has started again, else a sentence that says what did not happen.
        One that has begun already is only waited for: asked again, the host would restart twice."""
        display.display("[%s] restarting" % self._name)
        if not has_begun:
            before = self._boot_time_now() or before
        refusal = None if has_begun else self._ask()
        if refusal:
            return "The restart was refused: %s" % refusal
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
                self.started = now
                return None
        return "The host has not started again within %d seconds (reboot_timeout)" % self._timeout

    def _boot_time_now(self):
        """A host that restarted during the run has another one than before it."""
        try:
            return self.boot_time()
        except Exception as error:
            if not is_of_connection(error):
                raise
            return None

    def _ask(self):
        """Returns why the restart was refused. A host that goes down already (after code 1641) cuts the connection."""
        try:
            asked = self._host.run_module("helper", {}, ["restart", str(DELAY)])
        except Exception as error:
            if not is_of_connection(error):
                raise
            return None
        return asked.get("msg") if asked.get("failed") and not is_cut_off(asked) else None


def run_and_restart(restart, run):
    """Restarts the host where the answer asks for it. What was suspended until then is run again, and may ask once more."""
    result, restarts = run(), 0
    while restarts < MOST_RESTARTS and result.get("reboot_required"):
        is_suspended = SUSPENDED in codes_in(result)
        if result.get("failed") and not is_suspended:
            break
        trouble = restart.restart(restart.started, has_begun_restart(result))
        if trouble:
            result = dict(result, failed=True, msg="%s. %s" % (result.get("msg", "").rstrip("."), trouble))
            break
        restarts += 1
        result = run() if is_suspended else dict(result, reboot_required=False)
    return dict(result, rebooted=True, changed=True) if restarts else result
