"""Issuing: a number, frozen words, stored bytes and locked sessions in one transaction, or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice_record import load
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import drafts, issuing, preview
from laverma_desk.services.invoicing.obstacles import ObstacleKind
from laverma_desk.services.invoicing.register import InvoiceState
from laverma_desk.services.setup import house, house_billing
from laverma_desk.storage import invoices as stored
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import (
    COMPANY,
    FEBRUARY,
    UNTIL,
    add_practice,
    add_sessions,
    draft_of,
    rows,
    use_format,
    wish,
)


def everything(desk):
    tables = (
        "invoice",
        "invoice_line",
        "document",
        "number_range",
        "session",
        "invoice_draft",
        "draft_session",
    )
    return {table: rows(desk, table) for table in tables}


def refusal(desk, place, numbers, **change):
    """Try to issue a draft that must be refused; nothing may change by that."""
    draft = draft_of(desk, place, numbers, **change)
    before = everything(desk)
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_invoice(desk, draft)
    assert everything(desk) == before
    return caught.value


def test_a_draft_becomes_an_invoice(desk, place):
    sessions = add_sessions(desk, place, 742, 1392)
    draft = draft_of(desk, place, sessions, attach_reports=True)
    made = issuing.issue_invoice(desk, draft)
    one = made.value
    assert made.changed == {Topic.INVOICES, Topic.SESSIONS}
    assert (one.row.number, one.row.state, one.row.gross_cents) == ("RE-2022-0001", InvoiceState.OPEN, 9907)
    assert one.pdf.startswith(b"%PDF")
    assert one.xml is None
    assert drafts.drafts(desk) == ()
    assert rows(desk, "draft_session") == []
    for number in sessions:
        assert timekeeping.read_session(desk, number).invoice_number == "RE-2022-0001"
    with desk.database.read() as connection:
        kept = stored.find(connection, one.row.id)
    assert load(type(one.invoice), kept.record) == one.invoice
    assert kept.attach_reports
    digest = hashlib.sha256(one.pdf).hexdigest()
    record = hashlib.sha256(kept.record.encode()).hexdigest()
    assert (kept.pdf_sha256, kept.record_sha256, kept.xml_sha256) == (digest, record, "")
    chain = hashlib.sha256(f"\nRE-2022-0001\n{record}\n{digest}\n".encode()).hexdigest()
    assert kept.chain_sha256 == chain


def test_the_house_s_day_counts_not_that_of_greenwich(desk, place, clock):
    """Half past midnight of the new year in Berlin is still the old one in UTC."""
    clock.set_wall(datetime(2022, 12, 31, 23, 30, tzinfo=UTC))
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 600)), UNTIL).value
    assert (one.row.number, one.row.issued_on) == ("RE-2023-0001", date(2023, 1, 1))


@pytest.mark.parametrize(
    ("day", "rule"),
    [(date(2022, 3, 2), Rule.INVOICE_DATE_FUTURE), (date(2022, 2, 3), Rule.INVOICE_DATE_EARLY)],
)
def test_a_date_that_cannot_be(desk, place, day, rule):
    error = refusal(desk, place, add_sessions(desk, place, 60, 60), issued_on=day)
    assert (error.code, error.field) == (rule, "issued_on")


def test_nothing_to_bill(desk, place):
    sessions = add_sessions(desk, place, 60)
    draft = draft_of(desk, place, sessions)
    drafts.tick_session(desk, draft, sessions[0], ticked=False)
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_invoice(desk, draft)
    assert caught.value.code is Rule.INVOICE_EMPTY


def test_obstacles_and_needs_are_named(desk, place):
    error = refusal(desk, place, add_sessions(desk, place, 60, notes=" "))
    assert error.code is Rule.INVOICE_OBSTACLES
    assert [one.kind for one in error.parameters["obstacles"]] == [ObstacleKind.NO_NOTES]
    house.save_company(desk, replace(COMPANY, tax_number="", vat_id=""))
    error = refusal(desk, place, add_sessions(desk, place, 60, begin=FEBRUARY + timedelta(days=3)))
    assert (error.code, error.parameters["needs"]) == (Rule.INVOICE_NEEDS, (Need.COMPANY_TAX_ID,))


def test_sessions_that_somebody_else_took(desk, place):
    sessions = add_sessions(desk, place, 60, 60)
    draft_of(desk, place, sessions[:1])
    for taken in (sessions, [sessions[1], 999]):
        with pytest.raises(RuleBroken) as caught:
            issuing.issue_open(desk, wish(place, taken), UNTIL)
        assert caught.value.code is Rule.OPEN_SESSIONS_CHANGED
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_invoice(desk, 999)
    assert caught.value.code is Rule.DRAFT_UNKNOWN


def test_a_number_that_exists_is_passed_over_and_years_have_their_own(desk, place):
    def bill(day, fmt="RE-{year}-{seq:02}"):
        settings = replace(house.read_house(desk).invoice, number_format=fmt)
        house_billing.save_invoice_settings(desk, settings)
        begin = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        draft = draft_of(desk, place, add_sessions(desk, place, 60, begin=begin), issued_on=day)
        return issuing.issue_invoice(desk, draft).value.row.number

    assert bill(date(2021, 12, 31)) == "RE-2021-01"
    assert bill(date(2022, 1, 1)) == "RE-2022-01"
    assert bill(date(2021, 12, 31)) == "RE-2021-02"
    assert bill(date(2022, 1, 2), "RE-2022-{seq:02}") == "RE-2022-02", "RE-2022-01 exists already"
    assert bill(date(2021, 6, 1), "RE-2022-{seq:02}") == "RE-2022-03", "one range for all years"
    assert bill(date(2022, 1, 3)) == "RE-2022-04", "RE-2022-02 and -03 exist already"


@pytest.mark.parametrize("one", [InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG])
def test_an_electronic_invoice_has_its_xml(desk, place, one):
    use_format(desk, one)
    made = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 742)), UNTIL).value
    assert b"CrossIndustryInvoice" in made.xml
    assert b"RE-2022-0001" in made.xml
    assert (b"/EmbeddedFile" in made.pdf) is (one is InvoiceFormat.ZUGFERD)
    with desk.database.read() as connection:
        kept = stored.find(connection, made.row.id)
    assert kept.xml_sha256 == hashlib.sha256(made.xml).hexdigest()


def test_a_preview_is_the_record_without_a_number_and_changes_nothing(desk, place):
    sessions = add_sessions(desk, place, 742)
    before = everything(desk)
    seen = preview.preview_open(desk, wish(place, sessions), UNTIL)
    assert everything(desk) == before
    draft = draft_of(desk, place, sessions)
    assert preview.preview_draft(desk, draft).invoice == seen.invoice
    issued = issuing.issue_invoice(desk, draft).value.invoice
    assert replace(issued, number="") == seen.invoice
    assert seen.needs == ()
    assert seen.pdf.startswith(b"%PDF")


def test_a_preview_says_what_is_missing(desk, place):
    house.save_company(desk, replace(COMPANY, tax_number="", vat_id=""))
    use_format(desk, InvoiceFormat.ZUGFERD)
    seen = preview.preview_open(desk, wish(place, add_sessions(desk, place, 742)), UNTIL)
    assert (seen.needs, seen.xml) == ((Need.COMPANY_TAX_ID,), None)


def test_a_bill_of_a_merged_practice_goes_to_the_one_that_goes_on(desk, place):
    from laverma_desk.services.customers import merging  # noqa: PLC0415

    other = add_practice(desk, "10018", "Praxis alt")
    draft = draft_of(desk, other, add_sessions(desk, other, 60))
    merging.merge(desk, place.customer_id, other.customer_id, {}, "eine Praxis")
    one = issuing.issue_invoice(desk, draft).value
    assert (one.row.customer_id, one.invoice.buyer.name) == (place.customer_id, "ZAP Dr. Bohrer")


def test_many_drafts_are_issued_and_one_that_is_refused_keeps_none(desk, place):
    good = [
        draft_of(desk, place, add_sessions(desk, place, 60, begin=FEBRUARY + timedelta(days=n)))
        for n in range(3)
    ]
    bad = draft_of(desk, place, add_sessions(desk, place, 60, notes=""))
    seen = []
    result = issuing.issue_many(desk, [good[0], bad, *good[1:]], lambda *step: seen.append(step)).value
    assert [row.number for row in result.issued] == ["RE-2022-0001", "RE-2022-0002", "RE-2022-0003"]
    assert [(draft, error.code) for draft, error in result.refused] == [(bad, Rule.INVOICE_OBSTACLES)]
    assert not result.cancelled
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_month_is_called_off_between_two(desk, place):
    all_ = [
        draft_of(desk, place, add_sessions(desk, place, 60, begin=FEBRUARY + timedelta(days=n)))
        for n in range(3)
    ]
    asked = iter([False, True])
    result = issuing.issue_many(desk, all_, cancelled=lambda: next(asked)).value
    assert (len(result.issued), result.cancelled) == (1, True)
    assert len(drafts.drafts(desk)) == 2
