"""The desk of a large house: a million ended sessions of ten thousand customers, and one that runs.

Made once and kept under the bench's folder; nobody writes into it: whoever opens it with the program takes a
copy (`copied`). The same size gives the same desk, down to each letter.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from keyring.backends.fail import Keyring

from laverma_desk.domain.clock import SystemClock, from_local
from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.money import charge
from laverma_desk.domain.searching import line_of
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.calls.session_access import session_number
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.setup import house
from laverma_desk.storage import bulk
from laverma_desk.storage.migrations import REVISIONS
from laverma_desk.storage.sessions import frozen_values
from tests.bench import large_desk_words as words
from tests.bench.cases import Bench
from tests.support.desks import lay_out

FIRST_DAY, LAST_DAY = date(2017, 1, 2), date(2026, 10, 30)
"""Sessions lie on the working days between, evenly."""

EDITION = 2  # Another one where the content changes: an earlier file is not taken then.
_TARIFF = Tariff(date(2020, 1, 1), 225, Rounding.STARTED_MINUTE, Decimal(19))
_MAILS = 50_000
_SUPPORTERS = ("Klaus Klassen", "Jana Petersen", "Ümit Öztürk", "Rosa Groß")
_ASIDE = (
    "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
    "AND tbl_name IN ('session', 'segment', 'session_text', 'message')"
)


def large_desk(bench: Bench) -> DataDir:
    """Return the desk with `bench.sessions` sessions, made where it is not there yet (some minutes).

    All but the newest are billed; the newest have a report. The session that runs is the last row.
    """
    return _kept(bench, "desk", _make)


def empty_desk(bench: Bench) -> DataDir:
    """Return the same house with its customers before its first session."""
    return _kept(bench, "house", _make_house)


def _kept(bench: Bench, name: str, make: Callable[[DataDir, int], object]) -> DataDir:
    bench.work.mkdir(parents=True, exist_ok=True)
    folder = bench.work / f"{name}-{REVISIONS[-1]}-{EDITION}-{bench.sessions}"
    with (bench.work / "desk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Two runs at once would make it twice, in one folder.
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(DataDir(unfinished), bench.sessions)
            unfinished.rename(folder)
    return DataDir(folder)


def copied(data: DataDir, folder: Path, *, running_since: datetime | None = None) -> DataDir:
    """Return a copy of a desk that may be written, without reading it through where the disk can share.

    `running_since`: when the session that runs began, as its last sign of life is now.
    """
    target = DataDir(folder).create()
    _copy_file(data.database, target.database)
    if running_since is not None:
        with closing(sqlite3.connect(target.database)) as connection, connection:
            begin, now = _instant(running_since), _instant(datetime.now(UTC))
            last = connection.execute("SELECT max(id) FROM session").fetchone()[0]
            connection.execute(
                'UPDATE session SET "begin" = ?, day = ? WHERE id = ?', (begin, begin[:10], last)
            )
            connection.execute('UPDATE segment SET "begin" = ? WHERE session_id = ?', (begin, last))
            connection.execute("INSERT OR REPLACE INTO heartbeat (id, at) VALUES (1, ?)", (now,))
    return target


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as one, target.open("wb") as other:
        os.fchmod(other.fileno(), 0o600)
        try:
            fcntl.ioctl(other.fileno(), 0x40049409, one.fileno())  # FICLONE
        except OSError:
            shutil.copyfileobj(one, other, 1 << 24)


def opened(data: DataDir) -> Desk:
    """Open a desk with the program's services, by the system's clock, without the system's keyring."""
    return open_desk(data, SystemClock(), Secrets(Keyring()))


