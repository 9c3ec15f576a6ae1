"""A visit for the calendar: proposed from the record, written as iCalendar, read back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from dateutil.easter import easter

from laverma_desk.domain.appointment import is_working_day, proposed_begin
from laverma_desk.domain.clock import from_local, local
from laverma_desk.domain.customer import Contact
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services import appointments
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.calls.not_possible import end_as_not_possible
from tests.support.desks import add_contact
from tests.support.session_steps import broken


def _at(*wall):
    return from_local(datetime(*wall))  # noqa: DTZ001 (a wall clock in the house)


@pytest.mark.parametrize(
    ("now", "begin"),
    [
        (_at(2022, 3, 1, 10, 22), _at(2022, 3, 2, 9)),
        (_at(2022, 3, 4, 16, 0), _at(2022, 3, 7, 9)),
        (_at(2026, 4, 2, 12, 0), _at(2026, 4, 7, 9)),
        (_at(2025, 12, 24, 9, 0), _at(2025, 12, 29, 9)),
        (_at(2026, 3, 27, 23, 59), _at(2026, 3, 30, 9)),
    ],
)
def test_nine_o_clock_on_the_next_working_day(now, begin):
    assert proposed_begin(now) == begin
    assert local(begin).hour == 9


def test_holidays_of_all_germany_are_known():
    for year in range(1990, 2100):
        sunday = easter(year)
        for days in (-2, 1, 39, 50):
            assert not is_working_day(sunday + timedelta(days=days))
        assert not any(
            is_working_day(date(year, *day)) for day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
        )
        assert is_working_day(sunday + timedelta(days=2))


def test_the_record_fills_the_visit(desk, bohrer, clock):
    one = appointments.proposed_visit(desk, bohrer.customer_id, workstation_id=bohrer.server)
    assert (one.customer_name, one.customer_number, one.workstation_name) == (
        "ZAP Dr. Bohrer",
        "10017",
        "Server",
    )
    assert (one.place, one.phone, one.contact) == (
        "Hauptstraße 5, 12345 Musterstadt",
        "+493023125014",
        "Sabine Lorenz",
    )
    assert (one.begin, one.minutes, one.reason) == (_at(2022, 3, 2, 9), 60, "")
    other = appointments.proposed_visit(desk, bohrer.customer_id)
    assert other.uid != one.uid


def test_an_attempt_gives_the_reason(desk, bohrer, clock):
    add_contact(desk, bohrer.customer_id, Contact(0, "Dr. Bohrer", phone="+493099"))
    number = timekeeping.start_session(desk, bohrer.reception, requested_by="Dr. Bohrer").value.id
    call_sheet.save_notes(desk, number, "Router blinkt rot", "")
    end_as_not_possible(desk, number, NotPossible.NO_INTERNET)
    one = appointments.proposed_visit(desk, bohrer.customer_id, session_id=number)
    assert one.reason == "Nicht möglich: kein Internet\nRouter blinkt rot"
    assert (one.contact, one.workstation_name) == ("Dr. Bohrer", "PC Rezeption")


def test_the_file_reads_back(desk, bohrer, tmp_path, clock):
    odd = replace(
        appointments.proposed_visit(desk, bohrer.customer_id, workstation_id=bohrer.reception),
        place="Hauptstraße 5, Hinterhaus; 2. Stock, 12345 Größe\\Stadt",
        reason="PC startet nicht\r\nBEGIN:VALARM\x07\n" + "Ärger mit dem Röntgenrechner, " * 8,
    )
    target = appointments.write_visit(desk, odd, tmp_path / "Besuch.ics")
    raw = target.read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n"), "each line ends as RFC 5545 wants it"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert raw.count(b"\nBEGIN:V") == 1, "nothing typed becomes a component"
    event = vobject.readOne(raw.decode()).vevent
    assert event.uid.value == odd.uid
    assert event.dtstart.value == datetime(2022, 3, 2, 8, tzinfo=UTC)
    assert event.dtend.value == datetime(2022, 3, 2, 9, tzinfo=UTC)
    assert event.dtstamp.value == clock.now()
    assert event.location.value == odd.place
    assert event.summary.value == "Vor Ort: ZAP Dr. Bohrer"
    lines = event.description.value.split("\n")
    assert lines[:2] == ["PC startet nicht", "BEGIN:VALARM"]
    assert lines[-4:] == [
        "Arbeitsplatz: PC Rezeption", "Ansprechpartner: Sabine Lorenz", "Telefon: 030 23125 014",
        "Kundennummer: 10017",
    ]  # fmt: skip
    assert re.search(rb"DTSTART:20220302T080000Z\r\n", raw)


def test_what_is_wrong_is_said_at_its_field(desk, bohrer, clock, tmp_path):
    one = appointments.proposed_visit(desk, bohrer.customer_id)
    past = replace(one, begin=clock.now())
    error = broken(Rule.START_IN_PAST, appointments.write_visit, desk, past, tmp_path / "a.ics")
    assert error.field == "begin"
    for minutes in (0, -5, 1441):
        broken(Rule.DURATION_INVALID, appointments.checked_visit, desk, replace(one, minutes=minutes))
    broken(Rule.TEXT_TOO_LONG, appointments.checked_visit, desk, replace(one, reason="x" * 2001))
    broken(Rule.FILE_IS_THE_DESK, appointments.write_visit, desk, one, desk.data.database)
    assert list(tmp_path.glob("*.ics")) == []


def test_a_practice_that_is_not_there(desk):
    broken(Rule.CUSTOMER_UNKNOWN, appointments.proposed_visit, desk, 99)
