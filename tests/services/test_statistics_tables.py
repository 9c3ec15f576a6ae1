"""The figures as tables: every one of them, in typed columns, in the words of one language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from laverma_desk.domain.figure_table import FigureKind, FigureSubject
from laverma_desk.domain.statistics import NO_FIGURES, HourFigures, Statistics
from laverma_desk.services.statistics.tables import shown, tables
from tests.support.statistics_makers import YEAR, figures, year_statistics

SUMS = [
    "Sitzungen", "Arbeitszeit", "Minuten abgerechnet", "Minuten kostenlos", "Umsatz, netto",
    "Entgangener Umsatz, netto", "Anteil abgerechnet", "Durchschnittliche Sitzung",
]  # fmt: skip


def by_subject(statistics, language="de", **names):
    return {one.subject: one for one in tables(statistics, language, **names)}


def headings(table):
    return [column.heading for column in table.columns]


def test_each_part_of_the_statistics_is_a_table():
    made = tables(year_statistics(), "de")
    assert [(one.subject.value, one.title, len(one.rows)) for one in made] == [
        ("total", "Gesamt", 1),
        ("months", "Nach Monat", 12),
        ("customers", "Nach Kunde", 6),
        ("reasons", "Kostenlos nach Grund", 4),
        ("hours", "Nach Wochentag und Stunde", 50),
        ("workstations", "Nach Arbeitsplatz", 2),
        ("on_site", "Vor Ort wäre günstiger gewesen", 1),
        ("supporters", "Nach Supporter", 2),
    ]


def test_without_figures_of_people_there_is_no_table_of_them():
    made = by_subject(replace(year_statistics(), supporters=()))
    assert FigureSubject.SUPPORTERS not in made
    assert not [one for table in made.values() for one in headings(table) if "Supporter" in one]


def test_every_figure_of_a_row_stands_under_its_heading():
    table = by_subject(year_statistics())[FigureSubject.CUSTOMERS]
    assert headings(table) == ["Kundennummer", "Kunde", *SUMS]
    one = figures(2708, 2708 // 6)
    assert table.rows[0] == (
        "10019", "=Praxis Dr. Vogt", one.sessions, one.seconds, 2708, 451, 609_300, 101_475,
        Fraction(2708, 3159), one.average_seconds,
    )  # fmt: skip


def test_the_total_says_what_was_asked_for():
    made = by_subject(year_statistics(), customer="ZAP Dr. Bohrer", supporter="Jana Petersen")
    table = made[FigureSubject.TOTAL]
    assert headings(table)[:4] == ["Erster Tag", "Letzter Tag", "Kunde", "Supporter"]
    assert table.rows[0][:4] == (date(2021, 3, 1), date(2022, 2, 28), "ZAP Dr. Bohrer", "Jana Petersen")
    everybody = by_subject(year_statistics())[FigureSubject.TOTAL]
    assert everybody.rows[0][:3] == (date(2021, 3, 1), date(2022, 2, 28), "alle")
    assert headings(everybody)[3:] == SUMS
    assert everybody.rows[0][5:9] == (8073, 1457, 1_816_425, 327_825)


def test_reasons_have_what_was_given_away_alone():
    table = by_subject(year_statistics())[FigureSubject.REASONS]
    assert headings(table) == [
        "Grund",
        "Sitzungen",
        "Arbeitszeit",
        "Minuten kostenlos",
        "Entgangener Umsatz, netto",
    ]
    assert [(row[0], row[3], row[4]) for row in table.rows] == [
        ("Wartungsvertrag", 554, 124_650), ("Kulanz", 423, 95_175), ("Garantie", 306, 68_850),
        ("ohne Angabe", 174, 39_150),
    ]  # fmt: skip


def test_hours_come_by_weekday_whatever_the_order_was():
    hours = (
        HourFigures(4, 9, figures(9, 0)),
        HourFigures(0, 14, figures(8, 0)),
        HourFigures(0, 7, figures(7, 0)),
    )
    table = by_subject(replace(year_statistics(), hours=hours))[FigureSubject.HOURS]
    assert [row[:2] for row in table.rows] == [
        ("Montag", "07:00–08:00"), ("Montag", "14:00–15:00"), ("Freitag", "09:00–10:00"),
    ]  # fmt: skip


def test_a_visit_that_would_have_been_cheaper():
    table = by_subject(year_statistics())[FigureSubject.ON_SITE]
    assert headings(table) == [
        "Kundennummer", "Kunde", "Kosten eines Besuchs, netto", "Sitzungen", "Minuten abgerechnet",
        "Mehrkosten, netto",
    ]  # fmt: skip
    assert table.rows == (("10023", "Zahnärzte am Markt", 11900, 3, 231, 16275),)
    assert [column.adds for column in table.columns] == [False, False, False, True, True, True]


@pytest.mark.parametrize("language", ["de", "en"])
def test_rows_are_as_long_as_the_columns_and_of_their_kind(language):
    kinds = {
        FigureKind.TEXT: str, FigureKind.COUNT: int, FigureKind.MINUTES: int, FigureKind.MONEY: int,
        FigureKind.DURATION: int, FigureKind.SHARE: Fraction, FigureKind.MONTH: date, FigureKind.DAY: date,
    }  # fmt: skip
    known = {}
    for table in tables(year_statistics(), language, customer="A", supporter="B"):
        for row in table.rows:
            assert len(row) == len(table.columns)
            for column, value in zip(table.columns, row, strict=True):
                assert value is None or type(value) is kinds[column.kind], column
        for column in table.columns:
            # One heading is one column of the CSV file.
            assert known.setdefault(column.heading, column.kind) is column.kind
        assert len(set(headings(table))) == len(table.columns)


def test_what_can_be_spared_is_left_out_with_its_cells():
    table = by_subject(year_statistics())[FigureSubject.CUSTOMERS].narrow
    assert headings(table) == [
        "Kunde", "Sitzungen", "Minuten abgerechnet", "Minuten kostenlos", "Umsatz, netto",
        "Entgangener Umsatz, netto",
    ]  # fmt: skip
    assert table.rows[1][0] == "Zahnärzte am Markt"
    assert table.rows[1][4] == 301_950


def test_nothing_is_still_a_total():
    empty = Statistics(YEAR, NO_FIGURES, (), (), (), (), (), (), (), ())
    made = by_subject(empty)
    assert made[FigureSubject.TOTAL].rows[0][3:] == (0, 0, 0, 0, 0, 0, None, None)
    assert [len(one.rows) for one in made.values()] == [1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("kind", "value", "german", "english"),
    [
        (FigureKind.TEXT, "=1", "=1", "=1"),
        (FigureKind.COUNT, 12_345, "12.345", "12,345"),
        (FigureKind.MINUTES, 0, "0", "0"),
        (FigureKind.MONEY, 1_816_425, "18.164,25\u00a0€", "18,164.25\u00a0€"),
        (FigureKind.DURATION, 366_061, "101:41:01", "101:41:01"),
        (FigureKind.SHARE, Fraction(847, 1000), "84,7\u00a0%", "84.7\u00a0%"),
        (FigureKind.SHARE, Fraction(1, 1), "100,0\u00a0%", "100.0\u00a0%"),
        (FigureKind.SHARE, Fraction(1, 2000), "0,1\u00a0%", "0.1\u00a0%"),
        (FigureKind.SHARE, None, "–", "–"),
        (FigureKind.MONTH, date(2022, 3, 1), "März 2022", "March 2022"),
        (FigureKind.DAY, date(2022, 3, 1), "01.03.2022", "01/03/2022"),
    ],
)
def test_each_kind_is_said_in_its_way(kind, value, german, english):
    assert shown(kind, value, "de") == german
    assert shown(kind, value, "en") == english
