"""Start, pause, go on, end: each key press as the database has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.clock import from_local
from laverma_desk.domain.customer import Channel, Contact, Customer, Tool, Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    AgreementException,
    Gap,
    GapKind,
    Origin,
    Segment,
    SessionState,
    seconds,
)
from laverma_desk.domain.tariff import CustomerTariff, Rounding, Tariff
from laverma_desk.services import house, timekeeping, vigilance
from laverma_desk.services.changes import Topic
from laverma_desk.storage import customers, outbox, sessions, stored_documents
from laverma_desk.storage.sessions import Change
from tests.support.desks import add_customer

RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED


def broken(rule: Rule, call, *values, **more) -> RuleBroken:
    """Check that a call breaks a rule and leaves the sessions as they were; return what was raised."""
    desk = values[0]
    with desk.database.read() as connection:
        before = sessions.on_the_strip(connection), sessions.count(connection)
    with pytest.raises(RuleBroken) as found:
        call(*values, **more)
    assert found.value.code is rule
    with desk.database.read() as connection:
        assert (sessions.on_the_strip(connection), sessions.count(connection)) == before
    return found.value


def machine_of(desk, customer_id: int) -> int:
    with desk.database.read() as connection:
        return customers.workstations_of(connection, customer_id)[0].id


def start(desk, place: int) -> int:
    return timekeeping.start_session(desk, place).value.id


def read(desk, number: int):
    return timekeeping.read_session(desk, number)


def mail(desk, session_id: int, state: MessageState) -> int:
    """Put a mail of a session into the outbox, as reports do."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        content = stored_documents.store(
            connection, kind="mail", name="mail.eml", mime_type="message/rfc822", content=b"x", at=now
        )
        return outbox.insert_message(
            connection, kind="report", session_id=session_id, sender="a@b.example", recipient="c@d.example",
            subject="Bericht", body="", content_id=content, state=state.value, created_at=now, due_at=now,
        )  # fmt: skip


def state_of(desk, message_id: int) -> MessageState:
    with desk.database.read() as connection:
        return outbox.find(connection, message_id).state


# --- start


def test_a_session_begins_at_the_key_press(desk, bohrer, clock):
    result = timekeeping.start_session(desk, bohrer.reception)
    begun = result.value
    assert result.changed == {Topic.SESSIONS}
    assert begun == read(desk, begun.id)
    assert (begun.number, begun.state, begun.segments) == ("S-2022-0001", RUNNING, (Segment(clock.now()),))
    assert (begun.customer_name, begun.workstation_name) == ("ZAP Dr. Bohrer", "PC Rezeption")
    assert (begun.supporter_name, begun.requested_by) == ("Klaus Klassen", "Sabine Lorenz")
    assert (begun.tool, begun.partner_id, begun.channel) == (Tool.TEAMVIEWER, "1234567890", Channel.PHONE)
    assert begun.recipient == "rezeption@zap-bohrer.example"
    assert (begun.billable, begun.origin, begun.exception) == (True, Origin.STOPWATCH, None)
    assert (begun.tariff, begun.charge, begun.gaps, begun.report_open) == (None, None, (), False)
    assert timekeeping.session_history(desk, begun.id) == []


def test_who_asks_may_be_said_at_once(desk, bohrer):
    begun = timekeeping.start_session(desk, bohrer.reception, requested_by="Dr. Bohrer").value
    assert begun.requested_by == "Dr. Bohrer"
    nobody = add_customer(desk, "2", "Praxis ohne Leute", "PC")
    assert timekeeping.start_session(desk, machine_of(desk, nobody)).value.requested_by == ""


def test_a_machine_that_is_not_there(desk):
    broken(Rule.WORKSTATION_UNKNOWN, timekeeping.start_session, desk, 99)


def test_nobody_at_the_desk(desk, bohrer):
    house.archive_supporter(desk, house.read_house(desk).supporters[0].id)
    broken(Rule.SUPPORTER_MISSING, timekeeping.start_session, desk, bohrer.reception)


