"""The running sessions of a shared desk, kept on this machine too: they go on while the server is away.

A SQLite file with the tables that the services of a running call ask, and nobody else's sessions.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import delete, insert, select

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.durable import make_folder
from laverma_desk.storage import heartbeats, sessions
from laverma_desk.storage.alone import turn_in
from laverma_desk.storage.aside_file import KEPT, ready
from laverma_desk.storage.aside_rows import (
    Rows,
    State,
    drop_session,
    put_rows,
    state_of,
    state_of_text,
)
from laverma_desk.storage.database import Connection, Database


@dataclass(frozen=True)
class Kept:
    """A session kept aside. `since` is empty while the server has all of it.

    `perhaps`: what the server may have by commits whose answer got lost; `attempts`: what was on its way to
    it since it had all of it, each with its mark. The last whose mark is found there is what it has of ours.
    """

    session_id: int
    base: State
    perhaps: tuple[State, ...] = ()
    since: str = ""
    attempts: tuple[tuple[str, State], ...] = ()


@dataclass(frozen=True)
class CarriedOver:
    """What the server was given when it came back: sessions, and the seconds that ran without it.

    `apart` are those of them that somebody else had changed meanwhile: both versions are kept.
    """

    sessions: tuple[int, ...] = ()
    seconds: int = 0
    apart: tuple[int, ...] = ()


class Aside:
    """The file of one desk at one server; safe to use from several threads. One program has it at a time.

    `lock` holds whoever writes into it and looks first at what waits, `carrying` whoever carries over.
    """

    def __init__(self, folder: Path, server: str, login: str, turn: int) -> None:
        """Use `Aside.open`."""
        self.lock = threading.RLock()
        self.carrying = threading.Lock()
        self.ways: Callable[[Any], object] = _as_it_is
        self._told: list[CarriedOver] = []
        self._login, self._turn = login, turn
        # What is kept of one server and login is never carried to another.
        self.file = folder / f"{hashlib.sha256(server.encode()).hexdigest()[:12]}.sqlite3"
        self._store: Database | None = None
        self._known: dict[int, SupportSession] = {}
        try:
            self._kept = self._read_kept() if self.file.exists() else {}
        except BaseException:
            self._close_store()
            raise

    @classmethod
    def open(cls, folder: Path, server: str, login: str) -> Self | None:
        """Open what is kept for a login at a server, if anything; None where another program has it.

        Raises OutsideTrouble for a folder that cannot be used.
        """
        try:
            make_folder(folder, 0o700)
            turn = turn_in(folder)
        except OSError as error:
            raise OutsideTrouble(Trouble.FOLDER_UNWRITABLE, folder=str(folder)) from error
        if turn is None:
            return None
        try:
            return cls(folder, server, login, turn)
        except BaseException:
            os.close(turn)
            raise

    @property
    def store(self) -> Database:
        """Return the file's store: a machine's first call makes it. Raises OutsideTrouble."""
        with self.lock:
            if self._store is None:
                self._store = ready(self.file, self._login)
            return self._store

    def _read_kept(self) -> dict[int, Kept]:
        with self.store.read() as connection:
            rows = connection.execute(select(KEPT).order_by(KEPT.c.session_id)).all()
        return {row.session_id: _of_row(row) for row in rows}

    def close(self) -> None:
        """Close the file, and let another program have it."""
        self._close_store()
        with suppress(OSError):
            os.close(self._turn)

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()

    def tell(self, news: CarriedOver) -> None:
        """Keep what was carried over until somebody asks."""
        self._told.append(news)

    def news(self) -> CarriedOver:
        """Return what was carried over since somebody asked."""
        told, self._told = self._told, []
        return CarriedOver(
            tuple(dict.fromkeys(number for one in told for number in one.sessions)),
            sum(one.seconds for one in told),
            tuple(dict.fromkeys(number for one in told for number in one.apart)),
        )

    def keeps(self, session_id: int) -> bool:
        """Return whether a session can go on here."""
        return session_id in self._kept

    def waits(self, session_id: int) -> bool:
        """Return whether the server lacks something of a session."""
        found = self._kept.get(session_id)
        return found is not None and bool(found.since)

    def every(self) -> tuple[Kept, ...]:
        """Return what is kept, in the order of the sessions."""
        with self.lock:
            return tuple(self._kept[number] for number in sorted(self._kept))

    def is_as(self, found: SupportSession) -> bool:
        """Return whether a session is kept as it was found on the server."""
        return self._known.get(found.id) == found

    def take(self, session_id: int, rows: Rows, beat: Beat) -> None:
        """Keep a session as the server has it, and that the heart beats; one of which something waits stays.

        Raises OutsideTrouble.
        """
        with self.lock:
            if self.waits(session_id):
                return
            with self.store.write() as connection:
                put_rows(connection, rows)
                heartbeats.write_beat(connection, beat.wall, beat.uptime)
                base = state_of(connection, session_id)
                if base is None:
                    return
                self._put(connection, Kept(session_id, base))
                known = sessions.find(connection, session_id)
            if known is not None:
                self._known[session_id] = known

    def state(self, session_id: int) -> State | None:
        """Return a session as it is here now."""
        with self.store.read() as connection:
            return state_of(connection, session_id)

    def note(self, since: datetime, uncertain: int | None = None) -> None:
        """Find out what waits after a write here; of `uncertain` the server may have all of it."""
        with self.lock, self.store.write() as connection:
            for kept in self.every():
                here = state_of(connection, kept.session_id)
                if here is None or here == kept.base:
                    continue
                perhaps = (*kept.perhaps, here) if kept.session_id == uncertain else kept.perhaps
                new = replace(kept, since=kept.since or since.isoformat(), perhaps=perhaps)
                if new != kept:
                    self._put(connection, new)

    def mark(self, session_id: int, mark: str, state: State) -> Kept:
        """Write down what is about to be carried over, and under which mark it will be found there."""
        with self.lock, self.store.write() as connection:
            kept = self._kept[session_id]
            new = replace(kept, attempts=(*kept.attempts, (mark, state)))
            self._put(connection, new)
        return new

    def settle(self, session_id: int, carried: State, there: State, rows: Rows) -> bool:
        """Take note that the server has what was carried; return whether that is all there is.

        `there` is the session as the server has it now, `rows` are its rows. Where a key was pressed
        meanwhile nothing is noted: the mark tells what arrived, and in `there` is what others wrote, too.
        """
        with self.lock:
            with self.store.write() as connection:
                if state_of(connection, session_id) != carried:
                    return False
                put_rows(connection, rows)
                self._put(connection, Kept(session_id, there))
            self._known.pop(session_id, None)
            return True

    def drop_other_than(self, session_ids: set[int]) -> None:
        """Forget what waits for nothing and is not among sessions."""
        with self.lock:
            self.drop(*(n for n, one in self._kept.items() if not one.since and n not in session_ids))

    def drop(self, *session_ids: int) -> None:
        """Forget sessions that this desk runs no more."""
        with self.lock:
            if not any(number in self._kept for number in session_ids):
                return
            with self.store.write() as connection:
                for number in session_ids:
                    connection.execute(delete(KEPT).where(KEPT.c.session_id == number))
                    drop_session(connection, number)
            for number in session_ids:
                self._kept.pop(number, None)
                self._known.pop(number, None)

    def _put(self, connection: Connection, kept: Kept) -> None:
        connection.execute(insert(KEPT).prefix_with("OR REPLACE").values(**_to_row(kept)))
        # A write that fails after this leaves what waits known too early, which is looked at once more.
        self._kept[kept.session_id] = kept


def _as_it_is(desk: object) -> object:
    """Return a desk that nobody has told how to go on."""
    return desk


def _to_row(kept: Kept) -> dict[str, Any]:
    return {
        "session_id": kept.session_id,
        "base": kept.base.to_text(),
        "perhaps": json.dumps([one.to_text() for one in kept.perhaps]),
        "since": kept.since,
        "attempts": json.dumps([[mark, state.to_text()] for mark, state in kept.attempts]),
    }


def _of_row(row: Any) -> Kept:
    perhaps = tuple(state_of_text(one) for one in json.loads(row.perhaps))
    attempts = tuple((mark, state_of_text(state)) for mark, state in json.loads(row.attempts))
    return Kept(row.session_id, state_of_text(row.base), perhaps, row.since, attempts)
