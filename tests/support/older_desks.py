"""Desks as earlier programs left them."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from laverma_desk.storage import migrations
from laverma_desk.storage.migrate import Schema, open_desk

FIRST = "0001"


def make_first_desk(file: Path) -> None:
    """Write an empty desk with the schema of the first program."""
    make_older_desk(file, FIRST)


def make_older_desk(file: Path, revision: str) -> None:
    """Write an empty desk with the schema of the program that ended at a revision."""
    known = migrations.REVISIONS[: migrations.REVISIONS.index(revision) + 1]
    later = [f"{one}_*" for one in migrations.REVISIONS if one not in known]
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / "migrations"
        shutil.copytree(
            Path(migrations.__file__).parent, scripts, ignore=shutil.ignore_patterns("__pycache__", *later)
        )
        schema = Schema(scripts, known)
        open_desk(file, Path(folder), lambda: datetime(2022, 3, 1, tzinfo=UTC), schema=schema).close()
