"""Quarters and fiscal years follow each other without a gap, whatever the day and the month they begin in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from laverma_desk.ui.history.periods import Preset, of_audit, of_bookkeeping, period_of, preset_of

DAYS = [date(2021, 1, 1) + timedelta(days=n) for n in range(0, 1462, 17)]


@pytest.mark.parametrize(
    ("preset", "today", "first", "last"),
    [
        (Preset.LAST_QUARTER, date(2022, 1, 1), date(2021, 10, 1), date(2021, 12, 31)),
        (Preset.LAST_QUARTER, date(2022, 6, 30), date(2022, 1, 1), date(2022, 3, 31)),
        (Preset.THIS_QUARTER, date(2022, 12, 31), date(2022, 10, 1), date(2022, 12, 31)),
        (Preset.THIS_QUARTER, date(2024, 2, 29), date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_quarters_are_those_of_the_calendar(preset, today, first, last):
    assert period_of(preset, today) == (first, last)


def test_a_fiscal_year_begins_in_its_month():
    assert period_of(Preset.THIS_FISCAL_YEAR, date(2022, 6, 30), 7) == (date(2021, 7, 1), date(2022, 6, 30))
    assert period_of(Preset.THIS_FISCAL_YEAR, date(2022, 7, 1), 7) == (date(2022, 7, 1), date(2023, 6, 30))
    assert period_of(Preset.LAST_FISCAL_YEAR, date(2022, 7, 1), 7) == (date(2021, 7, 1), date(2022, 6, 30))
    assert period_of(Preset.LAST_FISCAL_YEAR, date(2022, 3, 1), 3) == (date(2021, 3, 1), date(2022, 2, 28))


@pytest.mark.parametrize("month", range(1, 13))
def test_one_ends_where_the_next_begins(month):
    pairs = (
        (Preset.LAST_QUARTER, Preset.THIS_QUARTER),
        (Preset.LAST_FISCAL_YEAR, Preset.THIS_FISCAL_YEAR),
        (Preset.LAST_YEAR, Preset.THIS_YEAR),
    )
    for today in DAYS:
        for before, now in pairs:
            first, last = period_of(now, today, month)
            assert first <= today <= last
            assert period_of(before, today, month)[1] == first - timedelta(days=1)


def test_a_calendar_year_is_offered_as_such():
    today = date(2022, 3, 1)
    assert of_audit(1) == (Preset.LAST_YEAR, Preset.THIS_YEAR)
    assert of_audit(4) == (Preset.LAST_FISCAL_YEAR, Preset.THIS_FISCAL_YEAR)
    found = period_of(Preset.LAST_FISCAL_YEAR, today, 4)
    assert preset_of(found, today, of_bookkeeping(4), 4) is Preset.LAST_FISCAL_YEAR
    assert preset_of(found, today, of_bookkeeping(1)) is None
