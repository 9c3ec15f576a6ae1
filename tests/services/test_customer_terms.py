"""What a customer pays: own tariffs, visits, and the data of electronic invoices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.onsite import break_even_minutes, visit_cents
from laverma_desk.domain.tariff import CustomerTariff, Rounding
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.customers import customer_record as records
from laverma_desk.services.customers import filled_forms
from laverma_desk.services.customers.customer_record import InvoiceDataDraft, OwnTariffDraft, TermsDraft


def refused(call, *given, **named):
    with pytest.raises(RuleBroken) as caught:
        call(*given, **named)
    return caught.value


def last_lines(desk, customer_id, count):
    found = records.record_history(desk, customer_id)[:count]
    return [(one.who, one.field, one.old, one.new) for one in reversed(found)]


def ended_session(desk, clock, workstation):
    started = timekeeping.start_session(desk, workstation).value
    clock.advance(seconds=60)
    return timekeeping.end_session(desk, started.id).value


def test_own_tariffs_count_from_their_day_and_stay_once_a_session_used_them(desk, bohrer, clock):
    draft = TermsDraft(
        tariffs=(OwnTariffDraft("01.02.2022", "2,00"), OwnTariffDraft("01.01.2023", "", "exact_second")),
        visit="flat", flat="92,50", km="18", payment_days="30",
    )  # fmt: skip
    records.save_terms(desk, bohrer.customer_id, draft)
    record = records.read_record(desk, bohrer.customer_id)
    assert record.tariffs == (
        CustomerTariff(date(2022, 2, 1), 200),
        CustomerTariff(date(2023, 1, 1), None, Rounding.EXACT_SECOND),
    )
    assert record.tariff.price_cents == 200
    assert (record.customer.on_site_km, record.customer.payment_days) == (18, 30)
    ended_session(desk, clock, bohrer.reception)
    kept = filled_forms.terms_draft(record.customer, record.tariffs)
    error = refused(records.save_terms, desk, bohrer.customer_id, replace(kept, tariffs=kept.tariffs[1:]))
    assert (error.code, error.parameters["day"]) == (Rule.TARIFF_IN_USE, "01.02.2022")
    dearer = replace(kept, tariffs=(OwnTariffDraft("01.02.2022", "3,00"), kept.tariffs[1]))
    error = refused(records.save_terms, desk, bohrer.customer_id, dearer)
    assert (error.code, error.field) == (Rule.TARIFF_IN_USE, "price:0")
    records.save_terms(desk, bohrer.customer_id, replace(kept, tariffs=kept.tariffs[:1]))
    assert records.read_record(desk, bohrer.customer_id).tariffs == (CustomerTariff(date(2022, 2, 1), 200),)
    assert last_lines(desk, bohrer.customer_id, 1) == [
        ("Klaus Klassen", "tariff.rounding", "2023-01-01\nexact_second", "")
    ]


@pytest.mark.parametrize(
    ("tariffs", "code", "field"),
    [
        ((OwnTariffDraft("", "2,00"),), Rule.TEXT_MISSING, "valid_from:0"),
        ((OwnTariffDraft("01.02.2022"),), Rule.TARIFF_EMPTY, "price:0"),
        ((OwnTariffDraft("01.02.2022", "viel"),), Rule.AMOUNT_INVALID, "price:0"),
        (
            (OwnTariffDraft("01.02.2022", "2,00"), OwnTariffDraft("01.02.2022", "3,00")),
            Rule.FIELD_CONTRADICTS,
            "valid_from:1",
        ),
    ],
)
def test_a_wrong_tariff_is_refused_at_its_field_and_nothing_is_kept(desk, bohrer, tariffs, code, field):
    error = refused(records.save_terms, desk, bohrer.customer_id, TermsDraft(tariffs=tariffs, km="3"))
    assert (error.code, error.field) == (code, field)
    assert records.read_record(desk, bohrer.customer_id).customer.on_site_km is None


@pytest.mark.parametrize(
    ("draft", "cents", "minutes"),
    [
        (TermsDraft(visit="flat", flat="92,50"), 9250, 41),
        (TermsDraft(visit="travel", travel="35", hourly="90"), 12500, 55),
        (TermsDraft(visit="travel", hourly="90"), 9000, 40),
        (TermsDraft(visit="none", flat="92,50"), None, None),
    ],
)
def test_break_even_understands_both_prices_of_a_visit(desk, bohrer, draft, cents, minutes):
    records.save_terms(desk, bohrer.customer_id, draft)
    customer = records.read_record(desk, bohrer.customer_id).customer
    assert visit_cents(customer) == cents
    assert break_even_minutes(visit_cents(customer), 225) == minutes


def test_a_chosen_price_of_a_visit_must_be_there(desk, bohrer):
    error = refused(records.save_terms, desk, bohrer.customer_id, TermsDraft(visit="travel", travel="35"))
    assert (error.code, error.field) == (Rule.TEXT_MISSING, "hourly")


def test_invoice_data_are_kept(desk, bohrer):
    draft = InvoiceDataDraft("xrechnung", "de 136695976", "991-01234-38", "0204:991-01234-38")
    records.save_invoice_data(desk, bohrer.customer_id, draft)
    kept = records.read_record(desk, bohrer.customer_id).customer
    assert (kept.invoice_format, kept.vat_id) == (InvoiceFormat.XRECHNUNG, "DE136695976")
    assert kept.electronic_address == "0204:991-01234-38"
