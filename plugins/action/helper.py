# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible.plugins.action import ActionBase

from ansible_collections.upshift.windows.plugins.plugin_utils._windows_host import WindowsHost, failure


class ActionModule(ActionBase):
    """Places the helper on a Windows host ahead of time, or removes it."""

    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        _valid, options = self.validate_argument_spec(
            argument_spec={"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}}
        )
        if not getattr(self._connection._shell, "_IS_WINDOWS", False):
            return failure("The helper is placed on Windows hosts only: beside a local connection it comes with the collection")
        return WindowsHost(self, task_vars or {}).place(options["state"])
