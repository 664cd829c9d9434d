# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pathlib

import pytest
import yaml
from ansible_collections.upshift.windows.plugins.doc_fragments.common import ModuleDocFragment
from ansible_collections.upshift.windows.plugins.plugin_utils._arguments import LISTS, as_lists

MODULES = pathlib.Path(__file__).resolve().parents[4] / "plugins" / "modules"
SHARED = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]


def lists_in(options):
    return {name for name, option in options.items() if option["type"] == "list"}


def own_options(operation):
    return yaml.safe_load((MODULES / f"{operation}.yml").read_text(encoding="utf-8"))["DOCUMENTATION"]["options"]


@pytest.mark.parametrize("operation", LISTS)
def test_the_lists_are_the_documented_ones(operation):
    # The command of the helper never reaches the module.
    assert set(LISTS[operation]) == lists_in(SHARED | own_options(operation)) - {"helper"}


def test_the_lists_in_a_package_are_the_documented_ones():
    documented = own_options("msi_product_version")["packages"]["suboptions"]
    given = {name: "x" for name in documented}
    listed = as_lists("msi_product_version", {"packages": [given]})["packages"][0]
    assert {name for name, value in listed.items() if isinstance(value, list)} == lists_in(documented)


@pytest.mark.parametrize(("given", "listed"), [
    ({"name": "a, b"}, {"name": ["a, b"]}), ({"name": ["a"]}, {"name": ["a"]}), ({"name": []}, {"name": []}),
    ({"version": "8.0"}, {"version": "8.0"})])
def test_a_single_text_becomes_a_list_of_one_and_is_not_split(given, listed):
    assert as_lists("hyperv_vm_version", given) == listed


def test_one_package_alone_becomes_a_list_and_what_nobody_gave_is_left_out():
    given = {"packages": {"path": "a.msi", "transforms": "a.mst", "version": None}}
    assert as_lists("msi_product_version", given) == {"packages": [{"path": "a.msi", "transforms": ["a.mst"]}]}


def test_what_is_no_package_is_left_for_others_to_refuse():
    assert as_lists("msi_product_version", {"packages": ["a.msi"]}) == {"packages": ["a.msi"]}
