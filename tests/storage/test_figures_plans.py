"""Figures of a million sessions come from one index: no row of the table is read."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from laverma_desk.domain.statistics import StatisticsFilter
from laverma_desk.storage import statistics as stored

pytestmark = pytest.mark.files("it is how SQLite goes about it")

YEAR = StatisticsFilter(date(2021, 1, 1), date(2021, 12, 31))
_STATEMENTS = {
    "hours": stored.hours_statement,
    "machines": stored.machines_statement,
    "persons": lambda where: stored.terms_statement(where, per_supporter=True),
    "terms": lambda where: stored.terms_statement(where, per_supporter=False),
    "visits": lambda where: stored.dearer_statement(where, 9250),
}


def sql_of(connection, asked) -> str:
    return str(asked.written_out().compile(connection, compile_kwargs={"literal_binds": True}))


def plan_of(connection, asked) -> list[str]:
    rows = connection.execute(text(f"EXPLAIN QUERY PLAN {sql_of(connection, asked)}"))
    # Newer versions of SQLite notice more often that an index holds all that is asked for.
    return [str(row[-1]).replace("COVERING ", "") for row in rows]


def reads_rows(connection, sql: str) -> bool:
    """Return whether a query takes any value out of the table of the sessions, not only out of an index.

    An older SQLite opens the table beside a partial index and never goes to a row of it.
    """
    root = connection.execute(
        text("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'session'")
    ).scalar_one()
    steps = connection.execute(text(f"EXPLAIN {sql}")).all()
    tables = {one.p1 for one in steps if one.opcode == "OpenRead" and one.p2 == root}
    return any(one.opcode == "Column" and one.p1 in tables for one in steps)


def test_a_query_for_another_column_would_be_noticed(database):
    asks = "SELECT {0} FROM session WHERE state = 'ended' AND day >= '2021-01-01'"
    with database.read() as connection:
        assert reads_rows(connection, asks.format("sum(vat_cents)"))
        assert not reads_rows(connection, asks.format("sum(net_cents)"))


@pytest.mark.parametrize("what", sorted(_STATEMENTS))
@pytest.mark.parametrize("supporter", [None, 1])
def test_all_sums_read_the_index_alone(database, what, supporter):
    wanted = StatisticsFilter(YEAR.first, YEAR.last, supporter_id=supporter)
    with database.read() as connection:
        asked = _STATEMENTS[what](stored.counted(connection, wanted))
        plan = plan_of(connection, asked)
        assert not reads_rows(connection, sql_of(connection, asked))
    assert plan[0] == "SEARCH session USING INDEX ix_session_history (day>? AND day<?)"


@pytest.mark.parametrize("what", sorted(_STATEMENTS))
def test_of_one_day_they_read_that_day(database, what):
    with database.read() as connection:
        asked = _STATEMENTS[what](stored.counted(connection, StatisticsFilter(YEAR.first, YEAR.first)))
        plan = plan_of(connection, asked)
        assert not reads_rows(connection, sql_of(connection, asked))
    assert plan[0] == "SEARCH session USING INDEX ix_session_history (day=?)"


@pytest.mark.parametrize("what", sorted(_STATEMENTS))
def test_of_one_customer_they_read_the_rows_of_that_customer(database, what):
    wanted = StatisticsFilter(YEAR.first, YEAR.last, customer_id=1)
    with database.read() as connection:
        plan = plan_of(connection, _STATEMENTS[what](stored.counted(connection, wanted)))
    assert plan[0].startswith("SEARCH session USING INDEX ix_session_customer_begin (customer_id=?")
