# SPDX-License-Identifier: GPL-3.0-or-later
"""What PowerShell 7 itself says of the files, where it is installed."""

from __future__ import annotations

import json
import pathlib
import shutil
import subprocess

import pytest
from powershell_syntax import MODULES, UTILITIES

pytestmark = pytest.mark.skipif(shutil.which("pwsh") is None, reason="there is no pwsh here, in which the PowerShell files would run")
UTILITY = next(file for file in UTILITIES if file.name == "_UpshiftHelper.psm1")


def powershell(folder: pathlib.Path, script: str, *words: str) -> str:
    """What a script prints; the words are its $args."""
    file = folder / "script.ps1"
    file.write_text(f"$ErrorActionPreference = 'Stop'\n{script}\n", encoding="ascii")
    done = subprocess.run(["pwsh", "-NoProfile", "-NonInteractive", "-File", str(file), *words], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_utility(folder: pathlib.Path, script: str, *words: str) -> object:
    """What a script gives that sees the functions of the module utility, also those that it does not export."""
    inside = f"[Console]::Out.Write((& (Import-Module $args[0] -PassThru) {{ {script} }} $args[1]))"
    return json.loads(powershell(folder, inside, str(UTILITY), *words))


@pytest.mark.parametrize("file", [*MODULES, *UTILITIES], ids=lambda file: file.name)
def test_powershell_finds_no_error(file: pathlib.Path, tmp_path: pathlib.Path):
    script = "$errors = $null; $null = [System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$errors); $errors"
    assert powershell(tmp_path, script, str(file)).strip() == ""


@pytest.mark.parametrize(("value", "kept"), [
    ({"a": None, "b": 1}, {"b": 1}), ({"a": [{"b": None, "c": "x"}]}, {"a": [{"c": "x"}]}), ({"a": []}, {"a": []}),
    ({"a": ["x"]}, {"a": ["x"]}), ({"a": [["x"], [], ["y", "z"]]}, {"a": [["x"], [], ["y", "z"]]}),
    ({"Keys": "x", "Count": "y"}, {"Keys": "x", "Count": "y"}), ({"a": {}}, {"a": {}}), ({"a": False, "b": ""}, {"a": False, "b": ""})])
def test_options_that_nobody_gave_are_left_out_and_all_else_stays(value: dict, kept: dict, tmp_path: pathlib.Path):
    script = "ConvertTo-Json -Compress -Depth 9 (Remove-UpshiftNull (ConvertFrom-UpshiftJson $args[0]))"
    assert in_utility(tmp_path, script, json.dumps(value)) == kept


@pytest.mark.parametrize("text", ["", "no JSON", "[1, 2]", "3"])
def test_what_is_no_dictionary_is_no_answer(text: str, tmp_path: pathlib.Path):
    assert in_utility(tmp_path, "ConvertTo-Json ((ConvertFrom-UpshiftJson $args[0]) -is [System.Collections.IDictionary])", text) is False


def test_the_common_options_hold_the_hidden_ones(tmp_path: pathlib.Path):
    names = in_utility(tmp_path, "ConvertTo-Json @((Get-UpshiftCommonOption).Keys)")
    assert {"_helper", "_command", "password", "simulation"} <= set(names)
