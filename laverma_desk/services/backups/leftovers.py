"""What a run that was cut off has left lying: half copies, and names that still lead to the desk itself."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from laverma_desk.paths import DataDir
from laverma_desk.services.backups.plan import folder_of, read_plan

_HALF = re.compile(
    r"\.desk-\d{8}T\d{6}(-before-(restore|\d{4}))?\.sqlite3(-\w+|\.age)?\.partial(-\w+)?"
    r"|\.{1,2}(restore|seal)-\d+\.sqlite3.*"
)
_OLD = timedelta(hours=12)
"""A copy takes minutes: what is older belongs to nobody who still runs."""

BEFORE_RESTORE = re.compile(r"desk-(\d{8}T\d{6})-before-restore\.sqlite3")


def clear_leftovers(data: DataDir) -> None:
    """Remove what a copy or a restore that was cut off left behind. What cannot be removed stays."""
    limit = datetime.now(UTC) - _OLD
    for folder in {data.root, data.backups, folder_of(data, read_plan(data))}:
        for file in _files(folder):
            if _HALF.fullmatch(file.name) and _changed(file) < limit:
                with suppress(OSError):
                    file.unlink()
            elif BEFORE_RESTORE.fullmatch(file.name) and is_the_desk(file, data):
                # Linked by a restore that never came to its end: it would change along with the desk.
                with suppress(OSError):
                    file.unlink()


def is_the_desk(file: Path, data: DataDir) -> bool:
    """Tell whether a name leads to the desk's own file."""
    try:
        return data.database.exists() and file.samefile(data.database)
    except OSError:
        return False


def _files(folder: Path) -> list[Path]:
    try:
        return [one for one in folder.iterdir() if one.is_file()]
    except OSError:
        return []


def _changed(file: Path) -> datetime:
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return datetime.now(UTC)
