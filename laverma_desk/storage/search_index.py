"""Full text over ended sessions, kept in step with what is written and asked by words. FTS5 is only here.

A line of folded text for each session, and over it an index of any three letters in a row: that finds
parts of compounds, and beginnings of words because a blank stands before each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    bindparam,
    column,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.exc import DatabaseError

from laverma_desk.domain.searching import line_of
from laverma_desk.storage.asking import KEPT_FORMS, Asked, Where
from laverma_desk.storage.literals import ENDED
from laverma_desk.storage.portions import AT_ONCE, portions
from laverma_desk.storage.spelling import SERVER, Condition, Holds, Matching, Within
from laverma_desk.storage.tables import session
from laverma_desk.storage.tables.search import session_text

_LETTERS = 3
_MOST_GRAMS = 40
_WRITTEN = (
    session.c.number,
    session.c.customer_name,
    session.c.workstation_name,
    session.c.requested_by,
    session.c.notes,
    session.c.internal_note,
)
SEARCHED = frozenset({"state", *(one.name for one in _WRITTEN)})
"""The columns of a session that its line depends on."""
_words = table("session_words", column("rowid", Integer))
# Built once: to put them together takes as long as to ask them.
_CANDIDATES = select(session_text.c.session_id).select_from(
    _words.join(session_text, session_text.c.session_id == _words.c.rowid)
)
_BACKWARDS = _CANDIDATES.order_by(_words.c.rowid.desc())
_MATCHING = Matching(bindparam("match", type_=Text()))
_COUNTED = select(func.count()).select_from(
    select(_words.c.rowid).where(_MATCHING).limit(bindparam("some", type_=Integer())).subquery()
)
_ITS_SESSION = exists().where(session.c.id == session_text.c.session_id)
# Built once: it is asked with each word that is saved.
_WITHOUT_LINE = select(session.c.id, *_WRITTEN).where(
    session.c.id.in_(bindparam("some", expanding=True)),
    session.c.state == ENDED,
    ~exists().where(session_text.c.session_id == session.c.id),
)


def put(connection: Connection, session_ids: Sequence[int]) -> None:
    """Write the lines of those of some sessions that have ended and have none.

    To be called in the transaction that wrote them; a trigger has removed the lines that changed.
    """
    for some in portions(session_ids):
        _insert(connection, connection.execute(_WITHOUT_LINE, {"some": some}).all())


def _insert(connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
    lines = [{"session_id": row[0], "line": _line(row)} for row in rows]
    if lines:
        connection.execute(insert(session_text), lines)


def _line(row: Sequence[Any]) -> str:
    return line_of(str(one or "") for one in row[1:])


def found(words: Sequence[tuple[str, ...]], *, among_few: bool, rows: tuple[int, int] | None = None) -> Where:
    """Return the condition that a session holds each of some words (`domain.searching.words_of`).

    `among_few`: other conditions leave few sessions, so each of them is looked at; else the index is
    asked first, `rows` from which to which where the others lie close together.
    """
    match = "" if among_few else _match(words)
    condition = _found(_form(words), among_few, bool(match), rows is not None)
    return Where((condition,), _values(words, match, rows))


@lru_cache(KEPT_FORMS)
def _found(form: tuple[int, ...], among_few: bool, matched: bool, between: bool) -> ColumnElement[bool]:
    holds = _holds(form, Within if between else Holds)
    if among_few:
        return exists().where(session_text.c.session_id == session.c.id, *holds)
    if not matched:
        return session.c.id.in_(select(session_text.c.session_id).where(*holds))
    return session.c.id.in_(_between(_CANDIDATES, between).where(_MATCHING, *holds))


def newest(
    words: Sequence[tuple[str, ...]], where: Where, rows: tuple[int, int] | None, count: int
) -> Asked | None:
    """Return the query for the sessions of the highest rows that hold each word and fulfil conditions.

    None where all words are too short for the index.
    """
    match = _match(words)
    if not match:
        return None
    statement = _newest(_form(words), where.conditions, rows is not None)
    return Asked(statement, {**where.values, **_values(words, match, rows), "most": count})


@lru_cache(KEPT_FORMS)
def _newest(
    form: tuple[int, ...], conditions: tuple[ColumnElement[bool], ...], between: bool
) -> Select[tuple[int]]:
    # As a subquery, so that the index is walked backwards and left as soon as there are enough.
    fulfils = _ITS_SESSION.where(*conditions)
    holds = _holds(form, Within if between else Holds)
    some = _between(_BACKWARDS, between).where(_MATCHING, *holds, fulfils)
    return some.limit(bindparam("most", type_=Integer()))


def are_rare(connection: Connection, words: Sequence[tuple[str, ...]], most: int) -> bool:
    """Return whether the index of a file knows at most so many sessions that may hold each word."""
    match = _match(words)
    if not match:
        return False
    return int(Asked(_COUNTED, {"match": match, "some": most + 1}).by(connection).scalar_one()) <= most


def _form(words: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """Return how many parts stand for each word, one of which must be found."""
    return tuple(len(parts) for parts in words)


def _values(
    words: Sequence[tuple[str, ...]], match: str, rows: tuple[int, int] | None
) -> dict[str, str | int]:
    values: dict[str, str | int] = {
        f"part_{place}_{which}": part for place, parts in enumerate(words) for which, part in enumerate(parts)
    }
    if match:
        values["match"] = match
        if rows is not None:
            values["lowest"], values["highest"] = rows
    return values


def _holds(form: tuple[int, ...], holds: type[Condition]) -> list[ColumnElement[bool]]:
    said = [
        [
            holds(session_text.c.line, bindparam(f"part_{place}_{which}", type_=Text()))
            for which in range(parts)
        ]
        for place, parts in enumerate(form)
    ]
    return [parts[0] if len(parts) == 1 else or_(*parts) for parts in said]


def _between(asked: Select[tuple[int]], close: bool) -> Select[tuple[int]]:
    if not close:
        return asked
    lowest, highest = bindparam("lowest", type_=Integer()), bindparam("highest", type_=Integer())
    return asked.where(_words.c.rowid.between(lowest, highest))


def _match(words: Sequence[tuple[str, ...]]) -> str:
    """Return what to ask FTS5 for candidates, "" where all words are too short for it."""
    asked: list[str] = []
    for parts in words:
        either = [_grams(part) for part in parts]
        if all(either) and sum(one.count('"') for one in [*asked, *either]) <= 2 * _MOST_GRAMS:
            asked.append(f"({' OR '.join(f'({one})' for one in either)})")
    return " AND ".join(asked)


def _grams(part: str) -> str:
    """Return a part as three letters at a time, each quoted so that nothing in it is FTS5's syntax."""
    if len(part) < _LETTERS:
        return ""
    starts = [*range(0, len(part) - _LETTERS, _LETTERS), len(part) - _LETTERS]
    return " AND ".join('"' + part[at : at + _LETTERS].replace('"', '""') + '"' for at in starts)


