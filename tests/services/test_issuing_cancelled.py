"""Cancelling: a document of its own that takes exactly back what was asked, once, and frees the sessions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceKind, Reference
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers import customer_record
from laverma_desk.services.invoicing import cancelling, issuing, register
from laverma_desk.services.invoicing.register import InvoiceState, InvoiceTab
from laverma_desk.services.setup import house
from laverma_desk.storage import customers
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import UNTIL, add_sessions, use_format, wish
from tests.support.raw_words import say


def issue(desk, place, *seconds):
    return issuing.issue_open(desk, wish(place, add_sessions(desk, place, *seconds)), UNTIL).value


def refusal(desk, invoice_id, reason="falsch", day=None):
    documents = register.invoices(desk, InvoiceTab.ISSUED) + register.invoices(desk, InvoiceTab.CANCELLED)
    with pytest.raises(RuleBroken) as caught:
        cancelling.cancel_invoice(desk, invoice_id, reason, day)
    assert (
        register.invoices(desk, InvoiceTab.ISSUED) + register.invoices(desk, InvoiceTab.CANCELLED)
        == documents
    )
    return caught.value


def test_it_takes_back_what_was_asked(desk, place):
    one = issue(desk, place, 742, 1392)
    back = cancelling.cancel_invoice(desk, one.row.id, " falscher \n Kunde ").value
    assert (back.row.number, back.row.kind, back.row.state) == (
        "ST-2022-0001", InvoiceKind.CANCELLATION, InvoiceState.CANCELLATION,
    )  # fmt: skip
    assert back.invoice.cancels == Reference("RE-2022-0001", date(2022, 3, 1))
    assert back.invoice.reason == "falscher Kunde"
    assert [line.quantity for line in back.invoice.lines] == [Decimal(-13), Decimal(-24)]
    assert (back.row.net_cents, back.row.gross_cents) == (-one.row.net_cents, -one.row.gross_cents)
    assert back.invoice.texts.introduction == (
        "hiermit stornieren wir unsere Rechnung RE-2022-0001 vom 01.03.2022:"
    )
    assert (back.invoice.due_on, back.invoice.texts.terms) == (None, "")
    old = register.read_invoice(desk, one.row.id)
    assert (old.row.state, old.row.cancelled_by, back.row.cancels) == (
        InvoiceState.CANCELLED, "ST-2022-0001", "RE-2022-0001",
    )  # fmt: skip
    assert (old.pdf, old.invoice) == (one.pdf, one.invoice)
    assert register.invoices(desk, InvoiceTab.ISSUED) == ()
    assert {row.number for row in register.invoices(desk, InvoiceTab.CANCELLED)} == {
        "RE-2022-0001", "ST-2022-0001",
    }  # fmt: skip


def test_the_sessions_are_free_again_and_can_be_billed_anew(desk, place):
    sessions = add_sessions(desk, place, 742)
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value
    cancelling.cancel_invoice(desk, one.row.id, "falsch")
    assert timekeeping.read_session(desk, sessions[0]).invoice_number is None
    again = issuing.issue_open(desk, wish(place, sessions), UNTIL).value
    assert again.row.number == "RE-2022-0002"
    assert timekeeping.read_session(desk, sessions[0]).invoice_number == "RE-2022-0002"


def test_it_speaks_of_house_and_customer_as_the_invoice_did(desk, place):
    one = issue(desk, place, 742)
    house.save_company(desk, one.invoice.company.__class__(name="Anders"))
    with desk.database.write() as connection:
        customer = customers.find(connection, place.customer_id)
        customers.update_customer(
            connection, customer.__class__(**vars(customer) | {"name": "Neu", "street": ""})
        )
    assert customer_record.read_record(desk, place.customer_id).customer.name == "Neu"
    back = cancelling.cancel_invoice(desk, one.row.id, "falsch").value
    assert (back.invoice.company, back.invoice.buyer) == (one.invoice.company, one.invoice.buyer)


def test_it_can_be_done_once_and_not_to_itself(desk, place):
    one = issue(desk, place, 742)
    back = cancelling.cancel_invoice(desk, one.row.id, "falsch").value
    error = refusal(desk, one.row.id)
    assert (error.code, error.parameters["by"]) == (Rule.INVOICE_CANCELLED, "ST-2022-0001")
    assert refusal(desk, back.row.id).code is Rule.INVOICE_IS_CANCELLATION
    assert refusal(desk, 999).code is Rule.INVOICE_UNKNOWN


def test_reason_and_day_must_be_right(desk, place, clock):
    one = issue(desk, place, 742)
    clock.advance(days=2)
    assert (refusal(desk, one.row.id, " ").code, refusal(desk, one.row.id, " ").field) == (
        Rule.REASON_MISSING, "reason",
    )  # fmt: skip
    assert refusal(desk, one.row.id, day=date(2022, 3, 4)).code is Rule.INVOICE_DATE_FUTURE
    assert refusal(desk, one.row.id, day=date(2022, 2, 28)).code is Rule.INVOICE_DATE_EARLY
    back = cancelling.cancel_invoice(desk, one.row.id, "falsch", date(2022, 3, 2)).value
    assert back.row.issued_on == date(2022, 3, 2)


def test_its_number_is_of_its_own_year(desk, place, clock):
    one = issue(desk, place, 742)
    clock.set_wall(datetime(2023, 1, 5, 9, tzinfo=UTC))
    assert cancelling.cancel_invoice(desk, one.row.id, "falsch").value.row.number == "ST-2023-0001"


def test_what_was_paid_is_to_be_paid_back(desk, place):
    one = issue(desk, place, 742)
    with desk.database.write() as connection:
        say(
            connection,
            "INSERT INTO payment (invoice_id, paid_on, cents, created_at) "
            "VALUES (?, '2022-03-01', 1000, '2022-03-01 09:22:00')",
            (one.row.id,),
        )
    back = cancelling.cancel_invoice(desk, one.row.id, "falsch").value
    assert register.read_invoice(desk, one.row.id).row.open_cents == -1000
    assert back.row.open_cents == 0


@pytest.mark.parametrize("one", [InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG])
def test_an_electronic_invoice_is_taken_back_electronically(desk, place, one):
    use_format(desk, one)
    made = issue(desk, place, 742, 61)
    use_format(desk, InvoiceFormat.PDF)
    back = cancelling.cancel_invoice(desk, made.row.id, "falsch").value
    assert back.row.format is one
    assert b">384<" in back.xml
    assert b"RE-2022-0001" in back.xml
