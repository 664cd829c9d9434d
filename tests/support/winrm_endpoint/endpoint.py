# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoint as a test uses it."""

from __future__ import annotations

import os
import pathlib
import secrets
import shutil
import tempfile
import threading
import warnings

import wine

from . import certificate, core_modules, reenacted_modules, soap
from .commands import Commands
from .faults import Faults
from .host import Host
from .http_server import Server
from .modules import Registry
from .powershell import Powershell
from .recording import Counts, Recording
from .runspaces import RunspacePool
from .script_files import Puts
from .shells import Shell, Shells
from .ssh_server import SshServer

HERE = pathlib.Path(__file__).resolve().parent


class WinRmEndpoint:
    """A Windows with WinRM for real clients: HTTP and HTTPS on 127.0.0.1, Basic authentication, command shells; and an
    SSH server beside it, which takes a key of its own.

    Use as a context. It runs no PowerShell: scripts and modules of ansible-core are recognised and re-enacted on the
    prefix; everything else runs under Wine. Leaving it raises where something came that it does not know.
    """

    def __init__(self, prefix: wine.WinePrefix, *, user: str = "vagrant", password: str | None = None):
        self.user = user
        self.password = password or secrets.token_hex(8)
        self.faults = Faults()
        self.recording = Recording()
        #: Re-enactments by name of the module; a test may add its own.
        self.modules = Registry(core_modules.MODULES | reenacted_modules.MODULES)
        #: What was sent and is not known here. A test that provokes this clears it.
        self.unknown: list[str] = []
        #: What a person must know about the re-enactments; warnings at the end.
        self.notices: list[str] = []
        self._lock = threading.Lock()
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="winrm-"))
        self.host = Host(prefix, self._folder)
        powershell = Powershell(self.host, self.recording, self.modules, Puts(self.faults, self.recording), self.tell,
                                self.notice)
        execute = Commands(self.host, powershell).execute
        self.shells = Shells(self.host, self.recording, execute, {soap.CMD: Shell, soap.POWERSHELL: RunspacePool})
        self.host.on_restart = self.restart_service
        self.certificate = certificate.make(self._folder)
        self.ssh = SshServer(self, self._folder, execute)
        self._web = {"http": Server(self), "https": Server(self, self.certificate)}
        self._servers = [*self._web.values(), self.ssh]

    def __enter__(self) -> WinRmEndpoint:
        for server in self._servers:
            server.start()
        return self

    def __exit__(self, failure: type | None, *_rest: object) -> None:
        for server in self._servers:
            server.stop()
        self.shells.end_all()
        shutil.rmtree(self._folder, ignore_errors=True)
        for notice in self.notices:
            warnings.warn(notice, stacklevel=2)
        assert failure or not self.unknown, "the endpoint was sent what it does not know:\n" + "\n".join(self.unknown)

    @property
    def counts(self) -> Counts:
        """Of all requests since the last `reset`."""
        return self.recording.counts

    @property
    def recorded(self) -> Recording:
        """What came since the last `reset`, in clear."""
        return self.recording

    def reset(self) -> None:
        """Forgets what was counted and recorded, for the next task."""
        self.recording.reset()

    def restart_service(self) -> None:
        """What a restart of WinRM does, as some installers cause it: every shell ends with its job, every connection is
        cut, and new ones are served as before. The SSH server goes the same way; a client of it sees no exit code."""
        self.ssh.cut_connections()
        self.shells.end_all()
        for server in self._web.values():
            server.cut_connections()

    def url(self, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self._web[scheme].port}/wsman"

    def inventory_vars(self, scheme: str = "http", *, connection: str = "winrm", **more: object) -> dict[str, object]:
        """The variables of an inventory's host, for the connection `winrm`, `psrp` or `ssh`; `more` are added, or replace
        them."""
        if connection == "ssh":
            return self.ssh.inventory_vars() | more
        if connection == "psrp":
            return self._psrp_vars(scheme) | more
        variables: dict[str, object] = {
            "ansible_connection": "winrm", "ansible_host": "127.0.0.1", "ansible_port": self._web[scheme].port,
            "ansible_user": self.user, "ansible_password": self.password, "ansible_winrm_scheme": scheme,
            "ansible_winrm_transport": "basic"}
        if scheme == "https":
            variables["ansible_winrm_ca_trust_path"] = str(self.certificate[0])
        return variables | more

    def _psrp_vars(self, scheme: str) -> dict[str, object]:
        variables: dict[str, object] = {
            "ansible_connection": "psrp", "ansible_host": "127.0.0.1", "ansible_port": self._web[scheme].port,
            "ansible_user": self.user, "ansible_password": self.password, "ansible_psrp_protocol": scheme,
            "ansible_psrp_auth": "basic", "ansible_psrp_message_encryption": "never" if scheme == "http" else "auto"}
        if scheme == "https":
            variables["ansible_psrp_ca_cert"] = str(self.certificate[0])
        return variables

    @staticmethod
    def ansible_environment(collections: pathlib.Path | str) -> dict[str, str]:
        """What ansible-playbook needs to find the stand-ins for modules of ansible.windows, and `do_nothing`."""
        return {"ANSIBLE_COLLECTIONS_PATH": os.pathsep.join([str(collections), str(HERE / "stand_ins" / "collections")]),
                "ANSIBLE_LIBRARY": str(HERE / "stand_ins" / "library"),
                "ANSIBLE_ACTION_PLUGINS": str(HERE / "stand_ins" / "action"), "NO_PROXY": "127.0.0.1"}

    def tell(self, text: str) -> None:
        with self._lock:
            self.unknown.append(text)

    def notice(self, text: str) -> None:
        with self._lock:
            if text not in self.notices:
                self.notices.append(text)
