"""A process that copies a desk day after day, or brings a copy back, until somebody kills it.

Started once, it loads the program and then forks a player for each line it reads, parted by tabs: STRIKE
FOLDER `copy` PASSPHRASE DAY (the first day), or STRIKE FOLDER `restore` PASSPHRASE NAME (the copy's); with
a number behind `restore` it kills itself before that step on the disk, as Python announces them.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from laverma_desk.paths import DataDir
from laverma_desk.services.backups.restoring import preview_restore, restore
from laverma_desk.services.backups.taking import take_copy
from laverma_desk.services.desk import open_desk
from laverma_desk.storage import backup_sealing
from tests.nothing_lost.forked_player import fork_players, say
from tests.support.desks import memory_secrets
from tests.support.fake_clock import FakeClock

backup_sealing.WORK = 2
_ON_DISK = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod", "sqlite3.connect"}


def _play(folder: str, game: str, phrase: str, word: str) -> None:
    data = DataDir(Path(folder))
    if game == "copy":
        _copy(data, datetime.fromisoformat(word), phrase or None)
    else:
        _restore(data, word, phrase or None, int(game.removeprefix("restore") or 0))


def _restore(data: DataDir, name: str, phrase: str | None, left: int) -> None:
    def on_event(event: str, _arguments: object) -> None:
        nonlocal left
        left -= event in _ON_DISK
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    say(**{"try": "look"})
    preview = preview_restore(data, data.backups / name, phrase)
    say(done="look")
    say(**{"try": "restore"})
    if left:
        sys.addaudithook(on_event)
    restored = restore(data, preview, FakeClock())
    left = -1
    say(done="restore", kept=restored.kept.name if restored.kept else "")


def _copy(data: DataDir, day: datetime, phrase: str | None) -> None:
    while True:
        desk = open_desk(data, FakeClock(day), memory_secrets())
        with desk.database.write() as connection:
            connection.exec_driver_sql("UPDATE customer SET name = ? WHERE id = 1", (f"{day:%d.%m.%Y}",))
        say(**{"try": "copy", "day": day.isoformat()})
        taken = take_copy(desk, phrase)
        say(done="copy", name=taken.file.name, removed=taken.removed)
        desk.close()
        day += timedelta(days=1)


if __name__ == "__main__":
    fork_players(_play)
