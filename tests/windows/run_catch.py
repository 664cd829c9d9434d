# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the Catch2 tests as a Windows program in a fresh Wine prefix: run_catch.py JUNIT_FILE."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from wine import WinePrefix, windows_path  # noqa: E402  the folder above holds it

TESTS = ROOT / "build" / "windows-mingw" / "tests" / "helper" / "helper_tests.exe"


def main() -> int:
    report = pathlib.Path(sys.argv[1])
    with WinePrefix.create() as prefix:
        command = prefix.command(TESTS, "-r", "junit", "-o", windows_path(report))
        try:
            return subprocess.run(command, env=prefix.env, stdin=subprocess.DEVNULL, check=False, timeout=300).returncode
        except subprocess.TimeoutExpired:
            print("A test hangs. To see which one, run helper_tests.exe with -r xml: it names each test as it begins.")
            return 124


if __name__ == "__main__":
    sys.exit(main())
