# SPDX-License-Identifier: GPL-3.0-or-later
"""Lays the checkout out as Ansible finds collections: <root>/ansible_collections/upshift/windows."""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINKED = ROOT / "build" / "collections"
NATIVE = pathlib.Path("plugins") / "plugin_utils" / "_native"
# What ansible-test looks at: the collection itself, and its tests.
COPIED = ("plugins", "meta", "playbooks", "roles", "extensions", "changelogs", "docs", "galaxy.yml", "README.md", "LICENSE",
          ".ansible-lint", ".gitignore", "tests/unit", "tests/integration/targets", "tests/sanity/*.txt", "tests/config.yml")


def make_collection_tree(root: pathlib.Path = LINKED) -> pathlib.Path:
    """Returns `root` as a collections path in which the collection is this checkout itself, helpers and all."""
    link = root / "ansible_collections" / "upshift" / "windows"
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.is_symlink():
        try:
            link.symlink_to(ROOT, target_is_directory=True)
        except FileExistsError:  # another process was faster
            if not link.is_symlink():
                raise
    return root


def copy_collection(root: pathlib.Path) -> pathlib.Path:
    """Returns a fresh copy of the collection under `root`, with nothing that git ignores. Needs git."""
    collection = root / "ansible_collections" / "upshift" / "windows"
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard",
                             "--", *COPIED], capture_output=True, text=True, check=True).stdout.split("\0")
    wanted = {name for name in listed if name and (ROOT / name).exists()}
    if collection.exists():
        shutil.rmtree(collection)
    for name in sorted(wanted):
        target = collection / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    return collection


if __name__ == "__main__":
    print(copy_collection(pathlib.Path(sys.argv[1])) if len(sys.argv) > 1 else make_collection_tree())
