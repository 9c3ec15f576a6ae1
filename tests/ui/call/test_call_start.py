"""The start is mended in place: by F2 or the link, and what is wrong is named below."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.setup import house

NB = "\u00a0"


def _advance_to(scene, **span):
    scene.clock.advance(**span)
    scene.tick()


def _edit_start(scene, typed):
    scene.press("F2")
    assert scene.timer.start.is_editing()
    scene.timer.start._field.setText(typed)
    scene.press("Return")


def test_f2_moves_the_start(scene):
    scene.start()
    _advance_to(scene, minutes=12)
    scene.press("F2")
    assert scene.timer.start.typed() == "01.03.2022 10:22"
    _edit_start(scene, "10:19")
    assert scene.stored().begin == datetime(2022, 3, 1, 9, 19, tzinfo=UTC)
    assert scene.timer.reading().digits == "00:15:00"
    assert scene.timer.reading().begin == "Anfang 01.03.2022 10:19 Uhr"
    assert not scene.timer.start.is_editing()


def test_the_link_opens_the_start_and_ago_is_understood(scene):
    scene.start()
    scene.clock.advance(minutes=1)
    QTest.mouseClick(scene.timer.start._adjust, Qt.MouseButton.LeftButton)
    _edit_start(scene, "vor 3 Min")
    assert scene.stored().begin == scene.clock.now() - timedelta(minutes=3)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("10:40", "Der Anfang liegt in der Zukunft."),
        ("quatsch", "kein Datum und keine Zeit"),
        ("10:28", "Der Anfang liegt nach dem Ende."),
    ],
)
def test_a_wrong_start_is_named_below_and_nothing_is_lost(scene, typed, sentence):
    scene.start()
    scene.clock.advance(minutes=5)
    scene.press("F8")
    scene.clock.advance(minutes=5)
    before = scene.stored().begin
    _edit_start(scene, typed)
    assert sentence in scene.timer.start.error()
    assert scene.timer.start.typed() == typed
    assert scene.timer.start._field.hasFocus()
    assert scene.stored().begin == before
    scene.type("1")
    assert scene.timer.start.error() == ""
    scene.press("Escape")
    assert not scene.timer.start.is_editing()
    assert scene.stored().begin == before
    assert scene.notes.editor().hasFocus()


def test_leaving_the_start_keeps_what_is_right_and_holds_on_to_what_is_wrong(scene):
    scene.start()
    scene.clock.advance(minutes=5)
    scene.press("F2")
    scene.timer.start._field.setText("10:20")
    scene.press("Tab")
    assert scene.stored().begin == datetime(2022, 3, 1, 9, 20, tzinfo=UTC)
    scene.press("F2")
    scene.timer.start._field.setText("25:00")
    scene.press("Tab")
    assert scene.timer.start.is_editing()
    assert scene.timer.start.error()


def test_an_untouched_start_keeps_its_seconds(scene):
    scene.clock.advance(seconds=17)
    scene.start()
    scene.clock.advance(minutes=1)
    scene.press("F2")
    scene.press("Return")
    assert scene.stored().begin.second == 17


def test_another_day_may_have_another_price(scene):
    house.save_tariff(scene.desk, Tariff(date(2022, 3, 1), price_cents=300))
    scene.start()
    _advance_to(scene, minutes=10)
    assert scene.timer.reading().amount == f"10{NB}Min · 30,00{NB}€ netto"
    _edit_start(scene, "28.02.2022 10:32")
    assert f"2,25{NB}€ je Minute" in scene.timer.reading().detail