def _make_house(data: DataDir, sessions: int) -> list[tuple[int, str]]:
    desk = opened(data)
    try:
        lay_out(desk)
        for name in _SUPPORTERS[1:]:
            house.save_supporter(desk, name, "")
        return _add_customers(desk, max(100, sessions // 100))
    finally:
        desk.close()


def _make(data: DataDir, sessions: int) -> None:
    customers = _make_house(data, sessions)
    with closing(sqlite3.connect(data.database)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        _fill(connection, sessions, customers)
        connection.commit()
        connection.execute("PRAGMA journal_mode = WAL")
    desk = opened(data)
    desk.close()


def _add_customers(desk: Desk, count: int) -> list[tuple[int, str]]:
    """Write customers with two machines each and an agreement; return their rows and names."""
    at = datetime(2017, 1, 1, tzinfo=UTC)
    new = [
        Customer(
            0, str(20_000 + place), words.customer_name(place), f"Hauptstraße {place % 200 + 1}",
            f"{10_000 + place % 89_000}", words.city(place), phone=f"+4930{2_000_000 + place}",
            email_report=f"rezeption@praxis-{place}.example",
        )
        for place in range(count)
    ]  # fmt: skip
    with desk.database.write() as connection:
        rows = bulk.insert_customers(connection, new, at)
        known = [(rows[one.number], one.name) for one in new]
        machines = [
            Workstation(
                0, row, words.PLACES[(row + side * 3) % 8], partner_id=str(1_000_000_000 + 2 * row + side)
            )
            for row, _name in known
            for side in (0, 1)
        ]
        bulk.insert_workstations(connection, machines)
        signed = [(row, date(2018, 5, 25), None, None) for row, _name in known if row % 50]
        bulk.insert_agreements(connection, signed, at)
    return known


def _fill(connection: sqlite3.Connection, sessions: int, customers: list[tuple[int, str]]) -> None:
    # Indexes are made over what is there, and the full text by its own rebuild: the same, in a fraction.
    found = connection.execute(_ASIDE).fetchall()
    for kind, name, _sql in found:
        connection.execute(f"DROP {kind} {name}")
    machines = _machines(connection)
    rows = _sessions(sessions, customers, machines)
    columns: list[str] = []
    given: dict[int, int] = {}
    while some := list(islice(rows, 10_000)):
        if not columns:
            columns = list(some[0])
        _insert(connection, "session", columns, [tuple(one.values()) for one in some])
        connection.executemany(
            'INSERT INTO segment (session_id, position, "begin", "end") VALUES (?, 0, ?, '
            "strftime('%Y-%m-%d %H:%M:%S.000000', ?, '+' || ? || ' seconds'))",
            [(one["id"], one["begin"], one["begin"], one["seconds"]) for one in some],
        )  # fmt: skip
        connection.executemany("INSERT INTO session_text VALUES (?, ?)", [_text(one) for one in some])
        given.update((int(one["number"][2:6]), int(one["number"][7:])) for one in some)
    connection.executemany("INSERT INTO number_range VALUES ('session', ?, ?)", given.items())
    _add_mails(connection, sessions)
    _add_running(connection, sessions + 1, customers[0], machines)
    for _kind, _name, sql in found:
        connection.execute(sql)
    connection.execute("INSERT INTO session_words (session_words) VALUES ('rebuild')")


def _insert(
    connection: sqlite3.Connection, table: str, columns: list[str], rows: list[tuple[Any, ...]]
) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def _text(row: dict[str, Any]) -> tuple[int, str]:
    said = ("number", "customer_name", "workstation_name", "requested_by", "notes", "internal_note")
    return row["id"], line_of(row[name] for name in said)


def _machines(connection: sqlite3.Connection) -> dict[int, list[tuple[int, str, str]]]:
    found: dict[int, list[tuple[int, str, str]]] = {}
    for customer, *rest in connection.execute("SELECT customer_id, id, name, partner_id FROM workstation"):
        found.setdefault(customer, []).append(tuple(rest))
    return found


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}.000000"


def _sessions(
    count: int, customers: list[tuple[int, str]], machines: dict[int, list[tuple[int, str, str]]]
) -> Iterator[dict[str, Any]]:
    """Yield the columns of ended sessions in their order: the first customer calls often, the last seldom."""
    dice = Random(count)
    costs = {span: _frozen(span) for span in range(120, 3000, 30)}
    spans = list(costs)
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    days = [day for day in days if day.weekday() < 5]
    given: dict[int, int] = {}
    row = 0
    for place, day in enumerate(days):
        today = (place + 1) * count // len(days) - row
        opens = from_local(datetime(day.year, day.month, day.day, 7, 30))  # noqa: DTZ001 (a wall clock)
        for moment in range(today):
            row += 1
            given[day.year] = given.get(day.year, 0) + 1
            begin = opens + timedelta(seconds=moment * 39_000 // today)
            customer, name = customers[int(len(customers) * dice.random() ** 2)]
            machine, machine_name, partner = dice.choice(machines[customer])
            supporter = dice.randrange(4)
            free = dice.random() < 0.12
            yield {
                "id": row, "number": session_number(day.year, given[day.year]), "customer_id": customer,
                "workstation_id": machine, "supporter_id": supporter + 1, "state": "ended",
                "begin": _instant(begin), "day": day.isoformat(), "requested_by": dice.choice(words.CALLERS),
                "partner_id": partner, "notes": words.note(dice), "internal_note": "", "billable": not free,
                "free_reason_id": dice.randrange(1, 5) if free else None,
                "recipient": "", "created_at": _instant(begin),
                "customer_name": name, "workstation_name": machine_name,
                "supporter_name": _SUPPORTERS[supporter],
                "invoice_number": _invoice(day, customer) if not free and row <= count * 19 // 20 else None,
                **costs[dice.choice(spans)],
            }  # fmt: skip


def _invoice(day: date, customer: int) -> str:
    return f"RE-{day.year}-{day.month * 10_000 + customer}"


def _frozen(seconds: int) -> dict[str, Any]:
    values = dict(frozen_values(_TARIFF, charge(seconds, _TARIFF)))
    return values | {"tariff_from": "2020-01-01", "vat_rate": 1900}


def _add_mails(connection: sqlite3.Connection, sessions: int) -> None:
    """Give the newest sessions a report that was handed over, all with the same paper."""
    at = "2017-01-01 00:00:00.000000"
    connection.execute(
        "INSERT INTO document (id, kind, name, mime_type, content, sha256, created_at) "
        "VALUES (1, 'report', 'Fernwartung.pdf', 'application/pdf', ?, ?, ?)",
        (paper := bytes(4000), hashlib.sha256(paper).hexdigest(), at),
    )
    connection.execute(
        "INSERT INTO message (kind, session_id, customer_name, sender, recipient, subject, body, "
        "attachment_id, content_id, state, created_at, due_at) "
        "SELECT 'report', id, customer_name, 'a@b.example', 'c@d.example', 'Fernwartung', notes, "
        "1, 1, 'handed_over', created_at, created_at FROM session WHERE id > ?",
        (max(0, sessions - _MAILS),),
    )


def _add_running(
    connection: sqlite3.Connection,
    row: int,
    customer: tuple[int, str],
    machines: dict[int, list[tuple[int, str, str]]],
) -> None:
    begin = _instant(from_local(datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 18, 45)))  # noqa: DTZ001
    year = LAST_DAY.year
    last = 1 + connection.execute("SELECT last FROM number_range WHERE year = ?", (year,)).fetchone()[0]
    values = {
        "id": row, "number": session_number(year, last), "customer_id": customer[0],
        "workstation_id": machines[customer[0]][0][0], "supporter_id": 1, "state": "running",
        "begin": begin, "day": LAST_DAY.isoformat(), "notes": "Kartenterminal neu gestartet",
        "created_at": begin,
    }  # fmt: skip
    _insert(connection, "session", list(values), [tuple(values.values())])
    connection.execute('INSERT INTO segment (session_id, position, "begin") VALUES (?, 0, ?)', (row, begin))
    connection.execute("UPDATE number_range SET last = ? WHERE kind = 'session' AND year = ?", (last, year))
