# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs clang-tidy over the source files below some folders and remembers, by content, which were clean:
run_clang_tidy.py JUNIT_FILE FOLDER...

The key of a file is the hash of its own text, of every project header it includes (followed by hand), of the settings,
of the compiler flags and of clang-tidy's version, so an untouched file costs nothing, in another clone neither. The others
are first looked at in groups; the files of a group with a finding are looked at one by one, so that what is told is what
clang-tidy says of that file alone.
"""

from __future__ import annotations

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
from xml.sax.saxutils import escape, quoteattr

from source_groups import Source, alike, group_file, split

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "upshift" / "clang-tidy-clean"
GROUPS = ROOT / "build" / "clang-tidy-groups"
TIDY = "clang-tidy-19"
INCLUDE = re.compile(r'^\s*#include "([^"]+)"', re.MULTILINE)
INCLUDE_ROOTS = [ROOT / "helper" / "src", ROOT / "tests" / "helper", ROOT / "tests" / "windows"]
# clang finds mingw-w64's own headers by the target's name, its C++ library only when told.
MINGW = ("--target=x86_64-w64-mingw32",)


def mingw_arguments() -> tuple[str, ...]:
    probe = subprocess.run(["x86_64-w64-mingw32-g++-posix", "-E", "-x", "c++", "-", "-v"], input="", text=True,
                           capture_output=True, check=True)
    folders = re.findall(r"^ (/\S+)$", probe.stderr, re.MULTILINE)
    # The compiler's intrinsics headers would shadow clang's own.
    usable = [f for f in folders if not f.endswith(("/include", "/include-fixed")) or "/gcc/" not in f]
    return (*MINGW, *(f"-isystem{folder}" for folder in usable))


def project_headers(source: pathlib.Path, seen: set[pathlib.Path]) -> set[pathlib.Path]:
    for name in INCLUDE.findall(source.read_text()):
        for folder in [source.parent, *INCLUDE_ROOTS]:
            header = (folder / name).resolve()
            if header.is_file() and header not in seen:
                seen.add(header)
                project_headers(header, seen)
    return seen


@functools.lru_cache(maxsize=1)
def tidy_version() -> bytes:
    return subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout


def key_of(source: pathlib.Path, flags: str) -> str:
    settings = b"".join(file.read_bytes() for folder in source.parents if folder.is_relative_to(ROOT)
                        if (file := folder / ".clang-tidy").is_file())
    digest = hashlib.sha256(tidy_version() + flags.encode() + settings)
    for part in [source, *sorted(project_headers(source, set()))]:
        digest.update(part.relative_to(ROOT).as_posix().encode() + part.read_bytes())
    return digest.hexdigest()


def compiled_files(preset: str, extra: tuple[str, ...]) -> dict[pathlib.Path, Source]:
    database = json.loads((ROOT / "build" / preset / "compile_commands.json").read_text())
    return {file: Source(file, entry["command"], pathlib.Path(entry["directory"]), extra)
            for entry in database if (file := pathlib.Path(entry["file"])).is_relative_to(ROOT)}


def wanted_sources(folders: list[str]) -> list[Source]:
    linux = compiled_files("linux-debug", ())
    windows = compiled_files("windows-mingw", mingw_arguments())
    return [source for file, source in (windows | linux).items() if any(file.is_relative_to(ROOT / folder) for folder in folders)]


def mark_of(source: Source) -> pathlib.Path:
    return CACHE / key_of(source.file, source.command.replace(str(ROOT), "."))


def tidy(file: pathlib.Path, like: Source) -> str:
    """What clang-tidy finds in a file that is compiled like that source and judged by the settings of its folder."""
    settings = subprocess.run([TIDY, "--dump-config", str(like.file), "--"], text=True, capture_output=True, check=True).stdout
    done = subprocess.run([TIDY, "--quiet", f"--config={settings}", str(file), "--", "-Wno-unknown-warning-option", *like.arguments],
                          cwd=like.directory, text=True, capture_output=True, check=False)
    return (done.stdout or done.stderr) if done.returncode else ""


def check_one(source: Source) -> tuple[Source, str]:
    finding = tidy(source.file, source)
    if not finding:
        mark_of(source).touch()
    return source, finding


def check_group(group: list[Source]) -> list[tuple[Source, str]]:
    if len(group) == 1 or tidy(group_file(GROUPS, group), group[0]):
        return [check_one(source) for source in group]
    for source in group:
        mark_of(source).touch()
    return [(source, "") for source in group]


def check_alike(sources: list[Source]) -> list[tuple[Source, str]]:
    return [result for group in split(GROUPS, sources) for result in check_group(group)]


def check_all(sources: list[Source]) -> list[tuple[Source, str]]:
    known = [source for source in sources if mark_of(source).exists()]
    left = alike([source for source in sources if source not in known])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [(source, "") for source in known] + [result for results in pool.map(check_alike, left) for result in results]


def main() -> int:
    report, *folders = sys.argv[1:]
    for folder in (CACHE, GROUPS):
        folder.mkdir(parents=True, exist_ok=True)
    results = check_all(wanted_sources(folders))
    cases = []
    for source, finding in results:
        name = quoteattr(source.file.relative_to(ROOT).as_posix())
        body = f"<failure>{escape(finding)}</failure>" if finding else ""
        cases.append(f"<testcase classname='clang-tidy' name={name}>{body}</testcase>")
        if finding:
            print(finding)
    pathlib.Path(report).write_text(f"<testsuite name='clang-tidy'>{''.join(cases)}</testsuite>")
    return 1 if any(finding for _, finding in results) else 0


if __name__ == "__main__":
    sys.exit(main())
