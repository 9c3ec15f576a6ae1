"""Look after a desk: prove that it is whole, and copy it somewhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.backups.sealed_files import is_sealed
from laverma_desk.services.backups.taking import write_copy
from laverma_desk.services.desk import Desk
from laverma_desk.services.files import free_place
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.storage import attempts, search_index, stored_documents
from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.backup_reading import has_open_session
from laverma_desk.storage.counts import count_rows, somebody_calls
from laverma_desk.storage.database import Database
from laverma_desk.storage.file_state import FileState, inspect

_NOT_NOW = (
    *(Trouble.FILE_UNWRITABLE, Trouble.DATABASE_BUSY, Trouble.DISK_FULL),
    *(Trouble.SERVER_BUSY, Trouble.SERVER_FULL, Trouble.SERVER_RIGHT_MISSING),
)
"""Why a full text stays as it is: the desk is sound, and what is written on it is found in the table."""


@dataclass(frozen=True)
class Holdings:
    """How much a desk holds."""

    customers: int
    workstations: int
    sessions: int
    documents: int
    mails: int
    connections: int = 0


@dataclass(frozen=True)
class Health:
    """What a check found: the engine's words for damage, and stored documents that lost their hash.

    `unsearchable`: how many sessions the full text missed or found by what they do not say, all of them
    where its index is broken; `reindexed`: it was written anew and is right again. `index_checked` is
    false where the index was not looked at, which takes the right to write. `attempts` are the numbers of
    sessions that were not possible by their own word and count time or money all the same.
    """

    damage: tuple[str, ...]
    documents: tuple[tuple[int, str], ...]
    holdings: Holdings
    unsearchable: int = 0
    reindexed: bool = False
    index_checked: bool = True
    attempts: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong any more."""
        whole = not self.damage and not self.documents and not self.attempts
        return whole and (self.reindexed or not self.unsearchable)


@dataclass(frozen=True)
class Copy:
    """A finished backup; `size` in bytes."""

    file: Path
    size: int
    holdings: Holdings


def check_desk(
    desk: Desk, progress: Progress = silent, cancelled: Cancelled = never, *, with_search: bool = True
) -> Health:
    """Check pages, indexes and foreign keys, each stored document against its hash, and the full text.

    A full text that is not right is mended at once where the file may be written and is whole otherwise:
    it holds nothing of its own. `with_search` False leaves it alone, and then nothing is written. `progress`
    counts documents. Raises JobCancelled, OutsideTrouble DATABASE_BROKEN where the file cannot be read to
    its end.
    """
    damage = _damage(desk, cancelled)
    # Nobody opens a server's desk of another version.
    current = desk.database.shared or inspect(desk.data.database).state is FileState.CURRENT
    holdings = _holdings(desk)

    def told(done: int) -> None:
        go_on_unless(cancelled)
        progress(done, holdings.documents)

    with desk.database.read() as connection:
        altered = tuple(stored_documents.damaged(connection, told))
        wrong = tuple(attempts.contradicting_attempts(connection)) if current else ()
    health = Health(tuple(damage), altered, holdings, attempts=wrong)
    if damage or not current or not with_search:
        return health
    return _with_search(desk, health)


def _damage(desk: Desk, cancelled: Cancelled) -> list[str]:
    if desk.database.shared:
        from laverma_desk.storage.postgresql.soundness import problems  # noqa: PLC0415 (a server's alone)

        with desk.database.read() as connection:
            return problems(connection, lambda: go_on_unless(cancelled))
    try:
        found = problems_of(desk.data.database, cancelled)
    except OutsideTrouble:
        # SQLite calls it an error too where it was only called off.
        go_on_unless(cancelled)
        raise
    go_on_unless(cancelled)
    return found


def _with_search(desk: Desk, health: Health) -> Health:
    with desk.database.read() as connection:
        wrong = len(search_index.search_problems(connection))
        calling = desk.database.shared and somebody_calls(connection)
    if calling or (not desk.database.shared and has_open_session(desk.data.database)):
        # Among a million sessions it takes seconds, and a minute to mend: a call does not wait for that.
        return replace(health, unsearchable=wrong, index_checked=False)
    # The desk's own store may be one that only reads.
    writing = desk.database if desk.database.shared else Database(desk.data.database)
    try:
        with writing.write() as connection:
            if not search_index.index_is_sound(connection):
                wrong = health.holdings.sessions
            if wrong:
                search_index.rebuild(connection)
            return replace(health, unsearchable=wrong, reindexed=bool(wrong))
    except OutsideTrouble as error:
        if error.code not in _NOT_NOW:
            raise
        return replace(health, unsearchable=wrong, index_checked=False)
    finally:
        if writing is not desk.database:
            writing.close()


def back_up(
    desk: Desk,
    target: Path,
    passphrase: str | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Copy:
    """Copy the desk to a file while it is in use; an earlier backup of that name is replaced.

    With a passphrase the copy is locked. Raises RuleBroken FILE_IS_THE_DESK, FILE_IS_FOREIGN (the
    target exists and is no desk), OutsideTrouble FILE_UNWRITABLE, DISK_FULL, DATABASE_BROKEN,
    JobCancelled.
    """
    place = free_place(desk, target)
    if place.exists():
        _refuse_foreign(place, target)
    write_copy(desk.data, place, passphrase, progress, cancelled)
    return Copy(place, place.stat().st_size, _holdings(desk))


def _refuse_foreign(place: Path, target: Path) -> None:
    try:
        if not is_sealed(place):
            inspect(place)
    except OutsideTrouble as error:
        if error.code is not Trouble.DATABASE_NEWER:
            raise RuleBroken(Rule.FILE_IS_FOREIGN, file=str(target)) from error


def _holdings(desk: Desk) -> Holdings:
    with desk.database.read() as connection:
        counts = count_rows(connection)
    return Holdings(
        customers=counts["customer"],
        workstations=counts["workstation"],
        sessions=counts["session"],
        documents=counts["document"],
        mails=counts["message"],
        connections=counts.get("remote_connection", 0),
    )
