# SPDX-License-Identifier: GPL-3.0-or-later
"""The options that each PowerShell module takes are those that its documentation describes."""

from __future__ import annotations

import pathlib

import pytest
import yaml
from collection_tree import ROOT
from powershell_syntax import MODULES, UTILITIES, Literals

LITERALS = Literals(UTILITIES)
HIDDEN = {"_helper": {"type": "dict"}, "_command": {"type": "list", "elements": "str"}}
COMPARED = ("type", "elements", "choices", "default", "required")
every_module = pytest.mark.parametrize("module", MODULES, ids=lambda file: file.stem)


def specification(module: pathlib.Path) -> dict:
    return LITERALS.assigned(module, "$spec")


def documented(module: pathlib.Path) -> dict:
    """Its own options, and those of the collection's fragments that it extends."""
    page = yaml.safe_load(module.with_suffix(".yml").read_text(encoding="utf-8"))["DOCUMENTATION"]
    options = dict(page["options"])
    for fragment in page["extends_documentation_fragment"]:
        if fragment.startswith("upshift.windows."):
            file = ROOT / "plugins" / "doc_fragments" / f"{fragment.rpartition('.')[2]}.py"
            options |= yaml.safe_load(file.read_text(encoding="utf-8").split('r"""')[1].split('"""')[0])["options"]
    return options


def shape(options: dict, suboptions: str) -> dict:
    """What of options can be compared; `suboptions` is the key under which an option has some of its own."""
    shown = {}
    for name, option in options.items():
        shown[name] = {"required": False} | {key: option[key] for key in COMPARED if option.get(key) is not None}
        if suboptions in option:
            shown[name]["suboptions"] = shape(option[suboptions], suboptions)
    return shown


def secrets(options: dict, key: str, where: str = "") -> dict[str, dict]:
    """Each option that holds a secret, by its place."""
    found = {}
    for name, option in options.items():
        if name == "password" or (name == "value" and where.endswith("secret_properties.")):
            found[where + name] = option
        found |= secrets(option.get(key, {}), key, f"{where}{name}.")
    return found


@every_module
def test_the_options_are_the_documented_ones(module: pathlib.Path):
    options = {name: option for name, option in specification(module)["options"].items() if name not in HIDDEN}
    assert shape(options, "options") == shape(documented(module), "suboptions")


@every_module
def test_what_only_the_action_plugin_sets_is_taken_and_not_documented(module: pathlib.Path):
    options = specification(module)["options"]
    assert {name: option for name, option in options.items() if name.startswith("_")} == HIDDEN
    assert not set(HIDDEN) & set(documented(module))


@every_module
def test_secrets_are_kept_out_of_the_event_log(module: pathlib.Path):
    found = secrets(specification(module)["options"], "options")
    assert set(found) == set(secrets(documented(module), "suboptions"))
    assert [place for place, option in found.items() if option.get("no_log") is not True] == []


def test_there_are_secrets_to_keep():
    found = secrets(specification(ROOT / "plugins" / "modules" / "msi_product_version.ps1")["options"], "options")
    assert set(found) == {"password", "secret_properties.value", "packages.secret_properties.value"}


@every_module
def test_check_mode_is_supported(module: pathlib.Path):
    assert specification(module)["supports_check_mode"] is True


def test_each_documented_module_is_a_powershell_module():
    pages = (ROOT / "plugins" / "modules").glob("*.yml")
    assert {module.stem for module in MODULES} == {page.stem for page in pages}


def test_an_option_that_differs_is_noticed(tmp_path: pathlib.Path):
    module = next(file for file in MODULES if file.stem == "hyperv_vm_version")
    changed = tmp_path / module.name
    changed.write_text(module.read_text(encoding="ascii").replace("default = 300", "default = 301"), encoding="ascii")
    changed.with_suffix(".yml").write_bytes(module.with_suffix(".yml").read_bytes())
    with pytest.raises(AssertionError, match="301"):
        test_the_options_are_the_documented_ones(changed)
