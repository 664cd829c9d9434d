# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes real transforms (.mst) that change rows of a package, since no tool on Debian does.

A transform is a compound file with a string pool of its own and, for each table, a stream of changed rows. How rows
are written down can be read in Wine's msi.dll (dlls/msi/table.c, msi_table_load_transform).
"""

from __future__ import annotations

import dataclasses
import pathlib
import struct
import uuid

import compound_file
from compound_file import Storage
from packages import Package

CLASS_OF_TRANSFORMS = uuid.UUID("000c1082-0000-0000-c000-000000000046")
FORMAT_OF_SUMMARY = uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9")
UTF_8 = 65001
WINDOWS_1252 = 1252
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
REGISTRY_VALUE_COLUMN = 4  # of Registry, Root, Key, Name, Value, Component_
TEXT, NUMBER, SHORT_NUMBER = 30, 3, 2


@dataclasses.dataclass(frozen=True)
class Transform:
    """Changes to one package, by what stands in its tables. `properties` must be in the package already,
    `new_properties` must not; `registry` is by the key of the row."""

    package: Package
    properties: tuple[tuple[str, str], ...] = ()
    new_properties: tuple[tuple[str, str], ...] = ()
    registry: tuple[tuple[str, str], ...] = ()
    version: str = ""  # what it says that it makes of the product; empty is the package's own
    validation: int = 0  # what the installer compares first, 16 bits ("Character Count Summary property")

    def write(self, file: pathlib.Path) -> pathlib.Path:
        """A file beside the package."""
        file.write_bytes(compound_file.write(self.storage()))
        return file

    def storage(self) -> Storage:
        """The root of such a file; in a patch it is a storage among others."""
        pool = StringPool()
        changed = b"".join(_changed_row(pool, name, 1, value) for name, value in self.properties)
        added = b"".join(_new_row(pool, name, value) for name, value in self.new_properties)
        registry = b"".join(_changed_row(pool, key, REGISTRY_VALUE_COLUMN, value) for key, value in self.registry)
        entries: dict[str, bytes | Storage] = {"\x05SummaryInformation": self._summary()}
        for table, rows in (("Property", changed + added), ("Registry", registry)):
            if rows:
                entries[_table_name(table)] = rows
        entries |= pool.streams()
        return Storage(CLASS_OF_TRANSFORMS, entries)

    def _summary(self) -> bytes:
        """What number 9 says: the product before and after, and its family ("Revision Number Summary property")."""
        code = self.package.product_code
        products = f"{code}{self.package.version};{code}{self.version or self.package.version};{self.package.family_code}"
        return property_set({2: "Transform", 3: "Transform", 4: "Upshift Tests", 7: "x64;1033", 8: "x64;1033",
                             9: products, 14: 200, 16: self.validation << 16})


def property_set(values: dict[int, int | str]) -> bytes:
    """The stream of a summary information. Without a code page (number 1) some readers see no texts."""
    section = struct.pack("<IHH", SHORT_NUMBER, WINDOWS_1252, 0)
    start = 8 + 8 * (1 + len(values))
    offsets = [struct.pack("<II", 1, start)]
    for number, value in values.items():
        offsets.append(struct.pack("<II", number, start + len(section)))
        if isinstance(value, int):
            section += struct.pack("<Ii", NUMBER, value)
        else:
            data = value.encode() + b"\0"
            section += struct.pack("<II", TEXT, len(data)) + data + b"\0" * (-len(data) % 4)
    body = struct.pack("<II", start + len(section), len(offsets)) + b"".join(offsets) + section
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0x20006, b"", 1) + FORMAT_OF_SUMMARY.bytes_le + struct.pack("<I", 48)
    return head + body


class StringPool:
    def __init__(self):
        self.texts: list[bytes] = []

    def number(self, text: str) -> int:
        """0 is the empty text."""
        if not text:
            return 0
        data = text.encode()
        if data not in self.texts:
            self.texts.append(data)
        return self.texts.index(data) + 1

    def streams(self) -> dict[str, bytes]:
        assert all(len(text) < 0x10000 for text in self.texts), "longer texts are written down differently"
        sizes = b"".join(struct.pack("<HH", len(text), 1) for text in self.texts)
        return {_table_name("_StringPool"): struct.pack("<HH", UTF_8 & 0xFFFF, 0) + sizes,
                _table_name("_StringData"): b"".join(self.texts)}


def _changed_row(pool: StringPool, key: str, column: int, value: str) -> bytes:
    """Each bit of the mask is a column that follows, after the key."""
    return struct.pack("<HHH", 1 << column, pool.number(key), pool.number(value))


def _new_row(pool: StringPool, *values: str) -> bytes:
    """An odd mask is a new row; its upper byte counts the columns."""
    numbers = [pool.number(value) for value in values]
    return struct.pack(f"<H{len(numbers)}H", 1 | len(numbers) << 8, *numbers)


def _table_name(name: str) -> str:
    """Streams of tables have letters in pairs, after a mark."""
    encoded = chr(0x4840)
    for first, second in zip(name[::2], name[1::2] + " "):
        low = LETTERS.index(first)
        encoded += chr(0x4800 + low) if second == " " else chr(0x3800 + low + (LETTERS.index(second) << 6))
    return encoded
