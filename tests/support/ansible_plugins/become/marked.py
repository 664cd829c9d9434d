# SPDX-License-Identifier: GPL-3.0-or-later
"""A way to become somebody that needs no rights: the command runs as before, and can see that it came this way."""

from __future__ import annotations

DOCUMENTATION = r"""
name: marked
short_description: Marks what runs with become
description: Sets BECAME in the environment of what runs with become.
options:
  become_user:
    description: Who the command is told to run as.
    default: root
    vars:
      - name: ansible_become_user
    keyword:
      - name: become_user
"""

import shlex

from ansible.plugins.become import BecomeBase


class BecomeModule(BecomeBase):
    name = "marked"

    def build_become_command(self, cmd, shell):
        super().build_become_command(cmd, shell)
        return "env BECAME=%s %s" % (shlex.quote(self.get_option("become_user")), self._build_success_command(cmd, shell))
