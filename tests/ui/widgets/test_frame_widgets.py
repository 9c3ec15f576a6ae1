"""The rail and the strip: what they show, how they are walked, and that no second moves anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from laverma_desk import i18n
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets.nav_rail import NavRail
from laverma_desk.ui.widgets.session_strip import SessionStrip, StripTab
from laverma_desk.ui.widgets.session_tab import NewTab, SessionTab

BOHRER = StripTab(1, "ZAP Dr. Bohrer", "00:12:22", "running", state_text="runs")
WEISS = StripTab(2, "Praxis Dr. Weiß", "00:03:10", "paused")


@pytest.fixture(autouse=True)
def english(interface_language):
    i18n.use("en")


@pytest.fixture
def rail(qtbot):
    rail = NavRail()
    qtbot.addWidget(rail)
    rail.add_item("session", "timer", "Session")
    rail.add_item("outbox", "outbox", "Outbox")
    rail.add_item("settings", "sliders", "Settings", bottom=True)
    rail.resize(176, 768)
    with qtbot.waitActive(rail):
        rail.show()
        rail.activateWindow()
    return rail


@pytest.fixture
def strip(qtbot):
    strip = SessionStrip(new_shortcut="Ctrl+N")
    qtbot.addWidget(strip)
    strip.resize(1104, 48)
    with qtbot.waitActive(strip):
        strip.show()
        strip.activateWindow()
    return strip


def _tabs(strip):
    return sorted((tab for tab in strip.findChildren(SessionTab) if tab.isVisible()), key=lambda tab: tab.x())


def test_the_rail_is_walked_with_the_arrows_and_asks_before_it_changes(rail):
    heard = []
    rail.page_chosen.connect(heard.append)
    rail.set_current("session")
    items = [child for child in rail.children() if hasattr(child, "key")]
    items[0].setFocus()
    QTest.keyClick(items[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is items[1]
    QTest.keyClick(items[1], Qt.Key.Key_Return)
    assert heard == ["outbox"]
    assert rail.current() == "session"
    assert items[0].is_current()
    assert not items[1].is_current()
    QTest.mouseClick(items[2], Qt.MouseButton.LeftButton)
    assert heard == ["outbox", "settings"]


def test_who_sees_nothing_hears_a_button_that_leads_to_a_page_and_which_one_is_shown(rail, strip):
    rail.set_current("session")
    strip.show_tabs([BOHRER, WEISS], 1)
    for here, there in ([child for child in rail.children() if hasattr(child, "key")][:2], _tabs(strip)):
        faces = [QAccessible.queryAccessibleInterface(one) for one in (here, there)]
        assert [face.role() for face in faces] == [QAccessible.Role.PushButton] * 2
        assert [one.accessibleDescription() for one in (here, there)] == ["current page", ""]
        QTest.mouseClick(there, Qt.MouseButton.LeftButton)
        assert [one.is_current() for one in (here, there)] == [True, False], "the page decides, not the click"


def test_the_rail_has_the_places_of_the_design(rail):
    places = {c.key(): (c.x(), c.y(), c.width()) for c in rail.children() if hasattr(c, "key")}
    assert places == {"session": (8, 8, 159), "outbox": (8, 48, 159), "settings": (8, 663, 159)}


def test_a_count_is_seen_and_said(rail):
    item = next(c for c in rail.children() if hasattr(c, "key") and c.key() == "outbox")
    bare = item.grab().toImage()
    rail.set_count("outbox", 2)
    assert item.accessibleName() == "Outbox, 2"
    assert item.grab().toImage() != bare
    rail.set_count("outbox", 0)
    assert item.accessibleName() == "Outbox"
    assert item.grab().toImage() == bare
    with pytest.raises(KeyError):
        rail.set_count("nowhere", 1)


def test_a_count_of_three_figures_leaves_the_longest_word_whole(rail):
    item = next(c for c in rail.children() if hasattr(c, "key") and c.key() == "outbox")
    rail.set_count("outbox", 888)
    picture = QImage(item.size(), QImage.Format.Format_ARGB32)
    painter = QPainter(picture)
    room = item.paint_end(painter, item.width() - item.right) - item.words_left
    painter.end()
    assert room + 0.5 >= fonts.width("Postausgang", 14, 600)


def test_the_tabs_stand_as_in_the_design(strip):
    strip.show_tabs([BOHRER, WEISS], 1)
    assert [(tab.x() + 16, tab.width()) for tab in _tabs(strip)] == [(16, 213), (229, 223)]


def test_a_second_moves_nothing(strip):
    strip.show_tabs([BOHRER, WEISS], 1)
    before = [tab.geometry() for tab in _tabs(strip)]
    image = _tabs(strip)[0].grab().toImage()
    strip.set_time(1, "00:12:23")
    assert [tab.geometry() for tab in _tabs(strip)] == before
    assert _tabs(strip)[0].grab().toImage() != image
    assert _tabs(strip)[0].tab.time_text == "00:12:23"


def test_tabs_keep_their_widgets_and_the_focus(strip):
    strip.show_tabs([BOHRER, WEISS], 1)
    weiss = _tabs(strip)[1]
    weiss.setFocus()
    strip.show_tabs([WEISS, StripTab(3, "MVZ Nord", "00:00:01", "running")], 3)
    assert weiss.hasFocus()
    assert [tab.tab.key for tab in _tabs(strip)] == [2, 3]


def test_tabs_are_chosen_by_mouse_arrow_and_enter(strip, qtbot):
    strip.show_tabs([BOHRER, WEISS], 1)
    first, second = _tabs(strip)
    with qtbot.waitSignal(strip.session_chosen) as told:
        QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told.args == [2]
    assert first.is_current(), "the page decides, not the click"
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Right)
    with qtbot.waitSignal(strip.new_session_requested):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_without_a_session_the_strip_says_so(strip):
    strip.show_tabs([], None, new_current=True)
    empty = strip.grab().toImage()
    strip.show_tabs([BOHRER], 1)
    assert strip.grab().toImage() != empty
    strip.show_tabs([], None, new_current=True)
    QApplication.processEvents()
    assert strip.grab().toImage() == empty


def test_the_current_tab_is_joined_to_the_page(strip):
    strip.show_tabs([BOHRER, WEISS], 1)
    image = strip.grab().toImage()
    assert image.pixelColor(120, 47) == theme.LIGHT.window
    assert image.pixelColor(330, 47) == theme.LIGHT.border


def test_many_tabs_shrink_then_scroll_to_the_one_that_matters(strip, qtbot):
    many = [StripTab(n, f"Zahnarztpraxis am Marktplatz {n}", "00:01:00", "running") for n in range(1, 13)]
    strip.show_tabs(many[:5], 1)
    assert len({tab.width() for tab in _tabs(strip)}) == 1
    assert _tabs(strip)[-1].geometry().right() < 1104 - 150
    strip.show_tabs(many, 12)
    track = strip.findChild(NewTab).parentWidget()
    seen = track.rect()
    assert seen.contains(_tabs(strip)[-1].geometry())
    assert not seen.intersects(_tabs(strip)[0].geometry())
    _tabs(strip)[0].setFocus()
    assert seen.contains(_tabs(strip)[0].geometry())
    turn = QPoint(0, -4800)
    wheel = QWheelEvent(
        QPointF(50, 20),
        strip.mapToGlobal(QPointF(50, 20)),
        turn,
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, wheel)
    assert seen.contains(strip.findChild(NewTab).geometry())


def test_a_tab_is_named_by_customer_state_and_time_whenever_the_focus_comes(strip):
    strip.show_tabs([BOHRER], 1)
    (tab,) = _tabs(strip)
    assert tab.accessibleName() == "ZAP Dr. Bohrer, runs, 00:12:22"
    strip.set_time(1, "00:12:23")
    assert tab.accessibleName() == "ZAP Dr. Bohrer, runs, 00:12:22", "no second is said by itself"
    tab.setFocus()
    assert tab.accessibleName() == "ZAP Dr. Bohrer, runs, 00:12:23"


def test_a_sentence_at_the_right_end_gives_way_before_the_way_to_a_new_session_is_cut(strip):
    names = ["Praxis Dr. Weiß", "ZAP Dr. Bohrer", "Zahnärzte am Markt"]
    tabs = [StripTab(number, name, "00:12:22", "running") for number, name in enumerate(names)]
    strip.offer_mini(True)
    strip.show_tabs(tabs[:2], current=1)
    strip.set_aside("Beispieldaten, es wird nichts gesendet", "Beispieldaten")
    assert strip.aside() == "Beispieldaten, es wird nichts gesendet"
    strip.resize(944, 48)
    strip.show_tabs(tabs, current=1)
    strip.set_aside("Beispieldaten, es wird nichts gesendet", "Beispieldaten")
    assert strip.aside() == "Beispieldaten"
    (new,) = strip.findChildren(NewTab)
    assert new.geometry().right() < new.parentWidget().width()
