"""What is written on a session during the call, and the wrong machine that was picked."""

from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.domain.customer import Channel, Contact, Tool, Workstation
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    SessionState,
)
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.storage import customers, heartbeats
from laverma_desk.storage.session_history import Change
from tests.support.desks import add_customer
from tests.support.session_steps import broken, machine_of, mail, read, start

RUNNING, PAUSED, ENDED = SessionState.RUNNING, SessionState.PAUSED, SessionState.ENDED


@pytest.fixture
def without(desk) -> int:
    """The machine of a practice without an agreement."""
    return machine_of(desk, add_customer(desk, "3", "Praxis ohne AVV", "PC", has_agreement=False))


def test_notes_are_kept_as_typed(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    typed = "Synadoc aktualisiert\n\tGrüße 🦷 مرحبا „{notes}“ '; DROP TABLE session; --\n"
    clock.advance(seconds=2)
    saved = call_sheet.save_notes(desk, number, typed, " intern ")
    assert (saved.value, saved.changed) == (clock.now(), frozenset())
    assert (read(desk, number).notes, read(desk, number).internal_note) == (typed, " intern ")
    timekeeping.end_session(desk, number)
    call_sheet.save_notes(desk, number, "", "")
    assert read(desk, number).notes == ""


def test_notes_of_fifty_thousand_characters_and_their_limit(desk, bohrer):
    number = start(desk, bohrer.reception)
    for length in (50_000, call_sheet.NOTES_LIMIT):
        call_sheet.save_notes(desk, number, "ß" * length, "ß" * length)
        assert len(read(desk, number).notes) == len(read(desk, number).internal_note) == length
    for place, field in enumerate(("notes", "internal_note")):
        typed = ["kurz", "kurz"]
        typed[place] = "x" * (call_sheet.NOTES_LIMIT + 1)
        found = broken(Rule.TEXT_TOO_LONG, call_sheet.save_notes, desk, number, *typed)
        assert (found.field, found.parameters) == (field, {"limit": call_sheet.NOTES_LIMIT})


def test_what_no_file_can_hold_is_taken_off_the_notes(desk, bohrer):
    number = start(desk, bohrer.reception)
    call_sheet.save_notes(desk, number, "a\0b\ud83dc", "\0\udfff")
    assert (read(desk, number).notes, read(desk, number).internal_note) == ("ab?c", "?")


def test_saving_notes_says_that_the_program_lives(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    clock.advance(minutes=1)
    call_sheet.save_notes(desk, number, "x", "")
    with desk.database.read() as connection:
        assert heartbeats.last_beat(connection) == clock.now()


def test_who_asked_and_how(desk, bohrer):
    number = start(desk, bohrer.reception)
    kept = call_sheet.save_order(desk, number, "  Dr. Bohrer ", Channel.TICKET)
    assert (kept.value.requested_by, kept.value.channel) == ("Dr. Bohrer", Channel.TICKET)
    assert kept.changed == {Topic.SESSIONS}


def test_the_connection_of_this_session_alone(desk, bohrer):
    number = start(desk, bohrer.reception)
    kept = call_sheet.save_connection(desk, number, Tool.ANYDESK, "buero@ad")
    assert (kept.value.tool, kept.value.partner_id) == (Tool.ANYDESK, "buero@ad")
    assert kept.changed == {Topic.SESSIONS}
    assert timekeeping.start_session(desk, bohrer.reception).value.tool is Tool.TEAMVIEWER


def test_the_connection_for_the_next_time_too(desk, bohrer):
    number = start(desk, bohrer.reception)
    kept = call_sheet.save_connection(desk, number, Tool.TEAMVIEWER, "987654321", keep_on_workstation=True)
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
        call_sheet.save_connection(desk, number, Tool.TEAMVIEWER, partner_id)
        assert read(desk, number).partner_id == partner_id
    else:
        found = broken(
            Rule.PARTNER_ID_INVALID, call_sheet.save_connection, desk, number, Tool.TEAMVIEWER, partner_id
        )
        assert found.field == "partner_id"


def test_free_with_a_reason_and_billed_again(desk, bohrer):
    number = start(desk, bohrer.reception)
    reason = house.read_house(desk).free_reasons[0]
    free = call_sheet.save_billing(desk, number, billable=False, free_reason_id=reason.id).value
    assert (free.billable, free.free_reason_id, free.free_reason) == (False, reason.id, reason.name)
    billed = call_sheet.save_billing(desk, number, billable=True, free_reason_id=reason.id).value
    assert (billed.billable, billed.free_reason_id, billed.free_reason) == (True, None, "")


def test_the_recipient(desk, bohrer):
    number = start(desk, bohrer.reception)
    assert call_sheet.save_recipient(desk, number, "chef@zap.example").value.recipient == "chef@zap.example"


@pytest.mark.parametrize("state", list(MessageState))
def test_what_the_customer_has_is_not_changed_any_more(desk, bohrer, state):
    number = start(desk, bohrer.reception)
    timekeeping.end_session(desk, number)
    mail(desk, number, state)
    calls = (
        (call_sheet.save_order, ("x", Channel.PHONE), {}),
        (call_sheet.save_connection, (Tool.OTHER, "x"), {"keep_on_workstation": True}),
        (call_sheet.save_billing, (), {"billable": False, "free_reason_id": None}),
        (call_sheet.save_recipient, ("x@y.example",), {}),
    )
    for call, values, more in calls:
        if state in (MessageState.SENDING, MessageState.HANDED_OVER, MessageState.UNCLEAR):
            broken(Rule.REPORT_ALREADY_SENT, call, desk, number, *values, **more)
            assert read(desk, number).billable
        else:
            call(desk, number, *values, **more)


def test_to_another_machine_of_the_practice(desk, bohrer, clock):
    number = start(desk, bohrer.reception)
    call_sheet.save_order(desk, number, "Dr. Bohrer", Channel.EMAIL)
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
