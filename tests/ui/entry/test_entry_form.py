"""A session is recorded afterwards, or corrected, by keyboard alone; what is wrong is said at its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTextEdit

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.support_session import Origin
from laverma_desk.services import corrections
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.setup import house
from laverma_desk.storage import billing, sessions
from tests.support.desks import add_customer
from tests.support.ended_sessions import ended_sessions
from tests.support.report_desks import end_session


def all_sessions(desk):
    with desk.database.read() as connection:
        return ended_sessions(connection)


def test_a_session_is_recorded_without_a_mouse(form, bohrer, qtbot):
    form.entry.begin_new()
    assert form.details.place.field.hasFocus()
    qtbot.waitUntil(lambda: form.entry._finding._keeper.fresh)
    form.type(form.details.place.field, "bohr rez")
    assert form.details.place.is_open()
    form.press("Return")
    assert form.details.place.field.text() == "ZAP Dr. Bohrer – PC Rezeption"
    assert not form.details.place.is_open()
    assert form.details.partner_id.digits() == "1234567890"
    form.times("09:00", "09:12:22")
    assert form.details.result() == (
        "00:12:22",
        "13 Min · 29,25\u00a0€ netto".replace("13 Min", "13\u00a0Min"),
    )
    form.press("Alt+N")
    form.type(form.panel.notes, "Drucker größer gestellt")
    form.press("Ctrl+Return")
    (found,) = form.heard
    assert (found.origin, found.notes, found.requested_by) == (
        Origin.MANUAL, "Drucker größer gestellt", "Sabine Lorenz",
    )  # fmt: skip
    assert found.begin == datetime(2022, 3, 1, 8, 0, tzinfo=UTC)
    assert found.supporter_name == "Klaus Klassen"
    assert all_sessions(form.desk) == [found]


def test_what_is_missing_is_said_at_its_field_and_takes_the_focus(form, bohrer):
    form.entry.begin_new()
    form.press("Ctrl+Return")
    assert form.details.error("place") == "Bitte Kunde und Arbeitsplatz wählen."
    assert form.details.error("begin") == form.details.error("end") == "Eine Uhrzeit sieht so aus: 10:22."
    assert form.details.place.field.hasFocus()
    form.entry.begin_new(bohrer.customer_id)
    assert form.heard == []


@pytest.mark.parametrize(
    ("begin", "end", "key", "sentence"),
    [
        ("10:00", "09:00", "end", "Der Anfang liegt nach dem Ende."),
        ("09:00", "23:00", "end", "Das Ende liegt in der Zukunft."),
        ("22:00", "23:00", "begin", "Der Anfang liegt in der Zukunft."),
        ("99:00", "09:00", "begin", "Eine Uhrzeit sieht so aus: 10:22."),
    ],
)
def test_times_that_cannot_be_are_refused_at_the_field(form, desk, clock, bohrer, begin, end, key, sentence):
    form.entry.begin_correction(end_session(desk, bohrer, clock))
    form.times(begin, end)
    form.type(form.panel.change_reason, "x")
    form.press("Ctrl+Return")
    assert form.details.error(key) == sentence
    assert form.heard == []
    form.times("09:00", "09:05")
    form.press("Ctrl+Return")
    assert len(form.heard) == 1


def test_a_customer_with_one_machine_is_ready_and_one_with_more_offers_them(form, desk, bohrer):
    one = add_customer(desk, "10002", "Praxis Dr. Weiß", "PC Labor")
    form.entry.begin_new(one)
    assert form.details.place.field.text() == "Praxis Dr. Weiß – PC Labor"
    assert form.details.begin.time.hasFocus()
    form.press("Escape")
    assert form.heard == [None]
    form.entry._begun = False
    form.entry.begin_new(bohrer.customer_id)
    assert form.details.place.results.count() == 2
    form.press("Down")
    form.press("Return")
    assert form.details.place.field.text() == "ZAP Dr. Bohrer – Server"


def test_customers_read_meanwhile_leave_the_offered_machine_where_one_walked_to(form, bohrer, qtbot):
    form.entry.begin_new(bohrer.customer_id)
    form.details.place.step(1)
    assert form.details.place.results.current() == 1
    qtbot.waitUntil(lambda: form.entry._finding._keeper.fresh)
    assert form.details.place.results.current() == 1
    form.press("Return")
    assert form.details.place.field.text() == "ZAP Dr. Bohrer – Server"


def test_escape_closes_the_list_first_and_keeps_what_was_typed(form, bohrer, qtbot):
    form.entry.begin_new()
    qtbot.waitUntil(lambda: form.entry._finding._keeper.fresh)
    form.type(form.panel.notes, "Router")
    form.type(form.details.place.field, "bohr")
    form.press("Escape")
    assert form.heard == []
    assert not form.details.place.is_open()
    form.press("Escape")
    assert form.heard == [None]
    form.entry.begin_new()
    assert form.panel.notes.text() == "Router"
    assert form.details.place.field.text() == "bohr"


def test_a_correction_needs_its_reason_and_keeps_the_seconds(form, desk, clock, bohrer):
    number = end_session(desk, bohrer, clock)
    before = timekeeping.read_session(desk, number)
    form.entry.begin_correction(number)
    assert form.panel.title() == "Sitzung korrigieren"
    assert form.details.end.time.text() == "12:34:22"
    form.type(form.panel.notes, "Anders")
    form.press("Ctrl+Return")
    assert form.panel.error("change_reason") == "Bitte angeben, warum die Sitzung geändert wird."
    assert form.panel.change_reason.hasFocus()
    form.type(form.panel.change_reason, "Tippfehler")
    assert form.panel.error("change_reason") == ""
    form.press("Ctrl+S")
    (after,) = form.heard
    assert (after.notes, after.segments, after.charge) == ("Anders", before.segments, before.charge)
    fields = [(one.field, one.reason) for one in timekeeping.session_history(desk, number)]
    assert fields == [("notes", "Tippfehler")]


def test_what_a_field_cannot_show_is_not_changed_by_looking_at_it(form, desk, clock, bohrer):
    number = end_session(desk, bohrer, clock)
    with desk.database.write() as connection:
        sessions.update_session(connection, number, partner_id="r-12 ab", notes="a\r\nb", requested_by="A  B")
    form.entry.begin_correction(number)
    form.type(form.panel.change_reason, "Kulanz")
    form.press("Ctrl+B")
    reason = house.read_house(desk).free_reasons[1]
    form.panel.billing._on_reason_chosen(reason.id)
    form.press("Ctrl+Return")
    (after,) = form.heard
    assert (after.partner_id, after.notes, after.requested_by) == ("r-12 ab", "a\r\nb", "A  B")
    assert after.free_reason == reason.name
    assert form.details.result()[1] == f"13\u00a0Min · kostenlos, {reason.name}"


def test_free_needs_a_reason(form, desk, clock, bohrer):
    form.entry.begin_correction(end_session(desk, bohrer, clock))
    form.type(form.panel.change_reason, "Kulanz")
    form.press("Ctrl+B")
    form.press("Ctrl+Return")
    assert form.panel.error("free_reason") == "Bitte einen Grund wählen, wenn die Sitzung kostenlos ist."
    assert form.panel.billing.reason_box().hasFocus()


def test_an_overlap_is_pointed_out_and_saved_all_the_same(form, desk, clock, bohrer):
    end_session(desk, bohrer, clock)
    form.entry.begin_new(add_customer(desk, "10002", "Praxis Dr. Weiß", "PC Labor"))
    form.times("12:30", "12:32")
    assert form.details.remarks.words() == "Überschneidet sich mit ZAP Dr. Bohrer, 12:22 bis 12:34 Uhr."
    form.details.supporter.setCurrentIndex(form.details.supporter.findText("Jana Petersen"))
    form.details.supporter.activated.emit(0)
    assert form.details.remarks.words() == ""
    form.details.supporter.setCurrentIndex(form.details.supporter.findText("Klaus Klassen"))
    form.details.supporter.activated.emit(0)
    form.press("Ctrl+Return")
    assert len(all_sessions(desk)) == 2


def test_without_an_agreement_a_reason_is_asked_for_but_not_insisted_on(form, desk, bohrer):
    weiss = add_customer(desk, "10002", "Praxis Dr. Weiß", "PC Labor", has_agreement=False)
    form.entry.begin_new(weiss)
    form.times("09:00", "09:05")
    assert (
        form.details.late.words()
        == "Am 01.03.2022 gab es keinen AVV. Bericht und Rechnung brauchen einen Grund."
    )
    form.press("Ctrl+Return")
    assert corrections.is_reason_owed(desk, form.heard[0].id)
    form.entry.begin_new(weiss)
    form.times("09:00", "09:05")
    form.type(form.details.late.reason, "Notfall")
    form.press("Ctrl+Return")
    assert (form.heard[1].exception.reason, form.heard[1].exception.decided_by) == (
        "Notfall",
        "Klaus Klassen",
    )


def test_more_than_a_day_is_asked_about_once(form, desk, bohrer):
    form.entry.begin_new(bohrer.customer_id)
    form.press("Return")
    form.details.begin.day.set_day(date(2022, 2, 27))
    form.times("09:00", "10:00")
    assert form.details.remarks.words() == "Das sind mehr als 24 Stunden."
    form.press("Ctrl+Return")
    assert form.heard == []
    assert form.panel.bar.words() == "Mehr als 24 Stunden. Noch einmal speichern, wenn das stimmt."
    form.press("Ctrl+Return")
    assert form.heard[0].charge.seconds == 49 * 3600


def test_the_hour_that_comes_twice_is_asked_for(form, desk, clock, bohrer):
    clock.set_wall(datetime(2026, 10, 26, 9, 0, tzinfo=UTC))
    form.entry.begin_new(bohrer.customer_id)
    form.press("Return")
    for field in (form.details.begin, form.details.end):
        field.day.set_day(date(2026, 10, 25))
    form.times("02:10", "02:40")
    assert not form.details.begin.hours.isHidden()
    form.press("Ctrl+Return")
    assert form.details.error("begin") == (
        "02:10 gibt es an diesem Tag zweimal. Erste oder zweite Stunde wählen."
    )
    form.details.begin._on_hours_segment_chosen("first")
    form.details.end._on_hours_segment_chosen("second")
    assert form.details.result()[0] == "01:30:00"
    assert form.details.remarks.words() == "Zeitumstellung, es zählt die echte Zeit."
    form.press("Ctrl+Return")
    found = form.heard[0]
    assert found.end - found.begin == timedelta(minutes=90)
    form.entry.begin_correction(found.id)
    assert form.details.end.typed().untouched == found.end
    assert (form.details.begin.typed().fold, form.details.end.typed().fold) == (0, 1)


def test_an_hour_that_summer_time_skips_is_refused(form, clock, bohrer):
    clock.set_wall(datetime(2026, 3, 30, 9, 0, tzinfo=UTC))
    form.entry.begin_new(bohrer.customer_id)
    form.press("Return")
    for field in (form.details.begin, form.details.end):
        field.day.set_day(date(2026, 3, 29))
    form.times("02:30", "03:40")
    form.press("Ctrl+Return")
    assert form.details.error("begin").startswith("02:30 gibt es an diesem Tag nicht")


def test_a_billed_or_running_session_cannot_be_opened(form, desk, clock, bohrer):
    number = end_session(desk, bohrer, clock)
    with desk.database.write() as connection:
        billing.bill(connection, [number], "RE-2022-0031")
    with pytest.raises(RuleBroken) as error:
        form.entry.begin_correction(number)
    assert error.value.code is Rule.SESSION_BILLED
    running = timekeeping.start_session(desk, bohrer.reception).value.id
    with pytest.raises(RuleBroken):
        form.entry.begin_correction(running)


def test_an_invoice_that_came_meanwhile_is_said_and_the_text_stays(form, desk, clock, bohrer):
    number = end_session(desk, bohrer, clock)
    form.entry.begin_correction(number)
    form.type(form.panel.notes, "Anders")
    form.type(form.panel.change_reason, "x")
    with desk.database.write() as connection:
        billing.bill(connection, [number], "RE-2022-0031")
    form.press("Ctrl+Return")
    assert "RE-2022-0031" in form.panel.bar.words()
    assert form.panel.notes.text() == "Anders"
    assert form.heard == []


def test_every_part_is_named_and_reached(form, desk, clock, bohrer):
    form.entry.begin_correction(end_session(desk, bohrer, clock))
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTextEdit)
    shown = [one for kind in kinds for one in form.panel.findChildren(kind) if one.isVisible()]
    assert [type(one).__name__ for one in shown if not one.accessibleName()] == []
    for keys, field in (("Alt+P", form.details.partner_id), ("Alt+N", form.panel.notes),
                        ("Ctrl+F", form.details.place.field)):  # fmt: skip
        form.press(keys)
        assert field.hasFocus()
