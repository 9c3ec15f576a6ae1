"""The form of a visit: filled, checked, saved as a calendar file, opened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import vobject
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.services.corrections import record_attempt
from laverma_desk.ui.onsite.controller import VisitController
from laverma_desk.ui.visit_wish import VisitWish
from tests.support import desks, rooms
from tests.support.desks import add_customer
from tests.support.settling import settle

bohrer, clock, desk = desks.bohrer, desks.clock, desks.desk
owner, surroundings, opened_files = rooms.owner, rooms.surroundings, rooms.opened_files


@pytest.fixture
def visits(surroundings, owner, qtbot):
    window = QMainWindow()
    made = VisitController(surroundings, owner)
    window.setCentralWidget(made.panel)
    window.resize(1104, 720)
    window.show()
    qtbot.waitExposed(window)
    yield made
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _form(visits):
    return visits.panel.form


def test_the_record_stands_in_the_form(visits, bohrer):
    visits.show_visit(VisitWish(bohrer.customer_id, bohrer.server))
    form = _form(visits)
    assert visits.panel.title.text() == "Vor-Ort-Termin"
    assert visits.panel.subtitle.text() == "ZAP Dr. Bohrer – Server"
    assert (form.begin.day.text(), form.begin.time.text()) == ("02.03.2022", "09:00")
    assert (form.minutes.currentText(), form.place.text()) == ("1 Stunde", "Hauptstraße 5, 12345 Musterstadt")
    assert (form.contact.text(), form.phone.text()) == ("Sabine Lorenz", "030 23125 014")
    assert form.reason.text() == ""
    assert visits.panel.told() == ""


def test_saved_and_opened(visits, surroundings, bohrer, tmp_path, opened_files):
    visits.show_visit(VisitWish(bohrer.customer_id, bohrer.reception))
    form = _form(visits)
    form.minutes.choose(90)
    form.begin.time.setText("14:30")
    form.begin.time.textEdited.emit("14:30")
    form.reason.set_text("Netzteil tauschen")
    visits.save()
    dialog = visits.files.dialog
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("Vor Ort ZAP Dr. Bohrer 02.03.2022.ics")
    dialog.close()
    file = tmp_path / "Besuch.ics"
    for revision in range(2):
        visits.files.chosen.emit(file)
        settle(surroundings.background)
        event = vobject.readOne(file.read_text("utf-8")).vevent
        assert event.dtstart.value == datetime(2022, 3, 2, 13, 30, tzinfo=UTC)
        assert event.dtend.value == datetime(2022, 3, 2, 15, 0, tzinfo=UTC)
        assert event.description.value.startswith("Netzteil tauschen\n")
        assert event.sequence.value == str(revision)
        visits.save()
        visits.files.dialog.close()
    assert visits.panel.told() == ""
    visits.files.chosen.emit(file)
    settle(surroundings.background)
    assert visits.panel.told() == "Gespeichert als Besuch.ics."
    visits.panel.open.click()
    assert opened_files == [file]


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        ("28.02.2022", "09:00", "Der Termin liegt in der Vergangenheit."),
        ("31.02.2022", "09:00", "Ein Tag sieht so aus: 01.03.2022."),
        ("02.03.2022", "25:00", "Eine Uhrzeit sieht so aus: 10:22."),
        ("02.03.2022", "", "Eine Uhrzeit sieht so aus: 10:22."),
    ],
)
def test_a_begin_that_cannot_be_is_said_at_its_field(visits, bohrer, day, time, sentence):
    visits.show_visit(VisitWish(bohrer.customer_id))
    begin = _form(visits).begin
    for field, words in ((begin.day, day), (begin.time, time)):
        field.setText(words)
        field.textEdited.emit(words)
    visits.save()
    assert begin.error() == sentence
    assert visits.files.dialog is None


def test_a_reason_that_is_too_long_is_said_at_its_field(visits, bohrer):
    visits.show_visit(VisitWish(bohrer.customer_id))
    _form(visits).reason.set_text("x" * 2001)
    visits.save()
    assert _form(visits).error("reason") == "Zu lang, höchstens 2000 Zeichen."
    assert visits.files.dialog is None


def test_what_was_typed_stays_until_it_was_saved(visits, surroundings, bohrer, tmp_path):
    wish = VisitWish(bohrer.customer_id, bohrer.reception)
    visits.show_visit(wish)
    QTest.keyClicks(_form(visits).contact, " oder Vertretung")
    visits.show_visit(wish)
    assert _form(visits).contact.text() == "Sabine Lorenz oder Vertretung"
    visits.save()
    visits.files.dialog.close()
    visits.files.chosen.emit(tmp_path / "a.ics")
    settle(surroundings.background)
    visits.show_visit(wish)
    assert _form(visits).contact.text() == "Sabine Lorenz"
    assert visits.panel.open.isHidden()


def test_an_attempt_gives_its_reason(visits, desk, bohrer):
    made = record_attempt(desk, bohrer.reception, NotPossible.DOES_NOT_BOOT).value
    visits.show_visit(VisitWish(made.customer_id, made.workstation_id, made.id))
    assert _form(visits).reason.text() == "Nicht möglich: PC startet nicht"


def test_a_record_without_an_address_is_said(visits, desk):
    visits.show_visit(VisitWish(add_customer(desk, "9", "Praxis Neu", "PC")))
    assert visits.panel.told() == "Beim Kunden steht noch keine Anschrift."


def test_a_file_that_cannot_be_written_is_said(visits, surroundings, bohrer, tmp_path):
    visits.show_visit(VisitWish(bohrer.customer_id))
    visits.save()
    visits.files.dialog.close()
    visits.files.chosen.emit(tmp_path / "fehlt" / "a.ics")
    settle(surroundings.background)
    assert visits.panel.told() != ""
    assert visits.panel.open.isHidden()
