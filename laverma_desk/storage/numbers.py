"""Running numbers that only go up: counted per kind and year, in the transaction that uses them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, text, update

from laverma_desk.storage.prepared import Prepared
from laverma_desk.storage.tables import number_range

SESSIONS = "session"
CUSTOMERS = "customer"
FIRST_CUSTOMER = 10001

_NEXT = Prepared(
    update(number_range)
    .where(
        number_range.c.kind == bindparam("of_kind", type_=number_range.c.kind.type),
        number_range.c.year == bindparam("of_year", type_=number_range.c.year.type),
    )
    .values(last=number_range.c.last + bindparam("count", type_=number_range.c.last.type))
    .returning(number_range.c.last),
    gives=(number_range.c.last,),
)
# Both engines take these words. Of two desks that begin a year, the second one waits, and counts on.
_BEGIN = Prepared(
    text(
        "INSERT INTO number_range (kind, year, last) VALUES (:kind, :year, :last) "
        "ON CONFLICT (kind, year) DO UPDATE SET last = number_range.last + :count RETURNING last"
    ),
    gives=(number_range.c.last,),
)


def last(connection: Connection, kind: str, year: int) -> int:
    """Return the last number that a range has given, 0 before the first."""
    where = (number_range.c.kind == kind) & (number_range.c.year == year)
    return int(connection.execute(select(number_range.c.last).where(where)).scalar() or 0)


def take(connection: Connection, kind: str, year: int, first: int = 1) -> int:
    """Return the next number of a range; undone with its transaction, never given twice."""
    return take_block(connection, kind, year, 1, first)


def take_block(connection: Connection, kind: str, year: int, count: int, first: int = 1) -> int:
    """Return the first of the next `count` numbers of a range, all of them taken."""
    given = _NEXT.rows(connection, {"of_kind": kind, "of_year": year, "count": count})
    if not given:
        begun = {"kind": kind, "year": year, "last": first + count - 1, "count": count}
        given = _BEGIN.rows(connection, begun)
    return int(given[0][0]) - count + 1
