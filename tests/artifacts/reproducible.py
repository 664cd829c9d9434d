# SPDX-License-Identifier: GPL-3.0-or-later
"""Built in another folder, without a compiler cache, the helpers are the same to the bit. Slow: two whole builds."""

import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HELPERS = {"linux-release": ("helper/upshift", "linux/upshift"), "windows-mingw": ("helper/upshift.exe", "windows/upshift.exe")}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    folder = tmp_path_factory.mktemp("a folder of another name and length")
    for name in ("helper", "cmake", "CMakeLists.txt", "CMakePresets.json", "galaxy.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


@pytest.mark.parametrize("preset", HELPERS)
def test_a_build_in_another_folder_is_identical(elsewhere, preset):
    def run(*command):
        subprocess.run(command, cwd=elsewhere, check=True, capture_output=True, text=True)

    run("cmake", "--preset", preset, "-DUPSHIFT_TESTS=OFF", "-DCCACHE=")
    run("cmake", "--build", "--preset", preset, "--target", "upshift")
    built, shipped = HELPERS[preset]
    assert (elsewhere / "build" / preset / built).read_bytes() == (ROOT / "build" / shipped).read_bytes()
