"""What is asked of a million sessions is answered from the index that was made for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from laverma_desk.domain.customer import Customer, Workstation
from laverma_desk.domain.history import HistoryFilter, HistoryStatus
from laverma_desk.domain.searching import words_of
from laverma_desk.storage import customers, history, history_rows, house, search_index
from tests.support.past_sessions import BEGIN, past_session

pytestmark = pytest.mark.files("it is how SQLite goes about it")

MARCH = HistoryFilter(date(2022, 3, 1), date(2022, 3, 31))
FROM_THE_INDEX = {
    HistoryStatus.ALL,
    HistoryStatus.OPEN,
    HistoryStatus.INVOICED,
    HistoryStatus.FREE,
    HistoryStatus.REPORT_NOT_SENT,
    HistoryStatus.WITHOUT_AGREEMENT,
}


def plan_of(connection, asked) -> list[str]:
    sql = str(asked.written_out().compile(connection, compile_kwargs={"literal_binds": True}))
    rows = connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))
    # Newer versions of SQLite notice more often that an index holds all that is asked for.
    return [str(row[-1]).replace("COVERING ", "") for row in rows]


def sums_plan(connection, wanted: HistoryFilter) -> list[str]:
    return plan_of(connection, history.sums_statement(history.conditions(connection, wanted)))


@pytest.mark.parametrize("status", sorted(FROM_THE_INDEX))
@pytest.mark.parametrize("supporter", [None, 1])
def test_sums_read_the_index_alone(database, status, supporter):
    wanted = replace(MARCH, status=status, supporter_id=supporter)
    with database.read() as connection:
        month = sums_plan(connection, wanted)
        everything = sums_plan(connection, replace(wanted, first=None, last=None))
    assert month[0] == "SEARCH session USING INDEX ix_session_history (day>? AND day<?)"
    assert everything[0] == "SCAN session USING INDEX ix_session_history"
    assert "TEMP B-TREE" not in " ".join(month + everything)


@pytest.mark.parametrize("status", [HistoryStatus.REPORT_WAITING, HistoryStatus.REPORT_FAILED])
def test_the_few_mails_that_are_not_out_are_found_by_their_state(database, status):
    with database.read() as connection:
        plan = " | ".join(sums_plan(connection, HistoryFilter(None, None, status=status)))
    assert "message USING INDEX ix_message_state_due (state=?)" in plan
    assert "newer USING INDEX ix_message_report (session_id=?" in plan
    assert "SCAN session" not in plan


def test_reports_are_asked_for_without_reading_mails(database):
    with database.read() as connection:
        plan = " | ".join(sums_plan(connection, replace(MARCH, status=HistoryStatus.REPORT_NOT_SENT)))
    assert "message USING INDEX ix_message_report (session_id=?)" in plan


def test_a_customers_sessions_are_found_by_the_customer(database):
    with database.read() as connection:
        plan = sums_plan(connection, HistoryFilter(None, None, customer_id=1))
    assert plan[0].startswith("SEARCH session USING INDEX ix_session_customer_begin (customer_id=?)")


def test_rows_of_a_day_come_in_their_order(database):
    with database.read() as connection:
        plan = " | ".join(
            plan_of(connection, history_rows.day_statement(connection, MARCH, date(2022, 3, 1), 0, 50))
        )
    assert plan.startswith("SEARCH session USING INDEX ix_session_history (day=?)")
    assert "message USING INDEX ix_message_report (session_id=?)" in plan
    assert "SCAN" not in plan
    # Only sessions that begin at the same instant are sorted.
    assert "TEMP B-TREE FOR ORDER BY" not in plan


def test_a_customers_month_is_a_piece_of_its_index(database):
    with database.read() as connection:
        plan = sums_plan(connection, replace(MARCH, customer_id=1))
    assert plan[0].startswith(
        "SEARCH session USING INDEX ix_session_customer_begin (customer_id=? AND begin>? AND begin<?)"
    )


@pytest.mark.parametrize("period", [True, False])
def test_the_newest_that_hold_a_word_are_found_by_walking_the_index_backwards(database, period):
    words = words_of("druckertreiber")
    with database.read() as connection:
        known = history.known_by_index(connection, MARCH if period else HistoryFilter(None, None))
        asked = search_index.newest(words, known.of_ended, (7, 90) if period else None, 50)
        plan = " | ".join(plan_of(connection, asked))
    # M: by words, > and <: between rows.
    assert plan.startswith("SCAN session_words VIRTUAL TABLE INDEX")
    assert ("M1><" in plan) is period
    assert "SEARCH session_text USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert "SEARCH session USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_month_is_searched_between_its_rows(database):
    with database.write() as connection:
        customers.insert_customer(connection, Customer(0, "1", "ZAP Dr. Bohrer"), BEGIN)
        customers.put_workstation(connection, Workstation(0, 1, "Server"))
        house.put_supporter(connection, "Klaus Klassen", "")
        for day in range(40):
            past_session(
                connection, Workstation(1, 1, "Server"), BEGIN + timedelta(days=day), notes="Treiber"
            )
    with database.read() as connection:
        plan = " | ".join(sums_plan(connection, replace(MARCH, text="treiber")))
        assert history.count(connection, replace(MARCH, text="treiber")) == 31
        values = history.conditions(connection, replace(MARCH, text="treiber")).values
    assert "M1><" in plan
    assert (values["lowest"], values["highest"]) == (1, 31)
