"""The record of an invoice: what is billed as it was frozen, the rate of its day, the words around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit, VatCategory
from laverma_desk.domain.money import charge
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.invoicing import issuing, items
from laverma_desk.services.invoicing.register import InvoiceState
from laverma_desk.services.setup import house
from laverma_desk.storage import sessions as stored_sessions
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import (
    COMPANY,
    FEBRUARY,
    UNTIL,
    add_practice,
    add_sessions,
    draft_of,
    wish,
)


def test_the_words_of_the_picture(desk, place):
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 742)), UNTIL).value.invoice
    said = one.texts
    assert said.salutation == "Sehr geehrte Frau Lorenz,"
    assert said.introduction == "für unsere Fernwartung im Februar 2022 berechnen wir Ihnen minutengenau:"
    assert said.terms == "Zahlbar ohne Abzug bis 15.03.2022."
    assert said.closing == "Vielen Dank für Ihr Vertrauen."
    assert said.rounding == ("Minutengenaue Abrechnung, jede angefangene Minute zählt.",)
    assert said.notices == ()
    assert (one.first, one.last, one.minutes) == (date(2022, 2, 1), date(2022, 2, 28), 13)


def test_an_english_customer_over_two_months(desk):
    place = add_practice(desk, language="en")
    sessions = add_sessions(desk, place, 60) + add_sessions(
        desk, place, 60, begin=FEBRUARY - timedelta(days=9)
    )
    said = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice.texts
    assert said.introduction == (
        "for our remote support from 25/01/2022 to 03/02/2022 we charge you, exact to the minute:"
    )
    assert said.terms == "Payable without deduction by 15/03/2022."


def test_a_draft_has_words_and_terms_of_its_own(desk, place):
    draft = draft_of(
        desk, place, add_sessions(desk, place, 60), introduction="Wie vereinbart:", payment_days=30,
        issued_on=date(2022, 2, 20),
    )  # fmt: skip
    one = issuing.issue_invoice(desk, draft).value.invoice
    assert one.texts.introduction == "Wie vereinbart:"
    assert (one.issued_on, one.due_on) == (date(2022, 2, 20), date(2022, 3, 22))


def test_frozen_figures_are_billed_whatever_the_tariff_says_now(desk, place):
    sessions = add_sessions(desk, place, 742)
    house.save_tariff(desk, Tariff(date(2020, 1, 1), 999, Rounding.FULL_MINUTE))
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice
    assert (one.lines[0].quantity, one.lines[0].price_cents, one.net_cents) == (13, 225, 2925)


def test_seconds_are_billed_as_seconds(desk, place):
    tariff = Tariff(date(2020, 1, 1), 225, Rounding.EXACT_SECOND)
    frozen = dict(stored_sessions.frozen_values(tariff, charge(742, tariff)))
    sessions = add_sessions(desk, place, frozen.pop("seconds"), **frozen)
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice
    (line,) = one.lines
    assert (line.quantity, line.unit, line.base, line.net_cents) == (742, Unit.SECOND, 60, 2783)
    assert one.minutes is None
    assert one.texts.introduction.endswith("berechnen wir Ihnen sekundengenau:")


@pytest.mark.parametrize(
    ("least", "free", "said"),
    [
        (0, 0, ()),
        (300, 0, ("Mindestdauer je Fernwartung: 5 Minuten.",)),
        (
            60,
            90,
            (
                "Kostenlos am Anfang jeder Fernwartung: 1 Minute, 30 Sekunden.",
                "Mindestdauer je Fernwartung: 1 Minute.",
            ),
        ),
    ],
)
def test_time_that_is_billed_otherwise_than_it_lasted_is_explained(desk, place, least, free, said):
    tariff = Tariff(date(2020, 1, 1), 225, minimum_seconds=least, free_seconds=free)
    frozen = dict(stored_sessions.frozen_values(tariff, charge(742, tariff)))
    sessions = add_sessions(desk, place, *[frozen.pop("seconds")] * 2, **frozen)
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice
    assert one.texts.rounding == ("Minutengenaue Abrechnung, jede angefangene Minute zählt.", *said)


def test_a_free_session_explains_nothing(desk, place):
    reason = house.read_house(desk).free_reasons[0]
    free = add_sessions(desk, place, 60, minimum_seconds=300, billable=False, free_reason_id=reason.id)
    later = add_sessions(desk, place, 60, begin=FEBRUARY + timedelta(hours=3))
    one = issuing.issue_open(desk, wish(place, free + later), UNTIL).value.invoice
    assert len(one.lines) == 2
    assert len(one.texts.rounding) == 1


def test_free_sessions_stand_on_it_with_their_reason_or_not_at_all(desk, place):
    shown, hidden = house.read_house(desk).free_reasons[0], None
    house.save_free_reasons(desk, [(shown.id, shown.name, True), (None, "intern", False)])
    hidden = next(one for one in house.read_house(desk).free_reasons if one.name == "intern")
    paid = add_sessions(desk, place, 60)
    later = FEBRUARY + timedelta(hours=3)
    free = add_sessions(desk, place, 300, begin=later, billable=False, free_reason_id=shown.id)
    inside = add_sessions(desk, place, 300, begin=later, billable=False, free_reason_id=hidden.id)
    one = issuing.issue_invoice(desk, draft_of(desk, place, paid + free)).value
    line = one.invoice.lines[1]
    assert (line.free_reason, line.quantity, line.price_cents, line.net_cents) == (shown.name, 5, 0, 0)
    assert one.invoice.minutes == 1
    assert timekeeping.read_session(desk, free[0]).invoice_number == "RE-2022-0001"
    assert timekeeping.read_session(desk, inside[0]).invoice_number is None


def test_items_stand_behind_the_sessions_of_their_day(desk, place):
    draft = draft_of(desk, place, add_sessions(desk, place, 60, 60))
    for day, text in (
        (date(2022, 2, 3), "Anfahrt"),
        (date(2022, 2, 3), "Kabel"),
        (date(2022, 2, 1), "Vorab"),
    ):
        item = DraftItem(0, LineKind.OTHER, day, text, Decimal(1), Unit.PIECE, 1000)
        items.put_item(desk, draft, item)
    one = issuing.issue_invoice(desk, draft).value.invoice
    assert [line.text for line in one.lines] == ["Vorab", "Arbeit 1", "Anfahrt", "Kabel", "Arbeit 2"]
    assert [line.position for line in one.lines] == [1, 2, 3, 4, 5]
    assert one.net_cents == 3 * 1000 + 2 * 225


def test_the_rate_is_that_of_the_day_of_service(desk, place, clock):
    """Sessions of 30 June and 1 July 2020: 19 and 16 percent, whatever they had been frozen with."""
    june = datetime(2020, 6, 30, 8, tzinfo=UTC)
    sessions = add_sessions(desk, place, 600, 600, begin=june)
    one = issuing.issue_open(desk, wish(place, sessions), UNTIL).value.invoice
    assert [(group.rate, group.net_cents, group.vat_cents) for group in one.groups] == [
        (19, 2250, 428),
        (16, 2250, 360),
    ]


def test_small_business_reverse_charge_and_the_words_of_2028(desk, place, clock):
    clock.set_wall(datetime(2028, 1, 1, 9, tzinfo=UTC))
    house.save_company(desk, replace(COMPANY, vat_on_receipt=True))
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 600)), UNTIL).value.invoice
    assert one.texts.notices == ("Versteuerung nach vereinnahmten Entgelten.",)
    vienna = add_practice(
        desk, "10018", "Ordination Wien", country="AT", vat_id="ATU13585627", postcode="1010"
    )
    one = issuing.issue_open(desk, wish(vienna, add_sessions(desk, vienna, 600)), UNTIL).value.invoice
    assert one.texts.notices == ("Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge).",)
    assert (one.groups[0].category, one.vat_cents) == (VatCategory.REVERSE_CHARGE, 0)
    house.save_company(desk, replace(COMPANY, small_business=True, vat_on_receipt=True))
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 600)), UNTIL).value.invoice
    assert one.texts.notices == ("Steuerfrei nach § 19 UStG (Kleinunternehmer).",)
    assert (one.groups[0].category, one.gross_cents) == (VatCategory.EXEMPT, one.net_cents)


def test_no_words_of_2028_on_the_last_day_before(desk, place, clock):
    clock.set_wall(datetime(2027, 12, 31, 9, tzinfo=UTC))
    house.save_company(desk, replace(COMPANY, vat_on_receipt=True))
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 600)), UNTIL).value.invoice
    assert one.texts.notices == ()


def test_what_is_included_is_not_more_than_what_is_billed(desk, place):
    draft = draft_of(desk, place, add_sessions(desk, place, 600))
    item = DraftItem(
        0, LineKind.INCLUDED_MINUTES, date(2022, 2, 3), "Vertrag", Decimal(-11), Unit.MINUTE, 225
    )
    number = items.put_item(desk, draft, item).value
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_invoice(desk, draft)
    assert caught.value.code is Rule.INCLUDED_TOO_MANY
    items.put_item(desk, draft, replace(item, id=number, quantity=Decimal(-10), price_cents=226))
    with pytest.raises(RuleBroken) as caught:
        issuing.issue_invoice(desk, draft)
    assert caught.value.code is Rule.INVOICE_NEGATIVE
    items.put_item(desk, draft, replace(item, id=number, quantity=Decimal(-10)))
    one = issuing.issue_invoice(desk, draft).value
    assert (one.row.gross_cents, one.row.state, one.row.due_on) == (0, InvoiceState.PAID, None)
    assert one.invoice.texts.terms == "Es ist nichts zu zahlen."
