"""Sending and reminding from the list: who is left out is said, and whom one looks at comes first."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from laverma_desk.services.invoicing import register
from laverma_desk.services.invoicing.register import InvoiceTab
from laverma_desk.storage import customers
from laverma_desk.ui.invoices.rows import Kind, Tab
from tests.support import billing_desks, invoices_page, rooms
from tests.support.desks import set_mail_account
from tests.support.invoices_page import CTRL, SHIFT

billing_desk, owner, page = billing_desks.billing_desk, rooms.owner, invoices_page.page


def issue_bohrer(page):
    """Issue February of ZAP Dr. Bohrer by keys; its invoice is in front."""
    page.bring()
    page.choose(Kind.CUSTOMER, page.billing.bohrer)
    page.press(Qt.Key.Key_Return, CTRL)
    return register.invoices(page.desk, InvoiceTab.ISSUED)[0]


def test_who_has_no_address_is_said_before_many_are_sent(page):
    set_mail_account(page.desk, 2525)
    with page.desk.database.write() as connection:
        known = customers.find(connection, page.billing.customers["10018"])
        customers.update_customer(connection, replace(known, email_invoice="", email_report=""))
    page.bring()
    for number in ("10017", "10018"):
        page.controller.lists.show_tab(Tab.OPEN)
        page.settle()
        page.choose(Kind.CUSTOMER, page.billing.customers[number])
        page.press(Qt.Key.Key_Return, CTRL)
    page.press(Qt.Key.Key_Return, CTRL | SHIFT)
    form = page.controller.forms.current.panel
    assert form.step.label() == "Senden (1)"
    assert form.told() == "1 Rechnung hat keine Adresse und bleibt liegen."


def test_reminding_begins_at_the_chosen_customer(page):
    issue_bohrer(page)
    page.controller.lists.show_tab(Tab.OPEN)
    page.settle()
    page.choose(Kind.CUSTOMER, page.billing.customers["10020"])
    page.press(Qt.Key.Key_Return, CTRL)
    page.desk.clock.advance(days=40)
    page.press(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    rows = page.controller.forms.current.list.rows
    assert [row.words()[0] for row in rows] == ["Praxis Dr. Berger", "ZAP Dr. Bohrer"]
    (chosen,) = (row for row in page.rows() if row.key == page.controller.lists.current())
    assert [row.words()[0] for row in rows if row.hasFocus()] == [chosen.title]
