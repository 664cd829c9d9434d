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

from package_parts import Carried, Program, Upgrades, action_statements, sequence_statement

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("UPSHIFT_PACKAGES_FOLDER", ROOT / "build" / "packages"))
NAMESPACE = uuid.UUID("6f0e5b0e-6c53-4b8b-9a55-3c1c1d0f7a11")


def guid(text: str) -> str:
    """A GUID that is the same whenever the text is."""
    return "{" + str(uuid.uuid5(NAMESPACE, text)).upper() + "}"


def packed(code: str) -> str:
    """A GUID as the installer's keys name it: the digits of each part reversed, of the last two parts by pairs."""
    first, second, third, *pairs = re.fullmatch(
        r"\{(.{8})-(.{4})-(.{4})-(..)(..)-(..)(..)(..)(..)(..)(..)\}", code).groups()
    return "".join(part[::-1] for part in (first, second, third, *pairs))


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
    language: int = 1033
    major_upgrade: bool = True
    upgrades: tuple[Upgrades, ...] = ()  # rows of the Upgrade table in place of those of a major upgrade
    remove_old_at: int = 0  # where in the sequence the old product is removed; 0 is wixl's place, before the rollback
    upgrade_code: bool = True
    folder: str = ""  # of the installed files; empty is the family
    launch_condition: str = ""
    error_at: int = 0  # a custom action that fails the installation, at this place of the sequence
    schedule_reboot: bool = False
    force_reboot_at: int = 0
    features: tuple[str, ...] = ()  # further features, each with a file of its name and the version
    programs: tuple[Program, ...] = ()
    carried: Carried | None = None
    properties: tuple[tuple[str, str], ...] = ()
    registry: tuple[tuple[str, str], ...] = ()  # values written on installation; [NAME] stands for a property
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
        return self.installed("version.txt")

    def installed(self, name: str) -> str:
        """Where the package puts a file of that name."""
        program_files = "Program Files (x86)" if self.arch == "x86" else "Program Files"
        return f"C:\\{program_files}\\{self.folder or self.family}\\{name}"

    @property
    def uninstall_key(self) -> str:
        """Where Wine registers the product for "Apps & features"; Windows does so for products of the machine only."""
        return f"HKLM\\Software\\{self._view}Microsoft\\Windows\\CurrentVersion\\Uninstall\\{self.product_code}"

    @property
    def registry_key(self) -> str:
        """Where its registry values are written."""
        root = "HKLM" if self.per_machine else "HKCU"
        view = self._view if self.per_machine else ""
        return f"{root}\\Software\\{view}{self._registry_path}"

    @property
    def _registry_path(self) -> str:
        return f"Upshift Tests\\{self.folder or self.family}"

    @property
    def _view(self) -> str:
        return "WOW6432Node\\" if self.arch == "x86" else ""

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
        used = [*(program.exe for program in self.programs), *([self.carried.exe] if self.carried else [])]
        code = [__file__, str(pathlib.Path(__file__).with_name("package_parts.py"))]
        hashes = [hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest() for file in used + code]
        contents = dataclasses.asdict(self)
        for part in ("programs", "carried"):
            contents[part] = repr(contents[part]).replace(str(ROOT), "")
        return json.dumps([contents, hashes], sort_keys=True)

    def _build(self, work: pathlib.Path) -> pathlib.Path:
        (work / "version.txt").write_text(self.file_text or self.version, encoding="utf-8")
        (work / "package.wxs").write_text(self._wxs(), encoding="utf-8")
        for feature in self.features:
            (work / f"{feature}.txt").write_text(self.version, encoding="utf-8")
        for program in self.programs:
            shutil.copyfile(program.exe, work / f"{program.action}.exe")
        if self.carried:
            exe = pathlib.Path(self.carried.exe).read_bytes()
            (work / self.carried.name).write_bytes(exe + self.version.encode())
        _run("wixl", "-a", self.arch, "-o", "package.msi", "package.wxs", cwd=work)
        msi = work / "package.msi"
        self._set_texts(msi)
        for statement in self._statements():
            _run("msibuild", str(msi), "-q", statement, cwd=work)
        template = f"{'x64' if self.arch == 'x64' else 'Intel'};{self.language}"
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
        features = "".join(f'<Feature Id="{name}" Level="1"><ComponentRef Id="{name}"/></Feature>' for name in self.features)
        program_files = "ProgramFiles64Folder" if self.arch == "x64" else "ProgramFilesFolder"
        extras = "".join(f"<Property Id={quoteattr(name)} Value={quoteattr(value)}/>" for name, value in self.properties)
        if self.major_upgrade and self.upgrade_code and not self.upgrades:
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
           Manufacturer={quoteattr(self.publisher)} Language="{self.language}">
    <Package InstallerVersion="200" Compressed="yes"{scope}/>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    {extras}
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="{program_files}"><Directory Id="INSTALLDIR" Name="FOLDER-NAME">
        {self._components()}
      </Directory></Directory>
    </Directory>
    <Feature Id="Main" Level="1"><ComponentRef Id="Files"/></Feature>
    {features}
  </Product>
</Wix>
"""

    def _components(self) -> str:
        """One for the file, the exe and the registry values, and one for each further feature."""
        main = '<File Id="version.txt" Name="version.txt" Source="version.txt" KeyPath="yes"/>'
        if self.carried:
            main += f'<File Id="carried" Name="{self.carried.name}" Source="{self.carried.name}"/>'
        root = "HKLM" if self.per_machine else "HKCU"
        for name, value in self.registry:
            # The row's key is its name, so that transforms can find it.
            main += (f'<RegistryValue Id="{name}" Root="{root}" Key={quoteattr("Software" + chr(92) + self._registry_path)} '
                     f'Name="{name}" Type="string" Value={quoteattr(value)}/>')
        others = {name: f'<File Id="{name}.txt" Name="{name}.txt" Source="{name}.txt" KeyPath="yes"/>' for name in self.features}
        win64 = ' Win64="yes"' if self.arch == "x64" else ""
        place = f"{self.family}/component/{self.folder}/{self.arch}"
        return "".join(f'<Component Id="{name}" Guid="{guid(place + (name if name != "Files" else ""))}"{win64}>{content}</Component>'
                       for name, content in ({"Files": main} | others).items())

    def _statements(self) -> list[str]:
        statements = []
        for number, row in enumerate(self.upgrades):
            code = guid(f"{row.family}/upgrade") if row.family else self.family_code
            statements.append(row.statement(code, number))
        if self.upgrades:
            statements += [sequence_statement("FindRelatedProducts", 25),
                           sequence_statement("RemoveExistingProducts", self.remove_old_at or 1401)]
        elif self.major_upgrade and (self.remove_old_at or self.schedule_reboot):
            # wixl moves it behind InstallFinalize beside ScheduleReboot, where Wine loses the upgrade code.
            statements.append(f"UPDATE InstallExecuteSequence SET Sequence = {self.remove_old_at or 1401} "
                              "WHERE Action = 'RemoveExistingProducts'")
        if self.force_reboot_at:
            statements.append(sequence_statement("ForceReboot", self.force_reboot_at, "NOT REMOVE"))
        if self.error_at:
            statements += action_statements("FailOnPurpose", 19, "", "It fails on purpose.", self.error_at, "NOT REMOVE")
        for program in self.programs:
            statements += program.statements()
        return [*statements, *self.sql]


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
