"""The place of data protection: what it shows is what happens, and nobody goes by mistake."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.background import Lane
from laverma_desk.ui.customers.privacy.controller import PrivacyController
from tests.support.held_data import hold_everything


@pytest.fixture
def held(desk, bohrer):
    return hold_everything(desk, bohrer)


@pytest.fixture
def place(surroundings, owner, held, qtbot):
    made = PrivacyController(surroundings, owner)
    qtbot.addWidget(made.panel)
    made.panel.resize(1000, 640)
    made.panel.show()
    made.begin(held.customer_id)
    return made


def _export(place, qtbot, file):
    place.panel.access.save.click()
    place.archive.files.dialog.selectFile(str(file))
    with qtbot.waitSignal(place.archive.files.dialog.finished):
        place.archive.files.dialog.accept()


def test_both_previews_are_shown_before_anything_happens(place):
    panel = place.panel
    assert panel.subtitle.text() == "10017 ZAP Dr. Bohrer"
    going = panel.erasure.going.words()
    assert "2 Ansprechpartner" in going
    assert "Notizen, Auftraggeber und Partner-ID von 2 Sitzungen" in going
    kept = [line.replace("\u00a0", " ") for line in panel.erasure.kept.words()]
    assert "1 Sitzung, die noch abzurechnen ist" in kept
    assert "bis 31.12.2030 (8 Jahre, § 147 AO, § 14b UStG)" in kept
    assert "bis 31.12.2028 (6 Jahre, § 147 AO, § 257 HGB)" in kept
    assert panel.erasure.can_erase()
    assert panel.locked.isHidden()


def test_the_archive_is_written_beside_everything_else(place, qtbot, tmp_path, surroundings):
    file = tmp_path / "auskunft.zip"
    _export(place, qtbot, file)
    qtbot.waitUntil(lambda: bool(place.panel.access.told()))
    with ZipFile(file) as archive:
        assert "Auskunft.pdf" in archive.namelist()
        count = len(archive.namelist())
    assert place.panel.access.told() == f"Gespeichert als auskunft.zip, mit {count} Dateien."
    assert place.panel.access.progress.isHidden()
    assert place.panel.access.save.isEnabled()


def test_one_person_can_be_chosen(place, qtbot, tmp_path):
    whom = place.panel.access.whom
    assert [whom.itemText(row) for row in range(whom.count())] == [
        "Die ganze Praxis", "Sabine Lorenz", "Peter Panther",
    ]  # fmt: skip
    whom.setCurrentIndex(2)
    file = tmp_path / "person.zip"
    _export(place, qtbot, file)
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: bool(place.panel.access.told()))
    with ZipFile(file) as archive:
        assert "stammdaten.csv" not in archive.namelist()


def test_an_export_that_is_called_off_leaves_no_file(place, qtbot, tmp_path, surroundings, owner):
    file = tmp_path / "auskunft.zip"
    gate = surroundings.background.run(owner, lambda: qtbot.wait, lambda _x: None, lambda _x: None, Lane.LONG)
    _export(place, qtbot, file)
    assert not place.panel.access.save.isEnabled(), "nobody asks twice"
    place.panel.access.progress.cancelled.emit()
    qtbot.waitUntil(lambda: bool(place.panel.access.told()))
    assert gate.done()
    if place.panel.access.told().startswith("Abgebrochen"):
        assert not file.exists()
    else:
        assert file.exists(), "it was done before it could be called off"


def test_a_file_that_cannot_be_written_is_told(place, qtbot, tmp_path):
    place.archive.files.chosen.emit(tmp_path / "fehlt" / "a.zip")  # the chooser would not let one pick it
    qtbot.waitUntil(lambda: bool(place.panel.access.told()))
    assert "a.zip" in place.panel.access.told()


def test_erasing_wants_number_and_reason(place, held, desk):
    card = place.panel.erasure
    card.erase.click()
    assert card.error("number") == "Das ist nicht die Nummer dieses Kunden."
    assert card.number.hasFocus()
    card.number.setText("10017")
    card.erase.click()
    assert (card.error("number"), card.error("reason")) == ("", "Bitte einen Grund angeben.")
    assert timekeeping.read_session(desk, held.free).notes == "Geheimwort kostenlos"


def test_afterwards_the_customer_is_locked_and_only_readable_here(place, held, desk, surroundings, qtbot):
    card = place.panel.erasure
    card.number.setText("10017")
    card.reason.setText("Verlangen vom 01.03.2022")
    with qtbot.waitSignal(surroundings.bus.changed):
        QTest.keyClick(card.erase, Qt.Key.Key_Space)
    assert timekeeping.read_session(desk, held.free).notes == ""
    assert not card.can_erase()
    assert card.going.words() == ["Nichts."]
    assert place.panel.locked.links()[0].text() == "10017 ZAP Dr. Bohrer"
    assert place.panel.locked.sentence() == "Noch ist nichts fällig."
    assert not place.panel.locked.due.isVisibleTo(place.panel)
    assert place.panel.access.whom.count() == 1, "its people are gone"


def test_what_is_due_goes_with_one_button(place, held, desk, clock):
    place.panel.erasure.number.setText("10017")
    place.panel.erasure.reason.setText("Verlangen")
    place.panel.erasure.erase.click()
    clock.set_wall(clock.now().replace(year=2029))
    place.begin(held.customer_id)
    assert "1 Mail mit ihren Dateien" in place.panel.erasure.going.words()
    place.panel.locked.due.click()
    assert timekeeping.read_session(desk, held.reported).notes == ""
    assert not place.panel.locked.due.isVisibleTo(place.panel)


def test_while_a_session_runs_it_says_why_not(place, bohrer, desk):
    timekeeping.start_session(desk, bohrer.server)
    place.begin(bohrer.customer_id)
    assert place.panel.erasure.told() == "Für diesen Kunden läuft noch eine Sitzung. Zuerst beenden."
    assert not place.panel.erasure.can_erase()


def test_the_locked_ones_are_reached_without_a_record(place, held):
    place.begin_locked()
    assert place.panel.access.isHidden()
    assert place.panel.locked.sentence() == "Kein Kunde ist gesperrt."
    place.begin(held.customer_id)
    place.panel.erasure.number.setText("10017")
    place.panel.erasure.reason.setText("Verlangen")
    place.panel.erasure.erase.click()
    place.begin_locked()
    assert place.panel.erasure.isHidden()
    place.panel.locked.links()[0].click()
    assert place.panel.subtitle.text() == "10017 ZAP Dr. Bohrer"
    assert not place.panel.access.isHidden(), "what is kept can be read from here"


def test_escape_leads_back(place, qtbot):
    with qtbot.waitSignal(place.closed):
        place.keys()["Escape"]()


def test_every_field_has_a_name(place):
    panel = place.panel
    for widget in (panel.access.whom, panel.access.save, panel.erasure.number, panel.erasure.reason):
        assert widget.accessibleName()
