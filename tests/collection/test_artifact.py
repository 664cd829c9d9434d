# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the artifact of the collection, what is not, and that it is the same wherever it is made."""

from __future__ import annotations

import hashlib
import json
import pathlib
import shutil
import subprocess
import tarfile

import pytest
from built_collection import NATIVE, ROOT, build_artifact

HELPERS = {f"{NATIVE}/linux-x86_64/upshift": ROOT / "build" / "linux" / "upshift",
           f"{NATIVE}/windows-x86_64/upshift.exe": ROOT / "build" / "windows" / "upshift.exe"}
# What the repository holds for those who change it.
NOT_SHIPPED = {"CMakeLists.txt", "CMakePresets.json", "cmake", "helper", "scripts", "tests", "vcpkg.json", "galaxy.yml"}


@pytest.fixture(scope="module")
def members(artifact) -> dict[str, tarfile.TarInfo]:
    with tarfile.open(artifact) as archive:
        return {member.name: member for member in archive.getmembers()}


@pytest.fixture(scope="module")
def content(artifact) -> dict[str, bytes]:
    with tarfile.open(artifact) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive.getmembers() if member.isfile()}


def tracked(*paths: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", *paths], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


def test_sources_and_tests_stay_out_and_all_else_that_is_tracked_is_in(content):
    wanted = {name for name in tracked() if name.split("/")[0] not in NOT_SHIPPED and not name.startswith(".")}
    assert "plugins/action/hyperv_vm_version.py" in wanted
    assert set(content) == wanted | {"MANIFEST.json", "FILES.json", f"{NATIVE}/SHA256SUMS"} | set(HELPERS)


def test_no_empty_folder_tells_of_what_was_left_out(members, content):
    folders = {name for name, member in members.items() if member.isdir()}
    assert folders == {parent.as_posix() for name in content for parent in pathlib.PurePosixPath(name).parents} - {"."}


@pytest.mark.parametrize("name", HELPERS)
def test_a_helper_is_the_one_that_was_built_and_can_be_executed(members, content, name):
    assert content[name] == HELPERS[name].read_bytes()
    assert members[name].mode == 0o755


def test_the_checksums_are_those_of_the_helpers(content):
    listed = dict(reversed(line.split("  ")) for line in content[f"{NATIVE}/SHA256SUMS"].decode("ascii").splitlines())
    assert listed == {name.removeprefix(f"{NATIVE}/"): hashlib.sha256(content[name]).hexdigest() for name in HELPERS}


def test_the_lists_of_galaxy_are_true(members, content):
    manifest, files = json.loads(content["MANIFEST.json"]), json.loads(content["FILES.json"])["files"]
    assert manifest["file_manifest_file"]["chksum_sha256"] == hashlib.sha256(content["FILES.json"]).hexdigest()
    assert [entry["name"] for entry in files] == [".", *sorted(set(members) - {"MANIFEST.json", "FILES.json"})]
    listed = {entry["name"]: entry["chksum_sha256"] for entry in files if entry["ftype"] == "file"}
    shipped = set(content) - {"MANIFEST.json", "FILES.json"}
    assert listed == {name: hashlib.sha256(content[name]).hexdigest() for name in shipped}


def test_nothing_tells_who_made_it_or_when(members):
    assert {(member.uid, member.gid, member.uname, member.gname, member.mtime) for member in members.values()} == {
        (0, 0, "", "", 315532800)}
    assert {member.mode for member in members.values()} == {0o644, 0o755}


def test_a_checkout_elsewhere_gives_the_same_artifact_to_the_bit(artifact, tmp_path):
    elsewhere = tmp_path / "a folder of another name"
    # In another order, with other times, with what an editor and Python leave behind.
    for name in [*sorted(tracked(), reverse=True), *HELPERS, f"{NATIVE}/SHA256SUMS"]:
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, elsewhere / name)
    for command in (["git", "init", "--quiet"], ["git", "add", "--all"]):
        subprocess.run(command, cwd=elsewhere, check=True, capture_output=True)
    (elsewhere / "plugins" / "action" / "notes.txt~").write_text("left behind", encoding="ascii")
    (elsewhere / "plugins" / "action" / "__pycache__").mkdir()
    assert build_artifact(tmp_path / "dist", elsewhere).read_bytes() == artifact.read_bytes()
