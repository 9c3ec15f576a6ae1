"""The page as a whole: its parts, its keys, the draft, and what it never says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from laverma_desk import paths
from laverma_desk.ui import reading_order
from laverma_desk.ui.audit.parts import Part
from laverma_desk.ui.widgets.filter_button import FilterButton
from tests.documents.pdf_reading import reader

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def said(widget):
    """Return all words that a page says or has read out."""
    words = []
    for one in [widget, *widget.findChildren(QWidget)]:
        words += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, QLabel | QAbstractButton):
            words.append(one.text())
    return [one for one in words if one]


def test_the_parts_have_keys_and_the_focus_goes_along(page):
    page.bring()
    for key, part in (
        (Qt.Key.Key_2, Part.CHANGES),
        (Qt.Key.Key_3, Part.PROCEDURES),
        (Qt.Key.Key_1, Part.CHAIN),
    ):
        press(page, key, ALT)
        page.settle()
        assert page.panel.part() is part
        assert page.panel.head.parts.current() == part.value
        assert page.panel.isAncestorOf(page.shell.focusWidget())
    page.panel.head.parts.setFocus()
    press(page, Qt.Key.Key_Right)
    page.settle()
    assert page.panel.part() is Part.CHANGES
    assert page.panel.head.isAncestorOf(page.shell.focusWidget())


@pytest.mark.parametrize("part", list(Part))
def test_f6_and_tab_reach_everything(page, part):
    page.bring()
    page.show_part(part)
    page.settle()
    areas = page.areas()
    for _ in areas:
        before = page.shell.focusWidget()
        reading_order.step_areas(areas, 1)
        assert page.shell.focusWidget() is not before
    stops = set()
    for _ in range(20):
        reading_order.move_focus(page.shell, forward=True)
        stops.add(page.shell.focusWidget())
    assert {page.panel.head.back, page.panel.foot.locked} <= stops
    wanted = [
        one
        for one in page.panel.findChildren(QAbstractButton)
        if one.isVisible() and isinstance(one, FilterButton)
    ]
    assert set(wanted) <= stops


@pytest.mark.parametrize("part", list(Part))
def test_everything_that_takes_the_focus_has_a_name(page, part):
    page.bring()
    page.show_part(part)
    page.settle()
    for one in page.panel.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
            assert one.accessibleName(), one


def test_escape_and_the_link_lead_back(page, qtbot):
    page.bring()
    with qtbot.waitSignal(page.left):
        press(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.left):
        page.panel.head.back.click()
    press(page, Qt.Key.Key_2, ALT)
    page.settle()
    page.panel.changes.filters.search.setFocus()
    page.panel.changes.filters.search.setText("x")
    left = []
    page.left.connect(lambda: left.append(1))
    press(page, Qt.Key.Key_Escape)
    assert left == []
    assert page.panel.changes.filters.search.text() == ""
    press(page, Qt.Key.Key_Escape)
    assert left == [1]


def test_what_is_kept_how_long_is_one_link_away(page, qtbot):
    page.bring()
    with qtbot.waitSignal(page.locked_wanted):
        page.panel.foot.locked.click()


def test_the_draft_is_saved_and_shown(page, tmp_path, opened_files):
    page.bring()
    press(page, Qt.Key.Key_3, ALT)
    paper = page.panel.procedures.paper
    assert not paper.isVisible()
    press(page, Qt.Key.Key_Return, CONTROL)
    dialog = page.exports.files.dialog
    assert dialog.selectedFiles()[0].endswith("Verfahrensdokumentation-2023-02-01.pdf")
    dialog.fileSelected.emit(str(tmp_path / "entwurf.pdf"))
    dialog.close()
    assert page.panel.progress.sentence() == "Der Entwurf wird erstellt …"
    page.settle()
    written = (tmp_path / "entwurf.pdf").read_bytes()
    assert page.panel.notice.sentence() == "Gespeichert als entwurf.pdf."
    assert paper.isVisible()
    assert paper.page_count() == len(reader(written).pages) > 3
    assert paper._pages[0].height() > paper._pages[0].width()
    page.panel.notice.link_activated.emit()
    assert opened_files == [tmp_path]


def test_a_place_that_cannot_be_written_is_said(page, tmp_path):
    page.bring()
    press(page, Qt.Key.Key_3, ALT)
    page.panel.procedures.draft.click()
    dialog = page.exports.files.dialog
    dialog.fileSelected.emit(str(tmp_path / "nicht" / "da" / "entwurf.pdf"))
    dialog.close()
    page.settle()
    assert page.panel.notice.isVisible()
    assert "entwurf.pdf" in page.panel.notice.sentence()
    assert not page.panel.procedures.paper.isVisible()


def test_it_never_says_that_anything_is_certified(page):
    page.bring()
    page.chain.check()
    page.settle()
    for part in Part:
        page.show_part(part)
        page.settle()
    words = " ".join(said(page.panel)).casefold()
    assert "keine bescheinigung" in words
    assert "zertifi" not in words


def test_no_word_of_the_program_says_it_either():
    catalogue = Path(paths.shipped("translations")) / "de" / "LC_MESSAGES" / "laverma_desk.po"
    for line in catalogue.read_text(encoding="utf-8").casefold().splitlines():
        assert "gobd-zertifi" not in line
        assert "gobd-konform" not in line
        assert not ("gobd" in line and "zertifi" in line)
