"""A large desk in which everything occurs that figures have to tell apart, written straight into a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from laverma_desk.domain.money import Charge, charge
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.paths import DataDir
from tests.bench.large_desk import copied, large_desk

ZONE = ZoneInfo("Europe/Berlin")
DST_DAYS = tuple(
    date(year, month, 31) - timedelta(days=(date(year, month, 31).weekday() + 1) % 7)
    for year in range(2017, 2027)
    for month in (3, 10)
)
"""The last Sundays of March and October: 23 and 25 hours."""

_PRICES = (225, 225, 225, 180, 250, 199, 333, 0)
_REASON_GONE = 5
_AT_ONCE = 20_000
_CHANGED = (
    "begin", "day", "supporter_id", "billable", "free_reason_id", "origin", "price_cents", "rounding",
    "minimum_seconds", "free_seconds", "seconds", "billed_seconds", "net_cents", "vat_cents", "not_possible",
)  # fmt: skip


@dataclass(frozen=True)
class Sized:
    """What `large_desk` asks of a bench: where desks are kept, and how many sessions are wanted."""

    work: Path
    sessions: int


def varied_desk(size: Sized, folder: Path, seed: int) -> DataDir:
    """Return a copy of the large desk that has been varied; the same seed gives the same desk."""
    data = copied(large_desk(size), folder)
    dice = Random(seed)
    with closing(sqlite3.connect(data.database)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
            connection.execute(f"PRAGMA {pragma}")
        _vary_house(connection)
        _vary_customers(connection, dice)
        _vary_sessions(connection, dice)
        connection.commit()
        connection.execute("PRAGMA journal_mode = WAL")
    return data


def _vary_house(connection: sqlite3.Connection) -> None:
    """Let one technician have left, one reason be called otherwise, and another be no longer offered."""
    connection.execute("UPDATE supporter SET archived = 1 WHERE id = 3")
    connection.execute("UPDATE free_reason SET name = 'Kulanz (Ausfall)' WHERE id = 2")
    connection.execute(
        "INSERT OR REPLACE INTO free_reason (id, position, name, on_invoice, archived) "
        "VALUES (?, 99, 'Messeangebot', 0, 1)",
        (_REASON_GONE,),
    )


def _vary_customers(connection: sqlite3.Connection, dice: Random) -> None:
    """Merge, lock and erase records, rename some, and agree on visits with others."""
    at = "2026-10-01 08:00:00.000000"
    free = [row[0] for row in connection.execute("SELECT id FROM customer ORDER BY id")]
    # The first customers have most of the sessions: let some of them take part in each.
    merged = [(free[3], free[1]), (free[9], free[1]), (free[12], free[5])]
    merged += [tuple(dice.sample(free[20:], 2)) for _ in range(len(free) // 50)]
    taken: set[int] = set()
    heads: set[int] = set()
    for member, head in merged:
        if member not in taken | heads and head not in taken:
            taken.add(member)
            heads.add(head)
            connection.execute(
                "UPDATE customer SET merged_into = ?, archived = 1 WHERE id = ?", (head, member)
            )
            _move_machines(connection, member, head, dice)
    for share, columns in (
        (70, "restricted_at = ?1"),
        (90, "restricted_at = ?1, erased_at = ?1, name = '–'"),
    ):
        for row in [free[share // 10], *dice.sample(free[20:], 1 + len(free) // share)]:
            family = (row, *connection.execute("SELECT id FROM customer WHERE merged_into = ?", (row,)))
            if len(family) == 1 and row not in taken:
                connection.execute(f"UPDATE customer SET {columns} WHERE id = ?2", (at, row))  # noqa: S608
    for row in free:
        chance = dice.random()
        if chance < 0.5:
            flat = dice.choice((0, 4500, 9250, 12_000)) if chance < 0.3 else None
            travel = dice.choice((None, 0, 3900)) if flat is None or chance < 0.1 else None
            hourly = dice.choice((None, 9500, 11_900)) if flat is None or chance < 0.1 else None
            connection.execute(
                "UPDATE customer SET on_site_cents = ?, on_site_travel_cents = ?, on_site_hourly_cents = ? "
                "WHERE id = ? AND erased_at IS NULL",
                (flat, travel, hourly, row),
            )
        if chance > 0.9:
            connection.execute(
                "UPDATE customer SET name = name || ' & Kollegen' WHERE id = ? AND erased_at IS NULL", (row,)
            )


def _move_machines(connection: sqlite3.Connection, member: int, head: int, dice: Random) -> None:
    """Give the machines of a merged record to the one that goes on; namesakes stay behind, archived."""
    known = {
        row[0] for row in connection.execute("SELECT name FROM workstation WHERE customer_id = ?", (head,))
    }
    for machine, name in connection.execute(
        "SELECT id, name FROM workstation WHERE customer_id = ?", (member,)
    ).fetchall():
        if name in known:
            written = dice.choice((name, name.upper(), name.replace("ö", "oe").replace("ü", "ue")))
            connection.execute(
                "UPDATE workstation SET archived = 1, name = ? WHERE id = ?", (written, machine)
            )
        else:
            connection.execute("UPDATE workstation SET customer_id = ? WHERE id = ?", (head, machine))


def _vary_sessions(connection: sqlite3.Connection, dice: Random) -> None:
    # A billed session is sealed: here its seal is taken off and put on again.
    found = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
        "AND tbl_name = 'session'"
    ).fetchall()
    for kind, name, _sql in found:
        connection.execute(f"DROP {kind} {name}")
    rows = _changes(connection, dice)
    assigned = ", ".join(f'"{name}" = ?' for name in _CHANGED)
    while some := list(islice(rows, _AT_ONCE)):
        connection.executemany(f"UPDATE session SET {assigned} WHERE id = ?", some)  # noqa: S608
    for _kind, _name, sql in found:
        connection.execute(sql)


def _changes(connection: sqlite3.Connection, dice: Random) -> Iterator[tuple[object, ...]]:
    last = connection.execute("SELECT max(id) FROM session WHERE state = 'ended'").fetchone()[0]
    for first in range(1, last + 1, _AT_ONCE):
        for row, begin, seconds, supporter in connection.execute(
            "SELECT id, begin, seconds, supporter_id FROM session WHERE id BETWEEN ? AND ? "
            "AND state = 'ended'",
            (first, first + _AT_ONCE - 1),
        ).fetchall():
            at = _moved(datetime.fromisoformat(begin).replace(tzinfo=UTC), dice)
            yield (
                f"{at:%Y-%m-%d %H:%M:%S.%f}", at.astimezone(ZONE).date().isoformat(), supporter,
                *_terms(seconds, dice), row,
            )  # fmt: skip


def _moved(begin: datetime, dice: Random) -> datetime:
    """Return when it began: later in the day, or where a clock is changed, a day or a month begins."""
    chance = dice.random()
    if chance < 0.06:
        day = dice.choice(DST_DAYS)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=3)
        return midnight + timedelta(microseconds=dice.randrange(30 * 3_600_000_000))
    if chance < 0.12:
        wall = begin.astimezone(ZONE).replace(hour=0, minute=0, second=0)
        return wall.astimezone(UTC) + timedelta(seconds=dice.choice((-1, 0, 1, -3600, 3599, -7200, 7200)))
    if chance < 0.16:
        first = datetime(begin.year, begin.month, 1, tzinfo=ZONE).astimezone(UTC)
        return first + timedelta(microseconds=dice.choice((-1, 0, 1)))
    return begin + timedelta(microseconds=dice.randrange(8 * 3_600_000_000))


def _terms(seconds: int, dice: Random) -> tuple[object, ...]:
    chance = dice.random()
    if chance < 0.25:
        seconds = dice.randrange(1, 7_200)
    elif chance < 0.28:
        seconds = dice.choice((1, 29, 30, 31, 59, 60, 61, 89, 90, 91, 2_460, 2_461, 2_490, 2_520, 30_000))
    tariff = _TARIFFS[int(len(_TARIFFS) * dice.random() ** 3)]
    cost = _charge(seconds, tariff)
    billed = dice.random() < 0.8
    # One that was free once and is billed now may keep its reason; one that is free may have none.
    reason = dice.randrange(1, _REASON_GONE + 1) if dice.random() < (0.02 if billed else 0.85) else None
    impossible = "no_internet" if dice.random() < 0.03 else ""
    if impossible and dice.random() < 0.7:
        billed, reason, seconds, cost = False, None, 0, _charge(0, tariff)
    return (
        billed, reason, dice.choice(("stopwatch", "stopwatch", "manual", "import")), tariff.price_cents,
        tariff.rounding.value, tariff.minimum_seconds, tariff.free_seconds, seconds, cost.billed_seconds,
        cost.net_cents, cost.vat_cents, impossible,
    )  # fmt: skip


_TARIFFS = tuple(
    Tariff(date(2020, 1, 1), price, rounding, Decimal(19), minimum, free)
    for minimum, free in ((0, 0), (900, 0), (0, 600), (300, 120))
    for rounding in Rounding
    for price in _PRICES
)


@cache
def _charge(seconds: int, tariff: Tariff) -> Charge:
    return charge(seconds, tariff)
