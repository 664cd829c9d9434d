# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows for a test: a Wine prefix copied from one prepared template, and looks into it by other programs."""

from __future__ import annotations

import fcntl
import filecmp
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import uuid

import windows_registry

ROOT = pathlib.Path(__file__).resolve().parents[2]
WINE = pathlib.Path("/usr/lib/wine/wine64")
WINESERVER = pathlib.Path("/usr/lib/wine/wineserver64")
WINE_LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")
FOLDER = pathlib.Path(os.environ.get("UPSHIFT_WINE_FOLDER", ROOT / "build" / "wine"))


def wine_environment(prefix: pathlib.Path) -> dict[str, str]:
    """The environment of every program in that prefix, whatever the caller's own is."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("WINE") and name not in ("DISPLAY", "LC_ALL", "LC_CTYPE")}
    return kept | {
        "WINEPREFIX": str(prefix),
        "WINESERVER": str(WINESERVER),
        "WINEDEBUG": "-all",
        # Without a debugger a crash is an exit code, and not hundreds of lines on standard output.
        "WINEDLLOVERRIDES": "winedbg.exe=d;winemenubuilder.exe=d;mscoree=d;mshtml=d",
        # In the C locale Wine destroys arguments outside ASCII.
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
    }


def windows_path(path: os.PathLike | str) -> str:
    """How programs in Wine name a file of this machine."""
    return "Z:" + str(pathlib.Path(path).resolve()).replace("/", "\\")


class WinePrefix:
    """One Windows of its own. Use as a context: leaving it ends everything that runs in it and deletes it."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.env = wine_environment(folder)
        self._keeper: subprocess.Popen | None = None

    @classmethod
    def create(cls, folder: pathlib.Path | None = None) -> WinePrefix:
        """A fresh, started copy of the template; takes well under a second once the template stands."""
        template = prepare_template()
        if folder is None:
            FOLDER.mkdir(parents=True, exist_ok=True)
            folder = pathlib.Path(tempfile.mkdtemp(prefix="prefix-", dir=FOLDER))
        subprocess.run(["cp", "-a", f"{template}/.", str(folder)], check=True)
        prefix = cls(folder)
        prefix.start()
        return prefix

    def __enter__(self) -> WinePrefix:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Keeps the prefix warm until `stop`. Wine's services inherit the streams of the first program, so that
        one gets the null device; otherwise a reader of a later program's streams would wait for the services."""
        if self._keeper is None:
            self._keeper = subprocess.Popen([str(WINE), r"C:\windows\system32\cmd.exe"], env=self.env, stdin=subprocess.PIPE,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            subprocess.run([str(WINE), "msiexec.exe", "/x", "{00000000-0000-0000-0000-000000000000}", "/qn"], env=self.env, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=120)

    def stop(self) -> None:
        """Ends every program of this prefix. The registry stands in its files afterwards."""
        if self._keeper is not None:
            self._keeper.stdin.close()
            self._keeper = None
        for switch in ("-k", "-w"):
            subprocess.run([str(WINESERVER), switch], env=self.env, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, timeout=60)

    def command(self, program: os.PathLike | str, *arguments: str) -> list[str]:
        """The command line that runs a Windows program here; it needs `env` as well."""
        return [str(WINE), str(program), *map(str, arguments)]

    def run(self, program: os.PathLike | str, *arguments: str, stdin: bytes = b"",
            timeout: float = 60) -> subprocess.CompletedProcess:
        """Runs a Windows program to its end. Linux sees the low 8 bits of its exit code."""
        return subprocess.run(self.command(program, *arguments), env=self.env, input=stdin, capture_output=True,
                              timeout=timeout, check=False)

    def registry(self, key: str) -> dict[str, str] | None:
        """The values of a key by name ("" is the default value), as Wine's own registry tool sees them; None
        where the key does not exist."""
        return self.registry_tree(key).get(key.lower())

    def registry_tree(self, key: str) -> dict[str, dict[str, str]]:
        """The values of a key and of all keys below it, by lower-case path as `key` spells its root."""
        exported = self.path("C:\\windows\\temp") / f"{uuid.uuid4().hex}.reg"
        done = self.run("reg.exe", "export", key, windows_path(exported), "/y")
        if done.returncode != 0 or not exported.exists():
            return {}
        text = exported.read_text(encoding="utf-16")
        exported.unlink()
        return windows_registry.parse(text, key)

    def path(self, windows: str) -> pathlib.Path:
        """Where a file of this Windows lies on this machine; names are matched as Windows does, in any case."""
        drive, _, rest = windows.partition(":")
        here = self.folder / "drive_c" if drive.lower() == "c" else pathlib.Path("/")
        for part in filter(None, rest.replace("/", "\\").split("\\")):
            entries = here.iterdir() if here.is_dir() else ()
            same = [entry for entry in entries if entry.name.lower() == part.lower()]
            here = same[0] if same else here / part
        return here


def prepare_template() -> pathlib.Path:
    """Makes the template once per version of Wine: Windows 10, slim, at rest."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([str(WINE), "--version"], capture_output=True, text=True, check=True).stdout.strip()
    template = FOLDER / f"template-{version.split()[0]}"
    with open(FOLDER / "template.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _make_template(template)
    return template


def _make_template(template: pathlib.Path) -> None:
    making = template.with_name(template.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    env = wine_environment(making)
    for command in ([str(WINE), "wineboot.exe", "-i"], [str(WINE), "winecfg.exe", "-v", "win10"],
                    [str(WINESERVER), "-w"]):
        subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True, timeout=300)
    _slim(making)
    making.rename(template)


def _slim(prefix: pathlib.Path) -> None:
    """Replaces what Wine copied into the prefix unchanged by links to it: 700 MB become less than 80."""
    for file in (prefix / "drive_c" / "windows").rglob("*"):
        original = WINE_LIBRARIES / file.name
        if file.is_file() and not file.is_symlink() and original.is_file() and filecmp.cmp(file, original, False):
            file.unlink()
            file.symlink_to(original)
    # Documents, Desktop and the like lead into the caller's home folder.
    for link in (prefix / "drive_c" / "users").glob("*/*"):
        if link.is_symlink():
            link.unlink()
            link.mkdir()


if __name__ == "__main__":
    sys.stdout.write(f"{prepare_template()}\n")
