from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk import i18n
from laverma_desk.domain.statistics import Figures, HourFigures, ReasonFigures, StatisticsFilter
from laverma_desk.services.statistics.tables import tables
from laverma_desk.ui.history.wish import Wish
from laverma_desk.ui.statistics.hour_words import hour_card
from laverma_desk.ui.statistics.list_words import on_site_card, reason_card, supporter_card
from laverma_desk.ui.statistics.month_words import month_cards
from laverma_desk.ui.statistics.page_words import page_reading
from laverma_desk.ui.statistics.reading import CardKey
from laverma_desk.ui.statistics.wanted import (
    filter_of,
    from_first_session,
    moved_on,
    period_words,
    usual_wish,
)
from tests.support.statistics_page import TWO_SUPPORTERS, TWO_VISITS, made_statistics, months_from

TODAY = date(2022, 3, 15)
EVERYBODY = Wish((None, None))


@pytest.fixture(autouse=True)
def german(dressed):
    """The words of these tests are German."""
    assert i18n.current() == "de"


def _over(months):
    made = months_from(date(2019, 11, 1), months, lambda n: Figures(1, 60, 1 + n, 1, 100, 100))
    last = made[-1].month.replace(day=28)
    return made_statistics(months=made, filter=StatisticsFilter(date(2019, 11, 1), last))


# --- what is asked for


def test_the_last_twelve_months_end_with_the_one_that_goes_on():
    assert usual_wish(TODAY).period == (date(2021, 4, 1), TODAY)
    assert usual_wish(date(2022, 12, 5)).period == (date(2022, 1, 1), date(2022, 12, 5))
    wanted = filter_of(usual_wish(TODAY), TODAY)
    assert (wanted.first, wanted.last) == (date(2021, 4, 1), date(2022, 3, 31))


def test_open_ends_reach_from_before_all_until_today():
    wanted = filter_of(EVERYBODY, TODAY)
    assert wanted.first <= date(2000, 1, 1)
    assert wanted.last == date(2022, 3, 31)
    assert filter_of(Wish((date(2022, 1, 5), None)), TODAY).last == TODAY
    early = filter_of(Wish((None, date(1999, 5, 5))), TODAY)
    assert early.first == early.last == date(1999, 5, 5)
    later = filter_of(Wish((date(2023, 1, 5), None)), TODAY)
    assert later.first == later.last == date(2023, 1, 5)


def test_an_open_begin_is_said_by_the_first_session():
    found = made_statistics(filter=StatisticsFilter(date(2000, 1, 1), TODAY))
    assert from_first_session(found, EVERYBODY).filter.first == date(2021, 3, 1)
    assert from_first_session(found, Wish((date(2000, 1, 1), None))).filter.first == date(2000, 1, 1)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ((date(2021, 3, 1), date(2022, 2, 28)), "März 2021 – Februar 2022"),
        ((date(2022, 2, 1), date(2022, 2, 28)), "Februar 2022"),
        ((date(2022, 3, 1), TODAY), "März 2022"),
        ((date(2021, 1, 1), date(2021, 12, 31)), "2021"),
        ((date(2022, 2, 1), date(2022, 2, 27)), "01.02.2022 – 27.02.2022"),
        ((date(2022, 2, 2), TODAY), "02.02.2022 – 15.03.2022"),
        ((None, TODAY), "bis 15.03.2022"),
        ((None, None), "Gesamter Zeitraum"),
    ],
)
def test_whole_months_are_called_by_their_names(period, words):
    assert period_words(period, TODAY) == words


def test_a_period_without_a_name_does_not_move():
    other = Wish((date(2022, 1, 3), date(2022, 1, 5)))
    assert moved_on(other, TODAY, date(2022, 4, 1)) == other
    assert moved_on(usual_wish(TODAY), TODAY, date(2022, 4, 1)) == usual_wish(date(2022, 4, 1))


# --- months


def test_a_year_has_a_name_below_each_bar():
    minutes, revenue = month_cards(made_statistics(), EVERYBODY)
    assert [one.label for one in minutes.chart.bars] == [
        "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez", "Jan", "Feb",
    ]  # fmt: skip
    assert minutes.chart.bars[0].words == "März 2021: 100\u00a0Min abgerechnet, 20\u00a0Min kostenlos"
    assert list(minutes.chart.scale) == ["40", "80", "120", "160"]
    assert list(revenue.chart.scale) == ["80\u00a0€", "160\u00a0€", "240\u00a0€", "320\u00a0€"]
    assert revenue.aside == "Februar 249,75\u00a0€"
    assert revenue.chart.essence == (
        "Von März 2021 bis Februar 2022, am meisten im Zeitraum Februar 2022: 249,75\u00a0€."
    )


def test_one_month_is_the_most_of_nothing():
    minutes, revenue = month_cards(_over(1), EVERYBODY)
    assert minutes.chart.essence == "November 2019: 2\u00a0Min"
    assert revenue.chart.essence == "November 2019: 1,00\u00a0€"


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (14, ["Nov", "", "2020", "", "Mär", "", "Mai", "", "Jul", "", "Sep", "", "Nov", ""]),
        (25, ["", "", "2020", "", "", "Apr", "", "", "Jul", "", "", "Okt", "", "", "2021"]),
    ],
)
def test_many_months_leave_names_out_but_name_the_year(months, labels):
    minutes, _revenue = month_cards(_over(months), EVERYBODY)
    assert [one.label for one in minutes.chart.bars][: len(labels)] == labels
    assert minutes.title == "Minuten je Monat"


