from __future__ import annotations

from datetime import date

import pytest

from laverma_desk.ui.history.periods import Preset, period_of, preset_of, usual_period, words_of

TODAY = date(2022, 3, 1)  # a Tuesday


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        (Preset.TODAY, TODAY, TODAY),
        (Preset.THIS_WEEK, date(2022, 2, 28), TODAY),
        (Preset.THIS_MONTH, TODAY, TODAY),
        (Preset.LAST_MONTH, date(2022, 2, 1), date(2022, 2, 28)),
        (Preset.THIS_YEAR, date(2022, 1, 1), TODAY),
        (Preset.ALL, None, None),
    ],
)
def test_a_named_period_ends_today_at_the_latest(preset, first, last):
    assert period_of(preset, TODAY) == (first, last)


def test_last_month_crosses_the_turn_of_the_year():
    assert period_of(Preset.LAST_MONTH, date(2024, 1, 31)) == (date(2023, 12, 1), date(2023, 12, 31))


def test_the_page_begins_with_the_first_of_last_month():
    assert usual_period(TODAY) == (date(2022, 2, 1), TODAY)


def test_a_period_finds_its_name_again():
    assert preset_of((date(2022, 2, 1), date(2022, 2, 28)), TODAY) is Preset.LAST_MONTH
    assert preset_of((date(2022, 2, 1), TODAY), TODAY) is None


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ((date(2022, 2, 1), TODAY), "01.02.2022 – 01.03.2022"),
        ((TODAY, TODAY), "01.03.2022"),
        ((None, TODAY), "bis 01.03.2022"),
        ((TODAY, None), "seit 01.03.2022"),
        ((None, None), "Gesamter Zeitraum"),
    ],
)
def test_a_period_is_said_as_the_filter_shows_it(period, words):
    assert words_of(period) == words
