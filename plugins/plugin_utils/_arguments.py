# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# INTERNAL to upshift.windows: not a public interface; it changes without notice.

from __future__ import annotations

from collections.abc import Mapping, Sequence

CONCEALED = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"


def plain(value):
    """Returns a copy made of nothing but JSON's own types.

    Ansible hands over subclasses of str and dict, and texts from a vault that are no str at all.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    # A text from a vault is a Sequence too in ansible-core 2.16, and only there.
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and not hasattr(value, "vault"):
        return [plain(entry) for entry in value]
    return str(value)


def conceal(arguments):
    """Returns a copy of the arguments that can be shown, and the list of the texts it leaves out."""
    secrets = []
    return _conceal_options(arguments, secrets), secrets


def _conceal_options(options, secrets):
    shown = {}
    for name, value in options.items():
        if name in ("password", "secret_properties"):
            shown[name] = _conceal_value(value, secrets)
        elif name == "packages" and isinstance(value, list):
            shown[name] = [_conceal_options(entry, secrets) if isinstance(entry, dict) else entry for entry in value]
        elif name == "packages" and isinstance(value, dict):
            shown[name] = _conceal_options(value, secrets)
        else:
            shown[name] = value
    return shown


def _conceal_value(value, secrets):
    """Hides every text but the names of properties, also where the value has not the form it should have."""
    if isinstance(value, list):
        return [_conceal_value(entry, secrets) for entry in value]
    if isinstance(value, dict):
        return {key: entry if key == "name" else _conceal_value(entry, secrets) for key, entry in value.items()}
    if value is None or isinstance(value, bool) or value == "":
        return value
    secrets.append(str(value))
    return CONCEALED


def spoiled_version(arguments):
    """Returns where a version was written as a number, and that number; otherwise twice nothing."""
    packages = arguments.get("packages")
    places = [("version", arguments)]
    if isinstance(packages, list):
        places += [("packages[%d].version" % index, entry) for index, entry in enumerate(packages)]
    elif isinstance(packages, dict):
        places.append(("packages.version", packages))
    for where, options in places:
        version = options.get("version") if isinstance(options, dict) else None
        if isinstance(version, (int, float)) and not isinstance(version, bool):
            return where, version
    return None, None


#: Options that are lists, by operation. Ansible's own reading of a Windows module's options splits a text at its commas.
LISTS = {
    "hyperv_vm_version": ("name", "id", "exclude", "endpoint"),
    "hyperv_vm_version_info": ("name", "id", "exclude", "endpoint"),
    "msi_product_version": ("packages", "transforms", "secret_properties", "endpoint"),
    "msi_product_version_info": ("name", "product_code", "upgrade_code", "path", "endpoint"),
}


def as_lists(operation, arguments):
    """Returns the arguments with a list in the place of each single value that stands for one."""
    listed = {
        name: [value] if name in LISTS[operation] and not isinstance(value, list) else value
        for name, value in arguments.items()
    }
    if "packages" in listed:
        listed["packages"] = [_package_as_lists(entry) for entry in listed["packages"]]
    return listed


def _package_as_lists(entry):
    if not isinstance(entry, dict):
        return entry
    return {
        name: [value] if name in ("transforms", "secret_properties") and not isinstance(value, list) else value
        for name, value in entry.items()
        if value is not None
    }
