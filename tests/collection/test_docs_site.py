# SPDX-License-Identifier: GPL-3.0-or-later
"""The site that antsibull-docs and Sphinx make of the collection: whole, and without one warning."""

from __future__ import annotations

import pathlib
import subprocess
import zlib

import pytest
from ansible_playbook import ALL_MODULES, AnsibleCore
from built_collection import VERSION, Installation

CORE = AnsibleCore("newest")
# The labels of Ansible's own site that the pages lead to. Without a network Sphinx would call them undefined.
ANSIBLE_LABELS = ("action_plugins", "ansible_configuration_settings", "common_return_values",
                  "ansible_collections.ansible.windows.win_package_module")


@pytest.fixture(scope="module")
def installed(artifact, tmp_path_factory) -> Installation:
    return Installation(CORE, artifact, tmp_path_factory.mktemp("site") / "installed")


@pytest.fixture(scope="module")
def pages(installed: Installation) -> pathlib.Path:
    """A folder for sphinx-build, in which antsibull-docs has written a page for each module and guide."""
    site = installed.folder / "site"
    site.mkdir()
    begun = installed.run("antsibull-docs", "sphinx-init", "--use-current", "--squash-hierarchy", "--dest-dir", str(site),
                          "upshift.windows")
    assert begun.returncode == 0, begun.stdout
    (site / "rst").chmod(0o755)
    written = installed.run("antsibull-docs", "--config-file", str(site / "antsibull-docs.cfg"), "collection", "--use-current",
                            "--squash-hierarchy", "--fail-on-error", "--dest-dir", str(site / "rst"), "upshift.windows")
    assert written.returncode == 0 and not written.stdout, written.stdout
    return site


def write_inventory(file: pathlib.Path) -> None:
    """What Sphinx would download from Ansible's site, with the labels above alone."""
    rows = "".join(f"{label} std:label -1 page.html#$ {label}\n" for label in ANSIBLE_LABELS)
    head = "# Sphinx inventory version 2\n# Project: Ansible\n# Version: devel\n"
    file.write_bytes(f"{head}# The remainder of this file is compressed using zlib.\n".encode() + zlib.compress(rows.encode()))


def test_the_linter_of_collection_documentation_finds_nothing(installed: Installation):
    done = installed.run("antsibull-docs", "lint-collection-docs", "--plugin-docs", "--check-extra-docs-refs",
                         "--validate-collection-refs=self", str(installed.collection))
    assert done.returncode == 0 and not done.stdout, done.stdout


def test_every_module_and_guide_has_a_page(pages: pathlib.Path):
    written = {file.stem for file in (pages / "rst").rglob("*.rst")}
    assert {f"{module}_module" for module in ALL_MODULES} | {"guide_first_upgrade", "index"} <= written


def test_the_site_is_built_without_a_warning(pages: pathlib.Path):
    inventory = pages / "ansible.inv"
    write_inventory(inventory)
    mapping = {"ansible_devel": ("https://docs.ansible.com/projects/ansible/devel/", str(inventory))}
    with open(pages / "conf.py", "a", encoding="utf-8") as configuration:
        configuration.write(f"\nintersphinx_mapping = {mapping!r}\n")
    done = subprocess.run([CORE.program("sphinx-build"), "-q", "-W", "--keep-going", "-b", "html", "rst", "html", "-c", "."], cwd=pages,
                          env=CORE.environment(pages), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 0 and not done.stdout, done.stdout
    page = (pages / "html" / "hyperv_vm_version_module.html").read_text(encoding="utf-8")
    assert f"version {VERSION}" in page and "upshift.windows.all" in page
