# SPDX-License-Identifier: GPL-3.0-or-later
"""msi_product_version_info: what is installed and what packages are, compared with what was installed and made."""

from __future__ import annotations

import pytest
from packages import Package
from wine import windows_path


@pytest.fixture(scope="module", name="installed", autouse=True)
def fixture_installed(windows):
    products = [
        Package("1.2.3", family="info-one", name="Probe One"),
        Package("2.0.0", family="info-two", name="Probe Zwei ☃"),
        Package("3.0.0", family="info-user", name="Of The User", per_machine=False),
    ]
    for product in products:
        windows.install(product)
    return products


def names(answer: dict) -> list[str]:
    return [product["name"] for product in answer["products"]]


def test_all_products_are_listed_by_name_and_nothing_is_changed(windows, installed):
    answer = windows.info()
    assert names(answer) == ["Of The User", "Probe One", "Probe Zwei ☃"]
    assert (answer["changed"], answer["failed"], answer["targets"]) == (False, False, [])
    one = answer["products"][1]
    assert one["product_code"] == installed[0].product_code
    assert one["package_code"] == installed[0].package_code
    assert (one["version"], one["publisher"], one["language"]) == ("1.2.3", "Upshift Tests", 1033)
    assert one["context"] == "machine"
    assert answer["products"][0]["context"] == "user_unmanaged"


def test_products_are_selected_by_pattern_without_case(windows, installed):
    assert names(windows.info(name="probe *")) == ["Probe One", "Probe Zwei ☃"]
    assert names(windows.info(name=["PROBE ZWEI ?", "nobody"])) == ["Probe Zwei ☃"]


def test_products_are_selected_by_codes(windows, installed):
    assert names(windows.info(product_code=installed[0].product_code)) == ["Probe One"]
    by_family = windows.info(upgrade_code=installed[1].family_code)
    assert names(by_family) == ["Probe Zwei ☃"]
    assert by_family["products"][0]["upgrade_code"] == installed[1].family_code
    assert names(windows.info(product_code="{00000000-0000-0000-0000-000000000001}")) == []


def test_a_package_is_described(windows):
    package = Package("4.5.6", family="info-package", name="Päckchen")
    path = windows_path(package.make())

    row = windows.info(path=path, name="nobody")["packages"][0]
    assert (row["path"], row["name"], row["version"]) == (path, "Päckchen", "4.5.6")
    assert (row["product_code"], row["upgrade_code"]) == (package.product_code, package.family_code)
    assert row["package_code"] == package.package_code
    assert row["context"] == "machine"
    assert windows.registered_version(package) is None


def test_a_bad_package_is_a_row_with_an_error_and_the_others_are_described(windows, tmp_path):
    (tmp_path / "junk.msi").write_text("junk", encoding="ascii")
    good = Package(family="info-good")

    answer = windows.info(path=[windows_path(tmp_path / "junk.msi"), windows_path(good.make())], name="nobody")
    assert answer["failed"] is True
    assert [row.get("error", {}).get("kind") for row in answer["packages"]] == ["package_invalid", None]
    assert answer["packages"][1]["product_code"] == good.product_code
