"""Figures and days are written as Babel's CLDR has them, which a start does not wait for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from laverma_desk import text

_LOCALES = {"de": "de_DE", "en": "en_150"}
_PATTERNS = {"de": ("dd.MM.yyyy", "dd.MM."), "en": ("dd/MM/yyyy", "dd/MM")}


def _values():
    chance = Random(20220301)
    yield from (0, 1, -1, 999, 1000, -1000, 999_999, 1_000_000, Decimal("-0.0000004"), Decimal("1E+4"))
    yield from (Decimal("0.0000005"), Decimal("0.0000015"), Decimal("2.25"), Decimal("19.00"), Decimal(100))
    for _step in range(2000):
        yield chance.randint(-(10**9), 10**9)
        yield Decimal(chance.randint(-(10**12), 10**12)).scaleb(-chance.randint(0, 8))


@pytest.mark.parametrize("language", ["de", "en"])
def test_numbers_have_the_separators_and_digits_of_the_language(language):
    for value in _values():
        expected = format_decimal(value, format="#,##0.######", locale=_LOCALES[language])
        assert text.number(value, language) == expected, value


@pytest.mark.parametrize("language", ["de", "en"])
def test_cents_are_amounts_with_two_digits(language):
    for cents in (one for one in _values() if isinstance(one, int)):
        expected = format_decimal(Decimal(cents) / 100, format="#,##0.00", locale=_LOCALES[language])
        assert text.amount(cents, language) == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_days_in_figures_are_those_of_the_language(language):
    whole, short = _PATTERNS[language]
    for step in range(0, 40_000, 37):
        day = date(1990, 1, 1) + timedelta(days=step)
        assert text.date(day, language) == format_date(day, whole, locale=_LOCALES[language])
        assert text.short_date(day, language) == format_date(day, short, locale=_LOCALES[language])
    assert text.date(date(812, 3, 1), language) == format_date(
        date(812, 3, 1), whole, locale=_LOCALES[language]
    )
