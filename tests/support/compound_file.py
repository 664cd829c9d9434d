# SPDX-License-Identifier: GPL-3.0-or-later
"""Compound files: the container of packages and transforms. Written in one go ("[MS-CFB]: Compound File
Binary File Format", version 3 with sectors of 512 bytes)."""

from __future__ import annotations

import dataclasses
import struct
import uuid

SECTOR, MINI_SECTOR, MINI_LIMIT = 512, 64, 4096
FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
HEADER = struct.Struct("<8s16sHHHHH6xIIIIIIIII")
ENTRY = struct.Struct("<64sHBBIII16sI8x8xIQ")


@dataclasses.dataclass
class Storage:
    """A folder of a compound file: streams are bytes, storages are folders again."""

    class_id: uuid.UUID = uuid.UUID(int=0)
    entries: dict[str, bytes | Storage] = dataclasses.field(default_factory=dict)


def write(root: Storage) -> bytes:
    """The bytes of a compound file with that root."""
    return _Writer(root).file()


class _Writer:
    def __init__(self, root: Storage):
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = bytearray()
        self.mini_fat: list[int] = []
        self.listing: list[bytes] = [b""]
        child = self._add_entries(root)
        start, size = self._place(bytes(self.mini)), len(self.mini)
        self.listing[0] = _entry("Root Entry", ROOT, BLACK, NONE, NONE, child, root.class_id, start, size)

    def file(self) -> bytes:
        first_entry = self._place(b"".join(self.listing), _entry("", 0, RED, NONE, NONE, NONE, uuid.UUID(int=0), 0, 0))
        mini_fat = struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat)
        first_mini_fat = self._place(mini_fat, b"\xff")
        # The table has an entry for each of its own sectors, too.
        count = -(-len(self.fat) // (SECTOR // 4 - 1))
        first_fat = len(self.sectors)
        self.fat += [FAT] * count
        self.fat += [FREE] * (count * SECTOR // 4 - len(self.fat))
        places = list(range(first_fat, first_fat + count))
        assert count <= 109, "larger than this writer can do"
        header = HEADER.pack(SIGNATURE, b"", 0x3E, 3, 0xFFFE, 9, 6, 0, count, first_entry, 0, MINI_LIMIT, first_mini_fat,
                             -(-len(mini_fat) // SECTOR), END, 0)
        table = struct.pack("<109I", *places, *[FREE] * (109 - count))
        return header + table + b"".join(self.sectors) + struct.pack(f"<{len(self.fat)}I", *self.fat)

    def _place(self, data: bytes, filling: bytes = b"\0") -> int:
        """Puts the data in a chain of sectors of its own; says where it begins."""
        if not data:
            return END
        start = len(self.sectors)
        count = -(-len(data) // SECTOR)
        data += filling * ((count * SECTOR - len(data)) // len(filling))
        self.sectors += [data[i * SECTOR:(i + 1) * SECTOR] for i in range(count)]
        self.fat += [*range(start + 1, start + count), END]
        return start

    def _place_stream(self, data: bytes) -> int:
        if not data or len(data) >= MINI_LIMIT:
            return self._place(data)
        start = len(self.mini) // MINI_SECTOR
        count = -(-len(data) // MINI_SECTOR)
        self.mini += data + b"\0" * (count * MINI_SECTOR - len(data))
        self.mini_fat += [*range(start + 1, start + count), END]
        return start

    def _add_entries(self, storage: Storage) -> int:
        # Siblings form a red-black tree, ordered by length and then by upper-case name.
        names = sorted(storage.entries, key=lambda name: (len(name.encode("utf-16-le")), name.upper()))
        return self._add_tree(storage, names, 0, len(names).bit_length() - 1)

    def _add_tree(self, storage: Storage, names: list[str], depth: int, last_depth: int) -> int:
        """The middle name is the parent, so that every level but the last is full: that one is red."""
        if not names:
            return NONE
        middle = len(names) // 2
        number = len(self.listing)
        self.listing.append(b"")
        left = self._add_tree(storage, names[:middle], depth + 1, last_depth)
        right = self._add_tree(storage, names[middle + 1:], depth + 1, last_depth)
        colour = RED if depth == last_depth and depth > 0 else BLACK
        content = storage.entries[names[middle]]
        if isinstance(content, Storage):
            entry = _entry(names[middle], STORAGE, colour, left, right, self._add_entries(content), content.class_id, 0, 0)
        else:
            start = self._place_stream(content)
            entry = _entry(names[middle], STREAM, colour, left, right, NONE, uuid.UUID(int=0), start, len(content))
        self.listing[number] = entry
        return number


def _entry(name: str, kind: int, colour: int, left: int, right: int, child: int, class_id: uuid.UUID, start: int,
           size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if text else 0
    return ENTRY.pack(text, length, kind, colour, left, right, child, class_id.bytes_le, 0, start, size)
