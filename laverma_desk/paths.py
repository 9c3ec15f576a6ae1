"""Where things lie on this machine: the program's own files, and the desk's data."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

from platformdirs import PlatformDirs

from laverma_desk.durable import make_folder

_PACKAGE = Path(__file__).resolve().parent


@cache
def shipped(kind: str) -> Path:
    """Return the folder of the program's own files: ``resources`` or ``translations``.

    In a wheel they lie inside the package, in a checkout beside it.
    """
    inside = _PACKAGE / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def resource(*parts: str) -> Path:
    """Return the path of one shipped resource, for example ``resource("icons", "mail.svg")``."""
    return shipped("resources").joinpath(*parts)


class DataDir(NamedTuple):
    """The folder of one desk: its database, lock, log and backups."""

    root: Path

    @property
    def database(self) -> Path:
        """Return the SQLite file that holds the desk."""
        return self.root / "desk.sqlite3"

    @property
    def aside(self) -> Path:
        """Return the folder in which running sessions go on while a shared desk's server is away."""
        return self.root / "aside"

    @property
    def backups(self) -> Path:
        """Return the desk's own folder for copies."""
        return self.root / "backups"

    @property
    def log(self) -> Path:
        """Return the log file."""
        return self.root / "laverma-desk.log"

    @property
    def drafts(self) -> Path:
        """Return the folder for mail drafts that are handed to the mail program."""
        return self.root / "drafts"

    def create(self) -> DataDir:
        """Make the folder, readable by its owner alone. Raises OSError."""
        make_folder(self.root, 0o700)
        if os.name == "posix" and os.access(self.root, os.W_OK):
            self.root.chmod(0o700)
        return self


def default_data_dir() -> DataDir:
    """Return the per-user folder that the system sets aside for this program."""
    return DataDir(Path(PlatformDirs("Laverma Desk", appauthor=False).user_data_dir))


def machine_settings_file() -> Path:
    """Return the file for what belongs to this machine alone (window, theme, language)."""
    return Path(PlatformDirs("Laverma Desk", appauthor=False).user_config_dir) / "machine.ini"
