# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault in mutations/, put into plan and apply, makes the property test fail: so that test can fail.

Named so that only those who ask for it run it: it builds the helper once more, and again for each fault.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TREE = ROOT / "build" / "mutations" / "tree"
FAULTS = sorted((pathlib.Path(__file__).parent / "mutations").glob("*.patch"))
PARTS = ["CMakeLists.txt", "galaxy.yml", "cmake", "helper"]


def build() -> None:
    subprocess.run(["cmake", "--build", str(TREE / "build"), "--target", "upshift"], check=True, stdout=subprocess.DEVNULL)


def patch(fault: pathlib.Path, *switches: str) -> None:
    subprocess.run(["patch", "-p1", "--no-backup-if-mismatch", "-i", str(fault), *switches], cwd=TREE, check=True)


@pytest.fixture(scope="module", autouse=True)
def tree():
    """The sources of the helper as they are, built."""
    shutil.rmtree(TREE, ignore_errors=True)
    for part in PARTS:
        target = TREE / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy2)(ROOT / part, target)
    subprocess.run(["cmake", "-S", str(TREE), "-B", str(TREE / "build"), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DUPSHIFT_TESTS=OFF"], check=True,
                   stdout=subprocess.DEVNULL)
    build()


def run_properties() -> subprocess.CompletedProcess:
    helper = TREE / "build" / "helper" / "upshift"
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-c", "tests/pytest.ini", "--rootdir=tests",
                           "tests/robustness/test_vm_properties.py"], cwd=ROOT, capture_output=True, text=True, check=False,
                          env=os.environ | {"UPSHIFT_HELPER": str(helper)})


def test_there_are_five_faults():
    assert len(FAULTS) == 5


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.stem for fault in FAULTS])
def test_the_property_test_notices(fault):
    patch(fault)
    try:
        build()
        done = run_properties()
    finally:
        patch(fault, "-R")
    assert done.returncode == 1, done.stdout
    assert "seed " in done.stdout, "it failed for another reason than a property"
