"""Default interest, counted a second way: day by day, in tenths of a millionth of a cent."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest

from laverma_desk.domain.interest import (
    BaseRate,
    BaseRateMissing,
    default_begins,
    half_year_of,
    half_years,
    interest_cents,
    interest_spans,
)

RATES = (
    BaseRate(date(2023, 7, 1), Decimal("3.12")),
    BaseRate(date(2024, 1, 1), Decimal("3.62")),
    BaseRate(date(2024, 7, 1), Decimal("3.37")),
    BaseRate(date(2025, 1, 1), Decimal("2.27")),
    BaseRate(date(2025, 7, 1), Decimal("1.27")),
)


def by_day(cents, paid, rates, first, last):
    """Count each day on its own."""
    with localcontext(prec=60):
        table = {(one.valid_from.year, one.valid_from.month > 6): one.rate for one in rates}
        total = Decimal(0)
        day = first
        while day <= last:
            owed = cents - sum(amount for paid_on, amount in paid if paid_on <= day)
            if owed > 0:
                leap = (date(day.year, 12, 31) - date(day.year, 1, 1)).days == 365
                rate = table[day.year, day.month > 6] + 9
                total += Decimal(owed) * rate / 100 / (366 if leap else 365)
            day += timedelta(days=1)
        return int(total.quantize(Decimal(1), ROUND_HALF_UP))


def test_a_whole_year_bears_exactly_its_rate():
    flat = [BaseRate(one, Decimal(1)) for one in (date(2023, 1, 1), date(2023, 7, 1))]
    spans = interest_spans(100_000, [], flat, date(2023, 1, 1), date(2023, 12, 31))
    assert interest_cents(spans) == 10_000
    leap = [BaseRate(one, Decimal(1)) for one in (date(2024, 1, 1), date(2024, 7, 1))]
    spans = interest_spans(100_000, [], leap, date(2024, 1, 1), date(2024, 12, 31))
    assert sum(one.days for one in spans) == 366
    assert interest_cents(spans) == 10_000


def test_the_rate_changes_with_the_half_year():
    spans = interest_spans(50_000, [], RATES, date(2024, 6, 21), date(2024, 7, 10))
    assert [(one.first, one.last, one.days, one.rate) for one in spans] == [
        (date(2024, 6, 21), date(2024, 6, 30), 10, Decimal("12.62")),
        (date(2024, 7, 1), date(2024, 7, 10), 10, Decimal("12.37")),
    ]
    # 500.00 × 12.62 % × 10/366 = 1.72404…, 500.00 × 12.37 % × 10/366 = 1.68989…; together 3.41393…
    assert interest_cents(spans) == 341


def test_a_negative_base_rate_lowers_what_is_owed():
    spans = interest_spans(
        11_008, [], [BaseRate(date(2022, 1, 1), Decimal("-0.88"))], date(2022, 2, 1), date(2022, 2, 28)
    )
    # 110.08 × 8.12 % × 28/365 = 0.68569…
    assert (spans[0].rate, interest_cents(spans)) == (Decimal("8.12"), 69)


def test_a_payment_counts_from_its_own_day():
    paid = [(date(2024, 1, 11), 30_000), (date(2024, 1, 21), 20_000)]
    spans = interest_spans(50_000, paid, RATES, date(2024, 1, 1), date(2024, 1, 31))
    assert [(one.first.day, one.last.day, one.principal_cents) for one in spans] == [
        (1, 10, 50_000),
        (11, 20, 20_000),
    ]


def test_what_was_paid_before_default_bears_nothing():
    spans = interest_spans(50_000, [(date(2023, 12, 1), 49_999)], RATES, date(2024, 1, 1), date(2024, 1, 31))
    assert [one.principal_cents for one in spans] == [1]


def test_no_days_bear_no_interest():
    assert interest_spans(50_000, [], RATES, date(2024, 2, 1), date(2024, 1, 31)) == ()
    assert interest_cents(()) == 0


def test_a_gap_in_the_table_is_said_not_filled():
    with pytest.raises(BaseRateMissing) as caught:
        interest_spans(50_000, [], RATES, date(2025, 12, 1), date(2026, 1, 2))
    assert caught.value.half_year == date(2026, 1, 1)
    without = [one for one in RATES if one.valid_from != date(2024, 7, 1)]
    with pytest.raises(BaseRateMissing):
        interest_spans(50_000, [], without, date(2024, 6, 1), date(2025, 1, 31))


@pytest.mark.parametrize("seed", range(60))
def test_spans_agree_with_a_count_day_by_day(seed):
    chance = random.Random(seed)
    first = date(2023, 7, 1) + timedelta(days=chance.randrange(700))
    last = min(date(2025, 12, 31), first + timedelta(days=chance.randrange(1, 400)))
    cents = chance.randrange(1, 5_000_000)
    paid = [
        (first + timedelta(days=chance.randrange(-30, 300)), chance.randrange(1, cents + 1))
        for _ in range(chance.randrange(4))
    ]
    spans = interest_spans(cents, paid, RATES, first, last)
    assert interest_cents(spans) == by_day(cents, paid, RATES, first, last)


@pytest.mark.parametrize(
    ("due_on", "begins"),
    [
        (date(2022, 1, 31), date(2022, 3, 3)),  # 30 days after it is Wednesday, 2 March
        (date(2022, 2, 3), date(2022, 3, 8)),  # 30 days after it is Saturday, 5 March: Monday counts
        (date(2022, 2, 4), date(2022, 3, 8)),
        (date(2024, 1, 31), date(2024, 3, 2)),  # leap year: 30 days after it is Friday, 1 March
    ],
)
def test_default_begins_thirty_days_after_the_due_day(due_on, begins):
    assert default_begins(due_on) == begins


def test_a_letter_brings_default_on_the_day_after_its_deadline():
    due_on = date(2022, 1, 31)
    assert default_begins(due_on, [date(2022, 2, 18)]) == date(2022, 2, 19)
    assert default_begins(due_on, [date(2022, 2, 18), date(2022, 2, 10)]) == date(2022, 2, 11)
    assert default_begins(due_on, [date(2022, 6, 1)]) == date(2022, 3, 3)
    assert default_begins(due_on, [due_on]) == date(2022, 3, 3), "no letter sets the invoice's own day"
    for weekend in (date(2022, 2, 19), date(2022, 2, 20)):  # Saturday and Sunday: the Monday counts
        assert default_begins(due_on, [weekend]) == date(2022, 2, 22)


def test_half_years():
    assert half_year_of(date(2024, 6, 30)) == date(2024, 1, 1)
    assert half_year_of(date(2024, 7, 1)) == date(2024, 7, 1)
    assert half_years(date(2023, 12, 31), date(2024, 7, 1)) == (
        date(2023, 7, 1),
        date(2024, 1, 1),
        date(2024, 7, 1),
    )
    assert half_years(date(2024, 7, 1), date(2024, 6, 30)) == ()
    assert half_years(date(2024, 7, 2), date(2024, 7, 1)) == (), "in the middle of one, too"
