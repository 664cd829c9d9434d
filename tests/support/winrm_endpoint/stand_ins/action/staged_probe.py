# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module that needs a helper on the host, and copies that helper there first where it is missing."""

from __future__ import annotations

import gzip
import hashlib
import tempfile

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    _supports_check_mode = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        arguments = dict(self._task.args)
        program = arguments.pop("program")
        with open(program, "rb") as file:
            content = file.read()
            helper = {"sha256": hashlib.sha256(content).hexdigest(), "version": "0.0.1", "given": sorted(arguments), "detach": False}
        result = self._execute_module(module_args=dict(arguments, _helper=helper), task_vars=task_vars)
        if not result.get("_helper_missing"):
            return dict(result, copied=False)
        folder = self._make_tmp_path()
        helper["source"] = self._connection._shell.join_path(folder, "upshift.gz")
        with tempfile.NamedTemporaryFile() as packed:
            packed.write(gzip.compress(content))
            packed.flush()
            self._connection.put_file(packed.name, helper["source"])
        result = self._execute_module(module_args=dict(arguments, _helper=helper), task_vars=task_vars)
        self._remove_tmp_path(folder, force=True)
        return dict(result, copied=True)
