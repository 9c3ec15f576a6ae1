"""Where copies go from this machine, whether they are locked, and which of them this desk has made.

It lies beside the database and not in it: another machine has other drives, and bringing back a copy
must not bring back the list of copies.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from laverma_desk import private_files
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.durable import make_folder, take_place
from laverma_desk.paths import DataDir
from laverma_desk.storage.database import trouble_of

_MOST = 500
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class News:
    """What came of a restore, to be told at the next start: what was kept, or why there was none."""

    taken_at: datetime | None = None
    kept: str = ""
    held_mails: int = 0
    failed: str = ""


@dataclass(frozen=True)
class BackupPlan:
    """How this desk is copied on this machine. `folder` None means the desk's own folder for copies."""

    folder: Path | None = None
    sealed: bool = False
    made: tuple[str, ...] = ()
    news: News | None = None


def read_plan(data: DataDir) -> BackupPlan:
    """Return the plan; what is missing or broken is as in the beginning."""
    try:
        found = json.loads(_file(data).read_text("utf-8"))
        folder = found.get("folder")
        return BackupPlan(
            folder=Path(folder) if isinstance(folder, str) and folder else None,
            sealed=found.get("sealed") is True,
            made=tuple(name for name in found.get("made", ()) if isinstance(name, str)),
            news=_news(found.get("news")),
        )
    except (OSError, ValueError, AttributeError, TypeError):
        return BackupPlan()


def change_plan(data: DataDir, **changes: Any) -> BackupPlan:
    """Change some of the plan and return it whole. Raises OutsideTrouble."""
    with _one_at_a_time:
        plan = replace(read_plan(data), **changes)
        _write(data, plan)
        return plan


def note_made(data: DataDir, made: str, gone: frozenset[str] = frozenset()) -> None:
    """Remember the name of a copy that this desk made, and forget those it removed. Raises OutsideTrouble."""
    with _one_at_a_time:
        plan = read_plan(data)
        names = [name for name in (*plan.made, made) if name and name not in gone]
        _write(data, replace(plan, made=tuple(dict.fromkeys(names))[-_MOST:]))


def folder_of(data: DataDir, plan: BackupPlan) -> Path:
    """Return the folder that copies go to."""
    return plan.folder or data.backups


def made_folder(data: DataDir, plan: BackupPlan) -> Path:
    """Return the folder, made if it is the desk's own: a drive that is not connected must not be made up.

    Raises OutsideTrouble FOLDER_UNWRITABLE, BACKUP_FOLDER_MISSING, DISK_FULL.
    """
    folder = folder_of(data, plan)
    try:
        if plan.folder is None:
            make_folder(folder, 0o700)
        there = folder.is_dir()
    except OSError as error:
        raise trouble_of(error, str(folder)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(folder)
        ) from error
    if not there:
        raise OutsideTrouble(Trouble.BACKUP_FOLDER_MISSING, folder=str(folder))
    return folder


def _file(data: DataDir) -> Path:
    return data.root / "backups.json"


def _news(found: Any) -> News | None:
    if not isinstance(found, dict):
        return None
    taken = found.get("taken_at")
    return News(
        taken_at=datetime.fromisoformat(taken) if taken else None,
        kept=str(found.get("kept", "")),
        held_mails=int(found.get("held_mails", 0)),
        failed=str(found.get("failed", "")),
    )


def _write(data: DataDir, plan: BackupPlan) -> None:
    news = plan.news
    content = {
        "folder": str(plan.folder) if plan.folder else "",
        "sealed": plan.sealed,
        "made": list(plan.made),
        "news": None
        if news is None
        else {
            "taken_at": news.taken_at.isoformat() if news.taken_at else "",
            "kept": news.kept,
            "held_mails": news.held_mails,
            "failed": news.failed,
        },
    }
    target = _file(data)
    fresh = target.with_name(f"{target.name}.new")
    try:
        with private_files.text_writer(fresh) as writer:
            json.dump(content, writer, ensure_ascii=False, indent=1)
            writer.flush()
            os.fsync(writer.fileno())
        take_place(fresh, target)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise trouble_of(error, str(target)) or OutsideTrouble(
            Trouble.FILE_UNWRITABLE, file=str(target)
        ) from error
