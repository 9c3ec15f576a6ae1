from __future__ import annotations

from PySide6.QtCore import Qt

from laverma_desk.ui.invoices.rows import Tab
from laverma_desk.ui.invoices.toolbar import Action
from tests.support import billing_desks, invoices_page, rooms
from tests.support.invoices_page import CTRL

billing_desk, owner, page = billing_desks.billing_desk, rooms.owner, invoices_page.page


def test_f6_leads_from_the_list_to_the_buttons_and_the_paper(page):
    page.bring()
    seen = []
    for area in page.controller.areas():
        area.setFocus()
        seen.append(page.shell.focusWidget())
    bar = page.panel.paper.toolbar
    assert seen == [page.panel.left.list, bar.button(Action.ISSUE), page.panel.paper.view]


def test_every_button_and_field_has_a_name(page):
    page.bring()
    bar = page.panel.paper.toolbar
    for action in Action:
        assert bar.button(action).accessibleName(), action
    for part in (page.panel.left.list, page.panel.left.head.until, page.panel.left.head.tick):
        assert part.accessibleName()
    assert page.said()[0].endswith("ausgewählt, zugeklappt")


def test_a_narrow_window_keeps_every_button(page):
    page.bring()
    page.press(Qt.Key.Key_Return, CTRL)
    page.shell.resize(1120, 720)
    page.settle()
    assert page.shell.width() == 1120
    bar = page.panel.paper.toolbar
    shown = [bar.button(one) for one in (Action.SEND, Action.PAY, Action.EXPORT, Action.CANCEL, Action.PRINT)]
    assert all(one.isVisible() and one.geometry().right() <= bar.width() - 24 for one in shown)
    assert bar.button(Action.PRINT).accessibleName() == "Drucken"
    page.panel.left.tabs.setFocus()
    page.press(Qt.Key.Key_PageUp, CTRL)
    page.press(Qt.Key.Key_PageUp, CTRL)
    assert page.controller.lists.held.tab is Tab.OPEN
    assert page.panel.left.foot.button.width() == page.panel.left.foot.width() - 48
