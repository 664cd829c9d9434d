# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs layers of tests and closes with one line of counts over all of them.

A step reports through JUnit files in its own folder; a step that failed without reporting a failure, or that reported
no test at all, counts as one failed test, so that nothing passes by not running.
"""

from __future__ import annotations

import dataclasses
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
RESULTS = BUILD / "test-results"
PYTHON = BUILD / "venv" / "newest" / "bin" / "python"
STEP_LIMIT_SECONDS = 1500


@dataclasses.dataclass(frozen=True)
class Step:
    """One command of a layer. "{results}" in it is the folder for its JUnit files."""

    name: str
    command: tuple[str, ...]
    reports: bool = True
    environment: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Counts) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def build(preset: str, *targets: str) -> Step:
    configure = "" if (BUILD / preset / "build.ninja").exists() else f"cmake --preset {preset} >/dev/null && "
    command = f"{configure}cmake --build --preset {preset} --target {' '.join(targets)} -- --quiet"
    return Step(f"build {preset}", ("bash", "-c", command), reports=False)


def pytest(name: str, *arguments: str, environment: tuple[tuple[str, str], ...] = ()) -> Step:
    command = (str(PYTHON), "-m", "pytest", "-q", "-c", "tests/pytest.ini", "--rootdir=tests",
               "--junitxml={results}/" + name.replace(" ", "-") + ".xml", *arguments)
    return Step(name, command, environment=environment)


def clang_tidy(name: str, *folders: str) -> Step:
    return Step(name, (str(PYTHON), "tests/lint/run_clang_tidy.py", "{results}/clang-tidy.xml", *folders))


SANITIZED_HELPER = (("UPSHIFT_HELPER", str(BUILD / "linux-sanitize" / "helper" / "upshift")),)

LAYERS: dict[str, list[Step]] = {
    "native": [
        build("linux-debug", "all"),
        Step("Catch2 on Linux", ("build/linux-debug/tests/helper/helper_tests", "-r", "junit", "-o", "{results}/catch.xml")),
    ],
    "wine": [
        build("windows-mingw", "all"),
        Step("Catch2 under Wine", (str(PYTHON), "tests/windows/run_catch.py", "{results}/catch.xml")),
    ],
    "contract": [build("windows-mingw", "send_ctrl_break"), build("linux-release", "outcome_code_rows"),
                 pytest("contract", "-n", "2", "tests/contract")],
    "wmi": [build("windows-mingw", "all"), pytest("wmi", "-n", "2", "tests/wmi")],
    "robustness": [pytest("robustness", "-n", "2", "tests/robustness")],
    "products": [build("windows-mingw", "all"), pytest("products", "-n", "2", "tests/products")],
    "ansible": [pytest("unit", "tests/unit"), pytest("integration", "-n", "2", "--dist", "loadfile", "tests/integration")],
    "powershell": [pytest("powershell", "tests/powershell")],
    "collection": [pytest("collection", "-n", "2", "--dist", "loadfile", "tests/collection")],
    "winrm": [build("windows-mingw", "all"), pytest("winrm", "-n", "2", "tests/winrm")],
    "lint": [
        build("linux-debug", "all"),
        pytest("artifacts", "tests/artifacts"),
        pytest("rules", "tests/lint"),
        clang_tidy("clang-tidy", "helper", "tests"),
        Step("ansible sanity", ("tests/sanity/run", "{results}")),
    ],
}

LONG_SWEEPS = (("UPSHIFT_KILLS", "200"), ("UPSHIFT_WORLDS", "800"), ("UPSHIFT_SLOW_FAULTS", "1"))

SLOW_LAYERS: dict[str, list[Step]] = {
    "sanitizers": [
        build("linux-sanitize", "all"),
        Step("Catch2 with sanitizers",
             ("build/linux-sanitize/tests/helper/helper_tests", "-r", "junit", "-o", "{results}/catch.xml")),
        # Only the helper for Linux has sanitizers.
        pytest("contract with sanitizers", "-n", "2", "-k", "not windows", "tests/contract", environment=SANITIZED_HELPER),
    ],
    "sweeps": [
        pytest("long sweeps", "-n", "2", "tests/robustness", environment=LONG_SWEEPS),
        pytest("faults over COM", "-n", "2", "tests/wmi/test_vm_faults_over_com.py", environment=(("UPSHIFT_COM_SWEEP", "1"),)),
        pytest("mutations", "tests/robustness/mutations.py"),
    ],
    "reproducible": [pytest("reproducible", "tests/artifacts/reproducible.py")],
}

# The quick layers that a slow one does in full.
LONGER_IN = {"robustness": "sweeps"}


def read_results(folder: pathlib.Path) -> tuple[Counts, list[str]]:
    counts, skip_reasons = Counts(), []
    for report in folder.glob("*.xml"):
        try:
            cases = list(ElementTree.parse(report).iter("testcase"))
        except ElementTree.ParseError as error:
            print(f"FAILED: {report.name} is incomplete: {error}", flush=True)
            counts.failed += 1
            continue
        for case in cases:
            if case.find("failure") is not None or case.find("error") is not None:
                counts.failed += 1
            elif (skip := case.find("skipped")) is not None:
                counts.skipped += 1
                skip_reasons.append(f"{case.get('name')}: {skip.get('message') or skip.text}")
            else:
                counts.passed += 1
    return counts, skip_reasons


def run_command(command: list[str], environment: dict[str, str]) -> int:
    """Ends the command and its children where it takes far longer than any step does: it hangs."""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            return process.wait(STEP_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"FAILED: not done after {STEP_LIMIT_SECONDS} s, ended: {' '.join(command)}", flush=True)
            os.killpg(process.pid, signal.SIGKILL)
            return 124
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGINT)
            raise


def run_step(layer: str, step: Step) -> Counts:
    results = RESULTS / layer / step.name.replace(" ", "-")
    results.mkdir(parents=True)
    command = [part.replace("{results}", str(results)) for part in step.command]
    try:
        exit_code = run_command(command, {**os.environ, **dict(step.environment)})
    except OSError as error:
        print(f"{step.name}: {error}", flush=True)
        exit_code = 127
    counts, skip_reasons = read_results(results)
    for reason in skip_reasons:
        print(f"skipped: {reason}", flush=True)
    ran_nothing = step.reports and counts.passed + counts.failed + counts.skipped == 0
    if (exit_code != 0 or ran_nothing) and counts.failed == 0:
        print(f"FAILED: {layer}: {step.name}: exit code {exit_code}" + (", no test ran" if ran_nothing else ""), flush=True)
        counts.failed += 1
    return counts


def run_layer(layer: str, steps: list[Step]) -> Counts:
    total, begun = Counts(), time.monotonic()
    for step in steps:
        print(f"== {layer}: {step.name}", flush=True)
        counts = run_step(layer, step)
        total.add(counts)
        if counts.failed and not step.reports:
            break
    print(f"== {layer}: {total} in {time.monotonic() - begun:.0f} s", flush=True)
    return total


def choose(wanted: list[str]) -> dict[str, list[Step]]:
    known = {**LAYERS, **SLOW_LAYERS}
    if not wanted:
        return LAYERS
    if wanted == ["all"]:
        return {layer: steps for layer, steps in known.items() if layer not in LONGER_IN}
    unknown = [layer for layer in wanted if layer not in known]
    if unknown:
        sys.exit(f"test: unknown layer {unknown[0]!r}; there are: {', '.join(known)}, all")
    return {layer: known[layer] for layer in wanted}


def main() -> int:
    layers = choose(sys.argv[1:])
    shutil.rmtree(RESULTS, ignore_errors=True)
    total = Counts()
    summary = []
    for layer, steps in layers.items():
        counts = run_layer(layer, steps)
        summary.append(f"   {layer}: {counts}")
        total.add(counts)
    print("\n".join(["", *summary]))
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
