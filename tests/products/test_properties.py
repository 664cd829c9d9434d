# SPDX-License-Identifier: GPL-3.0-or-later
"""Properties that the user gives, as the installation itself sees them: the packages write them to the registry."""

from __future__ import annotations

import pytest
from packages import Package
from wine import windows_path

ECHO = (("Mark", "[MARK]"), ("Second", "[SECOND]"))
OWNED = ["REINSTALL", "REINSTALLMODE", "REBOOT", "REMOVE", "ACTION", "PATCH", "TRANSFORMS", "ADVERTISE", "SECONDSEQUENCE",
         "EXECUTEACTION", "MSINEWINSTANCE", "MSIINSTANCEGUID", "MSIPATCHREMOVE", "UPGRADINGPRODUCTCODE",
         "MSIRESTARTMANAGERCONTROL"]


@pytest.mark.parametrize("value", [
    "two words", " blanks around ", r"C:\Program Files\X;D:\Y;", "a=b,c;d", "Prüfung ☃ Ж", "100% & <more> | $(x) 'y'",
    "ends with a backslash\\", "x" * 4000,
], ids=["blanks", "blanks around", "semicolons", "separators", "non-ASCII", "shell characters", "backslash", "long"])
def test_a_value_arrives_as_it_was_given_with(windows, family, value):
    package = Package(family=family, registry=ECHO)

    row = windows.upgrade_one(package, when_absent="install", properties={"MARK": value, "SECOND": "2"})["targets"][0]
    assert windows.values(package) == {"Mark": value, "Second": "2"}
    assert row["properties"]["MARK"] == value


def test_an_empty_value_replaces_the_package_s_own(windows, family):
    package = Package(family=family, registry=ECHO, properties=(("MARK", "of the package"),))

    row = windows.upgrade_one(package, when_absent="install", properties={"MARK": "", "SECOND": "2"})["targets"][0]
    assert windows.values(package)["Second"] == "2"
    assert not windows.values(package).get("Mark")
    assert row["properties"]["MARK"] == ""


def test_on_wine_a_quote_in_the_last_value_arrives_and_the_installation_succeeds(windows, family):
    package = Package(family=family, registry=ECHO)

    answer = windows.upgrade_one(package, when_absent="install", properties={"MARK": "1", "SECOND": 'say "hello"'})
    assert windows.registered_version(package) == "1.0.0"
    assert windows.values(package)["Mark"] == "1"
    assert answer["targets"][0]["properties"]["SECOND"] == 'say "hello"'


def test_a_number_is_taken_as_its_text(windows, family):
    package = Package(family=family, registry=ECHO)

    windows.upgrade_one(package, when_absent="install", properties={"MARK": 8080, "SECOND": -1})
    assert windows.values(package) == {"Mark": "8080", "Second": "-1"}


def test_twenty_properties_arrive_together(windows, family):
    names = [f"MARK{number}" for number in range(20)]
    package = Package(family=family, registry=tuple((name.title(), f"[{name}]") for name in names))

    windows.upgrade_one(package, when_absent="install", properties={name: f"value of {name}" for name in names})
    assert windows.values(package) == {name.title(): f"value of {name}" for name in names}


def test_properties_reach_a_minor_upgrade_beside_those_of_the_plan(windows, family):
    old, new = (Package(version, family=family, registry=ECHO) for version in ("1.0.0", "1.1.0"))
    windows.install(old, "MARK=before")

    row = windows.upgrade_one(new, properties={"MARK": "after it"})["targets"][0]
    assert windows.registered_version(new) == "1.1.0"
    assert windows.values(new)["Mark"] == "after it"
    assert row["properties"] == {"MARK": "after it", "REINSTALL": "ALL", "REINSTALLMODE": "vomus",
                                 "REBOOT": "ReallySuppress"}


def test_properties_reach_the_new_product_of_a_major_upgrade(windows, family):
    old, new = (Package(f"{number}.0.0", number, family=family, registry=ECHO) for number in "12")
    windows.install(old, "MARK=before")

    row = windows.upgrade_one(new, properties={"MARK": "after"})["targets"][0]
    assert windows.registered_version(old) is None
    assert windows.values(new)["Mark"] == "after"
    assert row["properties"] == {"MARK": "after", "REBOOT": "ReallySuppress"}


def test_each_package_has_its_own_properties(windows, family):
    first, second = (Package(family=f"{family}-{number}", registry=ECHO) for number in "12")
    packages = [{"path": windows_path(first.make()), "properties": {"MARK": "one"}}, {"path": windows_path(second.make())}]

    answer = windows.upshift("msi_product_version", {"packages": packages, "when_absent": "install"}).answer
    assert windows.values(first)["Mark"] == "one"
    assert not windows.values(second).get("Mark")
    assert "MARK" not in answer["targets"][1]["properties"]


def test_check_mode_shows_the_properties_and_a_row_without_an_installation_has_none(windows, family):
    package = Package(family=family)

    planned = windows.upgrade_one(package, check=True, when_absent="install", properties={"MARK": "x"})["targets"][0]
    assert planned["properties"] == {"MARK": "x", "REBOOT": "ReallySuppress"}
    windows.install(package)
    assert "properties" not in windows.upgrade_one(package, properties={"MARK": "x"})["targets"][0]


def test_the_restart_manager_is_disabled_where_the_user_says_so(windows, family):
    package = Package(family=family, registry=(("Control", "[MSIRESTARTMANAGERCONTROL]"),))

    row = windows.upgrade_one(package, when_absent="install", restart_manager=False)["targets"][0]
    assert windows.values(package) == {"Control": "Disable"}
    assert row["properties"] == {"MSIRESTARTMANAGERCONTROL": "Disable", "REBOOT": "ReallySuppress"}


@pytest.mark.parametrize("name", [*OWNED, "mark", "MARK NAME", "1MARK", "MÄRK", ""])
def test_a_property_name_that_is_refused_runs_nothing_as(windows, family, name):
    package = Package(family=family)

    run = windows.upshift("msi_product_version", {
        "path": windows_path(package.make()), "when_absent": "install", "properties": {name: "x"}})
    assert windows.registered_version(package) is None
    assert "properties" in run.refusal
    assert name in run.refusal


@pytest.mark.parametrize("value", [1.5, ["a"], {"a": "b"}, "MARK=x"], ids=["fraction", "list", "map", "text"])
def test_a_property_value_that_is_no_text_is_refused_as_a(windows, family, value):
    package = Package(family=family)
    properties = value if value == "MARK=x" else {"MARK": value}

    run = windows.upshift("msi_product_version", {
        "path": windows_path(package.make()), "when_absent": "install", "properties": properties})
    assert windows.registered_version(package) is None
    assert "properties" in run.refusal
