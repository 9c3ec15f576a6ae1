"""On what terms one invoice is issued, and who gets it: before what, and where nothing is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat, Salutation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceDraft
from laverma_desk.services.invoicing.drafts import read_draft
from laverma_desk.services.invoicing.month import month_drafts
from laverma_desk.services.invoicing.terms import AS_DRAFTED, IssueTerms, buyer_of, invoice_contact
from tests.support.billing_desks import UNTIL

DRAFT = InvoiceDraft(
    1, 1, UNTIL, datetime(2022, 3, 1, tzinfo=UTC), issued_on=date(2022, 2, 20), format=InvoiceFormat.ZUGFERD
)


def test_what_is_asked_for_one_issuing_goes_before_what_the_draft_says():
    asked = IssueTerms(date(2022, 2, 28), InvoiceFormat.XRECHNUNG).over(DRAFT)
    assert (asked.issued_on, asked.format) == (date(2022, 2, 28), InvoiceFormat.XRECHNUNG)
    assert IssueTerms(issued_on=date(2022, 2, 28)).over(DRAFT).format is InvoiceFormat.ZUGFERD
    assert AS_DRAFTED.over(DRAFT) == DRAFT


def test_a_month_may_be_issued_today_and_not_tomorrow(billing_desk):
    desk, _billing = billing_desk
    today = local_day(desk.clock.now())
    made = month_drafts(desk, UNTIL, terms=IssueTerms(issued_on=today)).rows
    assert {read_draft(desk, one.id).issued_on for one in made} == {today}
    with pytest.raises(RuleBroken) as refused:
        month_drafts(desk, UNTIL, terms=IssueTerms(issued_on=today + timedelta(days=1)))
    assert refused.value.code is Rule.INVOICE_DATE_FUTURE


def test_the_address_for_invoices_goes_before_the_person_and_the_person_before_nothing():
    practice = Customer(id=1, number="10017", name="ZAP Dr. Bohrer", email_invoice="buchhaltung@zap.example")
    first = Contact(1, "Sabine Lorenz", salutation=Salutation.MS, email="lorenz@zap.example")
    chosen = Contact(
        2, "Dr. Bohrer", salutation=Salutation.MR, email="bohrer@zap.example", gets_invoices=True
    )
    assert invoice_contact((first, chosen)) is chosen
    assert invoice_contact((first,)) is first
    buyer = buyer_of(practice, first)
    assert (buyer.email, buyer.contact, buyer.salutation) == (
        "buchhaltung@zap.example",
        "Sabine Lorenz",
        Salutation.MS,
    )
    assert buyer_of(replace(practice, email_invoice=""), first).email == "lorenz@zap.example"
    nobody = buyer_of(replace(practice, email_invoice=""), None)
    assert (nobody.email, nobody.contact, nobody.salutation) == ("", "", Salutation.NONE)
