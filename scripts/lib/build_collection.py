# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the artifact of the collection from a checkout whose helpers are built.

ansible-galaxy makes it, from what git keeps and the helpers alone. It lists files in the order of the folder and keeps
their times; both are made the same afterwards, and the checksum of the list of files with them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NATIVE = pathlib.Path("plugins") / "plugin_utils" / "_native"
ANSIBLE_GALAXY = pathlib.Path(sys.executable).parent / "ansible-galaxy"
# The first day that every archive format knows.
TIME = 315532800


def files_of_git(checkout: pathlib.Path, *switches: str) -> list[str]:
    listed = subprocess.run(["git", "-C", str(checkout), "ls-files", "-z", *switches], capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name]


def stage(checkout: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """A copy of the tracked files and of the helpers: what else lies about in a checkout stays out."""
    for name in files_of_git(checkout, "--others", "--exclude-standard"):
        print(f"build-collection: left out, git does not track it: {name}", file=sys.stderr)
    native = [file.relative_to(checkout).as_posix() for file in (checkout / NATIVE).rglob("*") if file.is_file()]
    for name in sorted({*files_of_git(checkout), *native}):
        if (checkout / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(checkout / name, folder / name)
    return folder


def build(folder: pathlib.Path) -> pathlib.Path:
    output = folder / "dist"
    done = subprocess.run([str(ANSIBLE_GALAXY), "collection", "build", str(folder), "--output-path", str(output)],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"build-collection: ansible-galaxy ended with exit code {done.returncode}:\n{done.stdout}{done.stderr}")
    return next(output.glob("*.tar.gz"))


def as_json(value: dict) -> bytes:
    """As ansible-galaxy writes it."""
    return json.dumps(value, indent=True).encode()


def in_order(artifact: pathlib.Path) -> list[tuple[tarfile.TarInfo, bytes | None]]:
    """What the artifact holds: the two lists first, then everything by name, in the lists as well."""
    with tarfile.open(artifact) as archive:
        held = {member.name: (member, archive.extractfile(member).read() if member.isfile() else None)
                for member in archive.getmembers()}
    manifest, files = (json.loads(held[name][1]) for name in ("MANIFEST.json", "FILES.json"))
    files["files"].sort(key=lambda entry: entry["name"])
    manifest["file_manifest_file"]["chksum_sha256"] = hashlib.sha256(as_json(files)).hexdigest()
    first = [(held.pop("MANIFEST.json")[0], as_json(manifest)), (held.pop("FILES.json")[0], as_json(files))]
    return first + [held[name] for name in sorted(held)]


def pack(entries: list[tuple[tarfile.TarInfo, bytes | None]]) -> bytes:
    packed = io.BytesIO()
    with (gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=TIME) as compressed,
          tarfile.open(fileobj=compressed, mode="w", format=tarfile.USTAR_FORMAT) as archive):
        for original, content in entries:
            member = tarfile.TarInfo(original.name)
            member.type, member.mode, member.mtime = original.type, original.mode, TIME
            member.size = len(content or b"")
            archive.addfile(member, None if content is None else io.BytesIO(content))
    return packed.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the artifact of the collection.")
    parser.add_argument("--checkout", type=pathlib.Path, default=ROOT, help="where the collection is (default: here)")
    parser.add_argument("--output", type=pathlib.Path, help="folder for the artifact (default: dist in the checkout)")
    options = parser.parse_args()
    if not (options.checkout / NATIVE / "SHA256SUMS").is_file():
        raise SystemExit("build-collection: the helpers are not built; scripts/build makes them")

    with tempfile.TemporaryDirectory() as scratch:
        artifact = build(stage(options.checkout, pathlib.Path(scratch)))
        packed = pack(in_order(artifact))
    output = options.output or options.checkout / "dist"
    output.mkdir(parents=True, exist_ok=True)
    (output / artifact.name).write_bytes(packed)
    print(output / artifact.name)


if __name__ == "__main__":
    main()
