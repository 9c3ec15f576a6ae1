"""The figures on paper: charts that tell the truth, tables with every row that fits, an archive file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_reading import drawn, pages, reader, text

from laverma_desk.documents.paper import LEFT, RIGHT, Bar, Words
from laverma_desk.documents.statistics_charts import PLOT, Column, Strip, columns
from laverma_desk.documents.statistics_pdf import lay_out, render_statistics
from laverma_desk.documents.statistics_tables import MOST_ROWS
from laverma_desk.documents.typesetting import TEAL, width
from laverma_desk.domain.statistics import (
    NO_FIGURES,
    CustomerFigures,
    Figures,
    HourFigures,
    MonthFigures,
    ReasonFigures,
    Statistics,
    StatisticsFilter,
)
from laverma_desk.i18n import LANGUAGES
from tests.support.statistics_makers import YEAR, figures, statistics_paper, year_statistics

STRIP = Strip(100.0, 400.0)


def bars(marks) -> list[Bar]:
    return [one for one in marks if isinstance(one, Bar) and one.colour == TEAL]


def words(marks) -> list[str]:
    return [one.text.replace("\u00a0", " ") for one in marks if isinstance(one, Words)]


def many_months(count: int) -> Statistics:
    months = tuple(
        MonthFigures(date(2012 + place // 12, place % 12 + 1, 1), figures(600 + place, 100))
        for place in range(count)
    )
    wanted = StatisticsFilter(date(2012, 1, 1), date(2012 + (count - 1) // 12, 12, 31))
    total = sum((one.figures for one in months), Figures())
    return replace(year_statistics(), filter=wanted, months=months, total=total)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=36), st.sampled_from((1, 100)))
def test_columns_are_as_high_as_their_values_from_zero_on(values, unit):
    marks = columns(STRIP, 50.0, [Column("Mär", "2022", one) for one in values], str, unit)
    zero = 50.0 + PLOT
    lines = [
        (line.y, int(said.text))
        for said, line in pairwise(marks)
        if isinstance(said, Words) and said.text.isdigit() and isinstance(line, Bar)
    ]
    top = max(value for _y, value in lines)
    assert top >= max(values)
    for y, value in lines:
        assert value % unit == 0
        assert zero - y == pytest.approx(PLOT * value / top)
    found = bars(marks)
    assert [one.height for one in found] == pytest.approx([PLOT * one / top for one in values if one])
    for one in found:
        assert one.y + one.height == pytest.approx(zero)
        assert one.x >= STRIP.left
        assert one.x + one.width <= STRIP.right


def test_what_was_free_is_an_outline_and_so_no_matter_of_colour():
    marks = bars(columns(STRIP, 0.0, [Column("Mär", "2022", 300, 100)], str))
    solid, *sides = marks
    assert solid.height == pytest.approx(PLOT * 300 / 400)
    assert len(sides) == 4
    top, bottom = min(one.y for one in sides), max(one.y + one.height for one in sides)
    assert bottom - top == pytest.approx(PLOT * 100 / 400)
    assert bottom == pytest.approx(solid.y)
    assert all(min(one.width, one.height) == 1 for one in sides)


@pytest.mark.parametrize("count", [1, 5, 12, 13, 24, 36])
def test_labels_never_touch(count):
    months = [Column(("Mär", "Sept")[place % 2], str(2012 + place // 12), 9) for place in range(count)]
    for strip in (STRIP, Strip(0.0, 200.0)):
        marks = columns(strip, 0.0, months, str)
        below = [one for one in marks if isinstance(one, Words) and one.baseline > PLOT + 5]
        assert below
        for one, following in pairwise(below):
            assert one.x + width(one.text, one.style) < following.x
        if count == 36:
            assert [one.text for one in below] == ["2012", "2013", "2014"]


@pytest.mark.parametrize("count", [2, 14, 15, 40, 200])
def test_years_are_left_out_where_they_would_touch(count):
    years = [Column(str(1900 + place), str(1900 + place), 9) for place in range(count)]
    below = [one for one in columns(STRIP, 0.0, years, str) if isinstance(one, Words)]
    below = [one for one in below if one.baseline > PLOT + 5]
    assert 2 <= len(below) <= 14
    for one, following in pairwise(below):
        assert one.x + width(one.text, one.style) < following.x


def test_the_first_page_has_what_the_picture_has():
    first = words(lay_out(statistics_paper(year_statistics()))[0])
    for said in (
        "Auswertung", "März 2021 – Februar 2022, Stand 01.03.2022", "9.530", "18.164,25 €", "84,7 %",
        "00:15:50", "8.073 Min × 2,25 €", "Minuten je Monat", "abgerechnet", "kostenlos",
        "Umsatz je Monat, netto", "Februar 1.599,75 €", "1.200", "2.400 €", "Größte Kunden nach Umsatz",
        "Zahnärzte am Markt", "3.019,50 €", "Kostenlose Minuten nach Grund", "1.457 Min", "554 Min",
        "ohne Angabe", "Entgangener Umsatz 3.278,25 €", "Sitzungen nach Wochentag und Stunde ihres Anfangs",
        "Donnerstag", "07",
    ):  # fmt: skip
        assert said in first, said
    assert "Samstag" not in first
    assert "06" not in first


def test_reasons_that_find_no_room_are_summed_in_one_bar():
    year = year_statistics()
    more = (ReasonFigures("Messe", figures(0, 40)), ReasonFigures("Probe", figures(0, 25)))
    six = replace(year, reasons=(*year.reasons, *more))
    first = words(lay_out(statistics_paper(six))[0])
    assert "2 weitere" in first
    assert "65 Min" in first
    assert "Messe" not in first
    five = replace(year, reasons=(*year.reasons, more[0]))
    assert "Messe" in words(lay_out(statistics_paper(five))[0])


def test_the_tables_follow_with_every_figure():
    said = text(render_statistics(statistics_paper(year_statistics())))
    assert "März 2021 53 725 129 1.631,25 € 290,25 €" in said
    assert "ohne Angabe 10 174 391,50 €" in said
    assert "ZAP Dr. Bohrer PC Rezeption 29 410 60 922,50 €" in said
    assert "Zahnärzte am Markt 119,00 € 3 231 162,75 €" in said
    assert "Jana Petersen 214 2.873 557 6.464,25 € 1.253,25 €" in said
    assert "weitere" not in said
    assert "Alle Zeilen" not in said


def test_without_figures_of_people_none_are_printed():
    said = text(render_statistics(statistics_paper(replace(year_statistics(), supporters=()))))
    assert "Supporter" not in said
    assert "Jana" not in said


def test_rows_that_find_no_room_are_counted_and_summed():
    customers = tuple(
        CustomerFigures(place, str(20_000 + place), f"Praxis {place:03}", Figures(2, 60, 10, 3, 2250, 675))
        for place in range(MOST_ROWS + 275)
    )
    said = text(render_statistics(statistics_paper(replace(year_statistics(), customers=customers))))
    assert "Praxis 024 2 10 3 22,50 € 6,75 € 275 weitere 550 2.750 825 6.187,50 € 1.856,25 €" in said
    assert "Praxis 025" not in said
    assert "Alle Zeilen stehen in der CSV- und der Excel-Datei." in said


def test_every_month_is_printed_under_a_head_of_its_page():
    later = [words(page) for page in lay_out(statistics_paper(many_months(120)))[1:]]
    months = [[one for one in page if re.fullmatch(r"[^\W\d]+ 20\d\d", one)] for page in later]
    assert len(set(chain.from_iterable(months))) == sum(map(len, months)) == 120
    printed = [page for page, found in zip(later, months, strict=True) if found]
    assert len(printed) > 2
    assert all("abgerechnet" in page for page in printed)


def test_of_many_months_the_chart_shows_years():
    first = words(lay_out(statistics_paper(many_months(37)))[0])
    assert "Minuten je Jahr" in first
    assert "Umsatz je Jahr, netto" in first
    assert "2015 1.431,00 €" in first
    assert "Minuten je Monat" in words(lay_out(statistics_paper(many_months(36)))[0])


def test_counts_that_are_too_long_are_shares():
    hours = tuple(HourFigures(day, hour, figures(16 * 25_000, 0)) for day in range(7) for hour in range(24))
    first = words(lay_out(statistics_paper(replace(year_statistics(), hours=hours)))[0])
    assert "Anteil in Prozent" in first
    assert first.count("0,6") == 168
    assert "Sonntag" in first


def test_nothing_is_said_in_one_sentence():
    empty = Statistics(YEAR, NO_FIGURES, (), (), (), (), (), (), (), ())
    said = pages(render_statistics(statistics_paper(empty)))
    assert len(said) == 1
    assert "Noch keine Daten für diesen Zeitraum." in said[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_beyond_the_edges(language):
    long = "Zahnärztliche Gemeinschaftspraxis Dr. Müller-Lüdenscheidt & Kollegen " * 4
    customers = tuple(
        CustomerFigures(one, "1" * 40, f"{long}{one}", figures(10**8, 10**7)) for one in range(9)
    )
    statistics = replace(
        year_statistics(), customers=customers, total=figures(10**9, 10**8), prices=(1, 10**6)
    )
    for page in lay_out(statistics_paper(statistics, language, long)):
        for one in page:
            if isinstance(one, Words):
                assert one.x >= LEFT - 0.01, one
                assert one.x + width(one.text, one.style) <= RIGHT + 0.01, one


def test_it_is_an_archive_file_of_lines_and_letters_alone():
    paper = statistics_paper(year_statistics())
    pdf = render_statistics(paper)
    assert pdf == render_statistics(paper)
    document = reader(pdf)
    assert b"pdfaid:part>3<" in document.trailer["/Root"]["/Metadata"].get_data()
    assert document.metadata.title == "Auswertung März 2021 – Februar 2022"
    assert document.trailer["/Root"]["/Lang"] == "de-DE"
    for page in document.pages:
        assert "/XObject" not in page["/Resources"]
        assert [float(one) for one in page.mediabox] == pytest.approx([0, 0, 595.28, 841.89])
    said = pages(pdf)
    for number, page in enumerate(said, start=1):
        assert f"Seite {number} von {len(said)}" in page
        assert "Telefon 07 00 / 52 83 76 23" in page


@pytest.mark.parametrize("name", ["مرحبا", "諸橋", "😀", "A\nB\tC", "=1+1", "", "\ud800\ufffe"])
def test_every_name_can_be_printed(name):
    customers = (CustomerFigures(1, name, name, figures(100, 10)),)
    pdf = render_statistics(statistics_paper(replace(year_statistics(), customers=customers), "de", name))
    assert not [one for one in drawn(pdf) if one.glyph == 0]
