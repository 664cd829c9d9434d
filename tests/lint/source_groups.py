# SPDX-License-Identifier: GPL-3.0-or-later
"""Source files looked at together, as one file that includes them all.

Most of clang-tidy's time goes into the headers of the standard library and of Catch2, which it walks anew for each file:
ten files together take little longer than one.
"""

from __future__ import annotations

import dataclasses
import hashlib
import pathlib
import re
import shlex
import subprocess

CLANG = "clang++-19"
GROUP_SIZE = 16
ERROR = re.compile(r"^(\S+\.cpp):\d+:\d+: (?:fatal )?error", re.MULTILINE)
OF_ONE_FILE = {"-o", "-MF", "-MT"}


@dataclasses.dataclass(frozen=True)
class Source:
    """A file and how it is compiled; `extra` are the arguments that only clang needs."""

    file: pathlib.Path
    command: str
    directory: pathlib.Path
    extra: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """Those of its compiler that say nothing of this file alone."""
        kept, words = [], iter(shlex.split(self.command)[1:])
        for word in words:
            if word in OF_ONE_FILE:
                next(words)
            elif word not in ("-c", "-MD", str(self.file)):
                kept.append(word)
        return (*kept, *self.extra)


def group_file(folder: pathlib.Path, group: list[Source]) -> pathlib.Path:
    text = "".join(f'#include "{source.file}" // NOLINT(bugprone-suspicious-include)\n' for source in group)
    file = folder / (hashlib.sha256(text.encode()).hexdigest()[:16] + ".cpp")
    file.write_text(text)
    return file


def in_conflict(folder: pathlib.Path, group: list[Source]) -> list[Source]:
    """Those that cannot stand with the others of the group, such as for a name of their own that another has, too."""
    file = group_file(folder, group)
    done = subprocess.run([CLANG, "-fsyntax-only", "-w", *group[0].arguments, str(file)], cwd=group[0].directory, text=True,
                          capture_output=True, check=False)
    if done.returncode == 0:
        return []
    named = {pathlib.Path(name) for name in ERROR.findall(done.stderr)}
    return [source for source in group if source.file in named] or group[1:]


def alike(sources: list[Source]) -> list[list[Source]]:
    """Lists of sources of one folder that are compiled alike."""
    lists: dict[tuple, list[Source]] = {}
    for source in sources:
        lists.setdefault((source.file.parent, source.arguments), []).append(source)
    return [found[at:at + GROUP_SIZE] for found in lists.values() for at in range(0, len(found), GROUP_SIZE)]


def split(folder: pathlib.Path, sources: list[Source]) -> list[list[Source]]:
    """Groups of sources that can stand together, of a list of such as are alike."""
    groups = []
    while sources:
        group, left = sources, []
        while len(group) > 1 and (odd := in_conflict(folder, group)):
            odd = odd[:len(group) - 1]
            group = [source for source in group if source not in odd]
            left += odd
        groups.append(group)
        sources = left
    return groups
