"""Accounts, debtors and fiscal years, as a tax adviser would set them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.domain.bookkeeping import (
    BookkeepingSettings,
    Chart,
    RevenueAccount,
    bank_account,
    booking_spans,
    check_bookkeeping,
    debtor_range,
    first_debtor,
    revenue_account,
)
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatCategory

STANDARD, ABROAD, SMALL = VatCategory.STANDARD, VatCategory.REVERSE_CHARGE, VatCategory.EXEMPT
SKR04 = BookkeepingSettings(chart=Chart.SKR04)


@pytest.mark.parametrize(
    ("settings", "category", "rate", "account"),
    [
        (BookkeepingSettings(), STANDARD, 19, 8400),
        (SKR04, STANDARD, 19, 4400),
        (BookkeepingSettings(), ABROAD, 0, 8336),
        (SKR04, ABROAD, 0, 4336),
        (BookkeepingSettings(), SMALL, 0, 8195),
        (SKR04, SMALL, 0, None),
        (BookkeepingSettings(), STANDARD, 16, None),
        (BookkeepingSettings(), STANDARD, 0, None),
        (BookkeepingSettings(), VatCategory.OUTSIDE, 0, None),
        (replace(SKR04, account_length=6), STANDARD, 19, 440_000),
    ],
)
def test_the_chart_has_the_usual_accounts_and_no_others(settings, category, rate, account):
    assert revenue_account(settings, category, Decimal(rate)) == account


def test_what_the_adviser_says_goes_before_the_chart():
    own = (RevenueAccount(STANDARD, Decimal(19), 8401), RevenueAccount(STANDARD, Decimal("5.5"), 8310))
    settings = BookkeepingSettings(revenue=own, bank=1210, first_debtor=20_000)
    assert revenue_account(settings, STANDARD, Decimal(19)) == 8401
    assert revenue_account(settings, STANDARD, Decimal("5.50")) == 8310
    assert revenue_account(settings, ABROAD, Decimal(0)) == 8336
    assert (bank_account(settings), first_debtor(settings)) == (1210, 20_000)


@pytest.mark.parametrize(
    ("length", "lowest", "highest", "bank"),
    [(4, 10_000, 69_999, 1200), (5, 100_000, 699_999, 12_000), (8, 10**8, 7 * 10**8 - 1, 12_000_000)],
)
def test_debtors_have_one_digit_more(length, lowest, highest, bank):
    settings = BookkeepingSettings(account_length=length)
    assert debtor_range(settings) == (lowest, highest)
    assert first_debtor(settings) == lowest
    assert bank_account(settings) == bank
    assert bank_account(replace(settings, chart=Chart.SKR04)) == bank // 12 * 18


@pytest.mark.parametrize(
    ("month", "first", "last", "expected"),
    [
        (1, "2022-02-01", "2022-02-28", [("2022-01-01", "2022-02-01", "2022-02-28")]),
        (
            1,
            "2021-12-31",
            "2022-01-01",
            [("2021-01-01", "2021-12-31", "2021-12-31"), ("2022-01-01", "2022-01-01", "2022-01-01")],
        ),
        (7, "2022-06-30", "2022-06-30", [("2021-07-01", "2022-06-30", "2022-06-30")]),
        (7, "2022-07-01", "2022-07-01", [("2022-07-01", "2022-07-01", "2022-07-01")]),
        (3, "2024-02-29", "2024-03-01", [
            ("2023-03-01", "2024-02-29", "2024-02-29"), ("2024-03-01", "2024-03-01", "2024-03-01"),
        ]),
        (10, "2021-11-30", "2022-10-01", [
            ("2021-10-01", "2021-11-30", "2021-12-31"), ("2021-10-01", "2022-01-01", "2022-09-30"),
            ("2022-10-01", "2022-10-01", "2022-10-01"),
        ]),
        (1, "2022-02-02", "2022-02-01", []),
        # As far as the calendar goes, for whoever wants all there is.
        (1, "9999-11-01", "9999-12-31", [("9999-01-01", "9999-11-01", "9999-12-31")]),
        (7, "9999-06-30", "9999-12-31", [
            ("9998-07-01", "9999-06-30", "9999-06-30"), ("9999-07-01", "9999-07-01", "9999-12-31"),
        ]),
        (7, "0001-01-01", "0001-01-02", [("0001-07-01", "0001-01-01", "0001-01-02")]),
    ],
)  # fmt: skip
def test_a_period_falls_into_fiscal_and_calendar_years(month, first, last, expected):
    days = [date.fromisoformat(one) for one in (first, last)]
    found = [(one.begin, one.first, one.last) for one in booking_spans(*days, month)]
    assert found == [tuple(date.fromisoformat(day) for day in one) for one in expected]


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 2000), st.integers(1, 12))
def test_every_day_of_a_period_is_in_exactly_one_span(first, many, month):
    last = first + timedelta(days=many)
    years = list(booking_spans(first, last, month))
    days = [
        one.first + timedelta(days=day) for one in years for day in range((one.last - one.first).days + 1)
    ]
    assert days == [first + timedelta(days=day) for day in range(many + 1)]
    for one in years:
        assert (one.begin.month, one.begin.day) == (month, 1)
        assert one.begin <= one.first
        assert one.last < date(one.begin.year + 1, month, 1)
        assert one.first.year == one.last.year
    both = [(one.begin, one.first.year) for one in years]
    assert len(set(both)) == len(both), "no more parts than years"


@pytest.mark.parametrize(
    ("change", "field", "lowest", "highest"),
    [
        ({"consultant": 1000}, "consultant", 1001, 9_999_999),
        ({"consultant": 10_000_000}, "consultant", 1001, 9_999_999),
        ({"client": 0}, "client", 1, 99_999),
        ({"client": 100_000}, "client", 1, 99_999),
        ({"account_length": 3}, "account_length", 4, 8),
        ({"account_length": 9}, "account_length", 4, 8),
        ({"fiscal_month": 13}, "fiscal_month", 1, 12),
        ({"fiscal_month": 0}, "fiscal_month", 1, 12),
        ({"bank": 999}, "bank", 1000, 9999),
        ({"bank": 12_000}, "bank", 1000, 9999),
        ({"first_debtor": 9999}, "first_debtor", 10_000, 69_999),
        ({"first_debtor": 70_000}, "first_debtor", 10_000, 69_999),
        ({"first_debtor": 70_000, "account_length": 5}, "first_debtor", 100_000, 699_999),
        ({"revenue": (RevenueAccount(STANDARD, Decimal(19), 84_000),)}, "revenue", 1000, 9999),
        ({"revenue": (RevenueAccount(STANDARD, Decimal(101), 8400),)}, "revenue", 0, 100),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_at_its_field(change, field, lowest, highest):
    with pytest.raises(RuleBroken) as caught:
        check_bookkeeping(replace(BookkeepingSettings(), **change))
    error = caught.value
    assert (error.code, error.field) == (Rule.NUMBER_INVALID, field)
    assert (error.parameters["lowest"], error.parameters["highest"]) == (lowest, highest)


@pytest.mark.parametrize(
    "settings",
    [
        BookkeepingSettings(),
        BookkeepingSettings(1001, 1, bank=1000, first_debtor=10_000),
        BookkeepingSettings(9_999_999, 99_999, account_length=8, bank=99_999_999, first_debtor=699_999_999),
    ],
)
def test_what_can_be_one_passes(settings):
    check_bookkeeping(settings)


def test_a_way_of_taxing_has_one_account():
    twice = (RevenueAccount(STANDARD, Decimal(7), 8300), RevenueAccount(STANDARD, Decimal("7.0"), 8301))
    with pytest.raises(RuleBroken) as caught:
        check_bookkeeping(BookkeepingSettings(revenue=twice))
    assert (caught.value.code, caught.value.field) == (Rule.FIELD_CONTRADICTS, "revenue")
    assert caught.value.parameters["place"] == 1
