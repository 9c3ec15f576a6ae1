"""Choose where copies go and whether they are locked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.setting_change import SettingDifference
from laverma_desk.services.backups.passphrase import keep_passphrase, kept_passphrase
from laverma_desk.services.backups.plan import BackupPlan, change_plan, read_plan
from laverma_desk.services.changes import Done, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import house_on
from laverma_desk.services.setup.setting_values import kept
from laverma_desk.storage.setting_changes import log_setting_changes


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

    A passphrase of before stays in the keyring when copies are no longer locked: older ones need it. What
    was chosen stands in the log of the settings, the passphrase nowhere.
    Raises OutsideTrouble BACKUP_NEEDS_KEYRING, KEYRING_REFUSED, FILE_UNWRITABLE, DISK_FULL.
    """
    if passphrase is not None:
        keep_passphrase(desk, passphrase)
    before = read_plan(desk.data)
    with desk.database.write() as connection:
        plan = change_plan(desk.data, folder=folder, sealed=sealed)
        person = house_on(connection).supporter_name
        log_setting_changes(connection, desk.clock.now(), person, _differences(before, plan))
    return done(plan)


def _differences(before: BackupPlan, after: BackupPlan) -> Iterator[SettingDifference]:
    for field, old, new in (
        ("folder", before.folder, after.folder),
        ("sealed", before.sealed, after.sealed),
    ):
        if old != new:
            yield SettingDifference("backup", field, old=kept(old), new=kept(new))


def has_passphrase(desk: Desk) -> bool:
    """Tell whether the keyring has a passphrase. Not in the GUI thread. Raises OutsideTrouble."""
    return kept_passphrase(desk.data, desk.secrets) is not None
