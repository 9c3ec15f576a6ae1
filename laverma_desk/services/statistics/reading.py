"""Read how the desk is doing: a handful of grouped reads, put together under the names of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from laverma_desk.domain.clock import local
from laverma_desk.domain.statistics import (
    NO_FIGURES,
    HourFigures,
    MonthFigures,
    ReasonFigures,
    Statistics,
    StatisticsFilter,
    SupporterFigures,
)
from laverma_desk.services.desk import Desk
from laverma_desk.services.jobs import Cancelled, go_on_unless, never
from laverma_desk.services.setup.house import figures_on
from laverma_desk.services.statistics.by_practice import by_practice, dearer_than_a_visit
from laverma_desk.services.statistics.summing import summed
from laverma_desk.storage import statistics as stored
from laverma_desk.storage.asking import Where
from laverma_desk.storage.database import Connection
from laverma_desk.storage.statistics import Sums, Terms

ALL_MONTHS = 120
"""Up to so many months of a period are all there; a longer one begins and ends where there are sessions."""


def statistics(desk: Desk, wanted: StatisticsFilter, cancelled: Cancelled = never) -> Statistics:
    """Return all figures of a filter, as one state of the file has them.

    Largest first means: customers by revenue, workstations and hours by sessions, supporters by minutes,
    reasons by free minutes, visits by what is beyond them. Sessions of customers whom data protection has
    locked count nowhere, as in the history: what a list leaves out cannot be worked out from a total. Once
    erased they count again, under what is left of the record. Where the house wants no figures for each
    person, the filter's supporter is not followed; `Statistics.filter` says what was. Raises JobCancelled.
    """
    with desk.database.read() as connection:
        per_supporter = figures_on(connection).per_supporter
        if not per_supporter:
            wanted = replace(wanted, supporter_id=None)
        where = stored.counted(connection, wanted)
        months, hours = _by_time(connection, where, wanted)
        go_on_unless(cancelled)
        members = stored.members(connection, wanted)
        practices = stored.practices(connection, members)
        customers, workstations = by_practice(
            stored.by_machine(connection, where), practices, stored.machines(connection, members)
        )
        go_on_unless(cancelled)
        terms = stored.by_terms(connection, where, per_supporter=per_supporter)
        go_on_unless(cancelled)
        return Statistics(
            filter=wanted,
            total=sum((one.figures for one in months), NO_FIGURES),
            prices=_prices(terms),
            months=months,
            customers=customers,
            reasons=_reasons(terms, stored.reason_names(connection)),
            hours=hours,
            workstations=workstations,
            supporters=_supporters(terms, stored.supporter_names(connection)),
            on_site=dearer_than_a_visit(connection, where, practices),
        )


def _by_time(
    connection: Connection, where: Where, wanted: StatisticsFilter
) -> tuple[tuple[MonthFigures, ...], tuple[HourFigures, ...]]:
    read = list(stored.by_hour(connection, where))
    months = summed((day.replace(day=1), sums) for day, _begin, sums in read)
    # As a whole: the house's clock is never a part of an hour off UTC.
    hours = summed(((day.weekday(), local(begin).hour), sums) for day, begin, sums in read)
    busiest = sorted(hours.items(), key=lambda one: (-one[1].sessions, -one[1].minutes, one[0]))
    return (
        tuple(MonthFigures(month, months.get(month, NO_FIGURES)) for month in _months(wanted, months)),
        tuple(HourFigures(weekday, hour, figures) for (weekday, hour), figures in busiest),
    )


def _months(wanted: StatisticsFilter, found: Iterable[date]) -> Iterator[date]:
    """Give the first days of the months that are shown, in order."""
    first, last = _place(wanted.first), _place(wanted.last)
    if last - first >= ALL_MONTHS:
        places = sorted(_place(month) for month in found)
        first, last = (places[0], places[-1]) if places else (0, -1)
    for place in range(first, last + 1):
        yield date(place // 12, place % 12 + 1, 1)


def _place(day: date) -> int:
    return 12 * day.year + day.month - 1


def _prices(terms: Iterable[tuple[Terms, Sums]]) -> tuple[int, ...]:
    prices = {one.price_cents for one, _sums in terms if one.billed and one.price_cents is not None}
    return tuple(sorted(prices))


def _reasons(terms: Iterable[tuple[Terms, Sums]], names: Mapping[int, str]) -> tuple[ReasonFigures, ...]:
    free = ((one.reason_id, sums) for one, sums in terms if not one.billed)
    named = [
        ReasonFigures("" if reason is None else names[reason], figures)
        for reason, figures in summed(free).items()
    ]
    named.sort(key=lambda one: (-one.figures.free_minutes, -one.figures.sessions, one.reason))
    return tuple(named)


def _supporters(
    terms: Iterable[tuple[Terms, Sums]], names: Mapping[int, str]
) -> tuple[SupporterFigures, ...]:
    told = ((one.supporter_id, sums) for one, sums in terms if one.supporter_id is not None)
    named = [SupporterFigures(person, names[person], figures) for person, figures in summed(told).items()]
    named.sort(key=lambda one: (-one.figures.minutes, -one.figures.sessions, one.name, one.supporter_id))
    return tuple(named)
