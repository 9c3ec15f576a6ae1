"""The world refuses, or somebody is quicker, while invoices are issued: whole documents stand, or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.services.invoicing import issuing, storing
from laverma_desk.services.invoicing.verifying import verify
from laverma_desk.storage import database
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import FEBRUARY, UNTIL, add_sessions, draft_of, rows, wish

HELD = pytest.mark.files("another program holds the file; who holds a server is waited for in its own tests")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody waits for who holds the file."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)


@pytest.fixture
def other(desk, place):
    """Another program that can hold the file."""
    with closing(sqlite3.connect(desk.database.file, isolation_level=None)) as opened:
        yield opened


def drafts_of(desk, place, count):
    return [
        draft_of(desk, place, add_sessions(desk, place, 60, begin=FEBRUARY + timedelta(days=n)))
        for n in range(count)
    ]


@HELD
def test_a_month_that_cannot_even_begin_says_so(desk, place, other):
    numbers = drafts_of(desk, place, 2)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OutsideTrouble) as caught:
        issuing.issue_many(desk, numbers)
    assert caught.value.code is Trouble.DATABASE_BUSY
    assert rows(desk, "invoice") == []


@HELD
@pytest.mark.parametrize(("count", "cancelled"), [(2, False), (3, True)])
def test_a_month_that_stops_in_the_middle_keeps_what_is_issued(desk, place, other, count, cancelled):
    numbers = drafts_of(desk, place, count)

    def hold(done, _of):
        if done == 1:
            other.execute("BEGIN IMMEDIATE")

    result = issuing.issue_many(desk, numbers, hold).value
    assert [one.number for one in result.issued] == ["RE-2022-0001"]
    assert [(number, error.code) for number, error in result.refused] == [(numbers[1], Trouble.DATABASE_BUSY)]
    assert result.cancelled is cancelled, "whether some were not tried at all"
    other.execute("ROLLBACK")
    assert verify(desk) == ()


def test_who_was_overtaken_each_time_takes_the_lock_and_looks_again(desk, place, clock, monkeypatch):
    sessions = add_sessions(desk, place, 600)
    clock.set_wall(datetime(2022, 12, 31, 22, 59, 59, tzinfo=UTC))
    draw = storing.make_papers

    def slowly(invoice, judge):
        clock.advance(seconds=2)
        return draw(invoice, judge)

    monkeypatch.setattr(storing, "make_papers", slowly)
    monkeypatch.setattr(storing, "_TRIES", 1)
    row = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.row
    assert (row.number, row.issued_on) == ("RE-2023-0001", date(2023, 1, 1))
    assert verify(desk) == ()