def test_the_chosen_supporter_has_the_session(desk, bohrer):
    house.choose_supporter(desk, house.save_supporter(desk, "Petra", "").value)
    assert timekeeping.start_session(desk, bohrer.reception).value.supporter_name == "Petra"


@pytest.mark.parametrize(
    ("local", "number"),
    [
        ((2021, 12, 31, 23, 59, 59), "S-2021-0001"),
        ((2022, 1, 1, 0, 0, 0), "S-2022-0001"),
    ],
)
def test_the_year_of_a_number_is_the_one_in_berlin(desk, bohrer, clock, local, number):
    clock.set_wall(from_local(datetime(*local)))  # noqa: DTZ001
    reason = {"exception_reason": "Silvester", "exception_by": "Chef"}
    assert timekeeping.start_session(desk, bohrer.reception, **reason).value.number == number


def test_numbers_count_in_the_order_of_recording_each_year_anew(desk, bohrer, clock):
    first = [start(desk, place) for place in (bohrer.reception, bohrer.server, bohrer.reception)]
    clock.set_wall(datetime(2023, 1, 1, 12, tzinfo=UTC))
    second = [start(desk, bohrer.server) for _ in range(2)]
    assert [read(desk, one).number for one in first + second] == [
        "S-2022-0001", "S-2022-0002", "S-2022-0003", "S-2023-0001", "S-2023-0002",
    ]  # fmt: skip


# --- the gate


@pytest.fixture
def without(desk) -> int:
    """The machine of a practice without an agreement."""
    return machine_of(desk, add_customer(desk, "3", "Praxis ohne AVV", "PC", has_agreement=False))


def test_no_agreement_no_session(desk, without):
    found = broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, without)
    assert found.parameters == {"state": AgreementState.MISSING, "until": None}


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2022, 2, 28), AgreementState.EXPIRED),
        (date(2022, 3, 1), None),
        (date(2022, 4, 30), None),
        (date(2022, 12, 31), None),
        (None, None),
    ],
)
def test_the_agreement_counts_on_the_day_of_the_start(desk, until, state):
    place = machine_of(desk, add_customer(desk, "3", "Praxis", "PC", agreement_until=until))
    if state is None:
        assert timekeeping.start_session(desk, place).value.exception is None
    else:
        found = broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, place)
        assert found.parameters == {"state": state, "until": until}


def test_an_exception_stays_on_the_session_and_in_its_history(desk, without, clock):
    begun = timekeeping.start_session(
        desk, without, exception_reason="  Kartenleser tot  ", exception_by=" Chef "
    ).value
    assert begun.exception == AgreementException("Kartenleser tot", "Chef", clock.now())
    assert timekeeping.session_history(desk, begun.id) == [
        Change(clock.now(), "Chef", "exception", "", "", "Kartenleser tot")
    ]
    timekeeping.end_session(desk, begun.id)
    assert read(desk, begun.id).exception == begun.exception


@pytest.mark.parametrize(
    ("reason", "by", "rule", "field"),
    [
        ("", "Chef", Rule.EXCEPTION_WITHOUT_REASON, "reason"),
        (" \n", "Chef", Rule.EXCEPTION_WITHOUT_REASON, "reason"),
        ("Notfall", "", Rule.EXCEPTION_WITHOUT_NAME, "decided_by"),
        ("Notfall", "  ", Rule.EXCEPTION_WITHOUT_NAME, "decided_by"),
    ],
)
def test_an_exception_needs_reason_and_name(desk, without, reason, by, rule, field):
    found = broken(rule, timekeeping.start_session, desk, without, exception_reason=reason, exception_by=by)
    assert found.field == field


def test_one_exception_is_for_one_session(desk, without):
    timekeeping.start_session(desk, without, exception_reason="Notfall", exception_by="Chef")
    broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, without)


def test_a_cancelled_agreement_has_no_exception(desk, bohrer):
    with desk.database.write() as connection:
        (agreement,) = customers.agreements_of(connection, bohrer.customer_id)
        customers.end_agreement(connection, agreement.id, date(2022, 3, 1))
    broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, bohrer.reception)
    broken(
        Rule.EXCEPTION_NOT_ALLOWED, timekeeping.start_session, desk, bohrer.reception,
        exception_reason="Notfall", exception_by="Chef",
    )  # fmt: skip


