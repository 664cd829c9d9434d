# SPDX-License-Identifier: GPL-3.0-or-later
"""Several packages in one run: order, stopping, repetition, and the answer's diff."""

from __future__ import annotations

from packages import Package
from wine import windows_path


def outcomes(answer: dict) -> list[str]:
    return [row["outcome"] for row in answer["targets"]]


def test_every_kind_of_update_in_one_run_and_nothing_in_the_second(windows, family):
    same, minor, small, major, absent, newer = (f"{family}-{kind}" for kind in
                                                ("same", "minor", "small", "major", "absent", "newer"))
    for installed in (Package(family=same), Package("1.0.0", family=minor), Package(family=small),
                      Package("1.0.0", "1", family=major), Package("2.0.0", family=newer)):
        windows.install(installed)
    packages = [Package(family=same), Package("1.1.0", family=minor), Package(family=small, build="2", file_text="rebuilt"),
                Package("2.0.0", "2", family=major), Package(family=absent), Package("1.0.0", family=newer)]

    planned = windows.upgrade(*packages, check=True, when_absent="install")
    first = windows.upgrade(*packages, when_absent="install")
    assert [windows.registered_version(package) for package in packages] == ["1.0.0", "1.1.0", "1.0.0", "2.0.0", "1.0.0", "2.0.0"]
    assert windows.installed_text(packages[2]) == "rebuilt"
    assert [row["classification"] for row in first["targets"]] == [
        "same", "minor_upgrade", "small_update", "major_upgrade", "absent", "newer_installed"]
    assert outcomes(first) == ["unchanged", "upgraded", "upgraded", "upgraded", "installed", "unchanged"]
    assert outcomes(planned) == ["unchanged", "would_upgrade", "would_upgrade", "would_upgrade", "would_install", "unchanged"]

    second = windows.upgrade(*packages)
    assert (second["changed"], second["failed"]) == (False, False)
    assert set(outcomes(second)) == {"unchanged"}


def test_stop_on_failure_keeps_what_was_done_and_skips_the_rest(windows, family):
    packages = [Package(family=f"{family}-{number}", error_at=6590 if number == 2 else 0) for number in range(1, 5)]

    answer = windows.upgrade(*packages, when_absent="install", stop_on_failure=True)
    assert [windows.registered_version(package) for package in packages] == ["1.0.0", None, None, None]
    assert outcomes(answer) == ["installed", "failed", "skipped", "skipped"]
    assert (answer["changed"], answer["failed"]) == (True, True)


def test_a_refusal_stops_the_others_too_where_the_user_says_so(windows, family):
    absent, other = Package(family=family), Package(family=family + "-other")

    answer = windows.upgrade(absent, other, stop_on_failure=True)
    assert windows.registered_version(other) is None
    assert outcomes(answer) == ["failed", "skipped"]


def test_a_package_given_twice_is_installed_once(windows, family):
    package = Package(family=family)

    answer = windows.upgrade(package, package, when_absent="install")
    assert windows.registered_version(package) == "1.0.0"
    assert outcomes(answer) == ["installed", "unchanged"]


def test_steps_of_one_product_are_climbed_in_one_run(windows, family):
    steps = [Package("1.0.0", "1", family=family), Package("1.1.0", "1", family=family),
             Package("1.1.0", "1", family=family, build="2"), Package("2.0.0", "2", family=family),
             Package("3.0.0", "3", family=family)]

    answer = windows.upgrade(*steps, when_absent="install")
    assert windows.registered_version(steps[4]) == "3.0.0"
    assert windows.installed_text(steps[4]) == "3.0.0"
    assert [windows.registered_version(step) for step in steps[:4]] == [None] * 4
    assert [row["classification"] for row in answer["targets"]] == [
        "absent", "minor_upgrade", "small_update", "major_upgrade", "major_upgrade"]


