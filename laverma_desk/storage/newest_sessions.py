"""The newest that a filter of the history shows, found without reading all that it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, select

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.history import (
    NOTHING,
    DaySums,
    HistoryFilter,
    HistoryOpening,
    HistoryOverview,
    HistoryRow,
    HistoryStatus,
)
from laverma_desk.domain.searching import words_of
from laverma_desk.storage import history, history_rows, search_index
from laverma_desk.storage.asking import KEPT_FORMS, Asked, Where
from laverma_desk.storage.history import Known, known_by_index
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.tables import session

NEWEST = 50
"""Lines that a search brings at once: more than a screen of them."""

_SURE = 30
_LOOKED_AT = 2000
_RARE = 2000


def opening(connection: Connection, wanted: HistoryFilter, count: int) -> HistoryOpening:
    """Return the newest lines of a filter, at most `count`, with the sums of the days that they show.

    What is not quick to find in this way is counted as a whole, without lines.
    """
    known = known_by_index(connection, wanted)
    words = words_of(wanted.text)
    if not words:
        return _without_text(connection, known, count)
    found = _holding(connection, known, words) if wanted.status is HistoryStatus.ALL else None
    if found is None:
        return _whole(connection, known)
    where = Where((_is_among(found.statement),), found.values)
    rows = history_rows.newest_rows(connection, where, NEWEST)
    if len(rows) < NEWEST:
        days = history.sums_of(connection, [one.id for one in rows])
        return _opening(wanted, days, rows, whole=True)
    # An entry of long ago that was made today is among them too: the days of most are enough.
    since = sorted((local_day(one.begin) for one in rows), reverse=True)[_SURE]
    newer = known_by_index(connection, replace(wanted, first=since), known.shut)
    days = history.sums_where(connection, history.conditions_of(connection, newer))
    return _opening(wanted, days, rows, whole=False)


def _whole(connection: Connection, known: Known) -> HistoryOpening:
    where = history.conditions_of(connection, known)
    return _opening(known.wanted, history.sums_where(connection, where), [], whole=True)


def _without_text(connection: Connection, known: Known, count: int) -> HistoryOpening:
    if known.wanted.customer_id is not None:
        return _whole(connection, known)
    where = known.of_ended
    found = Asked(_days(where.conditions), {**where.values, "places": _LOOKED_AT})
    since = found.by(connection).scalar()
    if since is None:
        return _whole(connection, known)
    newer = known_by_index(connection, replace(known.wanted, first=since), known.shut)
    where = history.conditions_of(connection, newer)
    rows = history_rows.newest_rows(connection, where, count)
    return _opening(known.wanted, history.sums_where(connection, where), rows, whole=False)


@lru_cache(KEPT_FORMS)
def _days(conditions: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    newest_first = select(session.c.day).order_by(session.c.day.desc(), session.c.begin.desc())
    return newest_first.where(*conditions).offset(bindparam("places", type_=Integer())).limit(1)


def _holding(connection: Connection, known: Known, words: Sequence[tuple[str, ...]]) -> Asked | None:
    """Return the query for the newest sessions that hold each word, all of them where they are few."""
    span = history.span_of(connection, known)
    scattered = span is not None and span.rows is None
    weighs = connection.dialect.name == SERVER  # Which of both ways is shorter for these words.
    if not scattered or (not weighs and search_index.are_rare(connection, words, _RARE)):
        close = span.rows if span is not None else None
        return search_index.newest(words, known.of_ended, close, NEWEST)
    where = known.of_ended + search_index.found(words, among_few=True)
    return Asked(_looked_at(where.conditions), {**where.values, "most": NEWEST})


@lru_cache(KEPT_FORMS)
def _looked_at(conditions: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    newest_first = select(session.c.id).order_by(session.c.begin.desc(), session.c.id.desc())
    return newest_first.where(*conditions).limit(bindparam("most", type_=Integer()))


@lru_cache(KEPT_FORMS)
def _is_among(found: Select[Any]) -> ColumnElement[bool]:
    return session.c.id.in_(found)


def _opening(
    wanted: HistoryFilter, days: list[DaySums], rows: list[HistoryRow], *, whole: bool
) -> HistoryOpening:
    total = sum((one.sums for one in days), NOTHING)
    return HistoryOpening(HistoryOverview(wanted, tuple(days), total), tuple(rows), whole)
