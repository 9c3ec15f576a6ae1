"""The icon in the notification area: its picture, its menu, and what its entries do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui import theme
from laverma_desk.ui.tray.picture import tray_icon


def entries(menu):
    """Return what a desktop would draw: the texts of the entries, lines as a dash."""
    shown = [one for one in menu.actions() if one.isVisible()]
    return ["-" if one.isSeparator() else one.text().replace("\N{NO-BREAK SPACE}", " ") for one in shown]


def press(menu, words):
    (action,) = [one for one in menu.actions() if one.text() == words and one.isVisible()]
    action.trigger()


def colours(state, size=22):
    image = tray_icon(state).pixmap(QSize(size, size)).toImage()
    corner = [image.pixelColor(x, y) for x in range(size // 2, size) for y in range(size // 2, size)]
    return {one.name() for one in corner if one.alpha() == 255}


@pytest.fixture
def tray(work):
    return work.companions.tray


def test_the_menu_says_whose_time_runs_and_offers_no_quit(tray):
    assert entries(tray.menu) == [
        "ZAP Dr. Bohrer – PC Rezeption",
        "00:12:22 · 13 Min · 29,25 €",
        "-",
        "Pause",
        "Sitzung beenden",
        "-",
        "Fenster öffnen",
    ]
    assert [one.isEnabled() for one in tray.menu.actions()[:2]] == [False, False]


def test_its_time_is_that_of_the_moment_in_which_it_opens(work, tray):
    work.clock.advance(minutes=1)
    tray.menu.aboutToShow.emit()
    assert entries(tray.menu)[1] == "00:13:22 · 14 Min · 31,50 €"


def test_pause_and_resume(work, tray):
    press(tray.menu, "Pause")
    assert work.stored().state is SessionState.PAUSED
    assert tray.icon.toolTip() == "ZAP Dr. Bohrer – PC Rezeption, Pausiert"
    press(tray.menu, "Weiter")
    assert work.stored().state is SessionState.RUNNING
    assert tray.icon.toolTip() == "ZAP Dr. Bohrer – PC Rezeption, läuft seit 10:22 Uhr"


def test_ending_shows_the_report_and_then_the_program_may_be_quit(work, tray, qtbot):
    work.shell.showMinimized()
    press(tray.menu, "Sitzung beenden")
    assert work.stored().state is SessionState.ENDED
    assert work.stage.front is work.stage.report
    assert not work.shell.isMinimized()
    assert entries(tray.menu) == [
        "Keine Sitzung aktiv",
        "-",
        "Neue Sitzung",
        "-",
        "Fenster öffnen",
        "Programm beenden",
    ]
    with qtbot.waitSignal(work.running.close_wanted):
        press(tray.menu, "Programm beenden")
    press(tray.menu, "Neue Sitzung")
    assert work.stage.front is work.stage.search


def test_other_sessions_are_one_step_away(work, tray):
    other = work.bus.publish(timekeeping.start_session(work.desk, work.bohrer.server))
    assert entries(tray.menu)[0] == "ZAP Dr. Bohrer – Server"
    assert entries(tray.menu)[5] == "Weitere Sitzungen"
    (entry,) = tray.menu._others.actions()
    assert entry.text() == "ZAP Dr. Bohrer – PC Rezeption, Sitzung läuft"
    work.stage.show_session(other.id)
    entry.trigger()
    assert work.stage.call.session_id == work.session.id


def test_the_icon_shows_a_dot_while_time_runs_and_bars_while_it_waits(dressed):
    running, paused, none = colours(SessionState.RUNNING), colours(SessionState.PAUSED), colours(None)
    green, amber = theme.palette().green_line.name(), theme.palette().amber_line.name()
    assert green in running
    assert amber in paused
    assert green not in paused | none
    assert amber not in running | none


def test_the_icon_follows_the_colours(work, tray, dressed):
    light = tray.icon.icon().cacheKey()
    theme.apply(dressed, "dark")
    assert tray.icon.icon().cacheKey() != light
    assert theme.DARK.green_line.name() in colours(SessionState.RUNNING)


def test_a_closed_menu_makes_nothing_tick(work, tray):
    pulse = work.running._pulse
    work.companions._machine = work.companions._machine.__class__(mini_on_minimise=False)
    work.shell.showMinimized()
    assert not pulse._timer.isActive()
    tray.menu.popup(work.shell.pos())
    tray._on_menu_shown()
    assert pulse._timer.isActive()
    tray.menu.close()
    assert not pulse._timer.isActive()
