"""An open desk: what every service needs in its hand, opened once and closed once."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.judging import HERE, Judge
from laverma_desk.storage.database import Database, trouble_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrate import open_desk as open_file
from laverma_desk.storage.store import Store

if TYPE_CHECKING:
    from laverma_desk.storage.aside import Aside


@dataclass(frozen=True)
class Desk:
    """One desk with its store, its clock and its passwords.

    `demo`: fictional data, nothing is ever sent. `trust` replaces the system's certificates, for a
    house with its own authority. `judge` holds e-invoices against the rules. `aside`: what goes on here
    while the store's server is away; a desk in a file has none.
    """

    database: Store
    clock: Clock
    data: DataDir
    secrets: Secrets
    demo: bool = False
    trust: ssl.SSLContext | None = None
    judge: Judge = HERE
    aside: Aside | None = None

    def close(self) -> None:
        """Close the store, and let the judge go."""
        self.judge.close()
        self.database.close()
        if self.aside is not None:
            self.aside.close()


def open_desk(
    data: DataDir,
    clock: Clock,
    secrets: Secrets,
    *,
    demo: bool = False,
    trust: ssl.SSLContext | None = None,
    judge: Judge = HERE,
) -> Desk:
    """Open the desk of a folder, made new where there is none.

    Raises OutsideTrouble for a folder or file that cannot be used.
    """
    make_folder(data)
    database = open_file(data.database, data.backups, clock.now)
    return Desk(database, clock, data, secrets, demo, trust, judge)


def make_folder(data: DataDir) -> None:
    """Make the folder of a desk. Raises OutsideTrouble where it cannot be used."""
    try:
        data.create()
    except OSError as error:
        raise trouble_of(error, str(data.database)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(data.root)
        ) from error


def is_older(data: DataDir) -> bool:
    """Return whether opening a folder's desk will first bring it up to date, which may take a while.

    Raises OutsideTrouble for a file that is no desk of ours.
    """
    return inspect(data.database).state is FileState.OLDER


def open_desk_to_read(data: DataDir, clock: Clock, secrets: Secrets) -> Desk:
    """Open the desk of a folder without writing or migrating, also where nothing can be written.

    A folder without a desk gets a new one. Raises OutsideTrouble as `open_desk` does.
    """
    if not data.root.is_dir() or inspect(data.database).state is FileState.ABSENT:
        return open_desk(data, clock, secrets)
    return Desk(Database(data.database, read_only=True), clock, data, secrets)
