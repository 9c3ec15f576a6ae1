"""The rate of VAT of a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.tariff import CustomerTariff, Tariff, tariff_on
from laverma_desk.domain.vat import LEGAL_RATES, VatRate, rate_on


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2006, 12, 31), 19),
        (date(2007, 1, 1), 19),
        (date(2020, 6, 30), 19),
        (date(2020, 7, 1), 16),
        (date(2020, 12, 31), 16),
        (date(2021, 1, 1), 19),
        (date(2040, 1, 1), 19),
    ],
)
def test_the_legal_rate_of_a_day(day, rate):
    assert rate_on(day) == rate


def test_a_rate_that_the_house_enters_counts_from_its_day_on():
    rates = (VatRate(date(2030, 1, 1), Decimal(21)), *LEGAL_RATES)
    assert rate_on(date(2029, 12, 31), rates) == 19
    assert rate_on(date(2030, 1, 1), rates) == 21


def test_without_any_rate_the_legal_ones_count():
    assert rate_on(date(2020, 8, 1), ()) == 16


def test_a_tariff_has_the_rate_of_the_day_whatever_was_entered_with_it():
    house = (Tariff(date(2020, 1, 1), vat_rate=Decimal(7)), Tariff(date(2020, 10, 1)))
    own = (CustomerTariff(date(2020, 8, 1), price_cents=180),)
    days = (date(2020, 6, 30), date(2020, 8, 1), date(2020, 10, 1), date(2021, 1, 1))
    assert [tariff_on(day, house, own).vat_rate for day in days] == [19, 16, 16, 19]
    entered = (VatRate(date(2020, 9, 1), Decimal(5)),)
    assert tariff_on(date(2020, 12, 1), house, own, entered).vat_rate == 5


days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


@given(days, st.lists(days, min_size=1, max_size=6, unique=True))
def test_no_day_is_without_a_rate(day, first_days):
    rates = [VatRate(first, Decimal(place)) for place, first in enumerate(first_days)]
    begun = [one for one in first_days if one <= day]
    assert rate_on(day, rates) == first_days.index(max(begun) if begun else min(first_days))
