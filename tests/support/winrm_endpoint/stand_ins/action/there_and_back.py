# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies a file to the host and back, and asks for it in between, through what every action plugin has for that."""

from __future__ import annotations

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    TRANSFERS_FILES = True

    def run(self, tmp=None, task_vars=None):
        super().run(tmp, task_vars)
        source, back = self._task.args["source"], self._task.args["back"]
        shell = self._connection._shell
        there = self._task.args.get("there") or shell.join_path(shell.tmpdir, "copied 'file'.bin")
        self._connection.put_file(source, there)
        result = {"changed": False, "there": there, "tmpdir": shell.tmpdir, "home": self._remote_expand_user("~\\x"),
                  "seen": self._remote_file_exists(there), "other": self._remote_file_exists(there + "x"),
                  "sha1": self._low_level_execute_command(shell.checksum(there))["stdout"].strip()}
        self._connection.fetch_file(there, back)
        folder = shell.tmpdir
        self._remove_tmp_path(folder)
        return dict(result, removed=not self._remote_file_exists(folder))
