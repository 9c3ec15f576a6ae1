"""Fields: what can be typed, how errors show, and when a field tells that it was left."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMainWindow, QMenu, QVBoxLayout, QWidget

from laverma_desk import i18n
from laverma_desk.domain.customer import Tool
from laverma_desk.ui import theme
from laverma_desk.ui.widgets.combo import ComboBox
from laverma_desk.ui.widgets.date_field import DateField, parsed_day
from laverma_desk.ui.widgets.labeled_field import LabeledField
from laverma_desk.ui.widgets.line_edit import is_command
from laverma_desk.ui.widgets.notes_editor import NotesEditor
from laverma_desk.ui.widgets.partner_id_field import PartnerIdField
from laverma_desk.ui.widgets.text_area import TextArea
from laverma_desk.ui.widgets.text_field import TextField


@pytest.fixture
def page(qtbot):
    """A window with a column of fields, shown and active."""
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)

    def fill(*widgets):
        for widget in widgets:
            window.layout().addWidget(widget)
        window.resize(400, 300)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return widgets[0] if len(widgets) == 1 else widgets

    return fill


def _type(widget, text):
    for sign in text:
        QTest.keyClick(widget, sign)


@pytest.mark.parametrize("height", [32, 40, 48, 56])
def test_a_field_has_its_height(height, qtbot):
    field = TextField(height=height, icon="search", trailing="Ctrl+F")
    qtbot.addWidget(field)
    assert field.sizeHint().height() == field.minimumHeight() == height


def test_an_error_takes_the_place_of_the_hint_and_moves_nothing(page):
    field = LabeledField("E-mail", TextField(), "as it is printed", reserve=True)
    page(field)
    before = field.height()
    assert before == 88
    field.set_error("The ending is missing.")
    assert field.height() == before
    assert field.field.is_invalid()
    assert field.field.accessibleDescription() == "The ending is missing."
    assert field.field.grab().toImage().pixelColor(100, 0) == theme.LIGHT.red_line
    field.clear_error()
    assert not field.field.is_invalid()
    assert field.field.accessibleDescription() == "as it is printed"
    assert field.field.accessibleName() == "E-mail"


def test_a_field_tells_when_it_is_left(page, qtbot):
    first, second = page(TextField(), TextField())
    first.setFocus()
    _type(first, "a")
    with qtbot.waitSignal(first.left):
        second.setFocus()
    with qtbot.assertNotEmitted(second.left):
        QTest.keyClick(second, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1234567890", "1 234 567 890"),
        ("234567890", "234 567 890"),
        ("17029983", "1 702 998 3"),
        ("12345678901", "1 234 567 890"),
        ("a1b2", "1 2"),
    ],
)
def test_a_partner_id_is_grouped_while_it_is_typed(page, typed, shown):
    field = page(PartnerIdField())
    _type(field, typed)
    assert field.text() == shown
    assert field.cursorPosition() == len(shown)


def test_a_partner_id_of_nine_digits_stands_in_threes_once_it_is_whole(page, qtbot):
    field, other = page(PartnerIdField()), page(PartnerIdField())
    field.setFocus()
    _type(field, "123456789")
    assert field.text() == "1 234 567 89"
    with qtbot.waitSignal(field.left):
        other.setFocus()
    assert (field.text(), field.digits()) == ("123 456 789", "123456789")
    other.set_digits("123456789")
    assert other.text() == "123 456 789"


def test_a_pasted_partner_id_loses_its_blanks(page, qtbot):
    field = page(PartnerIdField())
    QGuiApplication.clipboard().setText(" 1 234-567 890 ")
    with qtbot.waitSignal(field.digits_edited) as told:
        field.paste()
    assert told.args == ["1234567890"]
    assert field.complete()


@pytest.mark.parametrize(
    ("start", "length", "copied"), [(0, 13, "1234567890"), (0, 9, "1234567"), (2, 7, "234567")]
)
def test_a_copied_partner_id_is_digits_without_blanks(page, start, length, copied):
    field = page(PartnerIdField())
    field.set_digits("1234567890")
    field.setSelection(start, length)
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == copied
    assert field.text() == "1 234 567 890"


def test_a_cut_partner_id_is_digits_too_and_what_is_left_is_grouped(page, qtbot):
    field = page(PartnerIdField())
    field.set_digits("1234567890")
    field.setSelection(0, 2)
    with qtbot.waitSignal(field.digits_edited) as told:
        QTest.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1"
    assert told.args == ["234567890"]
    assert field.text() == "234 567 890"


def test_the_menu_of_a_partner_id_copies_digits_too(page, qtbot):
    field = page(PartnerIdField())
    field.set_digits("1234567890")
    field.selectAll()
    place = field.rect().center()
    QApplication.sendEvent(
        field, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, field.mapToGlobal(place))
    )
    menu = next(one for one in field.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.objectName() == "edit-copy").trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "1234567890"


def test_a_tool_with_names_takes_them_and_groups_digits_all_the_same(page):
    field = page(PartnerIdField())
    _type(field, "praxis@ad 12")
    assert field.digits() == "12"
    field.set_tool(Tool.ANYDESK)
    field.set_digits("")
    _type(field, "praxis@ad")
    assert (field.text(), field.digits(), field.complete()) == ("praxis@ad", "praxis@ad", True)
    field.set_digits("")
    _type(field, "123456789")
    assert (field.text(), field.digits()) == ("1 234 567 89", "123456789")
    field.set_tool(Tool.RUSTDESK)
    _type(field, "0123")
    assert field.digits() == "1234567890123"


def test_the_caret_of_a_partner_id_stays_behind_its_digit(page):
    field = page(PartnerIdField())
    field.set_digits("234567890")
    field.setCursorPosition(1)
    QTest.keyClick(field, "1")
    assert field.text() == "213 456 789 0"
    assert field.cursorPosition() == 2
    field.setCursorPosition(4)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.digits().startswith("213456789")


def test_the_counter_of_a_partner_id_counts_until_it_is_complete(page):
    i18n.use("en")
    field = page(PartnerIdField(counter=True))
    _type(field, "17029983")
    assert field.trailing() == "8 digits"
    assert not field.complete()
    _type(field, "4")
    assert field.trailing() == ""
    assert field.complete()


def test_the_copy_icon_copies_digits_alone(page):
    field = page(PartnerIdField(copying=True))
    field.set_digits("1234567890")
    button = next(child for child in field.children() if child.isWidgetType())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "1234567890"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("01.03.2022", dt.date(2022, 3, 1)),
        ("1.3.22", dt.date(2022, 3, 1)),
        (" 29/02/2024 ", dt.date(2024, 2, 29)),
        ("31.02.2022", None),
        ("29.02.2023", None),
        ("1.3", None),
        ("", None),
        ("٠١.٠٣.٢٠٢٢x", None),
    ],
)
def test_a_day_is_read_as_it_is_written(typed, day):
    assert parsed_day(typed) == day


def test_a_day_that_does_not_exist_is_wrong_and_stays(page, qtbot):
    field, other = page(DateField(), TextField())
    field.setFocus()
    heard = []
    field.day_chosen.connect(heard.append)
    _type(field, "31.02.2022")
    assert field.is_wrong()
    assert field.text() == "31.02.2022"
    field.clear()
    assert not field.is_wrong()
    _type(field, "1.3.2022")
    assert heard[-1] == dt.date(2022, 3, 1)
    other.setFocus()
    assert field.text() == "01.03.2022"


def test_the_calendar_gives_its_day_to_the_field(page, qtbot):
    field = page(DateField())
    field.set_day(dt.date(2022, 3, 1))
    with qtbot.waitSignal(field.day_chosen) as told:
        field.open_calendar()
        calendar = field.findChild(QCalendarWidget)
        QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Right)
        QTest.keyClick(calendar.focusWidget() or calendar, Qt.Key.Key_Return)
    assert told.args == [dt.date(2022, 3, 2)]
    assert field.text() == "02.03.2022"


def test_alt_and_down_open_the_calendar(page):
    field = page(DateField())
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert field.findChild(QCalendarWidget).isVisible()


def test_one_tab_leads_on_from_a_day_to_the_next_field(page):
    field, other = page(DateField(), TextField())
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_5)
    assert (field.text(), other.text()) == ("", "5")


def test_figures_typed_into_the_calendar_lead_to_no_impossible_year(page):
    field = page(DateField())
    field.set_day(dt.date(2022, 3, 1))
    field.open_calendar()
    calendar = field.findChild(QCalendarWidget)
    for key in (*[Qt.Key.Key_9] * 12, Qt.Key.Key_Return):
        QTest.keyClick(calendar.focusWidget() or calendar, key)
    assert field.day() == dt.date(2022, 3, 1)
    calendar.setSelectedDate(calendar.minimumDate().addYears(-9000))
    assert calendar.selectedDate().year() >= 1900


def test_a_combo_box_chooses_by_data_without_a_signal(page, qtbot):
    box = page(ComboBox(prefix="Ordered by", placeholder="nobody"))
    box.addItem("Ann", 7)
    box.addItem("Bob", 9)
    with qtbot.assertNotEmitted(box.currentIndexChanged):
        assert box.choose(9)
        assert box.currentText() == "Bob"
        assert not box.choose(11)
    assert box.currentIndex() == -1


def test_the_list_of_a_combo_box_opens_below_it(page):
    box = page(ComboBox())
    box.addItems(["STARTTLS", "TLS"])
    box.showPopup()
    frame = box.view().window()
    assert frame.geometry().top() >= box.mapToGlobal(box.rect().bottomLeft()).y()
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert box.currentText() == "TLS"
    box.hidePopup()


def test_a_typed_name_stands_behind_the_prefix(page):
    box = page(ComboBox(prefix="Ordered by", editable=True, height=48))
    box.setEditText("Somebody new")
    assert box.currentText() == "Somebody new"
    assert box.lineEdit().x() > 70
    assert box.lineEdit().geometry().right() < box.width() - 28


def test_only_a_person_edits(page, qtbot):
    area = page(TextArea())
    with qtbot.assertNotEmitted(area.edited):
        area.set_text("one\ntwo")
    assert area.textCursor().position() == 0
    QTest.keyClick(area, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(area.edited):
        _type(area, "x")
    assert area.text() == "one\ntwox"
    area.undo()
    assert area.text() == "one\ntwo"
    area.undo()
    assert area.text() == "one\ntwo"


def test_lines_keep_their_height_when_typed_pasted_and_set(page):
    area = page(NotesEditor())
    area.set_text("one")
    QTest.keyClick(area, Qt.Key.Key_Return)
    source = QMimeData()
    source.setHtml("<h1>two</h1>")
    source.setText("two\nthree")
    area.insertFromMimeData(source)
    assert area.text() == "one\ntwo\nthree"
    blocks = [area.document().findBlockByNumber(number) for number in range(3)]
    area.document().documentLayout().documentSize()
    assert [block.layout().position().y() for block in blocks] == [0, 24, 48]


@pytest.mark.parametrize(
    ("before", "caret", "after"),
    [
        ("", 0, "Restart"),
        ("Update", 6, "Update\nRestart"),
        ("Update", 2, "Update\nRestart"),
        ("Update\n", 7, "Update\nRestart"),
        ("Update\nPrinter", 0, "Update\nRestart\nPrinter"),
    ],
)
def test_a_snippet_brings_its_own_line(page, before, caret, after):
    notes = page(NotesEditor())
    notes.set_text(before)
    cursor = notes.textCursor()
    cursor.setPosition(caret)
    notes.setTextCursor(cursor)
    notes.insert_line("Restart")
    assert notes.text() == after
    assert notes.textCursor().block().text() == "Restart"
    notes.undo()
    assert notes.text() == before


@pytest.mark.parametrize(
    "keys", ["Ctrl+K", "Ctrl+E", "Ctrl+B", "Ctrl+U", "Ctrl+M", "Ctrl+Return", "Ctrl+1", "Ctrl+9"]
)
@pytest.mark.parametrize("make", [NotesEditor, TextField], ids=["notes", "field"])
def test_keys_of_the_window_reach_it_from_a_field(qtbot, make, keys):
    window = QMainWindow()
    field = make()
    window.setCentralWidget(field)
    qtbot.addWidget(window)
    action = QAction(window)
    action.setShortcut(QKeySequence(keys))
    window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    _type(field, "Update")
    combination = QKeySequence(keys)[0]
    with qtbot.waitSignal(action.triggered):
        QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    assert (field.toPlainText() if isinstance(field, NotesEditor) else field.text()) == "Update"


def test_what_altgr_writes_is_no_command(page):
    field = page(TextField())
    altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Q, altgr, "@")
    assert not is_command(press)
    field.setText("weg")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""


def test_tab_leaves_the_notes_and_tells(page, qtbot):
    notes, after = page(NotesEditor(placeholder="What was done?"), TextField())
    notes.setFocus()
    with qtbot.waitSignal(notes.left):
        QTest.keyClick(notes, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert notes.minimumHeight() >= 5 * 24


def test_a_hint_that_is_wider_than_its_field_is_whole_in_its_tooltip(page):
    field = page(LabeledField("Rechnung", TextField(), "kurz"))
    assert field._line.toolTip() == ""
    long = "zum Beispiel RECHNUNGSNUMMER-DER-LAVERMA-GMBH-2026-000001 und so weiter"
    field.set_hint(long)
    assert field._line.toolTip() == long
