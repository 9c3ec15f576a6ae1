"""Drafts that leave each other alone, what a form is told about tax, and what a correction takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit, VatCategory
from laverma_desk.services.invoicing import cancelling, correction, drafts, figures, issuing, items
from laverma_desk.services.invoicing.issued_files import write_draft
from laverma_desk.storage import invoices as stored
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import FEBRUARY, add_practice, add_sessions, draft_of, rows

CABLE = DraftItem(0, LineKind.FLAT, date(2022, 2, 10), "Kabel", Decimal(2), Unit.PIECE, 1290)


@pytest.fixture
def two(desk, place):
    """Two drafts of one practice, each with a session."""
    sessions = add_sessions(desk, place, 600, 1200)
    return [(draft_of(desk, place, [one]), one) for one in sessions]


def test_a_session_is_not_taken_out_of_another_draft(desk, two):
    (mine, _own), (other, theirs) = two
    drafts.tick_session(desk, mine, theirs, False)
    assert drafts.read_draft(desk, other).session_ids == (theirs,)


def test_an_item_is_not_changed_or_taken_out_through_another_draft(desk, two):
    (mine, _own), (other, _theirs) = two
    row = items.put_item(desk, other, CABLE).value
    with pytest.raises(RuleBroken) as caught:
        items.put_item(desk, mine, replace(CABLE, id=row, text="fremd"))
    assert caught.value.code is Rule.ITEM_UNKNOWN
    items.remove_item(desk, mine, row)
    assert [one.text for one in drafts.read_draft(desk, other).items] == ["Kabel"]


def test_items_stay_in_the_order_in_which_they_were_put(desk, two):
    (mine, _own), _other = two
    for text in ("c", "a", "b"):
        items.put_item(desk, mine, replace(CABLE, text=text))
    first = drafts.read_draft(desk, mine).items[0]
    items.put_item(desk, mine, replace(first, text="d"))
    assert [one.text for one in drafts.read_draft(desk, mine).items] == ["d", "a", "b"]
    assert sorted(row.position for row in rows(desk, "draft_item")) == [0, 1, 2]


def test_drafts_stand_in_the_order_of_numbers_not_of_their_letters(desk):
    for number in ("10017", "9", "1000"):
        other = add_practice(desk, number, f"Praxis {number}")
        draft_of(desk, other, add_sessions(desk, other, 600))
    assert [one.customer_number for one in drafts.drafts(desk)] == ["9", "1000", "10017"]


def test_the_second_preview_of_a_customer_has_a_name_of_its_own(desk, two, tmp_path):
    listed = drafts.drafts(desk)
    names = [write_draft(desk, one, tmp_path, place) for place, one in enumerate(listed, 1)]
    assert names == ["Entwurf-10017.pdf", "Entwurf-10017-2.pdf"]
    assert sorted(one.name for one in tmp_path.glob("*.pdf")) == sorted(names)


def test_an_item_is_taxed_as_the_customer_is(desk, two):
    (mine, _own), _other = two
    assert figures.rate_for(desk, mine, date(2020, 8, 1)) == (VatCategory.STANDARD, Decimal(16))
    abroad = add_practice(desk, "10018", "Praxis Wien", country="AT", vat_id="ATU12345675")
    draft = draft_of(desk, abroad, add_sessions(desk, abroad, 600))
    assert figures.rate_for(desk, draft, date(2020, 8, 1)) == (VatCategory.REVERSE_CHARGE, Decimal(0))


def test_a_form_shows_the_terms_of_the_customer_before_those_of_the_house(desk, two):
    (mine, _own), _other = two
    assert figures.usual_terms(desk, mine).payment_days == 14
    slow = add_practice(desk, "10018", "Praxis Weiß", payment_days=0, invoice_format=InvoiceFormat.ZUGFERD)
    draft = draft_of(desk, slow, add_sessions(desk, slow, 600))
    usual = figures.usual_terms(desk, draft)
    assert (usual.payment_days, usual.format) == (0, InvoiceFormat.ZUGFERD)


def test_a_correction_takes_over_terms_format_and_rates(desk, place):
    draft = draft_of(
        desk, place, add_sessions(desk, place, 600), payment_days=30, format=InvoiceFormat.ZUGFERD
    )
    items.put_item(desk, draft, CABLE)
    items.put_item(desk, draft, replace(CABLE, text="Buch", vat_rate=Decimal(7)))
    one = issuing.issue_invoice(desk, draft).value
    cancelling.cancel_invoice(desk, one.row.id, "falsch")
    again = drafts.read_draft(desk, correction.prepare_correction(desk, one.row.id).value)
    assert (again.payment_days, again.format) == (30, InvoiceFormat.ZUGFERD)
    assert [(item.text, item.vat_rate) for item in again.items] == [("Kabel", None), ("Buch", Decimal(7))]


def test_a_cancellation_is_not_older_than_its_invoice_and_names_its_sessions(desk, place):
    one = issuing.issue_invoice(desk, draft_of(desk, place, add_sessions(desk, place, 600, 1200))).value
    with pytest.raises(RuleBroken) as caught:
        cancelling.cancel_invoice(desk, one.row.id, "falsch", one.row.issued_on - timedelta(days=1))
    assert caught.value.code is Rule.INVOICE_DATE_EARLY
    back = cancelling.cancel_invoice(desk, one.row.id, "falsch").value
    assert (back.invoice.texts.terms, back.invoice.texts.closing) == ("", "")
    with desk.database.read() as connection:
        assert stored.sessions_by_number(connection, back.row.id) == stored.sessions_by_number(
            connection, one.row.id
        )


def test_a_world_that_refuses_the_first_is_told_and_later_ends_the_run(desk, place, monkeypatch):
    made = [
        draft_of(desk, place, add_sessions(desk, place, 600, begin=FEBRUARY + timedelta(days=day)))
        for day in range(4)
    ]
    real, tried = issuing.issue, []

    def full(some_desk, order):
        tried.append(order)
        if len(tried) in refused:
            raise OutsideTrouble(Trouble.DISK_FULL)
        return real(some_desk, order)

    monkeypatch.setattr(issuing, "issue", full)
    refused = {1}
    with pytest.raises(OutsideTrouble):
        issuing.issue_many(desk, made)
    assert len(tried) == 1
    tried.clear()
    refused = {2}
    result = issuing.issue_many(desk, made[:3]).value
    assert (len(result.issued), [draft for draft, _why in result.refused]) == (1, [made[1]])
    assert (result.cancelled, len(tried)) == (True, 2)
    tried.clear()
    result = issuing.issue_many(desk, [made[2], made[1]]).value
    assert (result.cancelled, len(result.refused)) == (False, 1), "the last was tried"


def test_that_reports_go_along_is_kept_with_the_invoice(desk, place):
    for attach in (True, False):
        sessions = add_sessions(desk, place, 600, begin=FEBRUARY + timedelta(days=int(attach)))
        one = issuing.issue_invoice(desk, draft_of(desk, place, sessions, attach_reports=attach)).value
        with desk.database.read() as connection:
            found = stored.find(connection, one.row.id)
        assert found is not None
        assert found.attach_reports is attach


def test_who_pays_at_once_has_no_days(desk, place):
    one = issuing.issue_invoice(desk, draft_of(desk, place, add_sessions(desk, place, 600), payment_days=0))
    assert one.value.row.due_on == one.value.row.issued_on


def test_a_correction_takes_the_reports_along_too(desk, place):
    for attach in (True, False):
        sessions = add_sessions(desk, place, 600, begin=FEBRUARY + timedelta(days=int(attach)))
        one = issuing.issue_invoice(desk, draft_of(desk, place, sessions, attach_reports=attach)).value
        cancelling.cancel_invoice(desk, one.row.id, "Falscher Preis")
        again = drafts.read_draft(desk, correction.prepare_correction(desk, one.row.id).value)
        assert again.attach_reports is attach
