"""A billed session stays as it is: the database says so itself, whoever writes and by whatever statement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.support_session import GapDecision, GapKind
from laverma_desk.services.calls import session_access, timekeeping
from laverma_desk.storage import billing, gaps, sessions
from laverma_desk.storage.session_history import Change, log_change
from laverma_desk.storage.tables import gap, segment, session
from tests.support.desks import add_customer
from tests.support.engines import on_server
from tests.support.raw_words import say
from tests.support.report_desks import end_session
from tests.support.session_steps import machine_of

FREE = {"report_open", "recipient", "invoice_number", "version"}
LOCKED = sorted({column.name for column in session.columns} - FREE)
LONG_AGO = "2021-01-01 00:00:00.000000"
OTHER = {
    "begin": LONG_AGO, "created_at": LONG_AGO, "exception_at": LONG_AGO, "day": "2021-01-01",
    "tariff_from": "2021-01-01", "state": "paused", "rounding": "full_minute", "customer_id": 2,
    "workstation_id": 2, "supporter_id": 77, "continued_from": 2, "free_reason_id": 2,
}  # fmt: skip
"""Values that the table would take, were it not for the lock."""
REPLACING = pytest.mark.files("a server has no such word")


@pytest.fixture
def billed(desk, bohrer, clock) -> int:
    """An ended session with a gap and two segments, on invoice RE-2022-0031; another one beside it."""
    number = end_session(desk, bohrer, clock)
    other = end_session(desk, bohrer, clock)
    machine_of(desk, add_customer(desk, "10002", "Praxis Dr. Weiß", "PC"))
    with desk.database.write() as connection:
        first = sessions.find(connection, number).segments[0]
        middle = first.begin + timedelta(minutes=5)
        later = middle + timedelta(minutes=1)
        sessions.replace_segments(connection, number, [
            sessions.Segment(first.begin, middle), sessions.Segment(later, first.end)
        ])  # fmt: skip
        found = gaps.add_gap(connection, number, GapKind.SLEEP, first.begin, middle)
        gaps.decide_gap(connection, found, GapDecision.KEEP)
        gaps.add_gap(connection, other, GapKind.SLEEP, first.begin, middle)
        connection.exec_driver_sql("INSERT INTO supporter (id, name) VALUES (77, 'Jana')")
        session_access.freeze(connection, number, report_open=False)
        billing.bill(connection, [number], "RE-2022-0031")
    return number


def everything(desk) -> list:
    with desk.database.read() as connection:
        return [
            connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").all()  # noqa: S608
            for table in ("session", "segment", "gap", "session_change")
        ]


def refused(desk, statement: str, parameters: tuple = (), *, saying: str = "billed") -> None:
    before = everything(desk)
    with pytest.raises(IntegrityError, match=saying), desk.database.write() as connection:
        say(connection, statement, parameters)
    assert everything(desk) == before


def other_value(desk, column: str, number: int) -> object:
    with desk.database.read() as connection:
        now = say(connection, f"SELECT {column} FROM session WHERE id = ?", (number,)).scalar()  # noqa: S608
    if column in OTHER:
        return OTHER[column]
    if isinstance(now, bool):
        return not now
    return (now or 0) + 1 if isinstance(now, int) or column.endswith(("cents", "seconds")) else f"{now}x"


def test_no_column_of_it_changes(desk, billed):
    no_column_changes(desk, billed, "UPDATE")


@REPLACING
@pytest.mark.parametrize("verb", ["UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_column_of_it_gives_way(desk, billed, verb):
    no_column_changes(desk, billed, verb)


def no_column_changes(desk, billed, verb):
    for column in LOCKED:
        value = other_value(desk, column, billed)
        saying = "number" if column in ("id", "number", "import_key") else "billed"
        refused(desk, f"{verb} session SET {column} = ? WHERE id = ?", (value, billed), saying=saying)


def test_no_column_changes_under_cover_of_a_release(desk, billed):
    for column in LOCKED:
        value = other_value(desk, column, billed)
        statement = f"UPDATE session SET invoice_number = NULL, {column} = ? WHERE id = ?"  # noqa: S608
        refused(desk, statement, (value, billed), saying="number|billed")


def test_neither_invoice_nor_row_is_replaced(desk, billed):
    refused(desk, "UPDATE session SET invoice_number = 'RE-2022-0099' WHERE id = ?", (billed,))
    refused(desk, "DELETE FROM session WHERE id = ?", (billed,), saying="deleted")
    copied(desk, billed, "INSERT", saying="duplicate key" if on_server() else "replaced")


@REPLACING
def test_no_other_row_takes_its_place(desk, billed):
    for verb in ("INSERT OR REPLACE", "REPLACE"):
        copied(desk, billed, verb, saying="replaced")


def copied(desk, billed, verb, saying):
    names = ", ".join(column.name for column in session.columns)
    copy = f"{verb} INTO session ({names}) SELECT {names} FROM session WHERE id = ?"  # noqa: S608
    refused(desk, copy, (billed,), saying=saying)


def test_what_a_server_does_instead_of_a_row_is_refused_too(desk, billed):
    names = ", ".join(column.name for column in session.columns)
    copy = f"INSERT INTO session ({names}) SELECT {names} FROM session WHERE id = ? "  # noqa: S608
    refused(
        desk, f"{copy}ON CONFLICT (id) DO UPDATE SET notes = 'anders'", (billed,), saying="billed|replaced"
    )


@pytest.mark.parametrize("table", ["segment", "gap"])
def test_its_times_stay(desk, billed, table):
    refused(desk, f"DELETE FROM {table} WHERE session_id = ?", (billed,))  # noqa: S608
    for column in ("begin", "end"):
        refused(desk, f'UPDATE {table} SET "{column}" = ? WHERE session_id = ?', (LONG_AGO, billed))  # noqa: S608
    refused(desk, f"UPDATE {table} SET session_id = ? WHERE session_id = ?", (billed + 1, billed))  # noqa: S608
    other = billed + 1
    verb = "UPDATE" if on_server() else "UPDATE OR REPLACE"
    refused(desk, f"{verb} {table} SET session_id = ? WHERE session_id = ?", (billed, other))


@pytest.mark.parametrize(
    "change", ["position = position + 5", "decision = NULL", "decision = 'deduct'", "kind = 'clock_back'"]
)
def test_neither_order_nor_decision_changes(desk, billed, change):
    table = "segment" if "position" in change else "gap"
    refused(desk, f"UPDATE {table} SET {change} WHERE session_id = ?", (billed,))  # noqa: S608
    assert {column.name for column in segment.columns} == {"session_id", "position", "begin", "end"}
    assert {column.name for column in gap.columns} == {"id", "session_id", "kind", "begin", "end", "decision"}


def test_nothing_is_added_to_its_times(desk, billed):
    for verb in ("INSERT",) if on_server() else ("INSERT", "INSERT OR REPLACE"):
        refused(
            desk, f'{verb} INTO segment (session_id, position, begin, "end") VALUES (?, 0, ?, ?)',
            (billed, LONG_AGO, LONG_AGO),
        )  # fmt: skip
        refused(
            desk, f"""{verb} INTO gap (session_id, kind, begin, "end") VALUES (?, 'sleep', ?, ?)""",
            (billed, LONG_AGO, LONG_AGO),
        )  # fmt: skip


@REPLACING
def test_no_other_gap_takes_the_place_of_its_own(desk, billed):
    with desk.database.read() as connection:
        its_gap = say(connection, "SELECT id FROM gap WHERE session_id = ?", (billed,)).scalar()
    sql = """INSERT OR REPLACE INTO gap (id, session_id, kind, begin, "end") VALUES (?, ?, 'sleep', ?, ?)"""
    refused(desk, sql, (its_gap, billed + 1, LONG_AGO, LONG_AGO), saying="replaced")


def test_a_line_of_the_log_is_never_lost(desk, billed):
    with desk.database.write() as connection:
        log_change(connection, billed, Change(desk.clock.now(), "K", "notes", "a", "b", "r"))
    refused(desk, "DELETE FROM session_change", saying="log")
    for change in ("session_id = session_id + 1", "at = '2021-01-01'", "who = 'x'", "field = 'x'",
                   "old = 'x'", "new = 'x'", "reason = ''", "id = id + 1"):  # fmt: skip
        refused(desk, f"UPDATE session_change SET {change}", saying="log")  # noqa: S608


@REPLACING
def test_no_other_line_of_the_log_takes_its_place(desk, billed):
    with desk.database.write() as connection:
        log_change(connection, billed, Change(desk.clock.now(), "K", "notes", "a", "b", "r"))
    names = "id, session_id, at, who, field, old, new, reason"
    copy = f"INSERT OR REPLACE INTO session_change ({names}) SELECT {names} FROM session_change"  # noqa: S608
    refused(desk, copy, saying="log")


def test_what_runs_cannot_be_billed_and_a_release_changes_nothing_else(desk, bohrer, billed):
    running = timekeeping.start_session(desk, bohrer.server).value
    with pytest.raises(IntegrityError, match="running"), desk.database.write() as connection:
        billing.bill(connection, [running.id], "RE-2022-0032")
    with pytest.raises(IntegrityError, match="billed"), desk.database.write() as connection:
        billing.bill(connection, [billed], "RE-2022-0032")
    before = everything(desk)
    with desk.database.write() as connection:
        assert billing.release(connection, "RE-2022-0031") == [billed]
    with desk.database.write() as connection:
        billing.bill(connection, [billed], "RE-2022-0031")
    assert everything(desk) == before


def test_its_report_may_still_be_sent(desk, billed):
    with desk.database.write() as connection:
        sessions.update_session(connection, billed, report_open=True, recipient="neu@bohrer.example")
    assert timekeeping.read_session(desk, billed).report_open
