"""Where the focus and the eye are when a list, a job or a button goes: never lost, never on "Issue"."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from laverma_desk.services.invoicing import drafts
from laverma_desk.services.invoicing.drafts import DraftRow, DraftWish
from laverma_desk.services.invoicing.obstacles import Obstacle, ObstacleKind
from laverma_desk.ui.invoices.choosing import DraftChoice
from laverma_desk.ui.invoices.draft_content import DraftContent
from laverma_desk.ui.invoices.paper_head import Headline
from laverma_desk.ui.invoices.paper_panel import PaperPanel
from laverma_desk.ui.invoices.rows import Foot, Kind, Row, RowKey, Tab
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.widgets.link import Link
from tests.support import billing_desks, invoices_page, rooms
from tests.support.invoices_page import CTRL

billing_desk, owner, page = billing_desks.billing_desk, rooms.owner, invoices_page.page


def wish_of(page) -> DraftWish:
    return DraftWish(page.billing.bohrer, page.billing.sessions["10017"])


def test_pressing_the_button_below_the_list_leads_to_the_drafts_it_made(page):
    page.bring()
    page.panel.left.foot.button.setFocus()
    page.press(Qt.Key.Key_Return)
    assert page.controller.lists.held.tab is Tab.DRAFTS
    assert page.panel.left.list.hasFocus()


def test_issuing_by_the_toolbar_leads_to_the_invoice_in_the_list(page):
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.panel.paper.toolbar.button(Action.ISSUE).setFocus()
    page.press(Qt.Key.Key_Return)
    assert page.controller.lists.held.tab is Tab.ISSUED
    assert page.panel.left.list.hasFocus()


def test_calling_a_job_off_never_puts_the_focus_on_issue(page):
    page.bring()
    foot = page.panel.left.foot
    foot.begin("Rechnungen werden gestellt …")
    link = foot.progress.findChild(Link)
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert page.panel.left.list.hasFocus()


def test_calling_off_the_mails_leads_back_to_their_list(page):
    page.bring()
    page.controller.forms.send_many([])
    page.settle()
    form = page.panel.form()
    form.progress.begin("Mails werden erstellt …")
    link = form.progress.findChild(Link)
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert form.list.hasFocus()


def test_a_job_that_ends_while_its_link_has_the_focus_leads_to_the_list(page):
    page.bring()
    foot = page.panel.left.foot
    foot.begin("Rechnungen werden gestellt …")
    foot.progress.findChild(Link).setFocus()
    foot.end()
    assert page.panel.left.list.hasFocus()


def test_a_job_stays_in_view_in_a_list_without_rows(page):
    page.bring()
    foot = page.panel.left.foot
    foot.begin("Rechnungen werden gestellt …")
    QApplication.processEvents()
    assert not foot.progress.geometry().intersects(foot.button.geometry())
    page.controller.lists.show_tab(Tab.PAID)
    page.settle()
    assert page.rows() == []
    assert foot.progress.isVisible()
    foot.end()
    assert not foot.isVisible()


def test_the_focus_goes_along_through_tabs_without_rows_and_comes_back_to_the_rows(page):
    page.bring()
    page.controller.lists.show_tab(Tab.PAID)
    page.settle()
    page.press(Qt.Key.Key_PageDown, CTRL)
    assert page.controller.lists.held.tab is Tab.CANCELLED
    assert QApplication.focusWidget().accessibleName() == "Storniert"
    page.press(Qt.Key.Key_PageDown, CTRL)
    assert page.controller.lists.held.tab is Tab.OPEN
    assert page.panel.left.list.hasFocus()


def test_who_walks_through_the_tabs_with_the_arrows_stays_there(page):
    page.bring()
    page.controller.lists.show_tab(Tab.DRAFTS)
    page.settle()
    page.press(Qt.Key.Key_Left)
    assert page.controller.lists.held.tab is Tab.OPEN
    assert not page.panel.left.list.hasFocus()


def test_rows_that_come_into_an_empty_list_take_the_focus_that_waited_for_them(page):
    page.bring()
    page.panel.left.head.tick.setFocus()
    page.controller.lists.show_tab(Tab.DRAFTS)
    page.settle()
    page.panel.left.focus_list()
    page.bus.publish(drafts.create_drafts(page.desk, [wish_of(page)], date(2022, 2, 28)))
    page.settle()
    assert len(page.rows()) == 1
    assert page.panel.left.list.hasFocus()


def test_a_row_chosen_behind_another_page_is_in_view_when_one_comes_back(page):
    page.bring()
    left, other = page.panel.left, QWidget()
    keys = [RowKey(Kind.INVOICE, number) for number in range(40)]
    page.controller.lists.show_tab(Tab.PAID)
    page.settle()
    QApplication.processEvents()
    page.shell.stage.addWidget(other)
    page.shell.stage.setCurrentWidget(other)
    left.show_empty("")
    left.list.show_rows(keys, lambda place: Row(keys[place], "Praxis"), keys[-1])
    left.foot.show_foot(Foot("40 Rechnungen", "", label="Senden"))
    page.panel.notice.show_notice("40 Rechnungen gestellt.", icon="check", tone="green")
    page.shell.stage.setCurrentWidget(page.panel)
    QApplication.processEvents()
    shown = left.list.visualRect(left.list.currentIndex())
    assert left.list.viewport().rect().contains(shown)


def test_nothing_is_loading_where_no_row_is_chosen(qtbot, dressed):
    panel = PaperPanel()
    qtbot.addWidget(panel)
    panel.begin(Headline("Vorschau", "amber", "ZAP Dr. Bohrer"))
    panel.begin(None)
    assert not panel._timer.isActive()


def test_a_paper_that_goes_takes_its_scroll_bar_along(page):
    page.bring()
    view = page.panel.paper.view
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    assert view.verticalScrollBar().maximum() > 0
    page.controller.lists.show_tab(Tab.PAID)
    page.settle()
    assert view.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("found", "below"), [(1, "14 Sitzungen, 1 Hinweis"), (2, "14 Sitzungen, 2 Hinweise")]
)
def test_the_hints_of_a_draft_have_room_in_its_row(dressed, found, below):
    hints = tuple(Obstacle(ObstacleKind.OVERLAP, 1, f"S-{number}") for number in range(found))
    row = DraftRow(1, 1, "10017", "ZAP Dr. Bohrer", date(2022, 2, 28), 14, 66, 14850, hints)
    assert DraftContent([row], DraftChoice(), {}).row(0).below.words == below


def test_the_invoice_just_issued_is_chosen_where_the_list_was_read_before(page):
    """Strg+Enter a second time sends: it must never be the invoice that was looked at last."""
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.press(Qt.Key.Key_Return, CTRL)
    first = page.panel.left.list.current()
    page.controller.lists.show_tab(Tab.OPEN)
    page.settle()
    page.choose(Kind.CUSTOMER, page.billing.customers["10018"])
    page.press(Qt.Key.Key_Return, CTRL)
    second = page.panel.left.list.current()
    assert page.controller.lists.held.tab is Tab.ISSUED
    assert (second.kind, second == first) == (Kind.INVOICE, False)
    assert page.controller.paper.subject.id == second.id
