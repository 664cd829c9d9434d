# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test package can hold beside its one file, and the rows of its tables that come of it."""

from __future__ import annotations

import dataclasses

# Bits of an exe in the Binary table, by when it runs ("Custom Action In-Script Execution Options").
TYPES = {"immediate": 2, "deferred": 2 + 1024, "rollback": 2 + 1024 + 256, "commit": 2 + 1024 + 512}
# Attributes of the Upgrade table.
ONLY_DETECT, MIN_INCLUSIVE, MAX_INCLUSIVE, LANGUAGES_EXCLUSIVE = 2, 256, 512, 1024


@dataclasses.dataclass(frozen=True)
class Program:
    """A program that the package carries and runs as a custom action."""

    exe: str
    arguments: str = ""
    action: str = "RunProgram"
    sequence: int = 6550
    phase: str = "deferred"
    condition: str = "NOT REMOVE"

    def statements(self) -> list[str]:
        return action_statements(self.action, TYPES[self.phase], self.action, self.arguments, self.sequence, self.condition)


@dataclasses.dataclass(frozen=True)
class Carried:
    """A program that the package installs as an exe, with bytes of the package's own at its end."""

    exe: str
    name: str = "program.exe"


@dataclasses.dataclass(frozen=True)
class Upgrades:
    """One row of the Upgrade table. Without `family` it is about the package's own."""

    low: str = ""
    high: str = ""
    low_inclusive: bool = False
    high_inclusive: bool = False
    languages: str = ""
    languages_exclusive: bool = False
    only_detect: bool = False
    family: str = ""

    def statement(self, family_code: str, number: int) -> str:
        attributes = (ONLY_DETECT * self.only_detect + MIN_INCLUSIVE * self.low_inclusive
                      + MAX_INCLUSIVE * self.high_inclusive + LANGUAGES_EXCLUSIVE * self.languages_exclusive)
        return insert("Upgrade", {"UpgradeCode": family_code, "VersionMin": self.low, "VersionMax": self.high,
                                  "Language": self.languages, "Attributes": attributes,
                                  "ActionProperty": f"FOUND{number}"})


def insert(table: str, row: dict[str, str | int]) -> str:
    """There is no NULL in this SQL: a column without a value is left out."""
    given = {column: value for column, value in row.items() if value != ""}
    values = [f"'{value}'" if isinstance(value, str) else str(value) for value in given.values()]
    return f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join(values)})"


def sequence_statement(action: str, sequence: int, condition: str = "") -> str:
    return insert("InstallExecuteSequence", {"Action": action, "Condition": condition, "Sequence": sequence})


def action_statements(name: str, kind: int, source: str, target: str, sequence: int, condition: str) -> list[str]:
    return [insert("CustomAction", {"Action": name, "Type": kind, "Source": source, "Target": target}),
            sequence_statement(name, sequence, condition)]
