"""Bring to the server what was done here while it was away: once, and beside what others did meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from laverma_desk.domain.lines import has_lines
from laverma_desk.domain.support_session import GapDecision, GapKind, Segment, SessionState, overlap
from laverma_desk.i18n import _
from laverma_desk.services.calls.session_access import freeze
from laverma_desk.storage import gaps, sessions
from laverma_desk.storage.aside import Kept
from laverma_desk.storage.aside_rows import FIELDS, TEXTS, State, instant, state_of
from laverma_desk.storage.database import Connection
from laverma_desk.storage.session_history import Change, log_change
from laverma_desk.text.session_log import field_name

OFFLINE, OFFLINE_TIME, OFFLINE_VALUE = "offline", "offline_time", "offline_value"
"""Fields of a session's log: carried over (`old` since, `new` until, the mark), and what of it stands beside
what somebody else wrote meanwhile: the times, or a value (`reason` names its field)."""


@dataclass(frozen=True)
class Carried:
    """What came of one session: the seconds that ran here, and whether something is kept apart."""

    seconds: int
    apart: bool


@dataclass(frozen=True)
class _Sides:
    """A session here, on the server, and as both were before.

    `ours`: what it was before, and states that only we have written, of which any may have arrived.
    """

    here: State
    there: State
    before: State
    ours: tuple[State, ...]

    def changed(self, name: str) -> bool:
        """Return whether a column is otherwise here than it was, or put back after a write that arrived."""
        return bool(self.here.values[name] != self.before.values[name]) or any(
            self.there.values[name] == one.values[name] for one in self.ours[1:]
        )

    @property
    def is_all_there(self) -> bool:
        """Return whether the server lacks nothing of ours, also of what was put back as it was before."""
        return self.here == self.before and (len(self.ours) == 1 or self.here == self.there)

    @property
    def is_billed(self) -> bool:
        return self.there.values["invoice_number"] is not None

    def untouched(self, name: str) -> bool:
        """Return whether nobody else has written a column meanwhile."""
        return any(self.there.values[name] == one.values[name] for one in (*self.ours, self.here))


def carry(connection: Connection, kept: Kept, here: State, now: datetime) -> Carried | None:
    """Carry a session over in the caller's transaction; None where the server has it no more.

    What nobody else touched becomes as it is here. Where a session was taken over meanwhile their clock and
    fields stay; our notes come below theirs, our times and values into the log. What was carried before
    without an answer is found by its mark and not carried twice.
    """
    there = state_of(connection, kept.session_id, lock=True)
    if there is None:
        return None
    since = instant(kept.since) if kept.since else now
    seconds = overlap(here.times(), since, now, now) // timedelta(seconds=1)
    marks = {line[4] for line in there.changes if line[2] == OFFLINE and line not in kept.base.changes}
    arrived = [state for mark, state in kept.attempts if mark in marks]
    before = arrived[-1] if arrived else kept.base
    ours = (before,) if arrived else (before, *kept.perhaps)
    sides = _Sides(here, there, before, ours)
    if sides.is_all_there:
        return Carried(seconds, apart=False)
    found = sessions.find(connection, kept.session_id)
    who = found.supporter_name if found else ""
    apart = _Apart(connection, kept.session_id, who, now)
    _carry_lines(connection, kept.session_id, sides)
    clocked = _carry_clock(connection, kept.session_id, sides, apart)
    _carry_gaps(connection, kept.session_id, sides, clocked=clocked)
    _carry_values(connection, kept.session_id, sides, apart)
    _carry_end(connection, kept.session_id, sides, clocked=clocked)
    mark = kept.attempts[-1][0]
    log_change(connection, kept.session_id, Change(now, who, OFFLINE, since.isoformat(), mark))
    return Carried(seconds, apart.used)


class _Apart:
    """Writes down what did not become the session's own."""

    def __init__(self, connection: Connection, session_id: int, who: str, now: datetime) -> None:
        self._connection, self._session_id, self._who, self.now = connection, session_id, who, now
        self.used = False

    def keep(self, field: str, theirs: str, ours: str, name: str = "") -> None:
        self.used = True
        line = Change(self.now, self._who, field, theirs, ours, name)
        log_change(self._connection, self._session_id, line)


