"""Houses that worked with an earlier program: thousands of sessions, closed well or crashed in the end."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from laverma_desk.storage.opening import open_to_read
from tests.support.older_desks import make_older_desk

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
_FIRST = datetime(2020, 1, 2, 8, tzinfo=UTC)
LAST_WORDS = "zuletzt geschrieben"
_FROZEN = (
    "customer_name, workstation_name, supporter_name, tariff_from, price_cents, rounding, vat_rate, "
    "minimum_seconds, free_seconds, seconds, billed_seconds, net_cents, vat_cents"
)


def make_older_house(folder: Path, revision: str, sessions: int, *, crashed: bool) -> Path:
    """Write a desk of an earlier program into a folder and return its file.

    `crashed`: its last words lie in the write-ahead log alone.
    """
    folder.mkdir(parents=True, mode=0o700)
    file = folder / "desk.sqlite3"
    make_older_desk(file, revision)
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        with raw:
            _fill(raw, revision, sessions)
        if not crashed:
            return file
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA wal_autocheckpoint = 0")
        with raw:
            raw.execute("UPDATE session SET notes = ? WHERE state = 'running'", [LAST_WORDS])
        kept = folder.with_name(f"{folder.name} crashed")
        # Copied while it is open: closing it would fold the log.
        shutil.copytree(folder, kept, ignore=shutil.ignore_patterns("*-shm"))
    shutil.rmtree(folder)
    kept.rename(folder)
    return file


def _fill(raw: sqlite3.Connection, revision: str, sessions: int) -> None:
    practices = max(1, sessions // 20)
    raw.execute("INSERT INTO supporter (id, name) VALUES (1, 'Klaus Klassen')")
    columns, values = "valid_from, price_cents, rounding, minimum_seconds, free_seconds", "?, ?, ?, 0, 0"
    if revision < "0004":
        columns, values = f"{columns}, vat_rate", f"{values}, 1900"
    raw.execute(f"INSERT INTO tariff ({columns}) VALUES ({values})", ["2020-01-01", 225, "started_minute"])  # noqa: S608 (names from this file)
    raw.execute("INSERT INTO number_range VALUES ('session', 2020, ?)", [sessions])
    for number in range(1, practices + 1):
        raw.execute(
            "INSERT INTO customer (id, number, name, city, created_at) VALUES (?, ?, ?, 'Musterstadt', ?)",
            [number, str(10000 + number), f"Praxis Dr. Weiß {number}", _at(0)],
        )
        raw.execute(
            "INSERT INTO workstation (id, customer_id, name) VALUES (?, ?, 'Server')", [number, number]
        )
        raw.execute(
            "INSERT INTO contact (customer_id, position, name) VALUES (?, 0, 'Sabine Lorenz')", [number]
        )
        raw.execute(
            "INSERT INTO agreement (customer_id, valid_from, created_at) VALUES (?, '2020-01-01', ?)",
            [number, _at(0)],
        )
    for number in range(1, sessions + 1):
        _add_session(raw, revision, number, 1 + number % practices, ended=number != sessions)


def _add_session(raw: sqlite3.Connection, revision: str, number: int, place: int, *, ended: bool) -> None:
    columns = "id, number, customer_id, workstation_id, supporter_id, state, begin, notes, created_at"
    values: list[object] = [
        number, f"S-2020-{number:04}", place, place, 1, "ended" if ended else "running", _at(number),
        f"Druckertreiber neu eingespielt, Grüße {number} 🦷\nTestdruck", _at(number),
    ]  # fmt: skip
    if ended:
        columns += f", {_FROZEN}"
        values += [f"Praxis Dr. Weiß {place}", "Server", "Klaus Klassen", "2020-01-01", 225, "started_minute"]
        values += [1900, 0, 0, 742, 780, 2925, 556]
    if revision != "0001":
        columns += ", day"
        values.append(f"{_FIRST + timedelta(hours=number):%Y-%m-%d}")
    raw.execute(f"INSERT INTO session ({columns}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 (names from this file)
    end = _at(number, seconds=742) if ended else None
    raw.execute("INSERT INTO segment VALUES (?, 0, ?, ?)", [number, _at(number), end])
    if number % 10 == 0:
        raw.execute(
            "INSERT INTO session_change (session_id, at, field, old, new) VALUES (?, ?, 'notes', 'a', 'b')",
            [number, _at(number)],
        )
    if number % 50 == 0:
        _add_mail(raw, number)


def _add_mail(raw: sqlite3.Connection, session: int) -> None:
    content = hashlib.sha256(str(session).encode()).digest() * 300
    raw.execute(
        "INSERT INTO document (id, kind, name, mime_type, content, sha256, created_at) "
        "VALUES (?, 'mail', 'bericht.eml', 'message/rfc822', ?, ?, ?)",
        [session, content, hashlib.sha256(content).hexdigest(), _at(session)],
    )
    raw.execute(
        "INSERT INTO message (kind, session_id, sender, recipient, subject, body, content_id, state, "
        "created_at, due_at) "
        "VALUES ('report', ?, 'a@b.example', 'c@d.example', 'Bericht', 'Hallo', ?, 'handed_over', ?, ?)",
        [session, session, _at(session), _at(session)],
    )


def _at(hours: int, *, seconds: int = 0) -> str:
    return f"{_FIRST + timedelta(hours=hours, seconds=seconds):{_MOMENT}}"


def content_of(file: Path) -> str:
    """Return a digest of all that a desk file holds: each row of each table, and how the tables are drawn.

    What the full text's index keeps for itself is left out.
    """
    digest = hashlib.sha256()
    with closing(open_to_read(file)) as raw:
        drawn = raw.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'session_words_%' ORDER BY 1, 2"
        ).fetchall()
        for kind, name, sql in drawn:
            digest.update(repr((kind, name, sql)).encode())
            if kind == "table" and "VIRTUAL" not in sql:
                for row in raw.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608 (a name of the schema)
                    digest.update(repr(row).encode())
    return digest.hexdigest()
