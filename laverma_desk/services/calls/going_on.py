"""What `alone` promises: on the server first, else on what is kept aside, in the moment of the key press."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.errors import DeskError, OutsideTrouble, RuleBroken, Trouble
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.services.calls.carrying_over import carry_over
from laverma_desk.services.calls.interruptions import read_clocks
from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk
from laverma_desk.storage import heartbeats
from laverma_desk.storage.aside import Aside
from laverma_desk.storage.aside_rows import Rows, all_rows, goes_on, session_rows
from laverma_desk.storage.database import Connection

T = TypeVar("T")
Work = Callable[[Desk], Done[T]]

_log = logging.getLogger(__name__)

_LOST = (Trouble.SERVER_AWAY, Trouble.SERVER_UNCERTAIN)


class _Pressed:
    """The clocks as they stood when a key was pressed, however long the server keeps us waiting since."""

    def __init__(self, clock: Clock) -> None:
        self._now, self._uptime = clock.now(), clock.uptime()

    def now(self) -> datetime:
        return self._now

    def uptime(self) -> float:
        return self._uptime


class GoingOn:
    """A desk at a server with what it keeps aside; made for each call, it knows nothing of its own."""

    def __init__(self, desk: Desk) -> None:
        """Take a desk that keeps something aside."""
        self._desk = replace(desk, clock=_Pressed(desk.clock))
        self._aside = cast("Aside", desk.aside)
        # Both are the store of a desk that keeps something aside; a file's driver knows neither.
        self._server: Any = desk.database

    @property
    def alone(self) -> bool:
        """Return whether the server is away."""
        return bool(self._server.away)

    def write(self, session_id: int, work: Work[T]) -> Done[T]:
        """Write on a running session. Raises what `work` raises; OutsideTrouble for one not kept here."""
        trouble = None
        if not self._aside.waits(session_id):
            try:
                result = work(self._desk)
            except OutsideTrouble as error:
                if error.code not in _LOST or not self._aside.keeps(session_id):
                    raise
                trouble = error
            else:
                self._follow(session_id, work, result.value)
                return result
        with self._aside.lock:
            if not self._aside.keeps(session_id):
                raise trouble or self._away()
            result = work(self._here())
            unclear = trouble is not None and trouble.code is Trouble.SERVER_UNCERTAIN
            self._aside.note(self._desk.clock.now(), session_id if unclear else None)
        self._server.watchman.look_again()
        return result

    def read(self, read: Callable[[Desk], T], session_id: int | None = None) -> T:
        """Read what a running call shows. Raises OutsideTrouble for what is not kept here."""
        trouble = self._away()
        if not (self.alone or (session_id is not None and self._aside.waits(session_id))):
            try:
                return read(self._desk)
            except OutsideTrouble as error:
                if error.code not in _LOST:
                    raise
                trouble = error
        try:
            return read(self._here())
        except RuleBroken as unknown:
            raise trouble from unknown

    def strip(self, read: Callable[[Desk], list[SupportSession]]) -> list[SupportSession]:
        """Return the sessions of this desk; what waits here goes before what the server has."""
        try:
            found = read(self._desk)
        except OutsideTrouble as error:
            if error.code not in _LOST:
                raise
            return read(self._here())
        with self._aside.lock:
            waiting = {one.session_id for one in self._aside.every() if one.since}
            own = {one.id: one for one in read(self._here()) if one.id in waiting} if waiting else {}
        seen = [own.pop(one.id, one) for one in found]
        self._follow_all(seen, waiting)
        return sorted([*seen, *own.values()], key=lambda one: one.id)

    def beat(self, work: Work[T]) -> Done[T]:
        """Let the heart beat."""
        try:
            result = work(self._desk)
        except OutsideTrouble as error:
            if error.code not in _LOST or not self._aside.every():
                raise
        else:
            self._beat_here()
            if any(one.since for one in self._aside.every()):
                # What the server refused waits on, and nobody else may ask again: it may take it by now.
                self._server.watchman.look_again()
            return result
        with self._aside.lock:
            result = work(self._here())
            self._aside.note(self._desk.clock.now())
        return result

    def recover(self, work: Work[T]) -> Done[T]:
        """Recover: first what goes on here, and then, if the server is there and has it, all of it."""
        result = None
        if self.alone or any(one.since for one in self._aside.every()):
            with self._aside.lock:
                result = work(self._here())
                self._aside.note(self._desk.clock.now())
            try:
                carry_over(self._desk)
            except OutsideTrouble:
                return result
        try:
            return work(self._desk)
        except OutsideTrouble as error:
            if error.code not in _LOST:
                raise
            return result or work(self._here())

    def rows(self, connection: Connection, session_id: int) -> Rows:
        """Return what is kept of a session that this transaction of the server makes the desk's."""
        return all_rows(connection, session_id)

    def keep(self, session_id: int, rows: Rows) -> None:
        """Keep a session that the server has given to this desk."""
        try:
            if goes_on(rows):
                self._aside.take(session_id, rows, read_clocks(self._desk))
        except DeskError:
            _log.exception("session %s is not kept aside", session_id)

    def _follow(self, session_id: int, work: Work[T], value: object) -> None:
        """Keep what the server has just written; where it cannot be read any more the same is done here.

        What goes on and is not kept yet, an end that was taken back, is kept from now on.
        """
        try:
            if not self._aside.keeps(session_id):
                if isinstance(value, SupportSession) and value.state is not SessionState.ENDED:
                    self._take(session_id, whole=True)
                return
            if not self._aside.waits(session_id) and self._take(session_id, whole=False):
                return
            with self._aside.lock:
                work(self._here())
                self._aside.note(self._desk.clock.now(), session_id)
        except DeskError:
            _log.exception("session %s is not kept aside as it is", session_id)

    def _follow_all(self, found: list[SupportSession], waiting: set[int]) -> None:
        open_ = [one for one in found if one.state is not SessionState.ENDED]
        try:
            for one in open_:
                if one.id not in waiting and not self._aside.is_as(one):
                    self._take(one.id, whole=True)
            going_on = {one.id for one in open_} | waiting
            self._aside.drop_other_than(going_on)
        except DeskError:
            _log.exception("the sessions of this desk are not kept aside as they are")

    def _take(self, session_id: int, *, whole: bool) -> bool:
        """Copy a session from the server; return whether that could be done. `whole`: with all around it."""
        try:
            with self._desk.database.read() as connection:
                rows = (all_rows if whole else session_rows)(connection, session_id)
        except OutsideTrouble:
            return False
        if goes_on(rows):
            self._aside.take(session_id, rows, read_clocks(self._desk))
        else:
            self._aside.drop(session_id)
        return True

    def _beat_here(self) -> None:
        """Let the heart that is kept here beat with the other: else it has slept when it is needed."""
        if self._aside.every():
            clock = self._desk.clock
            with self._aside.lock, self._aside.store.write() as connection:
                heartbeats.write_beat(connection, clock.now(), clock.uptime())

    def _here(self) -> Desk:
        """Return the desk as it goes on here."""
        return replace(self._desk, database=self._aside.store, aside=None)

    def _away(self) -> OutsideTrouble:
        return OutsideTrouble(Trouble.SERVER_AWAY, server=self._server.address.shown)
