# SPDX-License-Identifier: GPL-3.0-or-later
"""The artifact of the collection as scripts/build-collection makes it, and an environment in which it alone is installed."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

from ansible_playbook import AnsibleCore

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD_COLLECTION = ROOT / "scripts" / "lib" / "build_collection.py"
VERSION = re.search(r"^version: *(\S+)$", (ROOT / "galaxy.yml").read_text(encoding="utf-8"), re.MULTILINE).group(1)
NATIVE = "plugins/plugin_utils/_native"


def build_artifact(output: pathlib.Path, checkout: pathlib.Path = ROOT) -> pathlib.Path:
    """Makes the artifact of a checkout whose helpers are built."""
    subprocess.run([sys.executable, str(BUILD_COLLECTION), "--checkout", str(checkout), "--output", str(output)],
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return output / f"upshift-windows-{VERSION}.tar.gz"


class Installation:
    """A collections path with nothing but the installed artifact on it, for one ansible-core."""

    def __init__(self, core: AnsibleCore, artifact: pathlib.Path, folder: pathlib.Path):
        self.core, self.folder = core, folder
        self.collections = folder / "collections"
        self.collection = self.collections / "ansible_collections" / "upshift" / "windows"
        folder.mkdir(parents=True)
        self.installed = self.run("ansible-galaxy", "collection", "install", str(artifact), "-p", str(self.collections), "--offline")

    @property
    def environment(self) -> dict[str, str]:
        programs = pathlib.Path(self.core.program("ansible")).parent
        return self.core.environment(self.folder) | {"ANSIBLE_COLLECTIONS_PATH": str(self.collections),
                                                     "PATH": f"{programs}:/usr/bin:/bin"}

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess:
        """Runs one of ansible-core's programs in the folder, with the installed collection."""
        return subprocess.run([self.core.program(program), *arguments], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=300, check=False)
