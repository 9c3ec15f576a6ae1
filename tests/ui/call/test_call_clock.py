"""The timer card: it asks the clock and counts nothing; pause, start, remarks, the meter."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.company import Company
from laverma_desk.domain.support_session import SessionState
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.services.setup import house

NB = "\u00a0"


def _advance_to(scene, **span):
    scene.clock.advance(**span)
    scene.tick()


def test_the_time_and_its_price_follow_the_clock(scene):
    scene.start()
    _advance_to(scene, minutes=12, seconds=22)
    reading = scene.timer.reading()
    assert reading.digits == "00:12:22"
    assert reading.amount == f"13{NB}Min · 29,25{NB}€ netto"
    assert reading.detail == f"34,81{NB}€ mit USt · 2,25{NB}€ je Minute"
    assert reading.begin == "Anfang 01.03.2022 10:22 Uhr"
    assert scene.timer.state_line().words() == "Sitzung läuft"
    _advance_to(scene, hours=26)
    assert scene.timer.reading().digits == "26:12:22"


def test_a_hidden_page_draws_nothing(scene):
    scene.start()
    scene.window.hide()
    _advance_to(scene, minutes=5)
    assert scene.timer.reading().digits == "00:00:00"
    scene.window.show()
    assert scene.timer.reading().digits == "00:05:00"


def test_nothing_shifts_from_second_to_second(scene):
    scene.start()
    places = []
    for _ in range(3):
        _advance_to(scene, seconds=1)
        places.append([part.geometry() for part in scene.timer.findChildren(QWidget)])
    assert places[0] == places[1] == places[2]


def test_a_small_business_names_no_vat(scene):
    house.save_company(scene.desk, Company(name="Laverma", small_business=True))
    scene.start()
    _advance_to(scene, minutes=12, seconds=22)
    assert scene.timer.reading().amount == f"13{NB}Min · 29,25{NB}€"
    assert scene.timer.reading().detail == f"2,25{NB}€ je Minute"


def test_the_exact_second_shows_its_time(scene):
    house.save_tariff(scene.desk, Tariff(date(2022, 1, 1), rounding=Rounding.EXACT_SECOND))
    scene.start()
    _advance_to(scene, minutes=12, seconds=22)
    assert scene.timer.reading().amount == f"12:22 · 27,83{NB}€ netto"


def test_f8_pauses_and_goes_on(scene):
    session_id = scene.start()
    _advance_to(scene, minutes=5)
    scene.press("F8")
    assert scene.stored().state is SessionState.PAUSED
    assert scene.timer.state_line().words() == "Pausiert"
    assert scene.spoken == ["Sitzung läuft", "Pausiert"]
    assert scene.timer.pause_button().label() == "Weiter"
    _advance_to(scene, minutes=10)
    assert scene.timer.reading().digits == "00:05:00"
    QTest.mouseClick(scene.timer.pause_button(), Qt.MouseButton.LeftButton)
    assert scene.stored().state is SessionState.RUNNING
    assert scene.spoken[2:] == ["Sitzung läuft"]
    _advance_to(scene, minutes=1)
    assert scene.timer.reading().digits == "00:06:00"
    assert scene.call.session_id == session_id


def test_a_long_pause_is_pointed_out(scene):
    scene.start()
    scene.press("F8")
    timer = scene.call.clock.pause_timer
    assert timer.isActive()
    assert timer.interval() == 60_000
    scene.clock.advance(minutes=14, seconds=59)
    timer.timeout.emit()
    assert scene.timer.state_line().words() == "Pausiert"
    scene.clock.advance(seconds=1)
    timer.timeout.emit()
    assert scene.timer.state_line().words() == f"Seit 15{NB}Min pausiert."
    QTest.mouseClick(scene.timer.state_line()._resume, Qt.MouseButton.LeftButton)
    assert scene.stored().state is SessionState.RUNNING
    assert not timer.isActive()


def test_a_pause_that_nobody_looks_at_needs_no_timer(scene):
    scene.start()
    scene.press("F8")
    scene.window.hide()
    assert not scene.call.clock.pause_timer.isActive()
    scene.window.show()
    assert scene.call.clock.pause_timer.isActive()


def test_a_pause_that_the_file_refuses_is_said_and_tried_again(scene):
    scene.start(notes="Update")
    with scene.locked():
        scene.press("F8")
        assert scene.panel.notice.isVisible()
        assert "Ein anderes Programm" in scene.panel.notice.sentence()
        assert scene.timer.pause_button().label() == "Pause"
    scene.panel.notice.link_activated.emit()
    assert scene.stored().state is SessionState.PAUSED
    assert not scene.panel.notice.isVisible()


def test_a_change_of_clocks_is_explained(scene):
    scene.clock.set_wall(from_local(datetime.fromisoformat("2026-03-29 01:30")))
    scene.start()
    assert scene.timer.reading().remark == ""
    _advance_to(scene, hours=1)
    assert scene.timer.reading().digits == "01:00:00"
    assert scene.timer.reading().remark == "Zeitumstellung, es zählt die echte Zeit."