def _carry_end(connection: Connection, session_id: int, sides: _Sides, *, clocked: bool) -> None:
    """End a session there that ended here; its price is what the server's tariff says."""
    here, there = sides.here, sides.there
    if not clocked or here.values["state"] != SessionState.ENDED or sides.is_billed:
        return
    # Who closed the report meanwhile did so to the end that came from here.
    differs = here.values["report_open"] != there.values["report_open"] and sides.changed("report_open")
    if here.clock != there.clock or differs:
        freeze(connection, session_id, report_open=bool(here.values["report_open"]))


def _carry_lines(connection: Connection, session_id: int, sides: _Sides) -> None:
    """Append the lines of the log that were written here."""
    for line in sides.here.changes:
        if line not in sides.before.changes and line not in sides.there.changes:
            at, *rest = line
            log_change(connection, session_id, Change(instant(at), *rest))


def _carry_clock(connection: Connection, session_id: int, sides: _Sides, apart: _Apart) -> bool:
    """Write the running time; return whether it stands there as it does here."""
    here, there = sides.here, sides.there
    if here.clock == there.clock:
        return True
    if all(there.clock != one.clock for one in sides.ours) or sides.is_billed:
        if here.clock != sides.before.clock:
            apart.keep(OFFLINE_TIME, _span(there.times(), apart.now), _span(here.times(), apart.now))
        return False
    sessions.replace_segments(connection, session_id, here.times())
    if here.values["state"] != SessionState.ENDED:
        ended = there.values["state"] == SessionState.ENDED
        # In one statement: the schema lets nothing be ended and without its price, nor the other way round.
        thawed = {"report_open": False, **sessions.THAWED} if ended else {}
        sessions.update_session(connection, session_id, **thawed, state=here.values["state"])
    return True


def _span(times: Iterable[Segment], now: datetime) -> str:
    return ", ".join(f"{one.begin.isoformat()}/{(one.end or now).isoformat()}" for one in times)


def _carry_gaps(connection: Connection, session_id: int, sides: _Sides, *, clocked: bool) -> None:
    """Write the gaps that were noticed here, and what was decided about them, where the time is ours."""
    if not clocked or sides.here.gaps == sides.there.gaps:
        return
    found = sessions.find(connection, session_id)
    there = {(one.kind.value, one.begin, one.end): one for one in found.gaps} if found else {}
    for kind, begin, end, decision in sides.here.gaps:
        if (kind, begin, end, decision) in sides.before.gaps:
            continue
        known = there.get((kind, instant(begin), instant(end)))
        row = known.id if known else gaps.add_gap(
            connection, session_id, GapKind(kind), instant(begin), instant(end)
        )  # fmt: skip
        if decision and (known is None or known.decision is None):
            gaps.decide_gap(connection, row, GapDecision(decision))


def _carry_values(connection: Connection, session_id: int, sides: _Sides, apart: _Apart) -> None:
    """Write what was typed and chosen here."""
    here, there = sides.here.values, sides.there.values
    values = {}
    for name in (*FIELDS, *TEXTS):
        if not sides.changed(name) or here[name] == there[name]:
            continue
        if sides.untouched(name) and not sides.is_billed:
            values[name] = here[name]
        elif name in TEXTS and not sides.is_billed:
            values[name] = _below(there[name], sides.before.values[name], here[name])
            apart.used = True
        else:
            apart.keep(OFFLINE_VALUE, str(there[name]), str(here[name]), field_name(name))
    if values:
        sessions.update_session(connection, session_id, **values)


def _below(theirs: str, before: str, ours: str) -> str:
    """Return their text with ours below it, under a heading; of ours only what is new, where it goes on."""
    new = ours.removeprefix(before).strip() if before and ours.startswith(before) else ours.strip()
    if not new or has_lines(theirs, new):
        return theirs
    return f"{theirs.rstrip()}\n\n{_('Written while the server was away:')}\n{new}"