def test_beyond_three_years_a_bar_is_a_year():
    found = _over(40)
    minutes, revenue = month_cards(found, EVERYBODY)
    assert (minutes.title, revenue.title) == ("Minuten je Jahr", "Umsatz je Jahr, netto")
    assert [one.label for one in minutes.chart.bars] == ["2019", "2020", "2021", "2022", "2023"]
    assert sum(one.value for one in minutes.chart.bars) == found.total.billed_minutes
    assert minutes.chart.bars[0].value == 1 + 2
    assert minutes.ways[0].period == (date(2019, 11, 1), date(2019, 12, 31))
    assert minutes.ways[-1].period == (date(2023, 1, 1), date(2023, 2, 28))
    assert len(minutes.row_ways) == 40


def test_a_month_that_is_cut_leads_to_the_days_that_were_asked_for():
    found = made_statistics(filter=StatisticsFilter(date(2021, 3, 10), date(2022, 2, 20)))
    minutes, _revenue = month_cards(found, Wish((date(2021, 3, 10), date(2022, 2, 20)), supporter_id=4))
    assert minutes.ways[0] == Wish((date(2021, 3, 10), date(2021, 3, 31)), supporter_id=4)
    assert minutes.ways[-1].period == (date(2022, 2, 1), date(2022, 2, 20))


# --- lists


def test_more_than_five_reasons_end_with_the_others():
    reasons = tuple(
        ReasonFigures(name, Figures(1, 60, 0, minutes, 0, 225 * minutes))
        for name, minutes in (("A", 60), ("B", 50), ("", 40), ("D", 30), ("E", 20), ("F", 10))
    )
    card = reason_card(made_statistics(reasons=reasons), EVERYBODY)
    shown = [(one.name, one.value) for one in card.chart.bars]
    assert shown == [("A", 60), ("B", 50), ("ohne Angabe", 40), ("D", 30), ("2 weitere", 30)]
    assert len(card.row_ways) == 6


def test_without_free_sessions_there_is_a_sentence():
    card = reason_card(made_statistics(reasons=()), EVERYBODY)
    assert card.chart is None
    assert card.nothing == "In diesem Zeitraum war nichts kostenlos."


def test_visits_that_would_have_been_cheaper_are_summed_up():
    card = on_site_card(made_statistics(on_site=TWO_VISITS), EVERYBODY)
    assert card.aside == "4 Sitzungen, 300\u00a0Min"
    assert card.foot == "105,00\u00a0€ netto teurer als je ein Besuch"
    assert card.chart.bars[0].words == (
        "ZAP Dr. Bohrer: 3 Sitzungen, 240\u00a0Min, "
        "90,00\u00a0€ netto teurer als je ein Besuch zu 150,00\u00a0€"
    )


def test_technicians_are_compared_only_among_several():
    two = made_statistics(supporters=TWO_SUPPORTERS)
    bars = supporter_card(two, EVERYBODY).chart.bars
    assert [(one.name, one.value, one.outline, one.shown) for one in bars] == [
        ("Klaus Klassen", 60, 12, "72\u00a0Min"),
        ("Jana Petersen", 40, 8, "48\u00a0Min"),
    ]
    one = replace(two, supporters=TWO_SUPPORTERS[:1])
    for found, wanted in ((two, True), (one, False)):
        page = page_reading(found, tables(found, "de"), EVERYBODY)
        assert (CardKey.SUPPORTERS in page.cards) is wanted


# --- hours


def test_a_week_has_its_working_hours_even_where_nobody_calls():
    card = hour_card(made_statistics())
    assert card.chart.lines == ["Mo", "Di", "Mi", "Do", "Fr"]
    assert card.chart.hours == [str(hour) for hour in range(8, 18)]
    assert card.chart.values[1] == 10
    assert sum(card.chart.values) == 10
    assert card.chart.words[1] == "Montag 09:00–10:00: 10 Sitzungen"
    assert card.aside == "Mo 09:00–10:00: 10 Sitzungen"


def test_a_saturday_night_is_shown_where_there_was_one():
    hours = (HourFigures(5, 23, Figures(3, 60)), HourFigures(2, 6, Figures(2, 60)))
    card = hour_card(made_statistics(hours=hours))
    assert card.chart.lines[-1] == "Sa"
    assert (card.chart.hours[0], card.chart.hours[-1]) == ("6", "23")
    across = len(card.chart.hours)
    assert card.chart.values[5 * across + 17] == 3
    assert card.chart.values[2 * across] == 2


# --- the whole page


def test_nothing_counted_is_no_page():
    empty = made_statistics(months=months_from(date(2021, 3, 1), 12, lambda _n: Figures()), customers=())
    assert page_reading(empty, tables(empty, "de"), EVERYBODY) is None


def test_the_tables_say_what_the_files_say():
    found = made_statistics(on_site=TWO_VISITS, supporters=TWO_SUPPORTERS)
    page = page_reading(found, tables(found, "de"), EVERYBODY)
    visits = page.cards[CardKey.ON_SITE].table
    assert visits.headings[:2] == ("Kunde", "Kosten eines Besuchs, netto")
    assert visits.rows[0] == ("ZAP Dr. Bohrer", "150,00\u00a0€", "3", "240", "90,00\u00a0€")
    assert visits.numbers == (False, True, True, True, True)
    for card in page.cards.values():
        assert all(len(row) == len(card.table.headings) for row in card.table.rows)
        assert len(card.row_ways) in (0, len(card.table.rows))
