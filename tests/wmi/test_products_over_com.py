# SPDX-License-Identifier: GPL-3.0-or-later
"""Engine wmi through real COM: Win32_Product's methods really install, and the registry judges."""

import json

import pytest
import wmi_provider
from helper_process import Helper
from packages import Package
from patches import version_patch
from wine import windows_path


class Computer:
    """This computer with Win32_Product, and what is installed on it by other programs' word."""

    def __init__(self, host: wmi_provider.WmiHost):
        self.host = host

    def upgrade(self, *switches: str, **arguments):
        helper = self.host.helper()
        done = Helper(helper.command, helper.env | {"UPSHIFT_WMI_LIVE_PRODUCTS": "1"}).run(
            "msi_product_version", {"engine": "wmi"} | arguments, *switches)
        assert self.host.references_left() == 0
        return done

    def install(self, package: Package) -> None:
        assert self.host.prefix.run("msiexec.exe", "/i", windows_path(package.make()), "/qn").returncode == 0

    def version_of(self, package: Package) -> str | None:
        values = self.host.prefix.registry(package.uninstall_key)
        return None if values is None else values["DisplayVersion"]

    def values_of(self, package: Package) -> dict | None:
        return self.host.prefix.registry(package.registry_key)

    def methods(self) -> list[str]:
        return [call["method"] for call in self.host.calls() if call["call"] == "ExecMethod"]


@pytest.fixture
def computer(wmi_host) -> Computer:
    return Computer(wmi_host(json.dumps({"hosts": [{"name": "hv1", "default_version": "10.0"}]})))


@pytest.fixture
def family(request) -> str:
    return request.node.name.removeprefix("test_")


@pytest.fixture
def patched(family, tmp_path) -> tuple[Package, str]:
    """A package, and the path of a patch that takes it to 1.0.5."""
    package = Package("1.0.0", family=family, registry=(("Mark", "of the package"),))
    patch = version_patch(family, package, "1.0.5", registry=(("Mark", "of the patch"),))
    return package, windows_path(patch.write(tmp_path / "fix.msp"))


def test_a_patch_is_applied_by_upgrade_and_the_second_run_changes_nothing(computer, patched):
    package, path = patched
    computer.install(package)

    row, = computer.upgrade(path=path).answer["targets"]

    assert (row["outcome"], row["version"], row["engine"]) == ("upgraded", "1.0.5", "wmi"), row
    assert computer.version_of(package) == "1.0.5"
    assert computer.values_of(package) == {"Mark": "of the patch"}
    assert computer.methods() == ["Upgrade"]
    again = computer.upgrade(path=path).answer
    assert (again["changed"], again["failed"]) == (False, False)
    assert computer.methods() == ["Upgrade"]


def test_check_mode_calls_no_method(computer, patched):
    package, path = patched
    computer.install(package)

    row, = computer.upgrade("--check", path=path).answer["targets"]

    assert row["outcome"] == "would_upgrade"
    assert computer.methods() == []
    assert computer.version_of(package) == "1.0.0"


def test_a_standard_package_gives_1636_and_the_engine_that_takes_it_is_named(computer, family):
    computer.install(Package("1.0.0", family=family))
    newer = Package("1.1.0", family=family)

    row, = computer.upgrade(path=windows_path(newer.make())).answer["targets"]

    assert (row["outcome"], row["error"]["code"], row["error"]["symbol"]) == ("failed", "1636", "ERROR_PATCH_PACKAGE_INVALID")
    assert "engine" in row["error"]["hint"]
    assert computer.version_of(newer) == "1.0.0"


def test_an_absent_product_is_installed_by_the_static_method(computer, family):
    package = Package("1.0.0", family=family)

    row, = computer.upgrade(path=windows_path(package.make()), when_absent="install").answer["targets"]

    assert (row["outcome"], row["version"]) == ("installed", "1.0.0")
    assert computer.methods() == ["Install"]
    assert computer.version_of(package) == "1.0.0"


def test_a_name_with_quotes_and_backslashes_is_found_by_its_keys(computer, family, tmp_path):
    package = Package("1.0.0", family=family, name='Tool "quoted" \\ it\'s')
    patch = version_patch(family, package, "1.0.5")
    computer.install(package)

    row, = computer.upgrade(path=windows_path(patch.write(tmp_path / "fix.msp"))).answer["targets"]

    assert (row["outcome"], computer.version_of(package)) == ("upgraded", "1.0.5")


def test_win32_product_is_never_queried(computer, patched):
    package, path = patched
    computer.install(package)

    computer.upgrade(path=path)

    queries = [call["text"] for call in computer.host.calls() if call["call"] == "ExecQuery"]
    assert [query for query in queries if "Win32_Product" in query] == []


def test_without_the_provider_the_answer_says_what_is_missing(plain_prefix, patched):
    package, path = patched
    assert plain_prefix.run("msiexec.exe", "/i", windows_path(package.make()), "/qn").returncode == 0
    helper = Helper(tuple(plain_prefix.command(wmi_provider.WINDOWS_HELPER)), plain_prefix.env)

    row, = helper.run("msi_product_version", {"path": path, "engine": "wmi"}).answer["targets"]

    assert (row["outcome"], row["error"]["kind"]) == ("failed", "not_supported")
    assert "Win32_Product" in row["error"]["found"] + row["error"]["needed"] + row["error"]["attempted"]
