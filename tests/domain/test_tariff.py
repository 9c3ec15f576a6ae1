"""Which price counts on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.tariff import FIRST_DAY, CustomerTariff, Rounding, Tariff, tariff_on

OLD = Tariff(date(2020, 1, 1), 200, Rounding.FULL_MINUTE, Decimal(19), 60, 30)
NEW = Tariff(date(2022, 7, 1), 225)
ONE_DAY = timedelta(days=1)


def test_a_tariff_counts_from_its_first_day_on():
    assert tariff_on(NEW.valid_from - ONE_DAY, (OLD, NEW)) == OLD
    assert tariff_on(NEW.valid_from, (OLD, NEW)) == NEW
    assert tariff_on(date(2030, 1, 1), (NEW, OLD)) == NEW, "the order of the rows does not count"


def test_before_the_first_tariff_the_earliest_counts():
    assert tariff_on(date(2019, 12, 31), (NEW, OLD)) == OLD


def test_without_any_tariff_the_default_counts():
    assert tariff_on(date(2022, 3, 1), ()) == Tariff(
        FIRST_DAY, 225, Rounding.STARTED_MINUTE, Decimal(19), 0, 0
    )


def test_a_customers_price_replaces_only_the_price():
    own = CustomerTariff(date(2021, 1, 1), price_cents=180)
    assert tariff_on(date(2021, 1, 1), (OLD, NEW), (own,)) == replace(OLD, price_cents=180)
    assert tariff_on(date(2020, 6, 30), (OLD, NEW), (own,)) == OLD
    assert tariff_on(date(2023, 1, 1), (OLD, NEW), (own,)) == replace(NEW, price_cents=180)


def test_a_customers_rule_replaces_only_the_rule():
    own = CustomerTariff(date(2021, 1, 1), rounding=Rounding.EXACT_SECOND)
    assert tariff_on(date(2021, 6, 1), (OLD,), (own,)) == replace(OLD, rounding=Rounding.EXACT_SECOND)


def test_a_price_of_nothing_is_a_price():
    own = CustomerTariff(date(2021, 1, 1), price_cents=0)
    assert tariff_on(date(2021, 1, 1), (OLD,), (own,)).price_cents == 0


def test_the_latest_deviation_counts_and_can_end_the_one_before():
    first = CustomerTariff(date(2021, 1, 1), 180, Rounding.EXACT_SECOND)
    back = CustomerTariff(date(2022, 1, 1))
    assert tariff_on(date(2021, 12, 31), (OLD,), (back, first)).price_cents == 180
    assert tariff_on(date(2022, 1, 1), (OLD,), (back, first)) == OLD


days = st.dates(date(2015, 1, 1), date(2035, 1, 1))


@given(days, st.lists(days, min_size=1, max_size=6, unique=True))
def test_no_day_is_without_a_tariff(day, first_days):
    house = [Tariff(first, price_cents=place) for place, first in enumerate(first_days)]
    chosen = tariff_on(day, house)
    begun = [one for one in first_days if one <= day]
    assert chosen.valid_from == (max(begun) if begun else min(first_days))
