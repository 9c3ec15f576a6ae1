"""Lines of a draft that are no sessions: put in, refused at their field, suggested from the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.errors import Rule
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.services.invoicing.drafts import (
    drafts,
    read_draft,
)
from laverma_desk.services.invoicing.issuing import issue_invoice
from laverma_desk.services.invoicing.items import item_suggestions, put_item, remove_item
from laverma_desk.storage import customers
from tests.support.billing_drafts import TRAVEL, draft_of, refused


def test_items_are_put_changed_and_taken_out(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    first = put_item(desk, number, replace(TRAVEL, text=" Anfahrt\n")).value
    second = put_item(desk, number, replace(TRAVEL, quantity=Decimal("1.125"), vat_rate=Decimal("7.5"))).value
    put_item(desk, number, replace(TRAVEL, id=first, price_cents=5000))
    assert read_draft(desk, number).items == (
        replace(TRAVEL, id=first, price_cents=5000),
        replace(TRAVEL, id=second, quantity=Decimal("1.125"), vat_rate=Decimal("7.5")),
    )
    assert drafts(desk)[0].net_cents == 14850 + 5000 + 5513
    remove_item(desk, number, first)
    assert [item.id for item in read_draft(desk, number).items] == [second]
    assert refused(lambda: put_item(desk, number, replace(TRAVEL, id=first))) == (Rule.ITEM_UNKNOWN, None)
    other = draft_of(desk, billing, "10018")
    assert refused(lambda: put_item(desk, other, replace(TRAVEL, id=second))) == (Rule.ITEM_UNKNOWN, None)
    remove_item(desk, other, second)
    assert [item.id for item in read_draft(desk, number).items] == [second]


INCLUDED = replace(
    TRAVEL, kind=LineKind.INCLUDED_MINUTES, unit=Unit.MINUTE, quantity=Decimal(-60), price_cents=225
)


@pytest.mark.parametrize(
    ("item", "rule", "field"),
    [
        (replace(TRAVEL, kind=LineKind.SESSION), Rule.VALUE_NOT_IN_LIST, "kind"),
        (replace(TRAVEL, unit=Unit.SECOND), Rule.VALUE_NOT_IN_LIST, "unit"),
        (replace(TRAVEL, unit=Unit.HOUR), Rule.VALUE_NOT_IN_LIST, "unit"),
        (replace(TRAVEL, text=" \n"), Rule.TEXT_MISSING, "text"),
        (replace(TRAVEL, text="x" * 1001), Rule.TEXT_TOO_LONG, "text"),
        (replace(TRAVEL, quantity=Decimal(0)), Rule.QUANTITY_INVALID, "quantity"),
        (replace(TRAVEL, quantity=Decimal(-1)), Rule.QUANTITY_INVALID, "quantity"),
        (replace(TRAVEL, quantity=Decimal("0.0001")), Rule.QUANTITY_INVALID, "quantity"),
        (replace(TRAVEL, quantity=Decimal("NaN")), Rule.QUANTITY_INVALID, "quantity"),
        (replace(TRAVEL, quantity=Decimal("Infinity")), Rule.QUANTITY_INVALID, "quantity"),
        (replace(TRAVEL, quantity=Decimal("1e30")), Rule.QUANTITY_INVALID, "quantity"),
        (replace(INCLUDED, quantity=Decimal(60)), Rule.INCLUDED_NOT_NEGATIVE, "quantity"),
        (replace(INCLUDED, unit=Unit.HOUR), Rule.VALUE_NOT_IN_LIST, "unit"),
        (replace(TRAVEL, price_cents=-1), Rule.AMOUNT_INVALID, "price"),
        (replace(TRAVEL, price_cents=10_000_001), Rule.AMOUNT_INVALID, "price"),
        (replace(TRAVEL, vat_rate=Decimal(101)), Rule.NUMBER_INVALID, "vat_rate"),
        (replace(TRAVEL, vat_rate=Decimal("7.123")), Rule.NUMBER_INVALID, "vat_rate"),
    ],
)
def test_an_item_that_is_wrong_is_refused_at_its_field(billing_desk, item, rule, field):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    assert refused(lambda: put_item(desk, number, item)) == (rule, field)
    assert read_draft(desk, number).items == ()


def test_included_minutes_are_taken_off_the_invoice(billing_desk):
    desk, billing = billing_desk
    number = draft_of(desk, billing)
    put_item(desk, number, replace(INCLUDED, text="Inklusivminuten Februar"))
    assert drafts(desk)[0].net_cents == 14850 - 60 * 225
    assert issue_invoice(desk, number).value.invoice.net_cents == 6 * 225


def test_a_visit_costs_what_the_record_says(billing_desk):
    desk, billing = billing_desk
    day = date(2022, 2, 9)
    assert item_suggestions(desk, billing.bohrer, day) == ()
    with desk.database.write() as connection:
        known = customers.find(connection, billing.bohrer)
        customers.update_customer(
            connection,
            replace(
                known,
                on_site_cents=9250,
                on_site_travel_cents=4900,
                on_site_hourly_cents=11000,
                on_site_km=12,
            ),
        )
    assert item_suggestions(desk, billing.bohrer, day) == (
        DraftItem(0, LineKind.VISIT, day, "Vor-Ort-Termin, pauschal", Decimal(1), Unit.LUMP_SUM, 9250),
        DraftItem(0, LineKind.TRAVEL, day, "Anfahrt, 12 km", Decimal(1), Unit.LUMP_SUM, 4900),
        DraftItem(0, LineKind.VISIT, day, "Vor-Ort-Termin", Decimal(1), Unit.HOUR, 11000),
    )
    number = draft_of(desk, billing)
    for item in item_suggestions(desk, billing.bohrer, day):
        put_item(desk, number, item)
    assert drafts(desk)[0].net_cents == 14850 + 9250 + 4900 + 11000
