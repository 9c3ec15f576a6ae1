"""All figures of a period as tables: the one source of every file, and of what stands behind each chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from laverma_desk.domain.figure_table import Cell, FigureColumn, FigureKind, FigureSubject, FigureTable
from laverma_desk.domain.statistics import Figures, Statistics
from laverma_desk.i18n import gettext_in
from laverma_desk.text import figures as words
from laverma_desk.text.figures import shown

__all__ = ["Cell", "FigureColumn", "FigureKind", "FigureSubject", "FigureTable", "shown", "tables"]

_Row = tuple[Cell, ...]


def tables(
    statistics: Statistics, language: str, *, customer: str = "", supporter: str = ""
) -> tuple[FigureTable, ...]:
    """Return the tables in one language: the total first, its rows in the order of `statistics`.

    Hours alone come by weekday and hour. `customer` and `supporter` are the names of the filter, "" for
    all. The table of the supporters is missing where the statistics have none.
    """
    made = _Tables(statistics, language)
    every = [
        made.total(customer, supporter),
        made.months(),
        made.customers(),
        made.reasons(),
        made.hours(),
        made.workstations(),
        made.on_site(),
    ]
    return (*every, made.supporters()) if statistics.supporters else tuple(every)


class _Tables:
    """Makes each table of one set of statistics in one language."""

    def __init__(self, statistics: Statistics, language: str) -> None:
        self._from = statistics
        self._language = language

    def total(self, customer: str, supporter: str) -> FigureTable:
        """Return one row: the filter, and the sums of everything in it."""
        _ = self._say
        wanted, total = self._from.filter, self._from.total
        everyone = _("all")
        columns = [
            FigureColumn(_("First day"), FigureKind.DAY),
            FigureColumn(_("Last day"), FigureKind.DAY),
            self._name(_("Customer")),
        ]
        start: list[Cell] = [wanted.first, wanted.last, customer or everyone]
        if supporter:
            columns.append(self._name(_("Supporter")))
            start.append(supporter)
        return self._of(
            FigureSubject.TOTAL, _("In total"), (*columns, *self._sums()), [(*start, *_sums(total))]
        )

    def months(self) -> FigureTable:
        """Return a row for each calendar month of the period."""
        return self._of(
            FigureSubject.MONTHS,
            self._say("By month"),
            (FigureColumn(self._say("Month"), FigureKind.MONTH), *self._sums()),
            ((one.month, *_sums(one.figures)) for one in self._from.months),
        )

    def customers(self) -> FigureTable:
        """Return a row for each practice."""
        return self._of(
            FigureSubject.CUSTOMERS,
            self._say("By customer"),
            (
                self._name(self._say("Customer number"), spare=True),
                self._name(self._say("Customer")),
                *self._sums(),
            ),
            ((one.number, one.name, *_sums(one.figures)) for one in self._from.customers),
        )

    def reasons(self) -> FigureTable:
        """Return a row for each reason, with what was given away."""
        unsaid = self._say("not stated")
        return self._of(
            FigureSubject.REASONS,
            self._say("Free of charge by reason"),
            (
                self._name(self._say("Reason")),
                self._count(),
                self._worked(),
                self._free(),
                self._forgone(),
            ),
            ((one.reason or unsaid, *_free(one.figures)) for one in self._from.reasons),
        )

    def hours(self) -> FigureTable:
        """Return a row for each hour of a weekday in which a session began."""
        _, tongue = self._say, self._language
        return self._of(
            FigureSubject.HOURS,
            _("By weekday and hour"),
            (self._name(_("Weekday")), self._name(_("Begun")), *self._sums()),
            (
                (words.weekday(one.weekday, tongue), words.hour(one.hour), *_sums(one.figures))
                for one in sorted(self._from.hours, key=lambda one: (one.weekday, one.hour))
            ),
        )

    def workstations(self) -> FigureTable:
        """Return a row for each workstation."""
        return self._of(
            FigureSubject.WORKSTATIONS,
            self._say("By workstation"),
            (
                self._name(self._say("Customer")),
                self._name(self._say("Workstation")),
                *self._sums(forgone_spare=True),
            ),
            ((one.customer_name, one.name, *_sums(one.figures)) for one in self._from.workstations),
        )

    def on_site(self) -> FigureTable:
        """Return a row for each practice where a visit would have been cheaper."""
        _ = self._say
        return self._of(
            FigureSubject.ON_SITE,
            _("Visit would have been cheaper"),
            (
                self._name(_("Customer number"), spare=True),
                self._name(_("Customer")),
                FigureColumn(_("A visit costs, net"), FigureKind.MONEY),
                self._count(),
                FigureColumn(_("Minutes billed"), FigureKind.MINUTES, adds=True),
                FigureColumn(_("Dearer by, net"), FigureKind.MONEY, adds=True),
            ),
            (
                (one.number, one.name, one.visit_cents, one.sessions, one.minutes, one.beyond_cents)
                for one in self._from.on_site
            ),
        )

    def supporters(self) -> FigureTable:
        """Return a row for each technician."""
        return self._of(
            FigureSubject.SUPPORTERS,
            self._say("By supporter"),
            (self._name(self._say("Supporter")), *self._sums()),
            ((one.name, *_sums(one.figures)) for one in self._from.supporters),
        )

    @property
    def _say(self) -> Callable[[str], str]:
        return lambda message: gettext_in(self._language, message)

    def _of(
        self, subject: FigureSubject, title: str, columns: tuple[FigureColumn, ...], rows: Iterable[_Row]
    ) -> FigureTable:
        return FigureTable(subject, title, columns, tuple(rows))

    def _name(self, heading: str, *, spare: bool = False) -> FigureColumn:
        return FigureColumn(heading, FigureKind.TEXT, spare=spare)

    def _count(self) -> FigureColumn:
        return FigureColumn(self._say("Sessions"), FigureKind.COUNT, adds=True)

    def _worked(self) -> FigureColumn:
        return FigureColumn(self._say("Working time"), FigureKind.DURATION, adds=True, spare=True)

    def _free(self) -> FigureColumn:
        return FigureColumn(self._say("Minutes free"), FigureKind.MINUTES, adds=True)

    def _forgone(self, *, spare: bool = False) -> FigureColumn:
        return FigureColumn(self._say("Forgone, net"), FigureKind.MONEY, adds=True, spare=spare)

    def _sums(self, *, forgone_spare: bool = False) -> tuple[FigureColumn, ...]:
        """Return the columns that `_sums` fills."""
        _ = self._say
        return (
            self._count(),
            self._worked(),
            FigureColumn(_("Minutes billed"), FigureKind.MINUTES, adds=True),
            self._free(),
            FigureColumn(_("Revenue, net"), FigureKind.MONEY, adds=True),
            self._forgone(spare=forgone_spare),
            FigureColumn(_("Share billed"), FigureKind.SHARE, spare=True),
            FigureColumn(_("Average session"), FigureKind.DURATION, spare=True),
        )


def _sums(one: Figures) -> _Row:
    return (
        one.sessions,
        one.seconds,
        one.billed_minutes,
        one.free_minutes,
        one.net_cents,
        one.forgone_cents,
        one.billed_share,
        one.average_seconds,
    )


def _free(one: Figures) -> _Row:
    return one.sessions, one.seconds, one.free_minutes, one.forgone_cents
