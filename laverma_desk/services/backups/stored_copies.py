"""Which copies there are, when the last one was made, and as what each is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from laverma_desk.domain.backup_rotation import Kept, rotate, taken_at
from laverma_desk.paths import DataDir
from laverma_desk.services.backups.leftovers import BEFORE_RESTORE, is_the_desk
from laverma_desk.services.backups.plan import BackupPlan, folder_of, read_plan

_BEFORE_UPDATE = re.compile(r"desk-(\d{8}T\d{6})-before-\d{4}\.sqlite3")


class Occasion(Enum):
    """Why a copy was made."""

    DAILY = auto()
    BEFORE_UPDATE = auto()
    BEFORE_RESTORE = auto()


@dataclass(frozen=True)
class StoredCopy:
    """A copy that lies there; `size` in bytes. `kept` is empty where the rotation leaves it alone."""

    file: Path
    taken_at: datetime
    size: int
    occasion: Occasion
    kept: frozenset[Kept]
    sealed: bool


@dataclass(frozen=True)
class BackupState:
    """How a desk stands with its copies; `folder_there` False: the drive or folder is gone."""

    plan: BackupPlan
    folder: Path
    folder_there: bool
    copies: tuple[StoredCopy, ...]

    @property
    def newest(self) -> StoredCopy | None:
        """Return the newest daily copy."""
        return next((one for one in self.copies if one.occasion is Occasion.DAILY), None)


def backup_state(data: DataDir, now: datetime) -> BackupState:
    """Return plan and copies, the newest first; also those made before an update or a restore."""
    plan = read_plan(data)
    folder = folder_of(data, plan)
    kept = rotate(plan.made, now)
    found: dict[Path, StoredCopy] = {}
    for place in dict.fromkeys((folder, data.backups)):
        try:
            files = list(place.iterdir())
        except OSError:
            continue
        for file in files:
            copy = _copy(file, kept)
            if copy is not None and not is_the_desk(file, data):
                found[file] = copy
    copies = sorted(found.values(), key=lambda one: (one.taken_at, one.file.name), reverse=True)
    return BackupState(plan, folder, plan.folder is None or folder.is_dir(), tuple(copies))


def moment_of(file: Path) -> datetime:
    """Return when a copy was made: by its name, else by when the file was last written. Raises OSError."""
    at = taken_at(file.name)
    for pattern in (BEFORE_RESTORE, _BEFORE_UPDATE):
        found = pattern.fullmatch(file.name)
        at = at or (taken_at(f"desk-{found[1]}.sqlite3") if found else None)
    return at or datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _copy(file: Path, kept: dict[str, frozenset[Kept]]) -> StoredCopy | None:
    occasion = _occasion(file.name)
    if occasion is None:
        return None
    try:
        if not file.is_file():
            return None
        reasons = kept.get(file.name, frozenset()) if occasion is Occasion.DAILY else frozenset()
        size = file.stat().st_size
        return StoredCopy(file, moment_of(file), size, occasion, reasons, file.suffix == ".age")
    except OSError:
        return None


def _occasion(name: str) -> Occasion | None:
    if taken_at(name) is not None:
        return Occasion.DAILY
    if BEFORE_RESTORE.fullmatch(name):
        return Occasion.BEFORE_RESTORE
    return Occasion.BEFORE_UPDATE if _BEFORE_UPDATE.fullmatch(name) else None
