# SPDX-License-Identifier: GPL-3.0-or-later
"""Products that a package must not touch: they are refused with a reason and stay as they are.
Wine's installer tells neither of other users' products nor of instances; those are described ones (simulated)."""

from __future__ import annotations

from packages import Package
from wine import windows_path


def only_refusal(answer: dict) -> tuple[str, str]:
    """The classification and the reason of the one row, which was refused."""
    row = answer["targets"][0]
    assert (answer["changed"], answer["failed"], row["outcome"]) == (False, True, "failed")
    assert row["error"]["kind"] == "refused"
    return row.get("classification", ""), row["reason"]


def test_a_product_of_the_machine_is_not_upgraded_by_a_package_for_the_user(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, per_machine=False)
    windows.install(old)

    classification, reason = only_refusal(windows.upgrade(new, when_absent="install"))
    assert windows.registered_version(old) == "1.0.0"
    assert windows.registered_version(new) is None
    assert classification == "context_mismatch"
    assert "user" in reason and "machine" in reason


def test_a_package_for_the_machine_upgrades_a_product_of_the_user_where_allusers_is_given_empty(windows, family):
    old, new = Package("1.0.0", "1", family=family, per_machine=False), Package("2.0.0", "2", family=family)
    windows.install(old)

    row = windows.upgrade_one(new, properties={"ALLUSERS": ""})["targets"][0]
    assert windows.registered_version(old) is None
    assert windows.registered_version(new) == "2.0.0"
    assert (row["classification"], row["outcome"]) == ("major_upgrade", "upgraded")
    assert windows.info(product_code=new.product_code)["products"][0]["context"] == "user_unmanaged"


def test_a_package_for_the_user_does_not_upgrade_the_user_s_product_where_allusers_is_1(windows, family):
    old, new = (Package(f"{number}.0.0", number, family=family, per_machine=False) for number in "12")
    windows.install(old)

    classification, _ = only_refusal(windows.upgrade_one(new, properties={"ALLUSERS": "1"}))
    assert windows.registered_version(old) == "1.0.0"
    assert classification == "context_mismatch"


def test_a_package_for_either_upgrades_a_product_of_the_user_where_msiinstallperuser_is_given(windows, family):
    old = Package("1.0.0", "1", family=family, per_machine=False)
    new = Package("2.0.0", "2", family=family, per_machine=False, properties=(("ALLUSERS", "2"),))
    windows.install(old)

    classification, _ = only_refusal(windows.upgrade(new))
    assert classification == "context_mismatch"
    planned = windows.upgrade_one(new, check=True, properties={"MSIINSTALLPERUSER": "1"})["targets"][0]
    assert windows.registered_version(old) == "1.0.0"
    assert (planned["classification"], planned["outcome"]) == ("major_upgrade", "would_upgrade")


def test_an_advertised_product_is_refused_and_not_installed(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    windows.install(old)
    # What advertising leaves: the installer knows the product, and nothing of it was registered on installation.
    installed = windows.installed_key(old).rpartition("\\")[0]
    assert windows.prefix.run("reg.exe", "delete", installed, "/f").returncode == 0

    classification, reason = only_refusal(windows.upgrade(new))
    assert windows.installed_text(old) == "1.0.0"
    assert classification == "advertised"
    assert "advertised" in reason


def test_another_product_than_the_one_asked_for_by_code_is_refused_and_left(windows, family):
    old, new = Package("1.0.0", family=family), Package("1.1.0", family=family)
    other = Package("1.0.0", family=family + "-other")
    windows.install(old)
    windows.install(other)

    for selector in ({"product_code": other.product_code}, {"upgrade_code": other.family_code}):
        _, reason = only_refusal(windows.upgrade_one(new, **selector))
        assert windows.registered_version(old) == "1.0.0"
        assert next(iter(selector.values())) in reason


def test_a_code_that_the_package_is_about_lets_it_run(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family)
    windows.install(old)

    row = windows.upgrade_one(new, product_code=new.product_code, upgrade_code=new.family_code)["targets"][0]
    assert windows.registered_version(new) == "2.0.0"
    assert row["outcome"] == "upgraded"


def test_the_product_asked_for_may_be_the_one_that_is_replaced(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family)
    windows.install(old)

    assert windows.upgrade_one(new, product_code=old.product_code)["targets"][0]["outcome"] == "upgraded"
    assert windows.registered_version(old) is None


def test_what_is_refused_does_not_hinder_the_packages_after_it(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, per_machine=False)
    other = Package(family=family + "-other")
    windows.install(old)

    answer = windows.upgrade(new, other, when_absent="install")
    assert windows.registered_version(other) == "1.0.0"
    assert [row["outcome"] for row in answer["targets"]] == ["failed", "installed"]


def test_a_refusal_is_the_same_in_check_mode(windows, family):
    old, new = Package("1.0.0", "1", family=family), Package("2.0.0", "2", family=family, per_machine=False)
    windows.install(old)

    planned, done = (windows.upgrade_one(windows_path(new.make()), check=check)["targets"][0] for check in (True, False))
    assert planned["reason"] == done["reason"]
    assert planned["error"] == done["error"]
