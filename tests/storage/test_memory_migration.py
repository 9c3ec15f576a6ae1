"""A desk of the first program becomes one with a memory: every session keeps what it had and gets its day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from laverma_desk.storage.backup import problems_of
from laverma_desk.storage.migrate import open_desk
from tests.storage.conftest import NOON
from tests.support.older_desks import make_first_desk

BEGINNINGS = {
    1: ("2022-03-01 09:22:00.000000", "2022-03-01"),
    2: ("2021-12-31 23:30:00.000000", "2022-01-01"),  # half past midnight of the new year in Berlin
    3: ("2026-03-28 22:59:59.000000", "2026-03-28"),
    4: ("2026-03-29 22:00:00.000000", "2026-03-30"),  # summer time began this night
    5: ("2026-10-25 22:59:59.999999", "2026-10-25"),  # and ended this one
    6: ("2026-10-25 23:00:00", "2026-10-26"),
}


@pytest.fixture
def first_desk(tmp_path: Path) -> Path:
    """A desk as the first program left it, with sessions around midnight and around both changes of time."""
    file = tmp_path / "desk.sqlite3"
    make_first_desk(file)
    with closing(sqlite3.connect(file)) as raw:
        raw.executescript(
            """
            INSERT INTO customer (id, number, name, created_at) VALUES (1, '10017', 'ZAP', '2022-01-01');
            INSERT INTO workstation (id, customer_id, name) VALUES (1, 1, 'PC');
            INSERT INTO supporter (id, name) VALUES (1, 'Klaus');
            INSERT INTO contact (customer_id, position, name) VALUES (1, 0, 'Sabine Lorenz');
            INSERT INTO agreement (customer_id, valid_from, created_at)
                VALUES (1, '2022-01-01', '2022-01-01');
            """
        )
        for number, (begin, _day) in BEGINNINGS.items():
            raw.execute(
                "INSERT INTO session (id, number, customer_id, workstation_id, supporter_id, state, "
                "begin, notes, seconds, created_at) "
                "VALUES (?, ?, 1, 1, 1, 'ended', ?, 'Grüße 🦷', 742, '2022-01-01')",
                (number, f"S-{number}", begin),
            )
            raw.execute("INSERT INTO segment VALUES (?, 0, ?, ?)", (number, begin, begin))
            raw.execute(
                "INSERT INTO session_change (session_id, at, field) VALUES (?, '2022-03-01', 'notes')",
                (number,),
            )
        raw.commit()
    return file


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as raw:
        return raw.execute(statement).fetchall()


def test_every_session_gets_the_day_of_its_start(first_desk):
    kept = "SELECT id, number, begin, notes, seconds, state, origin FROM session ORDER BY id"
    before = rows(first_desk, kept)
    open_desk(first_desk, first_desk.parent / "backups", lambda: NOON).close()
    assert rows(first_desk, kept) == before
    assert dict(rows(first_desk, "SELECT id, day FROM session")) == {
        number: day for number, (_begin, day) in BEGINNINGS.items()
    }
    assert rows(first_desk, "SELECT count(*) FROM segment JOIN session ON session.id = session_id") == [(6,)]
    assert rows(
        first_desk, "SELECT count(*) FROM session_change JOIN session ON session.id = session_id"
    ) == [(6,)]
    assert problems_of(first_desk) == []


def test_records_begin_with_what_counts_for_everybody(first_desk):
    open_desk(first_desk, first_desk.parent / "backups", lambda: NOON).close()
    assert rows(first_desk, "SELECT language, invoice_format, payment_days, merged_into FROM customer") == [
        ("de", "", None, None)
    ]
    assert rows(first_desk, "SELECT reminder_days, version FROM agreement") == [(60, "")]
    assert rows(first_desk, "SELECT gets_reports, gets_invoices, mobile FROM contact") == [(0, 0, "")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agreement SET valid_until = '2099-12-31'",
        "DELETE FROM agreement",
        "UPDATE session_change SET reason = 'none'",
        "UPDATE session_change SET new = 'other'",
        "DELETE FROM session_change",
        "DELETE FROM session",
        "UPDATE session SET number = 'S-99' WHERE id = 1",
        "REPLACE INTO session SELECT * FROM session WHERE id = 1",
    ],
)
def test_what_must_stay_stays_on_a_migrated_desk(first_desk, statement):
    open_desk(first_desk, first_desk.parent / "backups", lambda: NOON).close()
    with closing(sqlite3.connect(first_desk)) as raw, pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)
