# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the registry tools export ("Windows Registry Editor Version 5.00")."""

from __future__ import annotations

import re

ROOTS = {"hklm": "hkey_local_machine", "hkcu": "hkey_current_user", "hkcr": "hkey_classes_root",
         "hku": "hkey_users", "hkcc": "hkey_current_config"}
VALUE = re.compile(r'^(@|"(?:[^"\\]|\\.)*")=(.*)$', re.DOTALL)


def parse(text: str, asked: str) -> dict[str, dict[str, str]]:
    """Values by key; keys in lower case, with the root spelled as in `asked`. Texts are themselves, numbers are
    decimal, lists are lines, anything else is left as exported."""
    short, _, _ = asked.lower().partition("\\")
    keys: dict[str, dict[str, str]] = {}
    values: dict[str, str] = {}
    for line in text.replace("\\\r\n  ", "").replace("\\\n  ", "").splitlines():
        if line.startswith("[") and line.endswith("]"):
            root, _, rest = line[1:-1].lower().partition("\\")
            values = keys.setdefault((short if root == ROOTS.get(short) else root) + "\\" + rest, {})
        elif found := VALUE.match(line):
            values[_unquoted(found[1]) if found[1] != "@" else ""] = _data(found[2])
    return keys


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _data(text: str) -> str:
    if text.startswith('"'):
        return _unquoted(text)
    if text.startswith("dword:"):
        return str(int(text[6:], 16))
    if text.startswith(("hex(2):", "hex(7):")):
        raw = bytes(int(byte, 16) for byte in text[7:].split(",") if byte)
        return raw.decode("utf-16-le").rstrip("\0").replace("\0", "\n")
    return text
