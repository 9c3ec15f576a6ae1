"""Figures as the picture of the page shows them, for what is made of figures."""

from __future__ import annotations

from datetime import UTC, date, datetime

from laverma_desk.domain.company import Company
from laverma_desk.domain.statistics import (
    CustomerFigures,
    Figures,
    HourFigures,
    MonthFigures,
    OnSiteFigures,
    ReasonFigures,
    Statistics,
    StatisticsFilter,
    SupporterFigures,
    WorkstationFigures,
)
from laverma_desk.domain.statistics_paper import StatisticsPaper
from laverma_desk.services.statistics.tables import tables

COMPANY = Company(
    name="Laverma",
    slogan="IT für Zahnarztpraxen",
    street="Musterstraße 1",
    postcode="12345",
    city="Musterstadt",
    phone="07 00 / 52 83 76 23",
)
YEAR = StatisticsFilter(date(2021, 3, 1), date(2022, 2, 28))
PRICE = 225

_MONTHS = (
    (725, 129), (576, 118), (615, 109), (668, 139), (562, 104), (433, 79),
    (782, 131), (866, 142), (744, 136), (489, 112), (902, 150), (711, 108),
)  # fmt: skip
_CUSTOMERS = (
    ("10023", "Zahnärzte am Markt", 1342),
    ("10031", "MVZ Zahnzentrum Nord", 1188),
    ("10017", "ZAP Dr. Bohrer", 1046),
    ("10008", "Praxis Dr. Weiß", 918),
    ("10012", "KFO Dr. Lindner", 871),
    ("10019", "=Praxis Dr. Vogt", 2708),
)
_REASONS = (("Wartungsvertrag", 554), ("Kulanz", 423), ("Garantie", 306), ("", 174))


def figures(billed: int, free: int) -> Figures:
    """Return sums with so many minutes, a quarter of an hour a session."""
    minutes = billed + free
    return Figures(max(minutes // 16, 1), minutes * 59, billed, free, billed * PRICE, free * PRICE)


def year_statistics() -> Statistics:
    """Return the twelve months of the picture."""
    months = tuple(
        MonthFigures(date(2021 + (place + 2) // 12, (place + 2) % 12 + 1, 1), figures(*minutes))
        for place, minutes in enumerate(_MONTHS)
    )
    total = sum((one.figures for one in months), Figures())
    customers = tuple(
        CustomerFigures(place, number, name, figures(billed, billed // 6))
        for place, (number, name, billed) in enumerate(_CUSTOMERS, start=1)
    )
    hours = tuple(
        HourFigures(weekday, hour, figures(40 + 13 * (hour % 4) + 5 * weekday, 9))
        for weekday in range(5)
        for hour in range(7, 18)
        if hour != 13
    )
    return Statistics(
        filter=YEAR,
        total=total,
        prices=(PRICE,),
        months=months,
        customers=tuple(sorted(customers, key=lambda one: -one.figures.net_cents)),
        reasons=tuple(ReasonFigures(name, figures(0, free)) for name, free in _REASONS),
        hours=hours,
        workstations=(
            WorkstationFigures(4, 3, "ZAP Dr. Bohrer", "PC Rezeption", figures(410, 60)),
            WorkstationFigures(9, 1, "Zahnärzte am Markt", "Server", figures(390, 12)),
        ),
        supporters=(
            SupporterFigures(1, "Klaus Klassen", figures(5200, 900)),
            SupporterFigures(2, "Jana Petersen", figures(2873, 557)),
        ),
        on_site=(OnSiteFigures(1, "10023", "Zahnärzte am Markt", 11900, 3, 231, 16275),),
    )


def statistics_paper(statistics: Statistics, language: str = "de", customer: str = "") -> StatisticsPaper:
    """Return a paper of some statistics."""
    return StatisticsPaper(
        COMPANY, language, statistics, tables(statistics, language, customer=customer), customer, "",
        datetime(2022, 3, 1, 9, 22, tzinfo=UTC),
    )  # fmt: skip
