"""The mini timer: what it shows, what is done on it, when it comes and goes, and what it costs."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from laverma_desk import settings
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import call_sheet, timekeeping
from laverma_desk.services.setup import house
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.timer_digits import TimerDigits

CTRL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def refuse_writes(desk):
    """Let the file be read but not written, as a full disk does."""
    engine = desk.database.engine

    def refuse(raw, _record):
        raw.execute("PRAGMA query_only = 1")

    desk.database.close()
    event.listen(engine, "connect", refuse)
    try:
        yield
    finally:
        event.remove(engine, "connect", refuse)
        desk.database.close()


def words(mini):
    found = [one for one in mini.window.findChildren(Label) if not one.isHidden()]
    return [one.text().replace("\N{NO-BREAK SPACE}", " ") for one in found]


def digits(mini):
    return mini.window.findChild(TimerDigits).text()


@pytest.fixture
def mini(work, qtbot):
    """The mini timer in place of the window, with the caret in its note."""
    work.companions.open_mini()
    qtbot.waitActive(work.mini.window)
    return work.mini


def test_it_shows_whose_time_it_is_the_time_and_what_it_costs(mini):
    assert words(mini) == ["ZAP Dr. Bohrer – PC Rezeption", "29,25 €", "13 Min"]
    assert digits(mini) == "00:12:22"
    assert (mini.window.width(), mini.window.height()) == (360, 132)


def test_ctrl_m_goes_there_and_back(work, qtbot):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_M, CTRL)
    assert work.mini.shown
    assert work.shell.isMinimized()
    qtbot.waitUntil(work.mini.window.note.hasFocus)
    QTest.keyClick(work.mini.window.note, Qt.Key.Key_M, CTRL)
    assert not work.mini.shown
    assert not work.shell.isMinimized()


def test_without_an_open_session_there_is_none(work, qtbot):
    strip = work.shell.strip
    assert strip._mini.isVisible()
    work.bus.publish(timekeeping.end_session(work.desk, work.session.id))
    assert not strip._mini.isVisible()
    work.companions.open_mini()
    assert not work.mini.shown
    assert not work.shell.isMinimized()


def test_it_comes_when_the_window_is_minimised_and_takes_no_focus(work):
    work.shell.showMinimized()
    assert work.mini.shown
    assert work.mini.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not work.mini.window.isActiveWindow()
    work.shell.bring_forward()
    assert not work.mini.shown


def test_it_does_not_come_where_nobody_wants_it(make_work):
    work = make_work(settings.MachineSettings(mini_on_minimise=False))
    work.shell.showMinimized()
    assert not work.mini.shown
    work.shell.bring_forward()
    work.companions.use(settings.MachineSettings())
    work.shell.showMinimized()
    assert work.mini.shown


def test_pause_stops_the_time_and_lets_it_go_on(work, mini):
    QTest.keyClick(mini.window.note, Qt.Key.Key_F8)
    assert work.stored().state is SessionState.PAUSED
    assert mini.window._pause.label() == "Weiter"
    work.clock.advance(minutes=5)
    QTest.mouseClick(mini.window._pause, Qt.MouseButton.LeftButton)
    assert work.stored().state is SessionState.RUNNING
    assert digits(mini) == "00:12:22"


def test_a_pause_that_the_disk_refuses_is_said_in_place_of_the_name(work, mini):
    with refuse_writes(work.desk):
        mini.pause_or_resume()
    assert mini.window.trouble()
    assert words(mini)[0] == mini.window.trouble()
    mini.pause_or_resume()
    assert words(mini)[0] == "ZAP Dr. Bohrer – PC Rezeption"
    assert work.stored().state is SessionState.PAUSED


def test_a_note_is_added_below_what_is_typed_in_the_window(work, qtbot):
    work.stage.call.panel.column.notes.editor().insertPlainText("Erste Zeile")
    work.companions.open_mini()
    QTest.keyClicks(work.mini.window.note, "Neustart")
    QTest.keyClick(work.mini.window.note, Qt.Key.Key_Return)
    assert work.stored().notes == "Erste Zeile\nNeustart"
    assert work.mini.window.note.text() == ""
    QTest.keyClick(work.mini.window.note, Qt.Key.Key_Return)
    assert work.stored().notes == "Erste Zeile\nNeustart"


def test_a_note_reaches_a_session_that_the_window_does_not_show(work, mini):
    other = work.bus.publish(timekeeping.start_session(work.desk, work.bohrer.server))
    work.bus.publish(call_sheet.save_notes(work.desk, other.id, "Vorher\n", "intern"))
    work.companions.following.follow(other.id)
    mini._on_note_typed("Nachher")
    found = work.stored(other.id)
    assert (found.notes, found.internal_note) == ("Vorher\nNachher", "intern")
    assert work.stored().notes == ""


def test_a_note_that_the_disk_refuses_is_kept_and_said(work, mini, qtbot):
    with refuse_writes(work.desk):
        mini._on_note_typed("nicht verlieren")
        assert mini.window.trouble() == "Nicht gespeichert, wird wieder versucht."
    work.stage.call.notes.save_soon()
    work.settle()
    assert work.stored().notes == "nicht verlieren"


def test_ending_there_leads_to_the_report_in_the_window(work, mini):
    QTest.mouseClick(mini.window._end, Qt.MouseButton.LeftButton)
    assert work.stored().state is SessionState.ENDED
    assert work.stage.front is work.stage.report
    assert not work.shell.isMinimized()
    assert not mini.shown


def test_ctrl_tab_walks_through_what_is_open(work, mini):
    other = work.bus.publish(timekeeping.start_session(work.desk, work.bohrer.server))
    assert words(mini)[0] == "ZAP Dr. Bohrer – Server"
    QTest.keyClick(mini.window.note, Qt.Key.Key_Tab, CTRL)
    assert words(mini)[0] == "ZAP Dr. Bohrer – PC Rezeption"
    work.bus.publish(timekeeping.end_session(work.desk, work.session.id))
    assert words(mini)[0] == "ZAP Dr. Bohrer – Server"
    work.bus.publish(timekeeping.end_session(work.desk, other.id))
    assert not mini.shown


def test_a_new_session_is_followed_from_its_start(work):
    following = work.companions.following
    following.follow(work.session.id)
    other = work.bus.publish(timekeeping.start_session(work.desk, work.bohrer.server))
    assert following.session.id == other.id
    work.bus.publish(timekeeping.pause_session(work.desk, other.id))
    assert following.session.id == work.session.id


def test_a_free_session_says_so(work, mini):
    reason = house.read_house(work.desk).free_reasons[0]
    work.bus.publish(
        call_sheet.save_billing(work.desk, work.session.id, billable=False, free_reason_id=reason.id)
    )
    assert words(mini)[1:] == ["kostenlos", "13 Min"]


def test_time_ticks_in_it_while_the_window_is_minimised_and_nowhere_else(work, mini, qtbot):
    pulse = work.running._pulse
    assert pulse._timer.isActive()
    work.clock.advance(seconds=1)
    with qtbot.waitSignal(pulse.ticked):
        pass
    assert digits(mini) == "00:12:23"
    mini.hide()
    assert not pulse._timer.isActive()


def test_where_it_is_put_is_remembered(work, mini):
    first = mini.window.pos()
    mini.window.move(20, 30)
    mini.hide()
    assert settings.load().mini_place == (20, 30)
    mini.show(focus=False)
    assert mini.window.pos() == QPoint(20, 30) != first


def test_a_place_that_nobody_chose_is_not_kept(work, mini):
    mini.hide()
    assert settings.load().mini_place is None


def test_everything_on_it_has_a_name_and_is_reached_by_tab(mini):
    QApplication.processEvents()
    seen = []
    for _ in range(4):
        focus = QApplication.focusWidget()
        assert focus.accessibleName()
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert len(set(seen)) == 4
    assert (
        mini.window.accessibleName() == "ZAP Dr. Bohrer – PC Rezeption, Sitzung läuft, eine Lücke ist offen"
    )


def test_the_way_to_it_is_an_icon_where_its_words_would_take_room_from_the_tabs(work):
    strip, button = work.shell.strip, work.shell.strip._mini
    wide = button.width()
    assert strip.width() - button.geometry().right() - 1 == 12
    strip.set_aside("Beispieldaten, es wird nichts gesendet")
    strip.resize(560, 48)
    assert button.width() == 32 < wide
    assert button.accessibleName() == "Mini-Timer"
    assert button.toolTip() == "Mini-Timer (Strg+M)"
    strip.resize(1104, 48)
    assert button.width() == wide


def test_its_button_leads_there(work):
    QTest.mouseClick(work.shell.strip._mini, Qt.MouseButton.LeftButton)
    assert work.mini.shown
