# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ansible-test on copies of the collection, without a network where its environments stand already.

The Python environments that ansible-test makes are kept under build/sanity, so that only the first run downloads.
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess

from collection_tree import NATIVE, ROOT, copy_collection

WORK = ROOT / "build" / "sanity"
# ansible-test would download this from a host of its own; any script will do that puts pip into the environment.
GET_PIP = """\
import runpy
import sys

sys.argv = ["ensurepip", "--upgrade", "--default-pip"]
runpy.run_module("ensurepip", run_name="__main__")
"""


def environment(programs: pathlib.Path, home: pathlib.Path, collections: pathlib.Path) -> dict[str, str]:
    """A home folder of its own keeps ansible-test's caches under build/, and the person's own settings out."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("ANSIBLE_", "PYENV", "PYTEST", "PYTHON", "VIRTUAL_ENV", "GIT_"))}
    return kept | {
        "HOME": str(home),
        "PATH": f"{programs}:/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_NOCOLOR": "1",
        "NO_COLOR": "1",
    }


def place_pip_bootstrap(venv: pathlib.Path, home: pathlib.Path) -> None:
    cache = home / ".ansible" / "test" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    sources = venv.glob("lib/python*/site-packages/ansible_test/_internal/python_requirements.py")
    for version in re.findall(r"pip='([0-9.]+)'", next(sources).read_text(encoding="utf-8")):
        (cache / f"get_pip_{version.replace('.', '_')}.py").write_text(GET_PIP, encoding="ascii")


def prepare(tree: pathlib.Path, without: str | None = None, helper: bool = False) -> pathlib.Path:
    """A copy that is a git repository of its own: in a folder that git ignores ansible-test finds nothing to test."""
    collection = copy_collection(tree)
    for file in collection.rglob(without) if without else ():
        file.unlink()
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        subprocess.run(command, cwd=collection, check=True)
    if helper:
        shutil.copytree(ROOT / NATIVE, collection / NATIVE)
    return collection


def ansible_test(venv: pathlib.Path, home: pathlib.Path, collection: pathlib.Path, *command: str) -> subprocess.CompletedProcess:
    """Runs it with the Python of that environment and not with --venv, which would make one more environment each time."""
    place_pip_bootstrap(venv, home)
    return subprocess.run(["ansible-test", *command, "--color", "no", "--truncate", "0"], cwd=collection,
                          env=environment(venv / "bin", home, collection.parents[2]), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
