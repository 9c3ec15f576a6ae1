"""Sessions come back with all that hangs on them, and the few that run are found among many."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select, text

from laverma_desk.domain.customer import Channel, Customer, Tool, Workstation
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import (
    AgreementException,
    Gap,
    GapDecision,
    GapKind,
    Origin,
    Segment,
    SessionState,
    SupportSession,
)
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.domain.timekeeping import Beat
from laverma_desk.storage import customers, gaps, heartbeats, house, session_history, sessions
from laverma_desk.storage.session_history import Change
from laverma_desk.storage.tables import session
from tests.storage.conftest import NOON

_PLANS = pytest.mark.files("it is how SQLite goes about it")
TARIFF = Tariff(date(2022, 1, 1), 225, Rounding.EXACT_SECOND, Decimal("19.25"), 60, 30)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def connection(database):
    with database.write() as opened:
        customers.insert_customer(opened, Customer(0, "1", "ZAP Dr. Bohrer"), NOON)
        for name in ("PC Rezeption", "Server", "Labor"):
            customers.put_workstation(opened, Workstation(0, 1, name))
        house.put_supporter(opened, "Klaus", "")
        house.replace_free_reasons(opened, [(None, "Kulanz", True)])
        yield opened


def insert(
    connection, number: str, begin: datetime = NOON, *, state="running", workstation=1, **values
) -> int:
    if state == "ended":
        values |= sessions.frozen_values(TARIFF, charge(742, TARIFF))
    row = sessions.insert_session(
        connection, number=number, customer_id=1, workstation_id=workstation, supporter_id=1, state=state,
        begin=begin, created_at=NOON, **values,
    )  # fmt: skip
    sessions.replace_segments(connection, row, [Segment(begin, at(9) if state != "running" else None)])
    return row


def numbers(found: list[SupportSession]) -> list[str]:
    return [one.number for one in found]


def test_a_session_with_every_field(connection):
    first = insert(connection, "S-2022-0001")
    row = insert(
        connection, "S-2022-0002", requested_by="Sabine Lorenz", channel="ticket", tool="anydesk",
        partner_id="123456789", notes="Grüße\n🦷 مرحبا", internal_note="intern", billable=False,
        free_reason_id=1, recipient="a@b.example", report_open=True, exception_reason="Notfall",
        exception_by="Chef", exception_at=at(-1), origin="import", import_key="k", continued_from=first,
        state="ended", customer_name="früher", workstation_name="alt", supporter_name="damals",
    )  # fmt: skip
    parts = [Segment(at(0), at(5)), Segment(at(8), at(15))]
    sessions.replace_segments(connection, row, parts)
    gap_id = gaps.add_gap(connection, row, GapKind.NOT_RUNNING, at(9), at(12))
    second_gap = gaps.add_gap(connection, row, GapKind.CLOCK_BACK, at(14), at(13))
    gaps.decide_gap(connection, gap_id, GapDecision.DEDUCT)
    expected = SupportSession(
        id=row, number="S-2022-0002", customer_id=1, workstation_id=1, supporter_id=1,
        customer_name="früher", workstation_name="alt", supporter_name="damals", state=SessionState.ENDED,
        segments=tuple(parts),
        gaps=(
            Gap(gap_id, row, GapKind.NOT_RUNNING, at(9), at(12), GapDecision.DEDUCT),
            Gap(second_gap, row, GapKind.CLOCK_BACK, at(14), at(13)),
        ),
        requested_by="Sabine Lorenz", channel=Channel.TICKET, tool=Tool.ANYDESK, partner_id="123456789",
        notes="Grüße\n🦷 مرحبا", internal_note="intern", billable=False, free_reason_id=1,
        free_reason="Kulanz",
        recipient="a@b.example", report_open=True, exception=AgreementException("Notfall", "Chef", at(-1)),
        origin=Origin.IMPORT, tariff=TARIFF, charge=charge(742, TARIFF), continued_from=first,
    )  # fmt: skip
    assert sessions.find(connection, row) == expected
    assert sessions.find_by_number(connection, "S-2022-0002") == expected
    assert sessions.find(connection, 99) is None
    assert sessions.find_by_number(connection, "S-2022-000") is None


def test_a_running_session_shows_the_names_of_the_records(connection):
    row = insert(connection, "S-1")
    found = sessions.find(connection, row)
    assert (found.customer_name, found.workstation_name, found.supporter_name) == (
        "ZAP Dr. Bohrer", "PC Rezeption", "Klaus",
    )  # fmt: skip
    assert (found.tariff, found.charge, found.exception, found.gaps) == (None, None, None, ())


def test_thawing_takes_off_all_that_was_frozen(connection):
    row = insert(
        connection, "S-1", state="ended", customer_name="x", workstation_name="y", supporter_name="z"
    )
    sessions.update_session(connection, row, state="running", **sessions.THAWED)
    found = sessions.find(connection, row)
    assert (found.customer_name, found.tariff, found.charge) == ("ZAP Dr. Bohrer", None, None)
    frozen = [
        *sessions.frozen_values(TARIFF, charge(1, TARIFF)),
        "customer_name",
        "workstation_name",
        "supporter_name",
    ]
    assert sorted(sessions.THAWED) == sorted(frozen)
    left = connection.execute(text(f"SELECT {', '.join(sessions.THAWED)} FROM session")).one()  # noqa: S608
    assert set(left) == {None}


def test_the_beginning_follows_the_first_segment(connection):
    row = insert(connection, "S-1")
    sessions.replace_segments(connection, row, [Segment(at(-3), at(2)), Segment(at(5))])
    assert sessions.find(connection, row).segments == (Segment(at(-3), at(2)), Segment(at(5)))
    assert connection.execute(select(session.c.begin)).scalar_one() == at(-3)


def test_which_sessions_are_open_and_which_stand_on_the_strip(connection):
    insert(connection, "ended", state="ended")
    insert(connection, "running")
    insert(connection, "report open", state="ended", report_open=True)
    insert(connection, "paused", state="paused")
    assert numbers(sessions.open_sessions(connection)) == ["running", "paused"]
    assert numbers(sessions.on_the_strip(connection)) == ["running", "report open", "paused"]


def plan(connection, read) -> str:
    """Return how SQLite goes about the statements on sessions that a function runs first."""
    ran = []
    event.listen(connection, "before_cursor_execute", lambda *told: ran.append(told[2:4]))
    read(connection)
    statement, parameters = next(one for one in ran if "FROM session " in one[0])
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    return " | ".join(row[3] for row in rows)


@_PLANS
def test_open_sessions_are_found_by_their_own_index(connection):
    assert "session USING INDEX ix_session_open" in plan(connection, sessions.open_sessions)


@_PLANS
def test_the_strip_is_found_by_its_own_index(connection):
    assert "session USING INDEX ix_session_open" in plan(connection, sessions.on_the_strip)


@_PLANS
def test_a_practices_sessions_are_found_by_theirs(connection):
    for read in (
        lambda one: sessions.last_of_customer(one, 1, 3),
        lambda one: sessions.exceptions_of_customer(one, 1),
    ):
        found = plan(connection, read)
        assert "ix_session_customer_begin (customer_id=?)" in found
        assert "TEMP B-TREE" not in found


def test_the_last_sessions_of_a_practice(connection):
    for place in range(4):
        insert(connection, f"S-{place}", at(place), state="ended")
    insert(connection, "running", at(9))
    assert numbers(sessions.last_of_customer(connection, 1, 3)) == ["S-3", "S-2", "S-1"]
    assert sessions.last_of_customer(connection, 2, 3) == []


def test_exceptions_of_a_practice_newest_first(connection):
    reason = {"exception_reason": "Notfall", "exception_by": "Chef", "exception_at": NOON}
    insert(connection, "S-1", at(1), **reason)
    insert(connection, "S-2", at(2))
    insert(connection, "S-3", at(3), **reason)
    assert numbers(sessions.exceptions_of_customer(connection, 1)) == ["S-3", "S-1"]


def test_the_latest_of_each_machine(connection):
    for place, workstation in enumerate((1, 1, 2, 3, 3, 1)):
        insert(connection, f"S-{place}", at(place), workstation=workstation)
    assert numbers(sessions.latest(connection, 9)) == ["S-5", "S-4", "S-2"]
    assert numbers(sessions.latest(connection, 2)) == ["S-5", "S-4"]


def test_counting(connection):
    assert sessions.count(connection) == 0
    insert(connection, "S-1")
    insert(connection, "S-2", state="ended")
    assert sessions.count(connection) == 2


def test_gaps_move_with_their_half(connection):
    one, two = insert(connection, "S-1"), insert(connection, "S-2")
    rows = [gaps.add_gap(connection, one, GapKind.SLEEP, at(n), at(n + 2)) for n in (1, 4, 7)]
    gaps.move_gaps(connection, rows[1:], two)
    assert [gap.id for gap in sessions.find(connection, one).gaps] == rows[:1]
    assert [(gap.id, gap.session_id) for gap in sessions.find(connection, two).gaps] == [
        (n, two) for n in rows[1:]
    ]
    gaps.move_gaps(connection, [], one)
    assert len(sessions.find(connection, two).gaps) == 2


def test_history_in_its_order(connection):
    one, two = insert(connection, "S-1"), insert(connection, "S-2")
    lines = [Change(at(1), "Klaus", "begin", "a", "b"), Change(at(0), "Chef", "exception", "", "", "Notfall")]
    for line in lines:
        session_history.log_change(connection, one, line)
    session_history.log_change(connection, two, Change(at(2), "x", "y", "", ""))
    assert session_history.changes_of(connection, one) == lines


def test_the_heart_has_one_row(connection):
    assert heartbeats.last_beat(connection) is None
    assert heartbeats.last_pulse(connection) is None
    heartbeats.write_beat(connection, at(0), None)
    assert heartbeats.last_beat(connection) == at(0)
    assert heartbeats.last_pulse(connection) is None
    heartbeats.write_beat(connection, at(1), 12345.6789)
    assert heartbeats.last_beat(connection) == at(1)
    assert heartbeats.last_pulse(connection) == Beat(at(1), 12345.678)
    heartbeats.write_beat(connection, at(2), None)
    assert heartbeats.last_pulse(connection) is None
    assert connection.execute(text("SELECT count(*) FROM heartbeat")).scalar_one() == 1


def test_times_are_utc_whatever_zone_they_came_in(connection):
    row = insert(connection, "S-1", NOON.astimezone())
    assert sessions.find(connection, row).begin == NOON
    assert sessions.find(connection, row).begin.tzinfo is UTC
