"""From the month's sessions to invoices that have arrived, by keyboard alone."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from PySide6.QtCore import Qt

from laverma_desk.services.calls import timekeeping
from laverma_desk.services.invoicing import payments, register, verifying
from laverma_desk.services.invoicing.register import InvoiceState, InvoiceTab
from laverma_desk.storage import numbers
from laverma_desk.ui.invoices.rows import Kind, RowKey
from tests.journeys.conftest import CTRL, SHIFT, Technician
from tests.support.billing_desks import billing_desk
from tests.support.desks import set_mail_account

__all__ = ["billing_desk"]

Key = Qt.Key


@pytest.fixture
def owner_at_desk(billing_desk, qtbot, dressed, smtp_server):
    """The owner on 1 March, before six practices that have February to pay for; a mail server listens."""
    desk, billing = billing_desk
    with desk.database.write() as connection:  # the numbers of February's sessions are taken
        numbers.take_block(connection, numbers.SESSIONS, 2022, 100)
    server = smtp_server()
    set_mail_account(desk, server.port)
    person = Technician(desk, qtbot)
    yield person, billing, server
    person.go_home()


def open_invoices(person):
    person.press(Key.Key_R, CTRL, SHIFT)
    person.settle()
    page = person.stage.memory.invoices
    wait_for_paper(person, page)
    return page


def wait_for_paper(person, page):
    person.wait_until(lambda: page.paper.paper is not None)


def test_a_month_is_billed_sent_and_paid(owner_at_desk):
    person, billing, server = owner_at_desk
    desk = person.desk
    page = open_invoices(person)
    person.press(Key.Key_Return, CTRL, SHIFT)  # Rechnungen erstellen (6)
    person.settle()
    person.wait_until(lambda: register.counts(desk, date(2022, 2, 28)).drafts == 6)
    person.press(Key.Key_Return, CTRL, SHIFT)  # Rechnungen stellen (6)
    person.wait_until(lambda: len(register.invoices(desk, InvoiceTab.ISSUED)) == 6)
    rows = register.invoices(desk, InvoiceTab.ISSUED)
    assert sorted(one.number for one in rows) == [f"RE-2022-{place:04}" for place in range(1, 7)]
    assert sum(one.net_cents for one in rows) == 14850 + 23400 + 19575 + 16425 + 13050 + 9225
    assert verifying.verify(desk) == ()
    bohrer = next(one for one in rows if one.customer_id == billing.bohrer)
    assert timekeeping.read_session(desk, billing.sessions["10017"][0]).invoice_number == bohrer.number

    page.show_invoice(bohrer.number)
    person.settle()
    wait_for_paper(person, page)
    person.press(Key.Key_Return, CTRL)  # Senden
    person.settle()
    person.press(Key.Key_Return, CTRL)
    person.settle()
    desk.clock.advance(seconds=10)
    (mail,) = person.wait_for_mail(server)
    (paper,) = list(mail.message.iter_attachments())
    assert mail.message["To"] == "rechnung10017@praxen.example"
    assert paper.get_filename() == f"{bohrer.number}.pdf"
    kept = register.read_invoice(desk, bohrer.id).pdf
    assert hashlib.sha256(paper.get_content()).digest() == hashlib.sha256(kept).digest()

    payments.add_payment(desk, bohrer.id, bohrer.gross_cents, date(2022, 3, 1))
    assert register.find_invoice(desk, bohrer.number).state is InvoiceState.PAID


def test_a_running_call_is_one_key_away_and_comes_back_to_the_invoice(owner_at_desk):
    person, billing, _server = owner_at_desk
    page = open_invoices(person)
    person.press(Key.Key_Down)
    wait_for_paper(person, page)
    chosen = page.lists.current()
    assert chosen == RowKey(Kind.CUSTOMER, billing.customers["10018"])
    person.press(Key.Key_N, CTRL)  # the phone rings
    person.type("boher rez")
    person.press(Key.Key_Return, CTRL)
    person.settle()
    (session,) = person.stage.strip.sessions
    assert session.customer_name == "ZAP Dr. Bohrer"
    person.type("Karte")
    page = open_invoices(person)
    assert page.lists.current() == chosen
    assert person.stage.strip.sessions[0].id == session.id
    person.press(Key.Key_S, CTRL, SHIFT)
    person.settle()
    assert timekeeping.read_session(person.desk, session.id).notes == "Karte"
