# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# INTERNAL to upshift.windows: not a public interface; it changes without notice.

from __future__ import annotations

import json
import os
import sys

from ansible.plugins.action import ActionBase
from ansible.plugins.loader import connection_loader, get_shell_plugin

from ansible_collections.upshift.windows.plugins.plugin_utils._arguments import as_lists, conceal, plain, spoiled_version
from ansible_collections.upshift.windows.plugins.plugin_utils._reboot import Reboot, is_boolean, is_seconds, run_and_restart, take_options
from ansible_collections.upshift.windows.plugins.plugin_utils._windows_host import WindowsHost, failure

SHIPPED_HELPER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_native", "linux-x86_64", "upshift")


class UpshiftAction(ActionBase):
    """Hands the arguments of one module to the helper and returns the helper's answer.

    The helper checks the arguments and decides everything else. Only what it cannot know is decided here: where it
    runs, and what YAML has already spoiled.
    """

    _supports_check_mode = True
    _supports_async = True

    #: The operation of the helper, which is also the name of the module.
    operation = ""

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        task_vars = task_vars or {}
        arguments = plain(self._task.args)
        concealed, secrets = conceal(arguments)
        helper = arguments.pop("helper", None)
        reboot, timeout = take_options(arguments) if self.operation == "msi_product_version" else (False, 0)
        host = self._task.delegate_to or task_vars.get("inventory_hostname", "")
        refused = self._refuse_reboot(arguments, reboot, host) or self._refuse(arguments, helper, host)
        if refused:
            return dict(refused, invocation={"module_args": concealed})

        if self._is_windows_task(arguments):
            result = self._run_on_windows(helper, arguments, task_vars, timeout if reboot else None)
        else:
            if not self._is_local():
                task_vars = self._move_to_controller(task_vars)
            result = self._run_helper(helper, arguments, secrets, task_vars)
        # The internal module's own arguments mean nothing to a person.
        if "ansible_job_id" not in result:
            result["invocation"] = {"module_args": concealed}
        return result

    def _refuse(self, arguments, helper, host):
        """Returns the answer for a task that must not reach the helper, otherwise nothing."""
        if helper is not None and not _is_command(helper):
            return _refusal(
                "invalid_arguments",
                "helper",
                found=json.dumps(helper),
                needed="a command: a list of texts, the program first",
            )
        where, number = spoiled_version(arguments)
        if where:
            return _refusal(
                "invalid_arguments",
                where,
                found="the number %s, and YAML reads 1.10 as 1.1" % number,
                needed='a text; write it in quotes, version: "1.10"',
            )
        if self._is_windows_task(arguments):
            return self._refuse_helper_on_windows(helper)
        if self._is_local():
            return None
        if arguments.get("simulation") is None:
            return self._refuse_remote_host(host)
        if self._task.async_val:
            return _failure(
                "not_supported",
                'async is refused for a described host in place of "%s": Ansible would ask "%s" itself for the result.'
                " Leave async out, or delegate the task to localhost" % (host, host),
                host,
            )
        return None

    def _refuse_remote_host(self, host):
        return _failure(
            "not_supported",
            '%s cannot run on "%s" over the connection "%s": it is not known for a Windows host. Is'
            ' ansible_connection (winrm or psrp) missing, or, over ssh, ansible_shell_type (powershell)?'
            ' Rehearse the task with the option "simulation", or run it where the connection is local'
            % (self.operation, host, self._connection.transport),
            host,
        )

    def _refuse_helper_on_windows(self, helper):
        if helper is None or isinstance(helper, str) or len(helper) == 1:
            return None
        return _refusal(
            "invalid_arguments",
            "helper",
            found=json.dumps(helper),
            needed="on a Windows host the path of upshift.exe there, alone",
        )

    def _refuse_reboot(self, arguments, reboot, host):
        for option, is_one, needed in (
            ("reboot", is_boolean, "yes or no"),
            ("reboot_timeout", is_seconds, "a whole number of seconds above 0"),
        ):
            if self.operation == "msi_product_version" and not is_one(arguments.get(option)):
                return _refusal("invalid_arguments", option, found=json.dumps(arguments[option]), needed=needed)
        can_wait = self._is_windows_task(arguments) and arguments.get("endpoint") is None and not self._task.async_val
        if not reboot or can_wait:
            return None
        return _failure(
            "not_supported",
            "reboot is for Windows hosts that the task is connected to, without endpoint, simulation and async",
            host,
        )

    def _is_windows_task(self, arguments):
        """Whether the work is done on a Windows host over its connection."""
        is_windows = getattr(self._connection._shell, "_IS_WINDOWS", False)
        return is_windows and not self._is_local() and arguments.get("simulation") is None

    def _run_on_windows(self, helper, arguments, task_vars, reboot_timeout):
        arguments = as_lists(self.operation, {name: value for name, value in arguments.items() if value is not None})
        host = WindowsHost(self, task_vars)
        own = {"path": helper if isinstance(helper, str) else helper[0]} if helper else None
        if self._task.async_val:
            return host.run_async(self.operation, arguments, self._task.async_val, own)
        if reboot_timeout is None or self._task.check_mode:
            return host.run(self.operation, arguments, own)
        restart = Reboot(host, task_vars.get("inventory_hostname", ""), reboot_timeout)
        restart.started = restart.boot_time()
        if not restart.started:
            return failure("The host does not tell when it started, which reboot needs to know. Nothing was altered.")
        return run_and_restart(restart, lambda: host.run(self.operation, arguments, own))

    def _is_local(self):
        return self._connection.transport == "local"

    def _move_to_controller(self, task_vars):
        """Replaces the task's connection, which is never opened, and the host's idea of where Python is."""
        self._connection = connection_loader.get(
            "local",
            self._play_context,
            os.devnull,
            shell=get_shell_plugin(shell_type="sh", executable="/bin/sh"),
        )
        self._connection.set_options()
        self._connection._shell.set_options()
        moved = dict(task_vars, ansible_python_interpreter=sys.executable)
        if self._task.delegate_to:
            delegated = dict(task_vars.get("ansible_delegated_vars", {}))
            delegated[self._task.delegate_to] = dict(
                delegated.get(self._task.delegate_to, {}), ansible_python_interpreter=sys.executable
            )
            moved["ansible_delegated_vars"] = delegated
        return moved

    def _run_helper(self, helper, arguments, secrets, task_vars):
        arguments["_ansible_check_mode"] = bool(self._task.check_mode)
        arguments["_ansible_diff"] = bool(self._task.diff)
        command = [helper] if isinstance(helper, str) else helper or [SHIPPED_HELPER]
        result = self._execute_module(
            module_name="upshift.windows.run_helper",
            module_args={
                "command": command + [self.operation],
                "arguments": json.dumps(arguments),
                "secrets": secrets,
            },
            task_vars=task_vars,
            wrap_async=self._task.async_val,
        )
        if not self._task.async_val:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result


def _is_command(helper):
    parts = [helper] if isinstance(helper, str) else helper
    return isinstance(parts, list) and bool(parts) and all(isinstance(part, str) and part for part in parts)


def _refusal(kind, option, found, needed):
    message = 'The option "%s" must be %s; found %s' % (option, needed, found)
    return _failure(kind, message, option, found=found, needed=needed)


def _failure(kind, message, subject, **details):
    """An answer in the form that the helper's own failures have."""
    return {
        "changed": False,
        "failed": True,
        "msg": message,
        "comment": message,
        "reboot_required": False,
        "targets": [],
        "error": dict(details, kind=kind, attempted="start the helper", object=subject),
    }
