"""What SQLite would lose: the zone of an instant, the exactness of a rate."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError

from laverma_desk.storage.columns import Instant, Rate
from laverma_desk.storage.tables import heartbeat, vat_rate

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2022, 3, 1, 9, 22, tzinfo=UTC),
        datetime(2022, 3, 1, 9, 22, 0, 123456, tzinfo=UTC),
        datetime(2022, 3, 1, 18, 22, tzinfo=TOKYO),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_aware_and_in_utc(database, instant):
    with database.write() as connection:
        connection.execute(heartbeat.insert().values(id=1, at=instant))
    with database.read() as connection:
        found = connection.execute(select(heartbeat.c.at)).scalar_one()
        stored = connection.execute(text("SELECT at FROM heartbeat")).scalar_one()
    assert found == instant
    assert found.tzinfo is UTC
    utc = instant.astimezone(UTC)
    assert stored == (utc if database.shared else utc.strftime("%Y-%m-%d %H:%M:%S.%f"))


def test_instants_sort_as_they_passed(database):
    early, late = datetime(2022, 3, 1, 18, 22, tzinfo=TOKYO), datetime(2022, 3, 1, 10, 0, tzinfo=UTC)
    with database.write() as connection:
        connection.execute(heartbeat.insert().values(id=1, at=early))
        assert connection.execute(select(heartbeat.c.id).where(heartbeat.c.at < late)).scalar() == 1


def test_a_naive_instant_is_refused(database):
    with pytest.raises(StatementError), database.write() as connection:
        connection.execute(heartbeat.insert().values(id=1, at=datetime(2022, 3, 1)))  # noqa: DTZ001
    with database.read() as connection:
        assert connection.execute(select(heartbeat)).all() == []


def test_another_database_keeps_the_zone():
    column, dialect = Instant(), postgresql.dialect()
    tokyo = datetime(2022, 3, 1, 18, 22, tzinfo=TOKYO)
    bound = column.process_bind_param(tokyo, dialect)
    assert bound.tzinfo is UTC
    assert bound == tokyo
    assert column.process_result_value(tokyo, dialect).tzinfo is UTC
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


@pytest.mark.parametrize("rate", ["19", "7", "0", "16", "5.5", "19.25", "0.01"])
def test_a_rate_comes_back_to_the_hundredth(database, rate):
    with database.write() as connection:
        connection.execute(delete(vat_rate))
        connection.execute(vat_rate.insert().values(valid_from=date(2022, 1, 1), rate=Decimal(rate)))
        found = connection.execute(select(vat_rate.c.rate)).scalar_one()
        kind = "pg_typeof(rate)::text" if database.shared else "typeof(rate)"
        stored = connection.execute(text(f"SELECT rate, {kind} FROM vat_rate")).one()  # noqa: S608
    assert (found, type(found), str(found)) == (Decimal(rate), Decimal, rate)
    assert stored == (int(Decimal(rate) * 100), "integer")


def test_a_finer_rate_is_refused_and_none_stays_none():
    with pytest.raises(ValueError):
        Rate().process_bind_param(Decimal("19.001"), postgresql.dialect())
    assert Rate().process_bind_param(None, postgresql.dialect()) is None
    assert Rate().process_result_value(None, postgresql.dialect()) is None
