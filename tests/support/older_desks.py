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
    later = [f"{revision}_*" for revision in migrations.REVISIONS if revision != FIRST]
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / "migrations"
        shutil.copytree(
            Path(migrations.__file__).parent, scripts, ignore=shutil.ignore_patterns("__pycache__", *later)
        )
        schema = Schema(scripts, (FIRST,))
        open_desk(file, Path(folder), lambda: datetime(2022, 3, 1, tzinfo=UTC), schema=schema).close()
