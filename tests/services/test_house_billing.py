"""What invoices are made by: dated rates, patterns of numbers, what the house sends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.vat import LEGAL_RATES, VatRate
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.calls.session_access import session_on
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house_billing import save_invoice_settings, save_vat_rates
from tests.support.report_desks import end_session


def test_a_new_desk_has_the_legal_rates(desk):
    assert house.read_house(desk).vat_rates == LEGAL_RATES


def test_rates_are_kept_as_a_whole(desk):
    rates = (*LEGAL_RATES, VatRate(date(2023, 1, 1), Decimal("20.5")))
    result = save_vat_rates(desk, rates)
    assert result.changed == {Topic.HOUSE, Topic.SESSIONS}
    assert house.read_house(desk).vat_rates == rates


@pytest.mark.parametrize(
    ("rates", "rule", "field"),
    [
        ((), Rule.TEXT_MISSING, "rate"),
        ((LEGAL_RATES[0], LEGAL_RATES[0]), Rule.FIELD_CONTRADICTS, "valid_from"),
        ((VatRate(date(2023, 1, 1), Decimal(-1)),), Rule.NUMBER_INVALID, "rate"),
        ((VatRate(date(2023, 1, 1), Decimal(101)),), Rule.NUMBER_INVALID, "rate"),
    ],
)
def test_rates_that_cannot_be_are_refused_and_nothing_is_written(desk, rates, rule, field):
    with pytest.raises(RuleBroken) as refused:
        save_vat_rates(desk, rates)
    assert (refused.value.code, refused.value.field) == (rule, field)
    assert house.read_house(desk).vat_rates == LEGAL_RATES


def test_a_session_takes_the_rate_of_its_day(desk, bohrer):
    save_vat_rates(desk, (*LEGAL_RATES, VatRate(date(2022, 3, 2), Decimal(20))))
    before = timekeeping.current_tariff(desk, bohrer.customer_id, datetime(2022, 3, 1, 22, 59, tzinfo=UTC))
    after = timekeeping.current_tariff(desk, bohrer.customer_id, datetime(2022, 3, 1, 23, 1, tzinfo=UTC))
    assert (before.vat_rate, after.vat_rate) == (19, 20), "the day of Berlin counts"


def test_a_changed_table_leaves_ended_sessions_as_they_are(desk, bohrer, clock):
    number = end_session(desk, bohrer, clock)
    save_vat_rates(desk, (VatRate(date(2007, 1, 1), Decimal(25)),))
    with desk.database.read() as connection:
        found = session_on(connection, number)
    assert found.charge is not None
    assert (found.charge.vat_rate, found.charge.vat_cents) == (19, 556)


def test_invoice_settings_come_back_as_they_were(desk):
    wanted = InvoiceSettings(
        number_format="R{year}/{seq}",
        cancellation_format="S{year}/{seq}",
        payment_days=30,
        format=InvoiceFormat.ZUGFERD,
    )
    assert save_invoice_settings(desk, wanted).changed == {Topic.HOUSE}
    found = house.read_house(desk).invoice
    assert found == wanted
    assert isinstance(found.format, InvoiceFormat)


@pytest.mark.parametrize(
    ("change", "rule", "field"),
    [
        ({"number_format": "RE-{year}"}, Rule.NUMBER_FORMAT_INVALID, "number_format"),
        ({"dunning_format": "MA_{seq}"}, Rule.NUMBER_FORMAT_REFUSED, "dunning_format"),
        ({"cancellation_format": "RE-{year}-{seq}"}, Rule.NUMBER_FORMATS_MEET, "cancellation_format"),
    ],
)
def test_patterns_that_cannot_be_are_refused_at_their_field(desk, change, rule, field):
    with pytest.raises(RuleBroken) as refused:
        save_invoice_settings(desk, replace(InvoiceSettings(), **change))
    assert (refused.value.code, refused.value.field) == (rule, field)
    assert house.read_house(desk).invoice == InvoiceSettings()