def test_a_package_that_needs_the_one_before_it_finds_it(windows, family):
    base = Package(family=family, registry=(("Version", "1"),))
    search = ("INSERT INTO AppSearch (Property, Signature_) VALUES ('BASE', 'BaseVersion')",
              f"INSERT INTO RegLocator (Signature_, Root, `Key`, Name, Type) VALUES ('BaseVersion', 2, 'Software\\Upshift Tests\\{family}', 'Version', 18)",
              "INSERT INTO InstallExecuteSequence (Action, Sequence) VALUES ('AppSearch', 50)")
    add_on = Package(family=family + "-add-on", launch_condition="Installed OR BASE", sql=search)

    assert outcomes(windows.upgrade(add_on, base, when_absent="install")) == ["failed", "installed"]
    assert outcomes(windows.upgrade(base, add_on, when_absent="install")) == ["unchanged", "installed"]
    assert windows.registered_version(add_on) == "1.0.0"


def test_the_diff_has_a_line_for_each_product_before_and_after(windows, family):
    old, new = (Package(version, family=family, name=f"Diff {family}") for version in ("1.0.0", "1.1.0"))
    absent = Package("3.2.1", family=family + "-absent", name=f"Fresh {family}")
    windows.install(old)
    arguments = {"packages": [{"path": windows_path(package.make())} for package in (new, absent)], "when_absent": "install"}

    planned = windows.upshift("msi_product_version", arguments, "--check", "--diff").answer["diff"]
    diff = windows.upshift("msi_product_version", arguments, "--diff").answer["diff"]
    assert windows.registered_version(new) == "1.1.0"
    before, after = diff["before"].splitlines(), diff["after"].splitlines()
    assert (len(before), len(after)) == (2, 2)
    assert new.name in before[0] and "1.0.0" in before[0]
    assert new.name in after[0] and "1.1.0" in after[0]
    assert absent.name in after[1] and "3.2.1" in after[1]
    assert planned == diff


def test_a_32_bit_product_is_replaced_by_a_64_bit_one(windows, family):
    old, new = Package("1.0.0", "1", family=family, arch="x86"), Package("2.0.0", "2", family=family)
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert windows.installed_text(old) is None
    assert row["classification"] == "major_upgrade"


def test_a_32_bit_product_is_replaced_in_its_own_place(windows, family):
    old, new = (Package(f"{number}.0.0", number, family=family, arch="x86", registry=(("Mark", number),)) for number in "12")
    windows.install(old)

    windows.upgrade(new)
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert "(x86)" in new.installed_file and windows.installed_text(new) == "2.0.0"
    assert windows.values(new) == {"Mark": "2"}


def test_a_product_of_the_user_is_replaced_by_a_package_for_the_user(windows, family):
    old, new = (Package(f"{number}.0.0", number, family=family, per_machine=False, registry=(("Mark", number),))
                for number in "12")
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert windows.values(new) == {"Mark": "2"}
    assert row["classification"] == "major_upgrade"
    assert windows.info(product_code=new.product_code)["products"][0]["context"] == "user_unmanaged"


def test_a_feature_that_was_left_out_stays_out_through_an_upgrade(windows, family):
    old, new = (Package(version, family=family, features=("Wanted", "Unwanted")) for version in ("1.0.0", "1.1.0"))
    windows.install(old, "ADDLOCAL=Main,Wanted")

    answer = windows.upgrade(new)
    assert windows.text_of(new.installed("Wanted.txt")) == "1.1.0"
    assert windows.text_of(new.installed("Unwanted.txt")) is None
    assert (answer["failed"], answer["targets"][0]["outcome"]) == (False, "upgraded")


def test_a_feature_that_the_new_version_adds_is_no_failure(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family, features=("Added",))
    windows.install(old)

    row = windows.upgrade(new)["targets"][0]
    assert windows.registered_version(new) == "1.1.0"
    assert row["outcome"] == "upgraded"
