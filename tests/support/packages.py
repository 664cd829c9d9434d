# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes real Windows Installer packages from a few lines of Python, once per content, with wixl and msibuild.

By hand:  python tests/support/packages.py --out DIR --name "My Product" 1.0.0 1.1.0 2.0.0
makes DIR/<version>/<family>.msi; versions of one major number share a product code, so that 1.1.0 is a minor
upgrade of 1.0.0, and 2.0.0 is a major one.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
from xml.sax.saxutils import quoteattr

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("UPSHIFT_PACKAGES_FOLDER", ROOT / "build" / "packages"))
NAMESPACE = uuid.UUID("6f0e5b0e-6c53-4b8b-9a55-3c1c1d0f7a11")


def guid(text: str) -> str:
    """A GUID that is the same whenever the text is."""
    return "{" + str(uuid.uuid5(NAMESPACE, text)).upper() + "}"


@dataclasses.dataclass(frozen=True)
class Program:
    """A program that the package carries and runs as a custom action."""

    exe: str
    arguments: str = ""
    action: str = "RunProgram"
    sequence: int = 6550
    deferred: bool = True
    condition: str = "NOT REMOVE"

    @property
    def type(self) -> int:
        """An exe in the Binary table; deferred ones run in the script ("Custom Action Types", Windows Installer)."""
        return 2 + (1024 if self.deferred else 0)


