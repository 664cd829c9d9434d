# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the host over SFTP, named as OpenSSH for Windows names them: /C:/Users/…"""

from __future__ import annotations

import errno
import os
import re
import typing

import asyncssh

from .faults import Faults
from .host import Host
from .recording import Recording


class Files(asyncssh.SFTPServer):
    """What is written is on the disk at once; each write is a chunk in the sense of `Faults`."""

    def __init__(self, channel: asyncssh.SSHServerChannel, host: Host, faults: Faults, recording: Recording):
        super().__init__(channel)
        self._host, self._faults, self._recording = host, faults, recording
        self._written: dict[int, str] = {}

    def windows_path(self, path: bytes) -> str:
        """A path that does not begin with a drive is one of the user's profile, where each session begins."""
        absolute = re.fullmatch(r"/([A-Za-z]:.*)", os.fsdecode(path))
        return (absolute[1] if absolute else f"{self._host.user_profile}/{os.fsdecode(path)}").replace("/", "\\")

    def map_path(self, path: bytes) -> bytes:
        return os.fsencode(self._host.path(self.windows_path(path)))

    def realpath(self, path: bytes) -> bytes:
        """Of the text alone: links of a Wine prefix lead out of it."""
        whole = self.windows_path(path).replace("\\", "/")
        return os.fsencode("/" + whole.removesuffix("/.").rstrip("/"))

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> typing.IO[bytes]:
        file = typing.cast(typing.IO[bytes], super().open(path, pflags, attrs))
        if pflags & asyncssh.FXF_WRITE:
            self._written[file.fileno()] = self.windows_path(path)
        return file

    def write(self, file_obj: typing.IO[bytes], offset: int, data: bytes) -> int:
        happening = self._faults.strike("put")
        if "drop request" in happening:
            self.connection.abort()
        if "full disk" in happening:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if data and {"corrupt", "corrupt on disk"} & set(happening):
            data = bytes([data[0] ^ 0xFF]) + data[1:]
        return super().write(file_obj, offset, data)

    def close(self, file_obj: typing.IO[bytes]) -> None:
        path = self._written.pop(file_obj.fileno(), None)
        if path is not None:
            self._recording.files.append((path, os.fstat(file_obj.fileno()).st_size))
        super().close(file_obj)
