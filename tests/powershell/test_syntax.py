# SPDX-License-Identifier: GPL-3.0-or-later
"""The PowerShell files are PowerShell, seen by a parser that needs none."""

import pathlib

import pytest
from powershell_syntax import MODULES, UTILITIES, broken_lines

LONGEST_MODULE = 60
every_file = pytest.mark.parametrize("file", [*MODULES, *UTILITIES], ids=lambda file: file.name)


@every_file
def test_every_file_is_well_formed(file: pathlib.Path):
    assert broken_lines(file.read_bytes()) == []


@every_file
@pytest.mark.parametrize("bracket", ["{", "}", "(", ")"])
def test_a_bracket_that_is_missing_is_noticed(file: pathlib.Path, bracket: str):
    before, _, after = file.read_bytes().rpartition(bracket.encode())
    assert broken_lines(before + after) != []


@every_file
def test_every_file_is_plain_text_as_ansible_wants_it(file: pathlib.Path):
    source = file.read_bytes()
    assert source.isascii() and b"\r" not in source and b"\t" not in source
    assert [line for line in source.decode().splitlines() if len(line) > 160 or line != line.rstrip()] == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_a_module_stays_short_enough_to_be_read_at_once(file: pathlib.Path):
    assert len(file.read_text(encoding="ascii").splitlines()) <= LONGEST_MODULE
