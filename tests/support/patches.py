# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes real patches (.msp) that change rows of installed products, since no tool on Debian does.

A patch is a compound file with two transforms for each product that it takes: what changes of the product, and what
the installer notes down about the patch itself, which is nothing here ("Patch Packages", Windows Installer).
"""

from __future__ import annotations

import dataclasses
import pathlib
import uuid

import compound_file
from compound_file import Storage
from packages import guid
from transforms import StringPool, Transform, property_set

CLASS_OF_PATCHES = uuid.UUID("000c1086-0000-0000-c000-000000000046")
# Product code, version in three fields and equal, upgrade code: what patches are usually made with.
USUAL_VALIDATION = 0x0922


@dataclasses.dataclass(frozen=True)
class Patch:
    """A patch called `name` that makes each of these changes to the product that its change is for."""

    name: str
    changes: tuple[Transform, ...]
    replaces: tuple[Patch, ...] = ()

    @property
    def patch_code(self) -> str:
        return guid(f"patch/{self.name}")

    def write(self, file: pathlib.Path) -> pathlib.Path:
        """A file that the installer applies."""
        file.write_bytes(compound_file.write(self._storage()))
        return file

    def _storage(self) -> Storage:
        entries: dict[str, bytes | Storage] = {"\x05SummaryInformation": self._summary()}
        # Wine's msi.dll ends with a crash on a root without one.
        entries |= StringPool().streams()
        for number, change in enumerate(self.changes, 1):
            entries[f"T{number}"] = change.storage()
            entries[f"#T{number}"] = dataclasses.replace(change, properties=(), new_properties=(), registry=()).storage()
        return Storage(CLASS_OF_PATCHES, entries)

    def _summary(self) -> bytes:
        products = ";".join(dict.fromkeys(change.package.product_code for change in self.changes))
        transforms = ";".join(f":T{number};:#T{number}" for number in range(1, len(self.changes) + 1))
        codes = "".join(patch.patch_code for patch in (self, *self.replaces))
        return property_set({2: "Patch", 3: self.name, 4: "Upshift Tests", 7: products, 8: transforms, 9: codes, 15: 3})


def version_patch(name: str, package, version: str, registry: tuple[tuple[str, str], ...] = (),
                  replaces: tuple[Patch, ...] = ()) -> Patch:
    """A patch that takes the package's product from the package's version to that one."""
    change = Transform(package, properties=(("ProductVersion", version),), registry=registry, version=version,
                       validation=USUAL_VALIDATION)
    return Patch(name, (change,), replaces)