def test_a_reason_that_was_not_needed_is_not_kept(desk, bohrer):
    begun = timekeeping.start_session(desk, bohrer.reception, exception_reason="x", exception_by="y").value
    assert begun.exception is None
    assert timekeeping.session_history(desk, begun.id) == []


def test_an_agreement_that_expires_meanwhile_stops_nothing(desk, clock):
    place = machine_of(desk, add_customer(desk, "3", "Praxis", "PC", agreement_until=date(2022, 3, 1)))
    number = start(desk, place)
    clock.advance(days=1)
    timekeeping.pause_session(desk, number)
    timekeeping.resume_session(desk, number)
    timekeeping.end_session(desk, number)
    timekeeping.reopen_session(desk, number)
    ended = timekeeping.end_session(desk, number).value
    assert (ended.exception, ended.charge.seconds) == (None, 86_400)
    broken(Rule.AGREEMENT_MISSING, timekeeping.start_session, desk, place)


# --- pause, resume, end


def test_pauses_are_not_counted(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    assert timekeeping.pause_session(desk, number).value.state is PAUSED
    clock.advance(hours=1)
    resumed = timekeeping.resume_session(desk, number)
    assert (resumed.value.state, resumed.changed) == (RUNNING, {Topic.SESSIONS})
    clock.advance(minutes=7, seconds=22)
    assert seconds(read(desk, number), clock.now()) == 742
    assert timekeeping.end_session(desk, number).value.charge.net_cents == 2925


def test_pausing_twice_and_going_on_twice_changes_nothing(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    assert timekeeping.resume_session(desk, number).value.segments == read(desk, number).segments
    paused = timekeeping.pause_session(desk, number).value
    clock.advance(minutes=5)
    assert timekeeping.pause_session(desk, number).value == paused
    resumed = timekeeping.resume_session(desk, number).value
    clock.advance(minutes=5)
    assert timekeeping.resume_session(desk, number).value == resumed


def test_the_end_freezes_what_it_costs(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=12, seconds=22, milliseconds=900)
    result = timekeeping.end_session(desk, number)
    ended = result.value
    assert result.changed == {Topic.SESSIONS}
    assert (ended.state, ended.end, ended.report_open) == (ENDED, clock.now(), True)
    assert ended.tariff == Tariff(date(2020, 1, 1))
    assert (ended.charge.seconds, ended.charge.billed_minutes, ended.charge.gross_cents) == (742, 13, 3481)


def test_a_paused_session_ends_where_it_was_paused(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=5)
    timekeeping.pause_session(desk, number)
    paused_at = clock.now()
    clock.advance(hours=3)
    ended = timekeeping.end_session(desk, number, report_open=False).value
    assert (ended.end, ended.charge.seconds, ended.report_open) == (paused_at, 300, False)


def test_an_ended_session_only_goes_on_by_reopening(desk, bohrer):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    for call in (timekeeping.pause_session, timekeeping.resume_session, timekeeping.end_session):
        assert broken(Rule.SESSION_ENDED, call, desk, number).parameters == {"number": "S-2022-0001"}


@pytest.mark.parametrize(
    ("call", "more"),
    [
        (timekeeping.read_session, ()),
        (timekeeping.pause_session, ()),
        (timekeeping.resume_session, ()),
        (timekeeping.end_session, ()),
        (timekeeping.reopen_session, ()),
        (timekeeping.close_report, ()),
        (timekeeping.save_notes, ("a", "b")),
        (timekeeping.save_order, ("a", Channel.PHONE)),
        (timekeeping.save_connection, (Tool.OTHER, "")),
        (timekeeping.save_recipient, ("a@b.example",)),
        (timekeeping.set_start, (datetime(2022, 1, 1, tzinfo=UTC),)),
        (timekeeping.move_session, (1,)),
    ],
)
def test_a_session_that_is_not_there(desk, call, more):
    broken(Rule.SESSION_UNKNOWN, call, desk, 99, *more)


def test_several_at_once(desk, bohrer, clock):
    first = start(desk, bohrer.reception)
    clock.advance(minutes=1)
    second = start(desk, bohrer.server)
    clock.advance(minutes=2)
    timekeeping.pause_session(desk, first)
    clock.advance(minutes=4)
    third = start(desk, bohrer.reception)
    timekeeping.end_session(desk, second)
    clock.advance(minutes=8)
    now = clock.now()
    assert [seconds(read(desk, one), now) // 60 for one in (first, second, third)] == [3, 6, 8]
    assert [one.id for one in timekeeping.strip_sessions(desk)] == [first, second, third]
    timekeeping.close_report(desk, second)
    assert [one.id for one in timekeeping.strip_sessions(desk)] == [first, third]


def test_only_an_ended_session_has_a_report_to_close(desk, bohrer):
    number = start(desk, bohrer.reception)
    broken(Rule.SESSION_NOT_ENDED, timekeeping.close_report, desk, number)


def test_a_clock_set_back_before_the_start_never_ends_before_it_began(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    begin = clock.now()
    clock.set_wall(begin - timedelta(hours=2))
    assert timekeeping.pause_session(desk, number).value.segments == (Segment(begin, begin),)
    timekeeping.resume_session(desk, number)
    ended = timekeeping.end_session(desk, number).value
    assert ended.charge.seconds == 0


@pytest.mark.parametrize(("day", "elapsed"), [((2026, 3, 29), 2), ((2026, 10, 25), 4)])
def test_the_nights_of_the_change_of_time(desk, bohrer, clock, day, elapsed):
    clock.set_wall(from_local(datetime(*day, 1, 0)))  # noqa: DTZ001
    number = start(desk, bohrer.reception)
    clock.set_wall(from_local(datetime(*day, 4, 0)))  # noqa: DTZ001
    assert timekeeping.end_session(desk, number).value.charge.seconds == elapsed * 3600


def test_over_midnight_and_more_than_a_day(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(hours=38, seconds=1)
    charge = timekeeping.end_session(desk, number).value.charge
    assert (charge.seconds, charge.billed_minutes, charge.net_cents) == (136_801, 2281, 513_225)


# --- what is frozen


def rename_everything(desk, bohrer) -> None:
    with desk.database.write() as connection:
        customer = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(customer, name="MVZ Bohrer & Zange"))
        connection.exec_driver_sql("UPDATE workstation SET name = 'Empfang' WHERE name = 'PC Rezeption'")
    house.save_supporter(desk, "Klaus Neumann", "", known=house.read_house(desk).supporters[0].id)


def names(one) -> tuple[str, str, str]:
    return one.customer_name, one.workstation_name, one.supporter_name


OLD = ("ZAP Dr. Bohrer", "PC Rezeption", "Klaus Klassen")
NEW = ("MVZ Bohrer & Zange", "Empfang", "Klaus Neumann")


def test_names_are_frozen_at_the_end(desk, bohrer):
    ended, running = start(desk, bohrer.reception), start(desk, bohrer.reception)
    timekeeping.end_session(desk, ended)
    rename_everything(desk, bohrer)
    assert names(read(desk, ended)) == OLD
    assert names(read(desk, running)) == NEW
    assert names(timekeeping.end_session(desk, running).value) == NEW
    assert names(timekeeping.reopen_session(desk, ended).value) == NEW


def test_the_tariff_is_frozen_at_the_end(desk, bohrer, clock):
    ended, running = start(desk, bohrer.reception), start(desk, bohrer.server)
    clock.advance(minutes=10)
    timekeeping.end_session(desk, ended)
    dearer = Tariff(date(2022, 1, 1), 300, Rounding.EXACT_SECOND, Decimal(7))
    house.save_tariff(desk, dearer)
    assert (read(desk, ended).tariff.price_cents, read(desk, ended).charge.net_cents) == (225, 2250)
    assert timekeeping.end_session(desk, running).value.charge.net_cents == 3000
    timekeeping.reopen_session(desk, ended)
    assert timekeeping.end_session(desk, ended).value.tariff == dearer


def test_the_tariff_is_that_of_the_first_day_in_berlin(desk, bohrer, clock):
    house.save_tariff(desk, Tariff(date(2022, 7, 1), 300))
    clock.set_wall(datetime(2022, 6, 30, 21, 59, tzinfo=UTC))
    before = start(desk, bohrer.reception)
    clock.advance(minutes=1)
    after = start(desk, bohrer.reception)
    clock.advance(hours=3)
    assert timekeeping.end_session(desk, before).value.tariff.price_cents == 225
    assert timekeeping.end_session(desk, after).value.tariff.price_cents == 300


def test_a_customers_own_price_counts(desk, bohrer, clock):
    with desk.database.write() as connection:
        customers.put_customer_tariff(
            connection, bohrer.customer_id, CustomerTariff(date(2022, 3, 1), 180, Rounding.FULL_MINUTE)
        )
    number = start(desk, bohrer.reception)
    assert timekeeping.current_tariff(desk, bohrer.customer_id, clock.now()).price_cents == 180
    yesterday = clock.now() - timedelta(days=1)
    assert timekeeping.current_tariff(desk, bohrer.customer_id, yesterday).price_cents == 225
    clock.advance(minutes=12, seconds=22)
    assert timekeeping.end_session(desk, number).value.charge.net_cents == 12 * 180


# --- reopen


def test_taking_the_end_back(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=10)
    timekeeping.end_session(desk, number)
    clock.advance(minutes=3)
    result = timekeeping.reopen_session(desk, number)
    assert result.changed == {Topic.SESSIONS, Topic.OUTBOX}
    again = result.value
    assert (again.state, again.charge, again.tariff, again.report_open) == (RUNNING, None, None, False)
    clock.advance(minutes=2)
    assert timekeeping.end_session(desk, number).value.charge.seconds == 720, (
        "the three minutes are not counted"
    )
    (line,) = timekeeping.session_history(desk, number)
    assert (line.who, line.field, line.old, line.new) == ("Klaus Klassen", "state", "ended", "running")


def test_only_an_ended_session_is_reopened(desk, bohrer):
    number = start(desk, bohrer.reception)
    broken(Rule.SESSION_NOT_ENDED, timekeeping.reopen_session, desk, number)
    timekeeping.pause_session(desk, number)
    broken(Rule.SESSION_NOT_ENDED, timekeeping.reopen_session, desk, number)


@pytest.mark.parametrize("state", list(MessageState))
def test_reopening_and_the_report(desk, bohrer, state):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    report = mail(desk, number, state)
    if state in (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR):
        broken(Rule.REPORT_ALREADY_SENT, timekeeping.reopen_session, desk, number)
        assert state_of(desk, report) is state
    else:
        timekeeping.reopen_session(desk, number)
        assert state_of(desk, report) is MessageState.DISCARDED


# --- the start


def test_begun_three_minutes_earlier(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    begun, now = clock.now(), clock.now()
    earlier = begun - timedelta(minutes=3)
    moved = timekeeping.set_start(desk, number, earlier)
    assert (moved.value.segments, moved.changed) == ((Segment(earlier),), {Topic.SESSIONS})
    assert timekeeping.session_history(desk, number) == [
        Change(now, "Klaus Klassen", "begin", begun.isoformat(), earlier.isoformat())
    ]


def test_a_start_that_stays_is_not_logged(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    assert timekeeping.set_start(desk, number, clock.now()).changed == frozenset()
    assert timekeeping.session_history(desk, number) == []


def test_the_start_lies_neither_in_the_future_nor_behind_the_first_end(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    soon = clock.now() + timedelta(microseconds=1)
    assert broken(Rule.START_IN_FUTURE, timekeeping.set_start, desk, number, soon).field == "begin"
    clock.advance(minutes=5)
    assert timekeeping.set_start(desk, number, clock.now()).value.begin == clock.now()
    clock.advance(minutes=5)
    timekeeping.pause_session(desk, number)
    first_end = clock.now()
    clock.advance(minutes=5)
    timekeeping.resume_session(desk, number)
    found = broken(Rule.END_BEFORE_START, timekeeping.set_start, desk, number, first_end)
    assert found.field == "begin"
    last = first_end - timedelta(seconds=1)
    assert timekeeping.set_start(desk, number, last).value.segments[0] == Segment(last, first_end)


def test_the_start_of_an_ended_session_stays(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    broken(Rule.SESSION_ENDED, timekeeping.set_start, desk, number, clock.now())


# --- what is written down


def test_notes_are_kept_as_typed(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    typed = "Synadoc aktualisiert\n\tGrüße 🦷 مرحبا „{notes}“ '; DROP TABLE session; --\n"
    clock.advance(seconds=2)
    saved = timekeeping.save_notes(desk, number, typed, " intern ")
    assert (saved.value, saved.changed) == (clock.now(), frozenset())
    assert (read(desk, number).notes, read(desk, number).internal_note) == (typed, " intern ")
    timekeeping.end_session(desk, number)
    timekeeping.save_notes(desk, number, "", "")
    assert read(desk, number).notes == ""


def test_notes_of_fifty_thousand_characters_and_their_limit(desk, bohrer):
    number = start(desk, bohrer.reception)
    for length in (50_000, timekeeping.NOTES_LIMIT):
        timekeeping.save_notes(desk, number, "ß" * length, "ß" * length)
        assert len(read(desk, number).notes) == len(read(desk, number).internal_note) == length
    for place, field in enumerate(("notes", "internal_note")):
        typed = ["kurz", "kurz"]
        typed[place] = "x" * (timekeeping.NOTES_LIMIT + 1)
        found = broken(Rule.TEXT_TOO_LONG, timekeeping.save_notes, desk, number, *typed)
        assert (found.field, found.parameters) == (field, {"limit": timekeeping.NOTES_LIMIT})


def test_what_no_file_can_hold_is_taken_off_the_notes(desk, bohrer):
    number = start(desk, bohrer.reception)
    timekeeping.save_notes(desk, number, "a\0b\ud83dc", "\0\udfff")
    assert (read(desk, number).notes, read(desk, number).internal_note) == ("ab?c", "?")


def test_saving_notes_says_that_the_program_lives(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=1)
    timekeeping.save_notes(desk, number, "x", "")
    with desk.database.read() as connection:
        assert sessions.last_beat(connection) == clock.now()


def test_who_asked_and_how(desk, bohrer):
    number = start(desk, bohrer.reception)
    kept = timekeeping.save_order(desk, number, "  Dr. Bohrer ", Channel.TICKET)
    assert (kept.value.requested_by, kept.value.channel) == ("Dr. Bohrer", Channel.TICKET)
    assert kept.changed == {Topic.SESSIONS}


def test_the_connection_of_this_session_alone(desk, bohrer):
    number = start(desk, bohrer.reception)
    kept = timekeeping.save_connection(desk, number, Tool.ANYDESK, "büro@ad")
    assert (kept.value.tool, kept.value.partner_id) == (Tool.ANYDESK, "büro@ad")
    assert kept.changed == {Topic.SESSIONS}
    assert timekeeping.start_session(desk, bohrer.reception).value.tool is Tool.TEAMVIEWER


def test_the_connection_for_the_next_time_too(desk, bohrer):
    number = start(desk, bohrer.reception)
    kept = timekeeping.save_connection(desk, number, Tool.TEAMVIEWER, "987654321", keep_on_workstation=True)
    assert kept.changed == {Topic.SESSIONS, Topic.CUSTOMERS}
    with desk.database.read() as connection:
        assert customers.find_workstation(connection, bohrer.reception) == Workstation(
            bohrer.reception, bohrer.customer_id, "PC Rezeption", Tool.TEAMVIEWER, "987654321"
        )
        assert customers.find_workstation(connection, bohrer.server).partner_id == ""


@pytest.mark.parametrize(("partner_id", "fits"), [("", True), ("123456789", True), ("12345678", False)])
def test_a_teamviewer_id_has_nine_or_ten_digits(desk, bohrer, partner_id, fits):
    number = start(desk, bohrer.reception)
    if fits:
        timekeeping.save_connection(desk, number, Tool.TEAMVIEWER, partner_id)
        assert read(desk, number).partner_id == partner_id
    else:
        found = broken(
            Rule.PARTNER_ID_INVALID, timekeeping.save_connection, desk, number, Tool.TEAMVIEWER, partner_id
        )
        assert found.field == "partner_id"


def test_free_with_a_reason_and_billed_again(desk, bohrer):
    number = start(desk, bohrer.reception)
    reason = house.read_house(desk).free_reasons[0]
    free = timekeeping.save_billing(desk, number, billable=False, free_reason_id=reason.id).value
    assert (free.billable, free.free_reason_id, free.free_reason) == (False, reason.id, reason.name)
    billed = timekeeping.save_billing(desk, number, billable=True, free_reason_id=reason.id).value
    assert (billed.billable, billed.free_reason_id, billed.free_reason) == (True, None, "")


def test_the_recipient(desk, bohrer):
    number = start(desk, bohrer.reception)
    assert timekeeping.save_recipient(desk, number, "chef@zap.example").value.recipient == "chef@zap.example"


@pytest.mark.parametrize("state", list(MessageState))
def test_what_the_customer_has_is_not_changed_any_more(desk, bohrer, state):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    mail(desk, number, state)
    calls = (
        (timekeeping.save_order, ("x", Channel.PHONE), {}),
        (timekeeping.save_connection, (Tool.OTHER, "x"), {"keep_on_workstation": True}),
        (timekeeping.save_billing, (), {"billable": False, "free_reason_id": None}),
        (timekeeping.save_recipient, ("x@y.example",), {}),
    )
    for call, values, more in calls:
        if state in (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR):
            broken(Rule.REPORT_ALREADY_SENT, call, desk, number, *values, **more)
            assert read(desk, number).billable
        else:
            call(desk, number, *values, **more)


# --- the wrong machine was picked


def test_to_another_machine_of_the_practice(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    timekeeping.save_order(desk, number, "Dr. Bohrer", Channel.EMAIL)
    moved = timekeeping.move_session(desk, number, bohrer.server).value
    assert (moved.workstation_id, moved.partner_id, moved.requested_by) == (bohrer.server, "", "Dr. Bohrer")
    assert timekeeping.session_history(desk, number) == [
        Change(
            clock.now(),
            "Klaus Klassen",
            "partner",
            "ZAP Dr. Bohrer – PC Rezeption",
            "ZAP Dr. Bohrer – Server",
        )
    ]


def test_to_another_practice(desk, bohrer):
    other = add_customer(desk, "4", "Praxis Dr. Weiß", "Labor", email="post@weiss.example")
    with desk.database.write() as connection:
        customers.put_contact(connection, other, Contact(0, "Frau Weiß"))
    number = start(desk, bohrer.reception)
    moved = timekeeping.move_session(desk, number, machine_of(desk, other)).value
    assert (moved.customer_id, moved.partner) == (other, "Praxis Dr. Weiß – Labor")
    assert (moved.recipient, moved.requested_by) == ("post@weiss.example", "Frau Weiß")
    assert (moved.number, moved.segments) == ("S-2022-0001", read(desk, number).segments)


def test_an_exception_does_not_move_along(desk, bohrer, without):
    with_exception = timekeeping.start_session(
        desk, without, exception_reason="Notfall", exception_by="Chef"
    ).value
    assert timekeeping.move_session(desk, with_exception.id, bohrer.server).value.exception is None


def test_the_gate_is_asked_again_on_the_day_of_the_start(desk, bohrer, without, clock):
    number = start(desk, bohrer.reception)
    broken(Rule.AGREEMENT_MISSING, timekeeping.move_session, desk, number, without)
    short = add_customer(desk, "5", "Praxis", "PC", agreement_until=date(2022, 3, 1))
    clock.advance(days=2)
    assert timekeeping.move_session(desk, number, machine_of(desk, short)).value.customer_id == short


def test_an_ended_session_stays_where_it_was(desk, bohrer):
    number = start(desk, bohrer.reception)
    broken(Rule.WORKSTATION_UNKNOWN, timekeeping.move_session, desk, number, 99)
    timekeeping.end_session(desk, number)
    broken(Rule.SESSION_ENDED, timekeeping.move_session, desk, number, bohrer.server)


# --- a key press that is quicker than the next beat


@pytest.fixture
def beating(desk, bohrer, clock) -> int:
    """A session of ten minutes, under a heart that beats."""
    number = start(desk, bohrer.reception)
    beat = vigilance.read_clocks(desk)
    for _ in range(20):
        clock.advance(seconds=30)
        beat = vigilance.beat(desk, beat).value
    return number


PRESSES = {
    "pause": timekeeping.pause_session,
    "end": timekeeping.end_session,
    "notes": lambda desk, number: timekeeping.save_notes(desk, number, "x", ""),
    "another start": lambda desk, number: timekeeping.start_session(desk, read(desk, number).workstation_id),
    "go on with it": timekeeping.resume_session,
}


@pytest.mark.parametrize("press", PRESSES)
def test_who_opens_the_lid_and_presses_a_key_at_once_is_asked_too(desk, beating, clock, press):
    lid_closed = clock.now()
    clock.advance(minutes=31)
    result = PRESSES[press](desk, beating)
    (gap,) = read(desk, beating).gaps
    assert gap == Gap(gap.id, beating, GapKind.SLEEP, lid_closed, clock.now())
    assert Topic.SESSIONS in result.changed
    vigilance.beat(desk, vigilance.Beat(lid_closed, clock.uptime() - 31 * 60))
    assert read(desk, beating).gaps == (gap,), "the next beat does not ask twice"


@pytest.mark.parametrize("press", PRESSES)
def test_no_time_is_lost_where_the_clock_was_set_back_before_a_key_press(desk, beating, clock, press):
    clock.advance(seconds=10)
    clock.set_wall(clock.now() - timedelta(minutes=8))
    PRESSES[press](desk, beating)
    found = read(desk, beating)
    assert [gap.kind for gap in found.gaps] == [GapKind.CLOCK_BACK]
    assert seconds(found, clock.now()) == 610


def test_taking_the_end_back_after_a_sleep(desk, bohrer, beating, clock):
    other = start(desk, bohrer.server)
    timekeeping.end_session(desk, other)
    clock.advance(minutes=31)
    timekeeping.reopen_session(desk, other)
    assert len(read(desk, beating).gaps) == 1
    assert read(desk, other).gaps == ()


def test_a_heart_that_beats_asks_nothing(desk, beating, clock):
    clock.advance(seconds=29)
    timekeeping.save_notes(desk, beating, "x", "")
    clock.advance(seconds=40)
    ended = timekeeping.end_session(desk, beating).value
    assert (ended.gaps, ended.charge.seconds) == ((), 669)


def test_a_key_press_that_breaks_a_rule_leaves_the_question_to_the_next_one(desk, beating, clock):
    clock.advance(minutes=31)
    with pytest.raises(RuleBroken):
        timekeeping.end_session(desk, 99)
    assert read(desk, beating).gaps == ()
    timekeeping.end_session(desk, beating)
    assert len(read(desk, beating).gaps) == 1


def test_a_slower_thread_does_not_turn_the_heart_back(desk, beating, clock):
    """Clocks are read before the file is free: the later reading may be written first."""
    with desk.database.read() as connection:
        pulse = sessions.last_pulse(connection)
    real = clock.uptime
    clock.uptime = lambda: real() - 5
    try:
        timekeeping.save_notes(desk, beating, "x", "")
    finally:
        del clock.uptime
    with desk.database.read() as connection:
        assert sessions.last_pulse(connection) == pulse


def test_customers_know_their_archive(desk, bohrer):
    """An archived practice keeps its running session."""
    number = start(desk, bohrer.reception)
    with desk.database.write() as connection:
        one = customers.find(connection, bohrer.customer_id)
        customers.update_customer(connection, replace(one, archived=True))
        assert isinstance(one, Customer)
    assert timekeeping.end_session(desk, number).value.customer_name == "ZAP Dr. Bohrer"
