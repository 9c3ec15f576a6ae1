"""Checked sessions go into the desk: made ready beside it, moved at one stroke, made searchable in steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.calls.session_access import session_number
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.customers import CHUNK, chunks
from laverma_desk.services.importing.session_writing import SessionTally, SessionWriter, StagedSession
from laverma_desk.services.importing.staging import Staging
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless
from laverma_desk.storage import session_stage
from laverma_desk.storage.counts import somebody_calls
from laverma_desk.storage.fingerprints import Fingerprints
from laverma_desk.storage.session_stage import SessionStage

_READY, _MOVED, _WHOLE = 60, 80, 100
"""The shares of the work, in percent, that are done when all are ready, and when all are moved."""


MANY = 20_000
"""So many sessions may lock the desk for longer than a window waits for it with its notes."""


def refuse_many_during_session(desk: Desk, count: int) -> None:
    """Raise RuleBroken IMPORT_DURING_SESSION where many rows are to come while anybody's session is open."""
    if count <= MANY:
        return
    with desk.database.read() as connection:
        if somebody_calls(connection):
            raise RuleBroken(Rule.IMPORT_DURING_SESSION)


def _busy(desk: Desk) -> OutsideTrouble:
    if desk.database.shared:
        return OutsideTrouble(Trouble.SERVER_BUSY, server=desk.database.shown)
    return OutsideTrouble(Trouble.DATABASE_BUSY, file=desk.data.database.name)


class SessionMove:
    """The second half of an import. Nothing is on the desk before its one transaction is through."""

    def __init__(
        self, desk: Desk, now: datetime, lines: int, progress: Progress, cancelled: Cancelled
    ) -> None:
        self._desk, self._now = desk, now
        self._lines, self._progress, self._cancelled = lines, progress, cancelled

    def run(self, staging: Staging, fingerprints: Fingerprints, count: int) -> tuple[SessionTally, int]:
        """Bring the staged sessions in; return what came of it and how many the search does not know yet.

        Raises with nothing written: JobCancelled, RuleBroken IMPORT_DURING_SESSION, OutsideTrouble
        DATABASE_BUSY or SERVER_BUSY where another import came in between.
        """
        with (
            SessionStage() as stage,
            Fingerprints() as again,
        ):
            with self._desk.database.read() as connection:
                last = session_stage.last_session(connection)
                writer = SessionWriter(connection, self._now, stage)
            self._make_ready(writer, staging, fingerprints, again, count)
            rows = self._move(writer, staging, again, stage, last)
        return writer.tally, self._index(rows)

    def _make_ready(
        self,
        writer: SessionWriter,
        staging: Staging,
        fingerprints: Fingerprints,
        again: Fingerprints,
        count: int,
    ) -> None:
        for number, some in enumerate(chunks(_staged(staging, fingerprints), CHUNK)):
            go_on_unless(self._cancelled)
            self._tell(0, _READY, number * CHUNK, count)
            places = {one.key: place for place, one in some}
            with self._desk.database.read() as connection:
                for one in writer.take(connection, [one for _place, one in some]):
                    again.add(bytes.fromhex(one.key), places[one.key])

    def _move(
        self, writer: SessionWriter, staging: Staging, again: Fingerprints, stage: SessionStage, last: int
    ) -> range:
        def moved(place: int) -> None:
            if place % CHUNK == 0:
                go_on_unless(self._cancelled)
                self._tell(_READY, _MOVED, place, stage.count)

        go_on_unless(self._cancelled)
        # Once more: a call may have come while they were made ready.
        refuse_many_during_session(self._desk, stage.count)
        with self._desk.database.write() as connection:
            if session_stage.imported_since(connection, last):
                raise _busy(self._desk)
            rows = stage.move(connection, session_number, moved)
            for some in chunks(_staged(staging, again), CHUNK):
                go_on_unless(self._cancelled)
                writer.correct(connection, [one for _place, one in some])
            go_on_unless(self._cancelled)
        return rows

    def _index(self, rows: range) -> int:
        """Make the new sessions searchable; they are in, so a stop from here on only ends this part."""
        known = 0
        try:
            for known in session_stage.index(self._desk.database, rows):
                self._tell(_MOVED, _WHOLE, known, len(rows))
                if self._cancelled():
                    break
        except (KeyboardInterrupt, OutsideTrouble):
            return len(rows) - known
        return len(rows) - known

    def _tell(self, first: int, last: int, done: int, count: int) -> None:
        percent = first + (last - first) * done / max(1, count)
        self._progress(self._lines + int(self._lines * percent / _WHOLE), 2 * self._lines)


def _staged(staging: Staging, fingerprints: Fingerprints) -> Iterator[tuple[int, StagedSession]]:
    for place, key in fingerprints.firsts():
        record = staging.read(place)["session"]
        yield place, StagedSession(key.hex(), **record | {"begin": datetime.fromisoformat(record["begin"])})