def _chunks(connection: Connection) -> Iterator[list[tuple[int, str, str | None]]]:
    """Yield (session, line as it should be, line as it is) of all ended sessions, some thousands at once."""
    last, count = 0, 4 * AT_ONCE
    statement = (
        select(session.c.id, *_WRITTEN, session_text.c.line)
        .outerjoin(session_text, session_text.c.session_id == session.c.id)
        .where(session.c.state == ENDED)
        .order_by(session.c.id)
        .limit(count)
    )
    while rows := connection.execute(statement.where(session.c.id > last)).all():
        last = rows[-1][0]
        yield [(row[0], line_of(str(one or "") for one in row[1:-1]), row[-1]) for row in rows]


def _stray() -> ColumnElement[bool]:
    """Return the condition that a line belongs to no ended session."""
    return ~exists().where(session.c.id == session_text.c.session_id, session.c.state == ENDED)


def search_problems(connection: Connection) -> list[int]:
    """Return the sessions that a search would miss, or find by what they do not say; it reads everything."""
    wrong = [number for rows in _chunks(connection) for number, line, is_ in rows if line != is_]
    return wrong + list(connection.execute(select(session_text.c.session_id).where(_stray())).scalars())


def index_is_sound(connection: Connection) -> bool:
    """Return whether the index says what the lines say. SQLite asks for a connection that may write."""
    if connection.dialect.name == SERVER:
        return True  # It looks after its own indexes; the lines are compared by `search_problems`.
    try:
        # As a savepoint: what SQLite refuses here must not end the caller's transaction.
        with connection.begin_nested():
            connection.execute(
                text("INSERT INTO session_words (session_words, rank) VALUES ('integrity-check', 1)")
            )
    except DatabaseError:
        return False
    return True


def rebuild(connection: Connection) -> int:
    """Write the whole index anew and every line that is not right; return how many lines were not."""
    # A server keeps its index by itself, and only its owner may write it anew.
    if connection.dialect.name != SERVER:
        # First: a line is only taken out of an index that holds it.
        connection.execute(text("INSERT INTO session_words (session_words) VALUES ('rebuild')"))
    mended = connection.execute(delete(session_text).where(_stray())).rowcount
    for rows in _chunks(connection):
        wrong = [(number, line) for number, line, is_ in rows if line != is_]
        if wrong:
            numbers = [number for number, _line_ in wrong]
            connection.execute(delete(session_text).where(session_text.c.session_id.in_(numbers)))
            lines = [{"session_id": number, "line": line} for number, line in wrong]
            connection.execute(insert(session_text), lines)
            mended += len(wrong)
    return mended


def forget_deleted_words(connection: Connection) -> None:
    """Take what was removed out of the index's pages as well, after an erasure; it writes the index anew."""
    if connection.dialect.name == SERVER:
        return  # Its pages are cleaned by VACUUM, which no transaction can run.
    connection.execute(text("INSERT INTO session_words (session_words) VALUES ('optimize')"))
