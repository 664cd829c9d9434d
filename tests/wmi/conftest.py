# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows computers whose WMI is that of a described host."""

import pathlib

import pytest
import wine
import wmi_provider


class Computers:
    """One Windows with the provider, under whatever name a test wants."""

    def __init__(self, prefix: wine.WinePrefix):
        self.prefix = prefix
        self.name = ""
        wmi_provider.install(prefix)

    def named(self, name: str) -> wine.WinePrefix:
        if name != self.name:
            wmi_provider.name_computer(self.prefix, name)
            self.name = name
        return self.prefix


@pytest.fixture(scope="session")
def computers():
    assert wmi_provider.LIBRARY.is_file(), f"{wmi_provider.LIBRARY} is missing: scripts/test wmi builds it"
    with wine.WinePrefix.create() as prefix:
        yield Computers(prefix)


@pytest.fixture(scope="session")
def plain_prefix():
    """A Windows with Wine's own WMI, which knows nothing of Hyper-V."""
    with wine.WinePrefix.create() as prefix:
        yield prefix


@pytest.fixture
def wmi_host(computers, tmp_path: pathlib.Path):
    """Gives the described host that this computer then is."""
    def described(simulation: str, name: str = "hv1") -> wmi_provider.WmiHost:
        host = wmi_provider.WmiHost(computers.named(name), tmp_path / "host.json")
        host.file.write_text(simulation)
        return host
    return described
