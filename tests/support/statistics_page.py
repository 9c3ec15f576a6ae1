"""The page of figures in a real window, and what its tests look at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from laverma_desk.domain.statistics import (
    NO_FIGURES,
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


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(page.shell.focusWidget() or page.shell, key, modifier)


def settle(page, qtbot):
    """Wait until everything that runs in the background has come back."""
    background = page.surroundings.background
    qtbot.waitUntil(lambda: not background.busy)


def key_figures(page):
    """Return the four figures on top, as value and remark."""
    return [(one.figure().value, one.figure().remark) for one in page.panel.figures]


def months_from(first, count, figures):
    """Return that many months; `figures` makes those of a place."""
    place = 12 * first.year + first.month - 1
    return tuple(
        MonthFigures(date((place + n) // 12, (place + n) % 12 + 1, 1), figures(n)) for n in range(count)
    )


def made_statistics(**parts):
    """Return statistics of a year with the parts that a test is about."""
    months = parts.pop("months", None) or months_from(
        date(2021, 3, 1), 12, lambda n: Figures(10, 6000, 100 + n, 20, (100 + n) * 225, 20 * 225)
    )
    values = {
        "filter": StatisticsFilter(date(2021, 3, 1), date(2022, 2, 28)),
        "total": sum((one.figures for one in months), NO_FIGURES),
        "prices": (225,),
        "months": months,
        "customers": (
            CustomerFigures(7, "10017", "ZAP Dr. Bohrer", Figures(10, 6000, 100, 20, 22500, 4500)),
        ),
        "reasons": (ReasonFigures("Kulanz", Figures(2, 1200, 0, 20, 0, 4500)),),
        "hours": (HourFigures(0, 9, Figures(10, 6000, 100, 20, 22500, 4500)),),
        "workstations": (
            WorkstationFigures(3, 7, "ZAP Dr. Bohrer", "Server", Figures(10, 6000, 100, 20, 22500, 4500)),
        ),
        "supporters": (),
        "on_site": (),
    }
    return Statistics(**(values | parts))


TWO_SUPPORTERS = (
    SupporterFigures(1, "Klaus Klassen", Figures(6, 3600, 60, 12, 13500, 2700)),
    SupporterFigures(2, "Jana Petersen", Figures(4, 2400, 40, 8, 9000, 1800)),
)
TWO_VISITS = (
    OnSiteFigures(7, "10017", "ZAP Dr. Bohrer", 15000, 3, 240, 9000),
    OnSiteFigures(9, "10021", "Praxis Dr. Weiß", 12000, 1, 60, 1500),
)
