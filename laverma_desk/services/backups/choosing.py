"""Choose where copies go and whether they are locked."""

from __future__ import annotations

import os
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.backups.passphrase import keep_passphrase, kept_passphrase
from laverma_desk.services.backups.plan import BackupPlan, change_plan
from laverma_desk.services.changes import Done, done
from laverma_desk.services.desk import Desk


def checked_folder(desk: Desk, typed: str) -> Path | None:
    """Return a folder that copies can go to, None for the desk's own.

    Raises OutsideTrouble BACKUP_FOLDER_MISSING, FOLDER_UNWRITABLE at the field `folder`.
    """
    if not typed.strip():
        return None
    folder = Path(typed.strip()).expanduser().absolute()
    if folder == desk.data.backups.absolute():
        return None
    try:
        there = folder.is_dir()
    except (OSError, ValueError):
        there = False
    if not there:
        raise OutsideTrouble(Trouble.BACKUP_FOLDER_MISSING, field="folder", folder=str(folder))
    if not os.access(folder, os.W_OK):
        raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, field="folder", folder=str(folder))
    return folder


def save_choice(desk: Desk, folder: Path | None, *, sealed: bool, passphrase: str | None) -> Done[BackupPlan]:
    """Keep the choice; a new passphrase goes into the keyring first. Not in the GUI thread.

    A passphrase of before stays in the keyring when copies are no longer locked: older ones need it.
    Raises OutsideTrouble BACKUP_NEEDS_KEYRING, KEYRING_REFUSED, FILE_UNWRITABLE, DISK_FULL.
    """
    if passphrase is not None:
        keep_passphrase(desk, passphrase)
    return done(change_plan(desk.data, folder=folder, sealed=sealed))


def has_passphrase(desk: Desk) -> bool:
    """Tell whether the keyring has a passphrase. Not in the GUI thread. Raises OutsideTrouble."""
    return kept_passphrase(desk.data, desk.secrets) is not None
