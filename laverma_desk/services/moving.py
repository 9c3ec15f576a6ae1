"""Move a desk from its folder to a server, or back: in one transaction, compared, the source left alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless, never, silent
from laverma_desk.storage.alone import alone_in
from laverma_desk.storage.backup import to_disk
from laverma_desk.storage.database import trouble_of
from laverma_desk.storage.file_state import FileState, inspect
from laverma_desk.storage.migrate import open_desk as open_file
from laverma_desk.storage.moving import hearts
from laverma_desk.storage.moving.bare_tables import bare, steps
from laverma_desk.storage.moving.examining import compare, examined, refuse_filled
from laverma_desk.storage.moving.file_source import fingerprint, opened_alone, refuse_damage
from laverma_desk.storage.moving.file_target import filled
from laverma_desk.storage.moving.lines import moved_tables
from laverma_desk.storage.moving.server_side import ServerSide
from laverma_desk.storage.moving.tally import Side, Tally, counted
from laverma_desk.storage.moving.transaction import emptying, filling
from laverma_desk.storage.postgresql.roles import apply_rights
from laverma_desk.storage.postgresql.upgrading import refuse_other_schema, upgrade
from laverma_desk.storage.swapping import remove, swap_in

_PASSES = 4
"""Read to look, write, put indexes and keys back, read to compare: each as long as another, more or less."""


@dataclass(frozen=True)
class Moved:
    """What was moved, by table: rows, sums and a checksum, the same at the source and where it went."""

    tables: Mapping[str, Tally]

    @property
    def rows(self) -> int:
        """Return how many rows it were."""
        return sum(one.rows for one in self.tables.values())


class _Advance:
    """Counts rows through all passes."""

    def __init__(self, progress: Progress, cancelled: Cancelled) -> None:
        self._progress, self._cancelled = progress, cancelled
        self.rows, self._done = 1, 0.0

    def told(self, count: float) -> None:
        """Go on by so many rows. Raises JobCancelled."""
        go_on_unless(self._cancelled)
        self._done += count
        self._progress(min(round(self._done), self.rows * _PASSES), self.rows * _PASSES)

    def heard(self, _count: int) -> None:
        """Look whether to stop, and count nothing."""
        go_on_unless(self._cancelled)

    def shared(self, parts: int) -> Callable[[int], None]:
        """Return what goes on through one pass in so many parts."""
        share = self.rows / max(1, parts)
        return lambda count: self.told(count * share)


def move_to_server(
    data: DataDir,
    address: ServerAddress,
    secrets: Secrets,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Moved:
    """Move the desk of a folder to a server that has none yet; it is prepared where it is not.

    Nothing of it is there before all of it is, and the file stays as it is, byte for byte. It takes the role
    that owns the server's tables. Raises RuleBroken DESK_IN_USE, MOVE_* and OutsideTrouble, JobCancelled.
    """
    file = data.database
    _refuse_unready(file)
    advance = _Advance(progress, cancelled)
    before = fingerprint(file, advance.heard)
    with opened_alone(file) as source:
        refuse_damage(source, file)
        advance.rows = sum(_count(source, table.name) for table in moved_tables()) + 1
        wanted = examined(source, advance.told)
        with filling(address, lambda: secrets.read(address.key)) as connection:
            target = ServerSide(connection)
            if upgrade(connection, address.shown):
                apply_rights(connection)
            refuse_filled(target, address.shown)
            parts = steps(target.driver, moved_tables())
            with bare(target.driver, moved_tables(), advance.shared(parts)):
                for table in moved_tables():
                    with closing(source.lines(table)) as lines:
                        target.load(table, counted(lines, advance.told))
                hearts.write_to_server(target.driver, hearts.beats_of_file(source.connection))
            target.advance_sequences()
            compare(target, wanted, address.shown, advance.told)
            if fingerprint(file, advance.heard) != before:
                raise RuleBroken(Rule.MOVE_SOURCE_CHANGED, source=str(file))
    return Moved(wanted)


def move_to_folder(  # noqa: PLR0917 (from, to, and what it needs)
    address: ServerAddress,
    data: DataDir,
    secrets: Secrets,
    clock: Clock,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Moved:
    """Move a server's desk into a folder that has none; the server's stays as it is.

    The file appears once it is whole. It takes a role that sees all of the desk, and nobody else who works
    with it. Raises RuleBroken MOVE_* and OutsideTrouble, JobCancelled.
    """
    advance = _Advance(progress, cancelled)
    aside = DataDir(data.root / f".moving-{os.getpid()}")
    try:
        data.create()
        with alone_in(data.root):
            if inspect(data.database).state is not FileState.ABSENT:
                raise RuleBroken(Rule.MOVE_TARGET_FILLED, target=str(data.root), table=data.database.name)
            aside.create()
            open_file(aside.database, aside.backups, clock.now).close()
            with emptying(address, lambda: secrets.read(address.key)) as connection:
                refuse_other_schema(connection, address.shown)
                wanted = _brought(ServerSide(connection), aside.database, advance)
            to_disk(aside.database)
            swap_in(aside.database, data.database)
    except OSError as error:
        raise trouble_of(error, str(data.database)) or OutsideTrouble(
            Trouble.FOLDER_UNWRITABLE, folder=str(data.root)
        ) from error
    finally:
        _clear(aside)
    return Moved(wanted)


def _brought(source: ServerSide, file: Path, advance: _Advance) -> dict[str, Tally]:
    with filled(file) as target:
        advance.rows = sum(_count(source, table.name) for table in moved_tables()) + 1
        wanted = examined(source, advance.told)
        with target.bare(advance.shared(target.steps())):
            for table in moved_tables():
                with closing(source.lines(table)) as lines:
                    target.load(table, counted(lines, advance.told))
            hearts.write_to_file(target.connection, hearts.beat_of_server(source.driver))
        target.refuse_damage()
        compare(target, wanted, str(file.parent.parent), advance.told)
    return wanted


def _refuse_unready(file: Path) -> None:
    state = inspect(file).state
    if state is FileState.ABSENT:
        raise RuleBroken(Rule.MOVE_NOTHING_THERE, source=str(file.parent))
    if state is FileState.OLDER:
        raise RuleBroken(Rule.MOVE_SOURCE_OLDER)


def _count(side: Side, table: str) -> int:
    ((found,),) = side.rows(f'SELECT count(*) FROM "{table}"')  # nosec B608 # noqa: S608 (our own name)
    return int(found)


def _clear(aside: DataDir) -> None:
    with suppress(OSError):
        remove(aside.database)
    for folder in (aside.backups, aside.root):
        with suppress(OSError):
            folder.rmdir()
