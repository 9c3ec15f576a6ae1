"""A gap is asked about after the fact, without a dialog, and each answer shows what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.support_session import (
    Gap,
    GapDecision,
    GapKind,
    Segment,
    SessionState,
    SupportSession,
    gap_outcomes,
)
from laverma_desk.services.calls import vigilance
from laverma_desk.services.changes import Topic

NB = "\u00a0"


def _sleep(scene, work, asleep, after=timedelta(minutes=2, seconds=20)):
    """Work, sleep, and work on, as the heart notices it."""
    scene.clock.advance(seconds=work.total_seconds())
    before = vigilance.read_clocks(scene.desk)
    scene.clock.advance(seconds=asleep.total_seconds())
    scene.bus.publish(vigilance.beat(scene.desk, before))
    scene.clock.advance(seconds=after.total_seconds())
    scene.tick()


def _picture(scene):
    session_id = scene.start(notes="Update")
    _sleep(scene, timedelta(minutes=9, seconds=10), timedelta(minutes=30, seconds=52))
    return session_id


def _outcomes(scene):
    bar = scene.timer.gap_bar
    return [button._outcome for button in (bar._keep, bar._deduct, bar._split) if button.isVisible()]


def test_the_bar_says_what_happened_and_what_each_answer_leaves(scene):
    _picture(scene)
    bar = scene.timer.gap_bar
    assert bar.isVisible()
    assert bar._sentence.text() == f"Der Rechner schlief von 10:31 bis 11:02 (31{NB}Min)."
    assert bar._question.text() == "Zeit behalten, abziehen oder teilen?"
    assert _outcomes(scene) == [f"43{NB}Min", f"12{NB}Min", f"10 + 3{NB}Min"]
    assert scene.timer.reading().digits == "00:42:22"
    assert scene.notes.editor().hasFocus()
    assert scene.notes.editor().height() >= 136


def test_the_panel_shows_both_outcomes(scene):
    _picture(scene)
    reading = scene.panel.on_site.reading()
    assert (reading.headline, reading.tone) == (f"12 oder 43{NB}Min, je nach Lücke", "amber")
    assert reading.rows[0] == ("Fernwartung", f"27,00{NB}€ oder 96,75{NB}€")
    assert reading.meter.gap_text == f"Lücke 31{NB}Min"
    assert reading.meter.gap == pytest.approx((9.17, 40.03), abs=0.01)


def test_alt_b_keeps(scene):
    _picture(scene)
    scene.press("Alt+B")
    assert scene.stored().gaps[0].decision is GapDecision.KEEP
    assert not scene.timer.gap_bar.isVisible()
    assert scene.timer.reading().digits == "00:42:22"


def test_alt_z_deducts(scene):
    _picture(scene)
    scene.press("Alt+Z")
    assert scene.stored().gaps[0].decision is GapDecision.DEDUCT
    assert scene.timer.reading().amount == f"12{NB}Min · 27,00{NB}€ netto"


def test_alt_t_splits_and_goes_on_with_the_second_part(scene):
    first = _picture(scene)
    scene.type(" und mehr")
    scene.press("Alt+T")
    second = scene.call.session_id
    assert second != first
    assert scene.heard == [("session_changed", second)]
    assert scene.stored(first).state is SessionState.ENDED
    assert scene.stored(first).notes == "Update und mehr"
    assert scene.stored(first).charge.billed_minutes == 10
    assert scene.timer.reading().digits == "00:02:20"
    assert scene.notes.texts()[0] == ""
    assert not scene.timer.gap_bar.isVisible()


def test_a_click_answers_too(scene):
    _picture(scene)
    QTest.mouseClick(scene.timer.gap_bar._deduct, Qt.MouseButton.LeftButton)
    assert scene.stored().gaps[0].decision is GapDecision.DEDUCT


def test_several_gaps_are_asked_about_one_after_the_other(scene):
    _picture(scene)
    _sleep(scene, timedelta(minutes=5), timedelta(minutes=10))
    assert "10:31" in scene.timer.gap_bar._sentence.text()
    scene.press("Alt+Z")
    assert scene.timer.gap_bar.isVisible()
    assert scene.timer.gap_bar._sentence.text().endswith(f"(10{NB}Min).")
    scene.press("Alt+B")
    assert not scene.timer.gap_bar.isVisible()
    assert [gap.decision for gap in scene.stored().gaps] == [GapDecision.DEDUCT, GapDecision.KEEP]


def test_without_a_gap_the_keys_do_nothing(scene):
    scene.start(notes="Update")
    for keys in ("Alt+B", "Alt+Z", "Alt+T"):
        scene.press(keys)
    assert scene.stored().gaps == ()
    assert scene.stored().state is SessionState.RUNNING
    assert scene.notes.texts()[0] == "Update"


def test_a_clock_set_forward_is_told(scene):
    scene.start()
    scene.clock.advance(minutes=10)
    before = vigilance.read_clocks(scene.desk)
    scene.clock.set_wall(scene.clock.now() + timedelta(hours=1))
    scene.bus.publish(vigilance.beat(scene.desk, before))
    scene.tick()
    assert scene.timer.gap_bar._sentence.text() == f"Die Uhr wurde um 60{NB}Min vorgestellt."
    assert scene.timer.reading().digits == "01:10:00"


def test_a_clock_set_back_cannot_be_taken_off(scene):
    scene.start()
    scene.clock.advance(minutes=10)
    before = vigilance.read_clocks(scene.desk)
    scene.clock.set_wall(scene.clock.now() - timedelta(hours=1))
    scene.bus.publish(vigilance.beat(scene.desk, before))
    scene.clock.advance(minutes=5)
    scene.tick()
    bar = scene.timer.gap_bar
    assert bar._sentence.text() == f"Die Uhr wurde um 60{NB}Min zurückgestellt."
    assert bar._question.text() == "Zeit behalten oder teilen?"
    assert _outcomes(scene) == [f"15{NB}Min", f"10 + 5{NB}Min"]
    scene.press("Alt+Z")
    assert scene.stored().open_gap is not None
    scene.press("Alt+B")
    assert scene.stored().open_gap is None


def test_the_parts_at_a_clock_set_back_are_the_times_of_the_old_and_the_new_clock():
    begin = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)
    turned = Gap(1, 1, GapKind.CLOCK_BACK, begin + timedelta(hours=1), begin)
    session = SupportSession(
        1, "S-1", 1, 1, 1, "A", "B", "C", SessionState.RUNNING,
        (Segment(begin, begin + timedelta(hours=1)), Segment(begin)), (turned,),
    )  # fmt: skip
    outcomes = gap_outcomes(session, turned, begin + timedelta(minutes=30))
    assert (outcomes.keep, outcomes.split) == (5400, (3600, 1800))


def test_after_a_crash_the_session_is_there_and_asks(scene):
    scene.start()
    scene.clock.advance(minutes=31)
    scene.bus.publish(vigilance.recover(scene.desk))
    scene.tick()
    bar = scene.timer.gap_bar
    assert bar._sentence.text() == f"Das Programm lief nicht von 10:22 bis 10:53 (31{NB}Min)."
    assert bar._question.text() == "Sitzung wiederhergestellt. Zeit behalten oder abziehen?"
    assert bar.offers(GapDecision.DEDUCT)
    assert not bar.offers(GapDecision.SPLIT)


def test_a_night_is_told_with_its_days_and_whole(scene):
    scene.start()
    _sleep(scene, timedelta(minutes=8), timedelta(hours=23))
    told = scene.timer.gap_bar._sentence
    assert told.text() == "Der Rechner schlief von 01.03. 10:30 bis 02.03. 09:30."
    assert told.sizeHint().width() <= told.width()


def test_hours_without_the_program_are_told_whole(scene):
    scene.start()
    scene.clock.advance(hours=3)
    scene.bus.publish(vigilance.recover(scene.desk))
    scene.tick()
    told = scene.timer.gap_bar._sentence
    assert told.text() == f"Das Programm lief nicht von 10:22 bis 13:22 (180{NB}Min)."
    assert told.sizeHint().width() <= told.width()


def test_an_open_gap_leads_to_the_report_instead_of_sending(scene, qtbot):
    session_id = _picture(scene)
    scene.press("Ctrl+Return")
    scene.settle(qtbot)
    assert scene.stored().state is SessionState.ENDED
    assert scene.heard == [("report_wanted", session_id)]


def test_even_without_a_report_an_open_gap_is_asked_about(scene):
    session_id = _picture(scene)
    scene.press("Ctrl+Shift+E")
    assert scene.heard == [("report_wanted", session_id)]
    assert scene.stored().report_open


def test_an_answer_that_the_file_refuses_is_given_by_the_link(scene):
    _picture(scene)
    with scene.locked():
        scene.press("Alt+Z")
        assert scene.panel.notice.isVisible()
        assert scene.stored().open_gap is not None
    scene.panel.notice.link_activated.emit()
    assert scene.stored().gaps[0].decision is GapDecision.DEDUCT


def test_a_gap_noticed_while_the_page_is_hidden_is_there_when_it_comes_back(scene):
    scene.start()
    scene.clock.advance(minutes=9)
    before = vigilance.read_clocks(scene.desk)
    scene.window.hide()
    scene.clock.advance(minutes=31)
    scene.bus.publish(vigilance.beat(scene.desk, before))
    assert not scene.timer.gap_bar.isVisible()
    scene.window.show()
    assert scene.timer.gap_bar.isVisible()
    scene.bus.announce(Topic.OUTBOX)
    assert scene.timer.gap_bar.isVisible()


@pytest.mark.parametrize("keys", ["Ctrl+Shift+E", "Ctrl+Return"])
def test_a_laptop_that_has_just_woken_up_is_noticed_by_the_end(scene, qtbot, keys):
    session_id = scene.start(notes="Update")
    vigilance.beat(scene.desk, vigilance.read_clocks(scene.desk))
    scene.clock.advance(minutes=31)
    scene.press(keys)
    scene.settle(qtbot)
    assert scene.stored().open_gap is not None
    assert scene.heard == [("report_wanted", session_id)]
    assert scene.stored().report_open


def test_a_gap_that_a_save_notices_is_asked_about_at_once(scene, qtbot):
    scene.start(notes="Update")
    vigilance.beat(scene.desk, vigilance.read_clocks(scene.desk))
    scene.clock.advance(minutes=31)
    scene.type("x")
    scene.autosave(qtbot)
    assert scene.timer.gap_bar.isVisible()
    assert scene.notes.texts()[0] == "Updatex"
