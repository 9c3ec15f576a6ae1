"""From the page an invoice is judged by the judge of its desk, in a window a process of its own."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice.judging_apart import JudgeApart
from laverma_desk.services.invoicing import register
from laverma_desk.services.invoicing.register import InvoiceTab
from laverma_desk.ui.invoices.rows import Kind, Tab
from tests.support import billing_desks, rooms
from tests.support.invoice_houses import use_format
from tests.support.invoices_page import CTRL, InvoicesPage

billing_desk, owner = billing_desks.billing_desk, rooms.owner


@pytest.fixture
def page(billing_desk, owner, qtbot):
    """The page of a window: who judges its invoices is a process of its own."""
    desk, billing = billing_desk
    use_format(desk, InvoiceFormat.ZUGFERD)
    with closing(JudgeApart()) as judge:
        made = InvoicesPage(replace(desk, judge=judge), billing, owner, qtbot)
        yield made
        made.close()


def issue(page, number):
    page.controller.lists.show_tab(Tab.OPEN)
    page.settle()
    page.choose(Kind.CUSTOMER, page.billing.customers[number])
    page.press(Qt.Key.Key_Return, CTRL)


def issued(page):
    return len(register.invoices(page.desk, InvoiceTab.ISSUED))


def test_an_invoice_is_judged_beside_the_window_and_issued_also_when_the_judge_is_killed(page, caplog):
    page.bring()
    assert page.desk.judge.process_id is None
    issue(page, "10017")
    assert issued(page) == 1
    assert caplog.messages == []
    os.kill(page.desk.judge.process_id, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    issue(page, "10018")
    assert issued(page) == 2


def test_an_invoice_without_xml_starts_no_judge(page):
    use_format(page.desk, InvoiceFormat.PDF)
    page.bring()
    issue(page, "10017")
    assert issued(page) == 1
    assert page.desk.judge.process_id is None
