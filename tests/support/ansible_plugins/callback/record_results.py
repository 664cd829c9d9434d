# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes every task result to $UPSHIFT_RECORD, one JSON object per line."""

from __future__ import annotations

DOCUMENTATION = r"""
name: record_results
type: aggregate
short_description: Keeps what every task returned
description: Writes one JSON object per task result to the file that UPSHIFT_RECORD names.
requirements: []
"""

import json
import os

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "record_results"

    def _record(self, outcome, result):
        row = {"task": result._task.get_name(), "outcome": outcome, "result": result._result}
        with open(os.environ["UPSHIFT_RECORD"], "a", encoding="utf-8") as record:
            record.write(json.dumps(row, default=str) + "\n")

    def v2_runner_on_ok(self, result):
        self._record("ok", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._record("failed", result)

    def v2_runner_on_unreachable(self, result):
        self._record("unreachable", result)

    def v2_runner_on_skipped(self, result):
        self._record("skipped", result)
