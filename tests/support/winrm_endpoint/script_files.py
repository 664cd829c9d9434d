# SPDX-License-Identifier: GPL-3.0-or-later
"""What the small scripts of ansible-core do with files: each function is one of them, its answer the script's."""

from __future__ import annotations

import base64
import collections.abc
import hashlib
import json
import pathlib
import shutil

from .faults import Faults
from .host import Host
from .recording import Recording

Result = tuple[int, str, str]


def make_folder(host: Host, folder: str, name: str) -> Result:
    full = host.expand(folder).rstrip("\\") + "\\" + name
    try:
        host.path(full).mkdir(parents=True)
    except FileExistsError:
        return 1, "", f"New-Item : An item with the specified name {full} already exists.\r\n"
    return 0, full + "\r\n", ""


def expand_user(host: Host, path: str) -> Result:
    return 0, (host.user_profile + path[1:] if path == "~" or path.startswith("~\\") else path) + "\r\n", ""


def remove(host: Host, path: str, recurse: bool) -> Result:
    here = host.path(path)
    if not here.exists():
        return 1, "", f"Remove-Item : Cannot find path '{path}' because it does not exist.\r\n"
    if not here.is_dir():
        here.unlink()
    elif recurse or not any(here.iterdir()):
        shutil.rmtree(here)
    else:
        return 1, "", f"Remove-Item : The item at {path} has children and the Recurse parameter was not specified.\r\n"
    return 0, "", ""


def exists(host: Host, path: str) -> Result:
    """The script writes its variable's name, in single quotes; only the exit code tells."""
    return (0 if host.path(path).exists() else 1), "$res\r\n", ""


def checksum(host: Host, path: str) -> Result:
    here = host.path(path)
    if here.is_file():
        return 0, hashlib.sha1(here.read_bytes()).hexdigest() + "\r\n", ""
    return 0, "3\r\n" if here.is_dir() else "1\r\n", ""


def fetch(host: Host, path: str, size: int, offset: int) -> Result:
    here = host.path(path)
    if here.is_dir():
        return 0, "[DIR]\r\n", ""
    if not here.is_file():
        return 1, "", f"{path} does not exist\r\n"
    with open(here, "rb") as file:
        file.seek(offset)
        data = file.read(size)
    return 0, (base64.b64encode(data).decode() + "\r\n") if data else "", ""


def open_file(host: Host, path: str, variables: dict[str, str]) -> Result:
    """Opens a file for the scripts that come after, in a runspace."""
    if host.path(path).is_dir():
        return 0, "[DIR]\r\n", ""
    if not host.path(path).is_file():
        return 1, "", f"{path} does not exist"
    variables["fs"] = path
    return 0, "", ""


def fetch_all(host: Host, path: str, size: int) -> Result:
    here = host.path(path)
    if here.is_dir():
        return 0, "[DIR]\r\n", ""
    if not here.is_file():
        return 1, "", f"{path} does not exist"
    data = here.read_bytes()
    pieces = (base64.b64encode(data[start:start + size]).decode() for start in range(0, len(data), size))
    return 0, "\r\n".join(["[FILE]", *pieces]) + "\r\n", ""


class Puts:
    """The script that receives a file, line by line in base64; what has come is on the disk at once."""

    def __init__(self, faults: Faults, recording: Recording):
        self._faults, self._recording = faults, recording

    def put(self, host: Host, path: str, lines: collections.abc.Iterator[bytes]) -> Result:
        here = host.path(path)
        if not here.parent.is_dir():
            return 1, "", f"Could not find a part of the path '{path}'.\r\n"
        sha1, damaged = hashlib.sha1(), []
        with open(here, "wb", buffering=0) as file:
            for line in lines:
                data = base64.b64decode(line)
                happening = self._faults.strike("put")
                if "full disk" in happening:
                    return 1, "", "There is not enough space on the disk.\r\n"
                if "corrupt" in happening:
                    data = _altered(data)
                if "corrupt on disk" in happening:
                    damaged.append(file.tell())
                sha1.update(data)
                file.write(data)
        for position in damaged:
            _alter_file(here, position)
        self._recording.files.append((path, here.stat().st_size))
        return 0, json.dumps({"sha1": sha1.hexdigest()}, separators=(",", ":")) + "\r\n", ""


def _altered(data: bytes) -> bytes:
    return bytes([data[0] ^ 0xFF]) + data[1:] if data else data


def _alter_file(file: pathlib.Path, position: int) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:position] + _altered(data[position:]))
