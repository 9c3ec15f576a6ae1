"""What one supporter did at the same time is found by an index, exactly, and without pauses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from laverma_desk.domain.support_session import Segment
from laverma_desk.services import corrections
from laverma_desk.services.calls import session_access, timekeeping
from laverma_desk.services.setup import house
from laverma_desk.storage import overlaps, sessions

NINE = datetime(2022, 2, 1, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


@pytest.fixture
def people(desk) -> tuple[int, int]:
    klaus, jana = house.read_house(desk).supporter.id, house.save_supporter(desk, "Jana Petersen", "").value
    house.choose_supporter(desk, klaus)
    return klaus, jana


def write(connection, place, supporter, number, *stretches) -> int:
    row = sessions.insert_session(
        connection, number=number, customer_id=place.customer_id, workstation_id=place.reception,
        supporter_id=supporter, state="paused", begin=at(stretches[0][0]), created_at=NINE,
    )  # fmt: skip
    sessions.replace_segments(connection, row, [Segment(at(begin), at(end)) for begin, end in stretches])
    session_access.freeze(connection, row, report_open=False)
    return row


def test_touching_pausing_and_other_people_do_not_overlap(desk, bohrer, people):
    klaus, jana = people
    with desk.database.write() as connection:
        one = write(connection, bohrer, klaus, "S-1", (0, 10), (20, 30))
        write(connection, bohrer, jana, "S-2", (0, 60))

    def found(begin, end, **more):
        return [session.id for session in corrections.overlaps(desk, klaus, at(begin), at(end), **more)]

    assert found(-5, 0) == found(10, 20) == found(30, 40) == []
    assert found(-5, 1) == found(9, 11) == found(19, 21) == found(29, 90) == found(-9, 90) == [one]
    assert found(0, 30, except_id=one) == []


def test_a_session_that_runs_reaches_until_now(desk, bohrer, people, clock):
    running = timekeeping.start_session(desk, bohrer.reception).value
    begin = running.begin
    clock.advance(days=60)
    now = clock.now()
    klaus, jana = people
    found = corrections.overlaps(desk, klaus, now - timedelta(minutes=5), now)
    assert [one.id for one in found] == [running.id]
    assert corrections.overlaps(desk, jana, begin, now) == []
    assert corrections.overlaps(desk, klaus, now, now + timedelta(minutes=5)) == []


@pytest.mark.files("it is how SQLite goes about it")
def test_the_supporters_index_is_used(desk, people):
    seen = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        seen.append((statement, parameters))

    with desk.database.read() as connection:
        event.listen(connection, "before_cursor_execute", note)
        overlaps.overlapping(connection, people[0], at(0), at(5), now=at(9))
        event.remove(connection, "before_cursor_execute", note)
        statement, parameters = seen[0]
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters).all()
    steps = " | ".join(row.detail for row in plan)
    assert "ix_session_supporter_begin (supporter_id=? AND begin>? AND begin<?)" in steps
    assert "SCAN" not in steps


stretch = st.tuples(st.integers(0, 100), st.integers(1, 40)).map(lambda one: (one[0], one[0] + one[1]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(stretch, max_size=6), stretch)
def test_the_same_as_comparing_each_with_each(desk, bohrer, people, known, asked):
    klaus = people[0]

    with desk.database.write() as connection:
        rows = [write(connection, bohrer, klaus, f"S-{place}", one) for place, one in enumerate(known)]
        meant = {row for row, one in zip(rows, known, strict=True) if one[0] < asked[1] and asked[0] < one[1]}
        found = overlaps.overlapping(connection, klaus, at(asked[0]), at(asked[1]), now=at(500))
        connection.get_transaction().rollback()
    assert {one.id for one in found} == meant
