# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# INTERNAL to upshift.windows: not a public interface; it changes without notice.

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import os
import re
import tempfile
import time

from ansible import constants as C
from ansible.errors import AnsibleAuthenticationFailure, AnsibleConnectionFailure, AnsibleError
from ansible.utils.display import Display

COLLECTION = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHIPPED_HELPER = os.path.join(COLLECTION, "plugins", "plugin_utils", "_native", "windows-x86_64", "upshift.exe")

#: How long a host may be out of reach in the middle of a run, in seconds: it may restart.
PATIENCE = 900
BETWEEN_TRIES = 5
#: How long the helper waits for the end of a run before it answers that it goes on; the variable upshift_poll_seconds.
POLL_SECONDS = 20
LONGEST_WAIT = 3600
#: A module that ends without an answer lost its shell. The helper takes the run up again, but not for ever.
TRIES = 3
#: What the program ssh says where it got no session: the host was not there, is another one, or let nobody in. Where one was lost
#: it says other things, or, as a client of a connection that is shared, nothing (sshconnect.c, sshconnect2.c, kex.c, packet.c).
NO_SSH_SESSION = re.compile(
    r"connect to host|Could not resolve hostname|_exchange_identification|banner exchange|Connection (?:closed|reset) by \S+ port|"
    r"Connection to .* timed out|Unable to negotiate|Host key verification failed|Permission denied|authentication failures|"
    r"too long for Unix domain socket|Bad configuration option")

#: Losses of which the plugin winrm makes a plain AnsibleError.
WINRM_LOSS = re.compile(r"winrm send_input failed|the connection attempt timed out")
REFUSED_LOGON = re.compile(r"credentials were rejected|Permission denied|\b401\b|Authentication fail", re.IGNORECASE)

display = Display()


class WindowsHost:
    """Runs modules of this collection on a Windows host: places the helper there, and stays with a run until its answer."""

    def __init__(self, action, task_vars):
        self._action = action
        self._task_vars = task_vars
        self._name = task_vars.get("inventory_hostname", "")
        self._reached = False
        self._wait = _poll_seconds(task_vars.get("upshift_poll_seconds", POLL_SECONDS))

    def run(self, operation, arguments, own_helper=None):
        """Returns the helper's answer. The arguments are those that the task gives."""
        helper = dict(own_helper or shipped_helper(), given=sorted(arguments), detach=True, wait=self._wait)
        result = self._placing(operation, arguments, helper)
        return self._await(operation, arguments, helper, result)

    def run_async(self, operation, arguments, async_val, own_helper=None):
        """Returns what Ansible answers for a job that was started. The helper is placed before, since a job cannot ask for it."""
        helper = dict(own_helper or shipped_helper(), given=sorted(arguments), detach=False)
        if own_helper is None:
            placed = self._in_foreground(lambda: self._placing("helper", {}, helper))
            if placed.get("failed"):
                return placed
        return self._module(operation, arguments, dict(helper, required=True), wrap_async=async_val)

    def _in_foreground(self, work):
        """Ansible runs every PowerShell module of a task with async as a job, whatever its action asks for. The helper is placed in
        check mode too, as it is for a task without async."""
        task = self._action._task
        kept = task.async_val, task.check_mode
        task.async_val, task.check_mode = 0, False
        try:
            return work()
        finally:
            task.async_val, task.check_mode = kept

    def run_module(self, name, arguments, command=None):
        """Returns the answer of a module that needs no helper running."""
        return self._module(name, arguments, shipped_helper(), command)

    def place(self, state):
        """Returns the answer of the module "helper"."""
        if state == "present" and not self._action._task.check_mode:
            return self._placing("helper", {"state": state}, shipped_helper())
        return self._module("helper", {"state": state}, shipped_helper())

    def _placing(self, name, arguments, helper):
        for _attempt in range(TRIES):
            result = self._module_with_answer(name, arguments, helper)
            if not result.pop("_helper_missing", False):
                return result
            if not os.path.isfile(SHIPPED_HELPER):
                return failure("The helper for Windows is not in this collection: \"%s\" is not there" % SHIPPED_HELPER)
            result = self._with_copy(name, arguments, helper)
            if not result.pop("_helper_missing", False):
                return result
        return failure("The helper was copied to the host %d times, and each time the connection was lost before it got into its place" % TRIES)

    def _with_copy(self, name, arguments, helper):
        folder = self._action._make_tmp_path()
        try:
            source = self._action._connection._shell.join_path(folder, "upshift.gz")
            self._send_helper(source)
            return self._module_with_answer(name, arguments, dict(helper, source=source))
        except AnsibleError as error:
            if is_of_connection(error):
                raise
            return failure("The helper cannot be copied to the host: %s" % error)
        finally:
            self._remove_folder(folder)

    def _send_helper(self, remote_path):
        """Compressed, since the connections make a file larger: WinRM nearly doubles it."""
        with tempfile.NamedTemporaryFile(dir=C.DEFAULT_LOCAL_TMP, suffix=".gz") as packed:
            packed.write(_packed(SHIPPED_HELPER))
            packed.flush()
            display.vv("placing the helper, %d bytes" % os.path.getsize(packed.name), host=self._name)
            self._action._connection.put_file(packed.name, remote_path)

    def _remove_folder(self, folder):
        """A connection that is lost now must not hide what was done before."""
        try:
            self._action._remove_tmp_path(folder, force=True)
        except Exception as error:
            if not is_of_connection(error):
                raise
            display.vv('"%s" could not be removed: %s' % (folder, error), host=self._name)
            self.reset_connection()

    def _await(self, operation, arguments, helper, result):
        """Asks for the run's answer until it is there; a run that was lost is begun once more, and finishes what was left."""
        shown, warnings, losses = None, [], 0
        confirm = [] if self._action._task.check_mode else ["--confirm"]
        while (run := result.get("run") or {}).get("state") in ("starting", "running", "lost"):
            warnings += result.get("warnings") or []
            if run["state"] == "lost":
                losses += 1
                if losses == TRIES:
                    return result
                result = self._module_with_answer(operation, arguments, helper)
                continue
            if result["msg"] != shown:
                shown = result["msg"]
                display.display("[%s] %s" % (self._name, shown))
            result = self._module_with_answer(operation, {}, helper, ["poll", run["id"], "--wait", str(self._wait), *confirm])
        if losses and not self._action._task.check_mode and not operation.endswith("_info"):
            result["changed"] = True
        # An answer that tells of changes waits on the host until somebody is known to have it.
        if result.pop("run", None):
            self._module_with_answer(operation, {}, helper, ["confirm", run["id"]])
        result["warnings"] = warnings + (result.get("warnings") or [])
        return result

    def _module_with_answer(self, name, arguments, helper, command=None):
        """Asks until there is an answer: a run goes on by itself, and whoever asks the same again takes it up."""
        deadline, cut_off, refused, pause = time.monotonic() + PATIENCE, 0, 0, 0
        while True:
            try:
                result = self._module(name, arguments, helper, command)
                self._reached = True
                if not is_cut_off(result) or cut_off == TRIES - 1:
                    break
                cut_off += 1
                display.vv("the module ended without an answer, asking again", host=self._name)
            except Exception as error:
                self._reached = self._reached or self._was_connected(error)
                # A host that was not reached once may just not be there.
                if not is_of_connection(error) or not self._reached or time.monotonic() > deadline:
                    raise
                # A password that was changed meanwhile must not lock the account.
                refused = refused + 1 if is_refused_logon(error) else 0
                if refused == TRIES:
                    raise
                display.display("[%s] out of reach, asking again: %s" % (self._name, error))
                time.sleep(pause)
                pause = BETWEEN_TRIES
                self.reset_connection()
            # What was copied has been placed and deleted by then; where it has not, the helper is missing again.
            helper = {key: value for key, value in helper.items() if key != "source"}
        result.pop("_no_answer", None)
        return result

    def _module(self, name, arguments, helper, command=None, wrap_async=False):
        module_args = dict(arguments, _helper=helper)
        if command:
            module_args["_command"] = command
        return self._action._execute_module(
            module_name="upshift.windows." + name,
            module_args=module_args,
            task_vars=self._task_vars,
            wrap_async=wrap_async,
        )

    def _was_connected(self, error):
        """Whether the connection stood before it was lost. The plugin ssh never says that it is connected."""
        connection = self._action._connection
        if getattr(connection, "transport", None) == "ssh":
            return not isinstance(error, AnsibleAuthenticationFailure) and not NO_SSH_SESSION.search(str(error))
        return bool(getattr(connection, "connected", False))

    def reset_connection(self):
        """Forgets the connection; the next call makes a new one."""
        try:
            self._action._connection.reset()
        except Exception as error:
            if not is_of_connection(error) and not isinstance(error, AnsibleError):
                raise
            display.vvv("the old connection could not be closed: %s" % error, host=self._name)


