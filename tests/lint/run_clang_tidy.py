# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs clang-tidy over the source files below some folders and remembers, by content, which were clean:
run_clang_tidy.py JUNIT_FILE FOLDER...

The key of a file is the hash of its own text, of every project header it includes (followed by hand), of the settings
and of the compiler flags, so an untouched file costs nothing.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import json
import pathlib
import re
import subprocess
import sys
from xml.sax.saxutils import escape, quoteattr

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / "build" / "clang-tidy-clean"
TIDY = "clang-tidy-19"
INCLUDE = re.compile(r'^\s*#include "([^"]+)"', re.MULTILINE)
INCLUDE_ROOTS = [ROOT / "helper" / "src", ROOT / "tests" / "helper", ROOT / "tests" / "windows"]
# clang finds mingw-w64's own headers by the target's name, its C++ library only when told.
MINGW = ["--extra-arg=--target=x86_64-w64-mingw32"]


def mingw_arguments() -> list[str]:
    probe = subprocess.run(["x86_64-w64-mingw32-g++-posix", "-E", "-x", "c++", "-", "-v"], input="", text=True,
                           capture_output=True, check=True)
    folders = re.findall(r"^ (/\S+)$", probe.stderr, re.MULTILINE)
    # The compiler's intrinsics headers would shadow clang's own.
    usable = [f for f in folders if not f.endswith(("/include", "/include-fixed")) or "/gcc/" not in f]
    return MINGW + [f"--extra-arg=-isystem{folder}" for folder in usable]


def project_headers(source: pathlib.Path, seen: set[pathlib.Path]) -> set[pathlib.Path]:
    for name in INCLUDE.findall(source.read_text()):
        for folder in [source.parent, *INCLUDE_ROOTS]:
            header = (folder / name).resolve()
            if header.is_file() and header not in seen:
                seen.add(header)
                project_headers(header, seen)
    return seen


def key_of(source: pathlib.Path, flags: str) -> str:
    settings = (ROOT / ".clang-tidy").read_bytes() + (ROOT / "tests" / ".clang-tidy").read_bytes()
    digest = hashlib.sha256(flags.encode() + settings)
    for part in [source, *sorted(project_headers(source, set()))]:
        digest.update(part.relative_to(ROOT).as_posix().encode() + part.read_bytes())
    return digest.hexdigest()


def compiled_files(preset: str) -> dict[pathlib.Path, str]:
    database = json.loads((ROOT / "build" / preset / "compile_commands.json").read_text())
    return {pathlib.Path(entry["file"]): entry["command"].replace(str(ROOT), ".") for entry in database}


def check(source: pathlib.Path, preset: str, flags: str, extra: list[str]) -> tuple[pathlib.Path, str]:
    mark = CACHE / key_of(source, flags)
    if mark.exists():
        return source, ""
    done = subprocess.run([TIDY, "--quiet", "--extra-arg=-Wno-unknown-warning-option", "-p", str(ROOT / "build" / preset), *extra, str(source)], text=True,
                          capture_output=True, check=False)
    if done.returncode == 0:
        mark.touch()
        return source, ""
    return source, done.stdout or done.stderr


def main() -> int:
    CACHE.mkdir(parents=True, exist_ok=True)
    report, *folders = sys.argv[1:]
    linux = compiled_files("linux-debug")
    windows = {file: flags for file, flags in compiled_files("windows-mingw").items() if file not in linux}
    linux, windows = ({file: flags for file, flags in files.items() if any(file.is_relative_to(ROOT / folder) for folder in folders)}
                      for files in (linux, windows))
    extra = mingw_arguments() if windows else []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(check, file, "linux-debug", flags, []) for file, flags in linux.items()]
        jobs += [pool.submit(check, file, "windows-mingw", flags, extra) for file, flags in windows.items()]
        results = [job.result() for job in jobs]
    cases = []
    for source, output in results:
        name = quoteattr(source.relative_to(ROOT).as_posix())
        body = f"<failure>{escape(output)}</failure>" if output else ""
        cases.append(f"<testcase classname='clang-tidy' name={name}>{body}</testcase>")
        if output:
            print(output)
    pathlib.Path(report).write_text(f"<testsuite name='clang-tidy'>{''.join(cases)}</testsuite>")
    return 1 if any(output for _, output in results) else 0


if __name__ == "__main__":
    sys.exit(main())
