# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks with `async`: what async_wrapper.ps1 and async_watchdog.ps1 of ansible-core do, and async_status of
ansible.windows. A job leaves the job object of its WinRM shell, and so is not ended with it."""

from __future__ import annotations

import dataclasses
import itertools
import json
import pathlib
import threading
import typing

from .host import Job

OUTSIDE = Job("async", None)
_process_ids = itertools.count(4000, 4)


def start(context: typing.Any, answer: typing.Callable) -> dict:
    """Starts the module in the background; its answer will stand in the result file."""
    job = context.call.async_job
    folder = context.host.expand(job.folder, context.call.environment)
    name = f"{job.job}.{next(_process_ids)}"
    windows = f"{folder}\\{name}"
    file = context.host.path(windows)
    file.parent.mkdir(parents=True, exist_ok=True)
    first = {"started": job.yes, "finished": job.no, "results_file": windows, "ansible_job_id": name,
             "_ansible_suppress_tmpdir_delete": True, "ansible_async_watchdog_pid": next(_process_ids)}
    _write(file, first, "utf-8")
    background = dataclasses.replace(context, job=OUTSIDE, call=dataclasses.replace(context.call, async_job=None))
    threading.Thread(target=_watch, args=(background, answer, file, first, job), daemon=True).start()
    return first


def _watch(context: typing.Any, answer: typing.Callable, file: pathlib.Path, first: dict, job: typing.Any) -> None:
    told: list = []

    def work() -> None:
        try:
            given = answer(context)
            told.append(json.loads(given) if isinstance(given, str) else given)
        except Exception as error:
            context.tell(f"the module {context.call.name} failed in its async job: {error!r}")
            told.append({"failed": True, "msg": f"failure during async watchdog: {error!r}"})

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(job.timeout)
    result = told[0] if told else {"failed": True, "msg": "timed out waiting for module completion"}
    # Set-Content of Windows PowerShell writes a byte order mark with -Encoding UTF8, which 2.19 asks for.
    _write(file, first | {"finished": job.yes} | result, "utf-8-sig" if job.yes is True else "utf-8")


def _write(file: pathlib.Path, result: dict, encoding: str) -> None:
    part = file.with_name(file.name + ".part")
    part.write_text(json.dumps(result), encoding=encoding)
    part.replace(file)


def status(context: typing.Any) -> dict:
    """The module async_status of ansible.windows."""
    asked = context.call.arguments
    windows = f"{context.host.expand(asked['_async_dir'], context.call.environment)}\\{asked['jid']}"
    file = context.host.path(windows)
    if not file.is_file():
        return {"failed": True, "changed": False, "msg": "could not find job", "ansible_job_id": asked["jid"],
                "started": 1, "finished": 1}
    if asked.get("mode") == "cleanup":
        file.unlink()
        return {"changed": False, "ansible_job_id": asked["jid"], "erased": windows}
    result = json.loads(file.read_text(encoding="utf-8-sig"))
    if "started" not in result:
        result |= {"finished": 1, "ansible_job_id": asked["jid"]}
    return {"changed": False, "finished": 0} | result