def _poll_seconds(value):
    if isinstance(value, bool) or not str(value).isdecimal() or int(value) > LONGEST_WAIT:
        raise AnsibleError('The variable "upshift_poll_seconds" must be whole seconds from 0 to %d; found %r' % (LONGEST_WAIT, value))
    return int(value)


def is_of_connection(error):
    """Whether the connection was lost. Its plugins let errors of their libraries through as these raise them."""
    if isinstance(error, (AnsibleConnectionFailure, OSError)) or WINRM_LOSS.search(str(error)):
        return True
    module = type(error).__module__
    # Its AnsibleControlPersistBrokenPipeError is no AnsibleConnectionFailure.
    if module == "ansible.plugins.connection.ssh":
        return True
    return module.partition(".")[0] in ("winrm", "pypsrp", "psrpcore", "requests", "urllib3", "paramiko")


def is_refused_logon(error):
    return isinstance(error, AnsibleAuthenticationFailure) or bool(REFUSED_LOGON.search(str(error)))


def is_cut_off(result):
    """Whether Ansible itself answered, or the module, for want of an answer of the helper."""
    return bool(result.get("failed")) and ("module_stdout" in result or "module_stderr" in result or bool(result.get("_no_answer")))


def failure(message):
    return {"changed": False, "failed": True, "msg": message, "comment": message, "reboot_required": False, "targets": []}


def shipped_helper():
    """Which helper the collection carries: its version, and the SHA-256 of its file."""
    try:
        return {"version": _collection_version(), "sha256": _sha256(SHIPPED_HELPER, os.path.getmtime(SHIPPED_HELPER))}
    except OSError as error:
        raise AnsibleError('The helper for Windows cannot be read: %s' % error) from error


@functools.lru_cache(maxsize=4)
def _sha256(path, _changed_at):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _packed(path):
    with open(path, "rb") as file:
        return gzip.compress(file.read(), mtime=0)


@functools.lru_cache(maxsize=1)
def _collection_version():
    """An installed collection has a manifest, its sources have galaxy.yml."""
    manifest = os.path.join(COLLECTION, "MANIFEST.json")
    if os.path.isfile(manifest):
        with open(manifest, encoding="utf-8") as file:
            return json.load(file)["collection_info"]["version"]
    with open(os.path.join(COLLECTION, "galaxy.yml"), encoding="utf-8") as file:
        return re.search(r"^version: *(\S+)", file.read(), re.MULTILINE).group(1)
