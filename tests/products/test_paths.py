# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths that lead to no package, and what the answer then says to do; and odd paths that do lead to one."""

from __future__ import annotations

import pytest
from packages import Package
from wine import windows_path


def error_for(windows, path: str) -> dict:
    answer = windows.upgrade(path)
    assert answer["failed"] is True and answer["changed"] is False
    assert answer["targets"][0]["outcome"] == "failed"
    error = answer["targets"][0]["error"]
    assert error["object"] == path
    assert error["hint"] in answer["targets"][0]["reason"]
    return error


@pytest.mark.parametrize("path", ["\\\\fileserver\\packages\\agent.msi", "//fileserver/packages/agent.msi",
                                  "\\\\?\\UNC\\fileserver\\packages\\agent.msi"])
def test_a_share_that_cannot_be_reached_is_told_with_its_code(windows, path):
    error = error_for(windows, path)
    assert error["kind"] == "package_unreadable"
    # Wine has no shares; it answers with one of the codes that a share which is not there has on Windows too.
    assert error["code"] in ("2", "3", "53", "67")
    assert error["hint"]


@pytest.mark.parametrize("path", [r"Q:\packages\agent.msi", "q:/packages/agent.msi", r"\\?\Q:\packages\agent.msi"])
def test_a_drive_that_this_logon_does_not_have_is_told_with_the_ways_out(windows, path):
    error = error_for(windows, path)
    assert (error["kind"], error["code"]) == ("package_unreadable", "3")
    assert error["found"].lower() == "this logon has no drive q:"
    assert "belongs to the logon that mapped it" in error["hint"]
    assert r"\\server\share" in error["hint"] and "win_copy" in error["hint"]


def test_a_missing_file_in_a_folder_that_is_there(windows):
    error = error_for(windows, r"C:\windows\agent.msi")
    assert (error["kind"], error["code"], error["found"]) == ("package_unreadable", "2", "there is no such file")


def test_a_missing_folder_is_named_at_the_first_part_that_is_wrong(windows):
    error = error_for(windows, r"C:\windows\pakages\2024\agent.msi")
    assert (error["kind"], error["code"], error["found"]) == ("package_unreadable", "3", "there is no such file")
    assert error["hint"] == r'"C:\windows\pakages" is not there: check that name.'


def test_a_path_that_goes_on_below_a_file_is_told(windows, family):
    package = windows_path(Package(family=family).make())
    error = error_for(windows, package + r"\agent.msi")
    assert (error["kind"], error["found"]) == ("package_unreadable", "there is no such file")


def test_a_relative_path_is_told_to_be_one(windows):
    error = error_for(windows, "agent.msi")
    assert (error["kind"], error["found"]) == ("package_unreadable", "there is no such file")
    assert "the folder that the helper runs in" in error["hint"]


def test_a_path_with_one_backslash_less_than_a_share_has_is_told_so(windows):
    error = error_for(windows, r"\fileserver\packages\agent.msi")
    assert error["kind"] == "package_unreadable"
    assert "A share begins with two" in error["hint"]


def test_a_path_that_yaml_has_put_a_tab_into_is_told(windows):
    error = error_for(windows, "C:\\packages\temp\\agent.msi")
    assert error["kind"] == "package_unreadable"
    assert error["found"].startswith("the path holds a tab")


def test_a_url_is_told_to_be_one(windows):
    error = error_for(windows, "https://files.example/agent.msi")
    assert (error["kind"], error["found"]) == ("package_unreadable", "it is a URL and no path")


def test_a_folder_and_a_file_that_is_no_package_are_told_as_such(windows, tmp_path):
    folder = error_for(windows, "C:\\windows\\")
    assert (folder["kind"], folder["found"]) == ("package_unreadable", "it is a folder")
    (tmp_path / "readme.txt").write_text("no package", encoding="ascii")
    text = error_for(windows, windows_path(tmp_path / "readme.txt"))
    assert (text["kind"], text["found"]) == ("package_invalid", "it is no Windows Installer package or patch")


def test_a_path_with_forward_slashes_blanks_and_umlauts_leads_to_its_package(windows, family, tmp_path):
    package = Package(family=family)
    (tmp_path / "Pakete für alle").mkdir()
    file = tmp_path / "Pakete für alle" / "agent neu.msi"
    file.write_bytes(package.make().read_bytes())

    answer = windows.upgrade(windows_path(file).replace("\\", "/"), when_absent="install")
    assert answer["failed"] is False, answer["msg"]
    assert windows.registered_version(package) == "1.0.0"
