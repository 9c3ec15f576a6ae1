from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.services.mails import resend
from laverma_desk.ui.history.detail import Action
from tests.support.history_page import choose, press, settle


def test_enter_opens_the_report_as_sent_and_escape_closes_it(picture, page, desk, qtbot):
    page.bring()
    choose(page, "KFO Dr. Lindner – PC Büro")
    shown = []
    page.panel.sheet.view.show_document, original = shown.append, page.panel.sheet.view.show_document
    press(page, Qt.Key.Key_Return)
    settle(page, qtbot)
    page.panel.sheet.view.show_document = original
    assert page.paper.is_open
    number = page.details.detail.session.id
    assert shown == [resend.paper_of(desk, number).pdf]
    assert page.panel.sheet.state.label.text().startswith("gesendet 10:53 Uhr an info@")
    assert set(page.keys()) == {"Ctrl+P", "Escape"}
    press(page, Qt.Key.Key_Escape)
    assert page.panel.shows_list()
    assert page.panel.table.rows.hasFocus()


def test_pages_are_shown_and_can_be_printed_and_kept(picture, page, qtbot):
    page.bring()
    choose(page, "KFO Dr. Lindner – PC Büro")
    page.panel.detail.button(Action.OPEN).click()
    settle(page, qtbot)
    assert page.panel.sheet.view.page_count() == 1
    assert page.panel.sheet.print.isEnabled()
    assert page.panel.sheet.copy.isEnabled()
    page.panel.sheet.back.click()
    assert page.panel.sheet.view.page_count() == 0


def test_a_report_that_was_never_sent_says_so(picture, page, qtbot):
    page.bring()
    choose(page, "Praxis Dr. Weiß – Rezeption 1")
    page.details.do(Action.OPEN)
    settle(page, qtbot)
    assert page.panel.sheet.state.label.text() == "nicht gesendet, so ginge er jetzt raus"
    page.paper.close()


def test_a_report_that_comes_too_late_is_dropped(picture, page, qtbot):
    page.bring()
    choose(page, "KFO Dr. Lindner – PC Büro")
    page.details.do(Action.OPEN)
    page.paper.close()
    settle(page, qtbot)
    assert page.panel.shows_list()
    assert page.panel.sheet.view.page_count() == 0


def test_a_double_click_opens_it_too(picture, page, qtbot):
    page.bring()
    rows = page.panel.table.rows
    place = rows.visualRect(page.model.index(2, 3)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(page, qtbot)
    assert page.paper.is_open
    assert "Praxis Dr. Sommer" in page.panel.sheet._title.text()
    page.paper.close()
