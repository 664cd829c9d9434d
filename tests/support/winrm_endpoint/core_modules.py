# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules for Windows that ansible-core asks for itself, and one that does nothing."""

from __future__ import annotations

from . import async_jobs
from .modules import Context


def do_nothing(_context: Context) -> dict:
    return {"changed": False}


def win_ping(context: Context) -> dict:
    return {"changed": False, "ping": context.call.arguments.get("data", "pong")}


# ansible-core finds them in ansible.windows, and calls them by the name that its own code has for them.
MODULES = {"do_nothing": do_nothing, "ping": win_ping, "ansible.windows.win_ping": win_ping,
           "async_status": async_jobs.status, "ansible.windows.async_status": async_jobs.status}
