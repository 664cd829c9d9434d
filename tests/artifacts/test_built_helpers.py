# SPDX-License-Identifier: GPL-3.0-or-later
"""What the shipped helpers are made of."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINUX = ROOT / "build" / "linux" / "upshift"
WINDOWS = ROOT / "build" / "windows" / "upshift.exe"
NATIVE = ROOT / "plugins" / "plugin_utils" / "_native"

# The C runtime of mingw-w64 and what Windows itself keeps loaded; the last one is WaitOnAddress, there since Windows 8.
SYSTEM_DLLS = {"kernel32.dll", "msvcrt.dll", "advapi32.dll", "user32.dll", "shell32.dll", "ole32.dll", "oleaut32.dll",
               "ntdll.dll", "bcrypt.dll", "api-ms-win-core-synch-l1-2-0.dll"}


def output_of(*command: object) -> str:
    return subprocess.run([str(part) for part in command], text=True, capture_output=True, check=True).stdout


# What Enterprise Linux 9 and Ubuntu 22.04 have, and all later systems.
SYSTEM_LIBRARIES = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2"}
NEWEST_VERSIONS = {"GLIBC": (2, 34), "GCC": (7, 0, 0)}


def test_the_linux_helper_is_stripped():
    assert ", stripped" in output_of("file", "-b", LINUX)


def test_the_linux_helper_loads_libraries_of_the_system_only():
    needed = set(re.findall(r"\(NEEDED\)\s+Shared library: \[(.+)\]", output_of("readelf", "--dynamic", "--wide", LINUX)))
    assert "libc.so.6" in needed, "readelf showed no libraries"
    assert needed <= SYSTEM_LIBRARIES


def test_the_linux_helper_needs_nothing_newer_than_glibc_2_34():
    imports = re.findall(r"UND (\S+)@([A-Z]+)_([0-9.]+)", output_of("readelf", "--dyn-syms", "--wide", LINUX))
    assert {library for _, library, _ in imports} <= set(NEWEST_VERSIONS)
    assert "__libc_start_main" in {name for name, _, _ in imports}, "readelf showed no versions"
    newer = {f"{name}@{library}_{version}" for name, library, version in imports
             if tuple(map(int, version.split("."))) > NEWEST_VERSIONS[library]}
    assert newer == set()


def test_the_windows_helper_imports_system_dlls_only_and_not_msi():
    imports = set(re.findall(r"DLL Name: (\S+)", output_of("x86_64-w64-mingw32-objdump", "-p", WINDOWS)))
    assert imports, "objdump showed no imports"
    assert {name.lower() for name in imports} <= SYSTEM_DLLS


def test_the_windows_helper_is_stripped():
    assert "no symbols" in output_of("x86_64-w64-mingw32-objdump", "-t", WINDOWS)


def test_the_windows_helper_is_at_most_two_megabytes():
    assert WINDOWS.stat().st_size <= 2_000_000


def test_the_collection_holds_the_helpers_that_were_built():
    assert (NATIVE / "linux-x86_64" / "upshift").read_bytes() == LINUX.read_bytes()
    assert (NATIVE / "windows-x86_64" / "upshift.exe").read_bytes() == WINDOWS.read_bytes()


def test_no_helper_holds_a_path_of_the_machine_that_built_it():
    for helper in (LINUX, WINDOWS):
        assert str(ROOT).encode() not in helper.read_bytes(), helper.name


def test_the_version_is_the_one_of_the_collection():
    version = re.search(r"^version: *(\S+)$", (ROOT / "galaxy.yml").read_text(), re.MULTILINE)
    assert output_of(LINUX, "--version").strip() == version.group(1)
