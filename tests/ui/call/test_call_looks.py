"""How the page gives way: low and narrow windows, long names, dark colours, the order of the focus."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTextEdit

from laverma_desk import i18n
from laverma_desk.services.calls import timekeeping, vigilance
from laverma_desk.storage import customers
from laverma_desk.ui import reading_order, theme
from laverma_desk.ui.call.call_column import ROOMS
from laverma_desk.ui.key_names import key_name
from tests.support.desks import add_customer

_FIVE_LINES = 5 * 24 + 16


def _open_gap(scene):
    scene.clock.advance(minutes=9)
    before = vigilance.read_clocks(scene.desk)
    scene.clock.advance(minutes=31)
    scene.bus.publish(vigilance.beat(scene.desk, before))


def _overlaps(column):
    cards = [column.head, column.timer, column.notes, column.billing, column.bar]
    return any(upper.geometry().bottom() >= lower.geometry().top() for upper, lower in pairwise(cards))


@pytest.mark.parametrize(("high", "room"), [(720, 0), (640, 2)])
def test_a_low_window_makes_the_column_tighter(scene, high, room):
    scene.start()
    scene.window.resize(1104, high)
    QApplication.processEvents()
    assert scene.column.room() == ROOMS[room]
    assert scene.notes.editor().height() >= _FIVE_LINES
    assert not _overlaps(scene.column)


def test_a_gap_in_the_lowest_window_leaves_five_lines(scene):
    scene.window.resize(944, 640)
    scene.start()
    _open_gap(scene)
    QApplication.processEvents()
    assert scene.timer.gap_bar.isVisible()
    assert scene.notes.editor().height() >= _FIVE_LINES
    assert scene.notes.snippets.isVisible()
    assert not _overlaps(scene.column)
    editor, chips = scene.notes.editor().geometry(), scene.notes._foot.geometry()
    assert editor.bottom() < chips.top() + scene.notes._foot_row.contentsMargins().top()
    scene.press("Alt+B")
    QApplication.processEvents()
    assert scene.column.room() == ROOMS[2]


def test_in_the_tightest_place_the_chips_go_before_the_notes(scene):
    scene.window.resize(944, 608)
    scene.start()
    _open_gap(scene)
    QApplication.processEvents()
    assert not scene.notes.snippets.isVisible()
    assert scene.notes.editor().height() >= _FIVE_LINES
    scene.press("Ctrl+1")
    assert scene.notes.texts()[0] == "Update eingespielt"


def test_the_internal_note_takes_its_room_from_the_notes_but_not_their_five_lines(scene):
    scene.window.resize(1104, 640)
    scene.start()
    before = scene.notes.editor().height()
    scene.press("Alt+I")
    QApplication.processEvents()
    assert _FIVE_LINES <= scene.notes.editor().height() <= before + 40
    assert not _overlaps(scene.column)


def test_the_panel_goes_first_in_a_narrow_window_and_f1_brings_it_back(scene):
    scene.start()
    assert scene.panel.context.isVisible()
    scene.window.resize(1063, 720)
    QApplication.processEvents()
    assert not scene.panel.context.isVisible()
    assert scene.column.width() == 1063
    scene.press("F1")
    assert scene.panel.context.isVisible()
    assert scene.panel.guide.is_open()
    assert scene.panel.context.geometry().right() == 1062
    scene.press("Escape")
    assert not scene.panel.context.isVisible()
    scene.window.resize(1104, 720)
    QApplication.processEvents()
    assert scene.panel.context.isVisible()
    assert scene.column.width() == 1104 - 288


def test_f1_opens_and_closes_the_guide(scene):
    scene.start()
    scene.press("F1")
    assert scene.panel.guide.is_open()
    scene.press("F1")
    assert not scene.panel.guide.is_open()


def test_long_names_are_cut_and_shown_whole_in_a_tooltip(scene):
    name = "Zahnmedizinisches Versorgungszentrum Prof. Dr. Dr. Bohrer & Partner Musterstadt-Nordwest"
    customer = add_customer(scene.desk, "20", name, "Behandlungszimmer 3 (Röntgen, links hinten)")
    with scene.desk.database.read() as connection:
        (place,) = customers.workstations_of(connection, customer)
    session = timekeeping.start_session(scene.desk, place.id, requested_by="Freifrau " * 12).value
    scene.show(session.id)
    picker = scene.column.head.picker()
    assert picker.toolTip() == f"{name} – Behandlungszimmer 3 (Röntgen, links hinten)"
    assert scene.column.width() == 816
    assert scene.timer.width() == 768
    assert scene.panel.customer.title.width() < 240
    assert not _overlaps(scene.column)


def test_the_page_follows_the_dark_colours(scene, dressed):
    scene.start()
    theme.apply(dressed, "dark")
    QApplication.processEvents()
    seen = scene.panel.grab().toImage()
    assert seen.pixelColor(4, 300) == theme.DARK.window
    card = scene.timer.mapTo(scene.panel, QPoint(10, 60))
    assert seen.pixelColor(card) == theme.DARK.surface
    assert seen.pixelColor(1090, 700) == theme.DARK.surface


def test_tab_walks_the_page_from_top_to_bottom(scene):
    scene.start()
    _open_gap(scene)
    scene.column.head.picker().setFocus()
    walked = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        if focus in walked:
            break
        walked.append(focus)
        reading_order.move_focus(focus.window(), forward=True)  # as Tab does in the program's window
    wanted = [
        scene.column.head.picker(),
        scene.column.head.requested_by.sign(),
        scene.timer.gap_bar._keep,
        scene.timer.start._adjust,
        scene.timer.pause_button(),
        scene.timer.end_button(),
        scene.timer.connection._field,
        scene.timer.connection.connect_button,
        scene.timer.connection.tool_link(),
        scene.notes.editor(),
        scene.notes.snippets.chips()[0],
        scene.notes.snippets.chips()[3],
        scene.notes.internal._toggle,
        scene.column.bar.recipient._change,
        scene.column.bar.close_button(),
        scene.column.bar.send_button(),
    ]
    places = [walked.index(widget) for widget in wanted]
    assert places == sorted(places)


def test_everything_that_can_be_pressed_has_a_name(scene):
    scene.start()
    for kind in (QPushButton, QLineEdit, QTextEdit, QComboBox):
        for widget in scene.panel.findChildren(kind):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert widget.accessibleName(), widget


def test_the_areas_can_take_the_focus(scene):
    scene.start()
    column, context = scene.call.areas()
    context.setFocus()
    assert context.isAncestorOf(QApplication.focusWidget())
    column.setFocus()
    assert QApplication.focusWidget() is scene.notes.editor()


def test_keys_are_called_as_on_the_keyboard(scene):
    assert key_name("Ctrl+Shift+E") == "Strg+Umschalt+E"
    assert key_name("Ctrl+Return") == "Strg+Enter"
    i18n.use("en")
    assert key_name("Ctrl+Return") == "Ctrl+Enter"


def test_the_page_owns_no_shortcut_of_its_own(scene):
    scene.start()
    assert scene.panel.findChildren(QShortcut) == []
    assert all(action.shortcut().isEmpty() for action in scene.panel.findChildren(QAction))


def test_a_session_shown_for_the_first_time_is_announced(scene):
    scene.start()
    assert scene.spoken == ["Sitzung läuft"]
    scene.tick()
    scene.show(scene.call.session_id)
    assert scene.spoken == ["Sitzung läuft"]
