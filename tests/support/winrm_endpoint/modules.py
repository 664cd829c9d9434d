# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module by its re-enactment in Python: directly, or as the job of a task with `async`."""

from __future__ import annotations

import base64
import collections.abc
import dataclasses
import json
import typing

from . import async_jobs
from .host import Host, Job
from .payload import ModuleCall

# One line of JSON as the module would print it, or an object to make that line from.
Answer = str | dict[str, typing.Any]


class UnknownModule(Exception):
    """The endpoint runs no PowerShell, and has no re-enactment of that module."""


@dataclasses.dataclass(frozen=True)
class Context:
    """What a re-enactment has: the host, the job its processes belong to, the call; `tell` makes the test fail,
    `notice` lets a person know."""

    host: Host
    job: Job
    call: ModuleCall
    tell: collections.abc.Callable[[str], None]
    notice: collections.abc.Callable[[str], None]

    def run_program(self, command: list[str], stdin: bytes = b""):
        return self.host.run(command, self.job, stdin, self.call.environment)


class Registry(dict[str, collections.abc.Callable[[Context], Answer]]):
    """Re-enactments by the full name of the module; by the bare name for modules that stand in no collection."""

    def answer(self, context: Context) -> Answer:
        name = context.call.name.removeprefix("ansible.legacy.").removeprefix("ansible.builtin.")
        if name not in self:
            raise UnknownModule(context.call.name)
        return self[name](context)


def run(context: Context, registry: Registry) -> tuple[int, str, str]:
    """The exit code and the streams of the PowerShell that runs the module."""
    if context.call.async_job:
        answer: Answer = async_jobs.start(context, registry.answer)
    else:
        answer = registry.answer(context)
    line = answer if isinstance(answer, str) else json.dumps(answer)
    failed = isinstance(answer, dict) and bool(answer.get("failed"))
    if context.call.encoded_output:
        line = base64.b64encode(line.encode()).decode()
    return int(failed), line + "\r\n", ""
