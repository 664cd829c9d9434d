# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a tiny Windows program that starts another one: in a job object of its own, as WinRM does, or out of its job.

It is a row of calls of kernel32.dll and no more: no branch, no loop. What to start stands in a variable of the
environment. Formats: "PE Format", "x64 calling convention" and "Job Objects" (Microsoft).
"""

from __future__ import annotations

import pathlib
import struct

BASE, SECTION, HEADERS, RAW = 0x140000000, 0x1000, 0x200, 0x1000
LIMITS = {"KILL_ON_JOB_CLOSE": 0x2000, "BREAKAWAY_OK": 0x800}
CREATE_BREAKAWAY_FROM_JOB, CREATE_NEW_PROCESS_GROUP = 0x01000000, 0x200
THIS_PROCESS = 2**64 - 1
EXTENDED_LIMIT_INFORMATION, LIMIT_FLAGS = 9, 16
STARTF_USESTDHANDLES = 0x100
FUNCTIONS = ("CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject", "GetEnvironmentVariableW",
             "GetStdHandle", "CreateProcessW", "WaitForSingleObject", "GetExitCodeProcess", "ExitProcess")


class _Value(int):
    """The address of a value, where the value itself is meant."""


class _Program:
    """The one section: imported functions, data, code, and room for the command line behind what is in the file."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._code = bytearray()
        self.imports = self._import_functions()

    def data(self, content: bytes) -> int:
        """Puts data into the section; returns its address."""
        self._data += bytes(-len(self._data) % 16)
        self._data += content
        return BASE + SECTION + len(self._data) - len(content)

    def _import_functions(self) -> dict[str, int]:
        self.data(bytes(40))  # the directory: one library, and the end
        library = self.data(b"KERNEL32.dll\0")
        names = [self.data(b"\0\0" + name.encode() + b"\0") - BASE for name in FUNCTIONS]
        table = self.data(struct.pack(f"<{len(names) + 1}Q", *names, 0))
        struct.pack_into("<5I", self._data, 0, 0, 0, 0, library - BASE, table - BASE)
        return {name: table + 8 * number for number, name in enumerate(FUNCTIONS)}

    def call(self, name: str, *arguments: int, keep: int | None = None) -> None:
        """Calls a function with numbers, addresses, or values at addresses; keeps what it returns at an address."""
        registers = ((b"\x48\xb9", b"\x48\x8b\x09"), (b"\x48\xba", b"\x48\x8b\x12"),  # rcx, rdx
                     (b"\x49\xb8", b"\x4d\x8b\x00"), (b"\x49\xb9", b"\x4d\x8b\x09"))  # r8, r9
        for number, argument in reversed(list(enumerate(arguments))):
            load, dereference = registers[number] if number < 4 else (b"\x48\xb8", b"\x48\x8b\x00")  # rax
            self._code += load + struct.pack("<Q", argument) + (dereference if isinstance(argument, _Value) else b"")
            if number >= 4:
                self._code += b"\x48\x89\x44\x24" + bytes([8 * number])  # mov [rsp+8*number], rax
        self._code += b"\x48\xb8" + struct.pack("<Q", self.imports[name]) + b"\xff\x10"  # call [rax]
        if keep is not None:
            self._code += b"\x48\xb9" + struct.pack("<Q", keep) + b"\x48\x89\x01"  # mov [rcx], rax

    def exit_by(self, success: int) -> None:
        """Ends with 0 where the value at that address is 1, and with 1 where it is 0."""
        self._code += b"\x48\xb8" + struct.pack("<Q", success) + b"\x48\x8b\x00"  # mov rax, [success]
        self._code += b"\xb9\x01\0\0\0\x29\xc1"  # mov ecx, 1; sub ecx, eax
        self._code += b"\x48\xb8" + struct.pack("<Q", self.imports["ExitProcess"]) + b"\xff\x10"

    def image(self) -> bytes:
        code = self.data(b"\x48\x83\xec\x58" + bytes(self._code))  # sub rsp, 0x58
        assert len(self._data) <= RAW
        size, virtual = SECTION + 0x12000, 0x11000
        coff = struct.pack("<4s2H3I2H", b"PE\0\0", 0x8664, 1, 0, 0, 0, 240, 0x23)
        optional = struct.pack("<H2B5I", 0x20B, 14, 0, RAW, 0, 0, code - BASE, SECTION)
        optional += struct.pack("<Q2I6H4I2H4Q2I", BASE, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, size, HEADERS, 0, 3, 0,
                                0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
        directories = bytearray(128)
        struct.pack_into("<2I", directories, 8, SECTION, 40)
        section = struct.pack("<8s6I2HI", b".text", virtual, SECTION, RAW, HEADERS, 0, 0, 0, 0, 0xE0000020)
        stub = b"MZ" + bytes(58) + struct.pack("<I", 64)
        return (stub + coff + optional + directories + section).ljust(HEADERS, b"\0") + self._data.ljust(RAW, b"\0")


def write(file: pathlib.Path, variable: str, *, limits: tuple[str, ...] = (), flags: int = 0, wait: bool = True) -> None:
    """Writes a program that starts the command line in `variable`: with `limits` in a job that it makes itself, and
    joins; otherwise in no job of its own. It ends as that one does, or at once."""
    program = _Program()
    job, started, process = program.data(bytes(8)), program.data(bytes(8)), program.data(bytes(24))
    code = program.data(struct.pack("<Q", 1))  # stays where the program cannot be started
    startup = program.data(struct.pack("<I56xI40x", 104, STARTF_USESTDHANDLES))
    name = program.data(variable.encode("utf-16-le") + b"\0\0")
    line = BASE + SECTION + RAW
    if limits:
        information = struct.pack(f"<{LIMIT_FLAGS}xI124x", sum(LIMITS[limit] for limit in limits))
        program.call("CreateJobObjectW", 0, 0, keep=job)
        program.call("SetInformationJobObject", _Value(job), EXTENDED_LIMIT_INFORMATION, program.data(information), 144)
        program.call("AssignProcessToJobObject", _Value(job), THIS_PROCESS)
    program.call("GetEnvironmentVariableW", name, line, 32000)
    for number in range(3):  # STD_INPUT_HANDLE is -10, and so on
        program.call("GetStdHandle", 2**32 - 10 - number, keep=startup + 80 + 8 * number)
    program.call("CreateProcessW", 0, line, 0, 0, 1, flags, 0, 0, startup, process, keep=started)
    if wait:
        program.call("WaitForSingleObject", _Value(process), 2**32 - 1)
        program.call("GetExitCodeProcess", _Value(process), code)
        program.call("ExitProcess", _Value(code))
    else:
        program.exit_by(started)
    file.write_bytes(program.image())
