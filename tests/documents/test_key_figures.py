"""The four figures that the page and the paper begin with, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.statistics import NO_FIGURES, Statistics, StatisticsFilter
from laverma_desk.text import figures as words
from laverma_desk.text.key_figures import KeyFigure, key_figures
from tests.support.statistics_makers import YEAR, figures, year_statistics


def plain(said: str) -> str:
    return said.replace("\u00a0", " ")


def remarks(statistics, language="de"):
    return [plain(one.remark) for one in key_figures(statistics, language)]


def test_they_say_what_the_picture_says():
    statistics = replace(
        year_statistics(), total=replace(year_statistics().total, sessions=602, seconds=571_900)
    )
    assert [(one.label, plain(one.value), plain(one.remark)) for one in key_figures(statistics, "de")] == [
        ("Minuten gesamt", "9.530", "602 Sitzungen in 12 Monaten"),
        ("Umsatz netto", "18.164,25 €", "8.073 Min × 2,25 €"),
        ("Anteil abgerechnet", "84,7 %", "1.457 Min kostenlos"),
        ("Durchschnittliche Sitzung", "00:15:50", "Februar 2022: 00:15:47"),
    ]


def test_in_english():
    assert remarks(year_statistics(), "en") == [
        "592 sessions in 12 months", "8,073 min × 2.25 €", "1,457 min free", "February 2022: 00:15:47",
    ]  # fmt: skip


def test_several_prices_are_no_product():
    assert remarks(replace(year_statistics(), prices=(190, 225, 310)))[1] == "8.073 Min zu 1,90 € bis 3,10 €"


def test_a_price_by_the_second_is_no_product_of_minutes():
    total = replace(year_statistics().total, net_cents=1_816_424)
    assert remarks(replace(year_statistics(), total=total))[1] == "8.073 Min zu 2,25 €"


def test_a_period_of_days_names_no_months():
    wanted = StatisticsFilter(date(2021, 3, 2), date(2022, 2, 28))
    assert remarks(replace(year_statistics(), filter=wanted))[0] == "592 Sitzungen"


def test_one_month_is_compared_with_nothing():
    month = year_statistics().months[:1]
    statistics = replace(
        year_statistics(), filter=StatisticsFilter(date(2021, 3, 1), date(2021, 3, 31)), months=month,
        total=replace(month[0].figures, sessions=1),
    )  # fmt: skip
    assert remarks(statistics)[0] == "1 Sitzung in 1 Monat"
    assert remarks(statistics)[3] == ""


def test_the_last_month_with_a_session_is_the_one_to_compare_with():
    months = year_statistics().months
    quiet = replace(months[-1], figures=NO_FIGURES)
    assert remarks(replace(year_statistics(), months=(*months[:-1], quiet)))[3] == "Januar 2022: 00:15:55"


def test_of_nothing_nothing_is_said():
    empty = Statistics(YEAR, NO_FIGURES, (), (), (), (), (), (), (), ())
    assert key_figures(empty, "de") == (
        KeyFigure("Minuten gesamt", "0", "0 Sitzungen"),
        KeyFigure("Umsatz netto", "0,00\u00a0€", ""),
        KeyFigure("Anteil abgerechnet", "–", "0\u00a0Min kostenlos"),
        KeyFigure("Durchschnittliche Sitzung", "–", ""),
    )


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2021, 3, 1), date(2022, 2, 28), "März 2021 – Februar 2022"),
        (date(2022, 2, 1), date(2022, 2, 28), "Februar 2022"),
        (date(2021, 1, 1), date(2021, 12, 31), "2021"),
        (date(2020, 1, 1), date(2021, 12, 31), "Januar 2020 – Dezember 2021"),
        (date(2022, 2, 1), date(2022, 2, 27), "01.02.2022 – 27.02.2022"),
        (date(2022, 2, 2), date(2022, 2, 28), "02.02.2022 – 28.02.2022"),
        (date(2022, 2, 2), date(2022, 2, 2), "02.02.2022"),
        (date(9999, 1, 1), date(9999, 12, 31), "9999"),
    ],
)
def test_what_a_period_is_called(first, last, name):
    assert words.period_name(first, last, "de") == name


def test_a_grid_line_has_cents_where_it_needs_them():
    assert plain(words.whole_euros(240_000, "de")) == "2.400 €"
    assert plain(words.whole_euros(150, "de")) == "1,50 €"
    assert figures(0, 0).billed_share is None