@dataclasses.dataclass(frozen=True)
class Package:
    """One package. Those of one `family` share an upgrade code, those of one `product` also the product code."""

    version: str = "1.0.0"
    product: str = "1"
    name: str = "Upshift Probe"
    family: str = "probe"
    build: str = ""  # another text is another package code, and nothing else
    publisher: str = "Upshift Tests"
    file_text: str = ""  # of the installed file version.txt; empty is the version
    per_machine: bool = True
    arch: str = "x64"
    major_upgrade: bool = True
    upgrade_code: bool = True
    folder: str = ""  # of the installed files; empty is the family
    launch_condition: str = ""
    error_at: int = 0  # a custom action that fails the installation, at this place of the sequence
    schedule_reboot: bool = False
    programs: tuple[Program, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    sql: tuple[str, ...] = ()

    @property
    def product_code(self) -> str:
        return guid(f"{self.family}/product/{self.product}")

    @property
    def family_code(self) -> str:
        """The upgrade code, where the package has one."""
        return guid(f"{self.family}/upgrade")

    @property
    def package_code(self) -> str:
        return guid(f"package/{self._content()}")

    @property
    def installed_file(self) -> str:
        """Where the package puts its one file."""
        program_files = "Program Files (x86)" if self.arch == "x86" else "Program Files"
        return f"C:\\{program_files}\\{self.folder or self.family}\\version.txt"

    @property
    def uninstall_key(self) -> str:
        """Where Wine registers the product for "Apps & features"; Windows does so for products of the machine only."""
        view = "WOW6432Node\\" if self.arch == "x86" else ""
        return f"HKLM\\Software\\{view}Microsoft\\Windows\\CurrentVersion\\Uninstall\\{self.product_code}"

    def make(self, file_name: str = "") -> pathlib.Path:
        """The .msi, made now or earlier. Versions of one family have one file name: a minor upgrade must not
        change it ("Changing the Product Code", Windows Installer)."""
        file_name = file_name or f"{self.family}.msi"
        folder = CACHE / hashlib.sha256(self._content().encode()).hexdigest()[:16]
        made = folder / file_name
        if not made.exists():
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as work:
                self._build(pathlib.Path(work)).rename(made)
        return made

    def _content(self) -> str:
        programs = [hashlib.sha256(pathlib.Path(program.exe).read_bytes()).hexdigest() for program in self.programs]
        this_file = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()
        return json.dumps([this_file, dataclasses.asdict(self), programs], sort_keys=True)

    def _build(self, work: pathlib.Path) -> pathlib.Path:
        (work / "version.txt").write_text(self.file_text or self.version, encoding="utf-8")
        (work / "package.wxs").write_text(self._wxs(), encoding="utf-8")
        for program in self.programs:
            shutil.copyfile(program.exe, work / f"{program.action}.exe")
        _run("wixl", "-a", self.arch, "-o", "package.msi", "package.wxs", cwd=work)
        msi = work / "package.msi"
        self._set_texts(msi)
        for statement in self._statements():
            _run("msibuild", str(msi), "-q", statement, cwd=work)
        template = {"x64": "x64;1033", "x86": "Intel;1033"}[self.arch]
        _run("msibuild", str(msi), "-s", "Installation Database", self.publisher, template, self.package_code, cwd=work)
        return msi

    def _set_texts(self, msi: pathlib.Path) -> None:
        """wixl crashes on most texts outside ASCII and knows no code page, so they replace placeholders."""
        table = msi.with_name("table.idt")
        table.write_bytes(b"\r\n\r\n65001\t_ForceCodepage\r\n")
        _run("msibuild", str(msi), "-i", str(table), cwd=msi.parent)
        for name, placeholder, text in (("Property", "PRODUCT-NAME", self.name),
                                        ("Directory", "FOLDER-NAME", self.folder or self.family)):
            rows = _run("msiinfo", "export", str(msi), name, cwd=msi.parent)
            table.write_text(rows.replace(placeholder, text), encoding="utf-8", newline="\r\n")
            _run("msibuild", str(msi), "-i", str(table), cwd=msi.parent)

    def _wxs(self) -> str:
        code = f" UpgradeCode={quoteattr(self.family_code)}" if self.upgrade_code else ""
        scope = ' InstallScope="perMachine"' if self.per_machine else ""
        win64 = ' Win64="yes"' if self.arch == "x64" else ""
        program_files = "ProgramFiles64Folder" if self.arch == "x64" else "ProgramFilesFolder"
        component = guid(f"{self.family}/component/{self.folder}/{self.arch}")
        extras = "".join(f"<Property Id={quoteattr(name)} Value={quoteattr(value)}/>" for name, value in self.properties)
        if self.major_upgrade and self.upgrade_code:
            extras += '<MajorUpgrade DowngradeErrorMessage="A newer version is installed."/>'
        extras += "".join(f'<Binary Id="{program.action}" SourceFile="{program.action}.exe"/>'
                          for program in self.programs)
        if self.launch_condition:
            extras += f'<Condition Message="The launch condition is false.">{self.launch_condition}</Condition>'
        if self.schedule_reboot:
            extras += '<InstallExecuteSequence><ScheduleReboot After="InstallFinalize"/></InstallExecuteSequence>'
        return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id={quoteattr(self.product_code)}{code} Name="PRODUCT-NAME" Version={quoteattr(self.version)}
           Manufacturer={quoteattr(self.publisher)} Language="1033">
    <Package InstallerVersion="200" Compressed="yes"{scope}/>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    {extras}
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="{program_files}"><Directory Id="INSTALLDIR" Name="FOLDER-NAME">
        <Component Id="Files" Guid={quoteattr(component)}{win64}>
          <File Id="version.txt" Name="version.txt" Source="version.txt" KeyPath="yes"/>
        </Component>
      </Directory></Directory>
    </Directory>
    <Feature Id="Main" Level="1"><ComponentRef Id="Files"/></Feature>
  </Product>
</Wix>
"""

    def _statements(self) -> list[str]:
        statements = []
        if self.schedule_reboot and self.major_upgrade:
            # wixl moves it behind InstallFinalize beside ScheduleReboot, where Wine loses the upgrade code.
            statements.append("UPDATE InstallExecuteSequence SET Sequence = 1401 WHERE Action = 'RemoveExistingProducts'")
        if self.error_at:
            statements += _action("FailOnPurpose", 19, "", "It fails on purpose.", self.error_at, "NOT REMOVE")
        for program in self.programs:
            statements += _action(program.action, program.type, program.action, program.arguments, program.sequence,
                                  program.condition)
        return [*statements, *self.sql]


def _action(name: str, kind: int, source: str, target: str, sequence: int, condition: str) -> list[str]:
    # There is no NULL in this SQL: a column without a value is left out.
    columns = {"Action": f"'{name}'", "Type": str(kind), "Source": f"'{source}'", "Target": f"'{target}'"}
    given = {column: value for column, value in columns.items() if value != "''"}
    return [
        f"INSERT INTO CustomAction ({', '.join(given)}) VALUES ({', '.join(given.values())})",
        "INSERT INTO InstallExecuteSequence (Action, Condition, Sequence) "
        f"VALUES ('{name}', '{condition}', {sequence})",
    ]


def _run(*command: str, cwd: pathlib.Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False,
                          env=os.environ | {"LC_ALL": "C.UTF-8"})
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for the packages")
    parser.add_argument("--name", default="Upshift Probe", help="name of the product")
    parser.add_argument("versions", nargs="+", help="for example 1.0.0 1.1.0 2.0.0")
    arguments = parser.parse_args()
    family = re.sub(r"[^a-z0-9]+", "-", arguments.name.lower()).strip("-") or "probe"
    for version in arguments.versions:
        package = Package(version=version, product=version.split(".")[0], name=arguments.name, family=family)
        target = arguments.out / version / f"{family}.msi"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.make(), target)
        sys.stdout.write(f"{target}\t{package.product_code}\n")


if __name__ == "__main__":
    main()
