# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that no compiler checks: who may include what, formatting, licences."""

import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "helper" / "src"
TRACKED = [ROOT / name for name in
           subprocess.run(["git", "ls-files"], cwd=ROOT, text=True, capture_output=True, check=True).stdout.split("\n")
           if name and (ROOT / name).is_file()]
CPP = [file for file in TRACKED if file.suffix in (".cpp", ".hpp")]
SYSTEM_FOLDERS = ("machine/windows", "machine/posix", "installer/windows", "cim/windows", "cim/posix")
WINDOWS_HEADERS = re.compile(r"#include <(windows|msi|msiquery|wbem\w*|winreg|io|fcntl|comdef|oleauto)\.h>", re.IGNORECASE)


def test_every_c_plus_plus_file_is_formatted():
    done = subprocess.run(["clang-format-19", "--dry-run", "-Werror", *map(str, CPP)], text=True, capture_output=True,
                          check=False)
    assert done.returncode == 0, done.stderr


def test_json_is_included_in_contract_json_and_simulation_alone():
    users = {file.relative_to(SOURCES).as_posix() for file in CPP
             if file.is_relative_to(SOURCES) and "#include <nlohmann/" in file.read_text()}
    assert users, "nobody includes the JSON library: this test looks at the wrong files"
    assert [user for user in users if not user.startswith(("contract/json/", "simulation/"))] == []


def test_windows_headers_are_included_in_the_windows_folders_alone():
    users = {file.relative_to(SOURCES).as_posix() for file in CPP
             if file.is_relative_to(SOURCES) and WINDOWS_HEADERS.search(file.read_text())}
    assert users, "nobody includes a Windows header: this test looks at the wrong files"
    assert [user for user in users if not user.startswith(SYSTEM_FOLDERS)] == []


def test_planning_includes_neither_json_nor_a_system_header():
    planners = [file for file in CPP if file.is_relative_to(SOURCES) and re.match(r"(plan|classify)", file.name)]
    assert planners
    for file in planners:
        assert "nlohmann" not in file.read_text() and not WINDOWS_HEADERS.search(file.read_text()), file


@pytest.mark.parametrize("seam, methods", [
    ("cim/cim_session.hpp", 5), ("installer/package_reader.hpp", 5), ("installer/product_inventory.hpp", 5),
    ("installer/install_engine.hpp", 5), ("machine/machine.hpp", 5), ("machine/journal.hpp", 5),
])
def test_a_seam_has_at_most_five_methods(seam, methods):
    for body in re.split(r"\nclass ", (SOURCES / seam).read_text())[1:]:
        assert body.count(" = 0;") <= methods, f"{seam}: class {body.split()[0]}"


def test_every_source_file_names_its_licence():
    sources = [file for file in TRACKED if file.suffix in (".cpp", ".hpp", ".py")]
    unnamed = [file.relative_to(ROOT).as_posix() for file in sources
               if file.stat().st_size and "GPL-3.0-or-later" not in file.read_text()[:600]
               and "General Public License" not in file.read_text()[:600]]
    assert unnamed == []


def test_shell_scripts_are_clean_under_shellcheck():
    scripts = [file for file in TRACKED if file.suffix == ".sh" or
               (file.suffix == "" and file.read_bytes()[:12] in (b"#!/bin/bash\n", b"#!/bin/sh\n#"[:12]))]
    assert scripts
    done = subprocess.run(["shellcheck", "-x", "--source-path=SCRIPTDIR", *map(str, scripts)], text=True,
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_holds_a_path_of_one_machine():
    pattern = re.compile(r"(/root/|/home/\w+/)")
    found = [file.relative_to(ROOT).as_posix() for file in TRACKED
             if file != pathlib.Path(__file__) and file.suffix not in (".png", ".gz")
             and pattern.search(file.read_text(errors="replace"))]
    assert found == []
