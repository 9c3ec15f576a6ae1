"""How the desk is doing: what the sessions of a period took, brought in and gave away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class StatisticsFilter:
    """Which ended sessions count: those whose start lies in the house's days `first` to `last`.

    A customer stands for the whole family: the record and those merged into it. Sessions that were not
    possible count nowhere.
    """

    first: date
    last: date
    customer_id: int | None = None
    supporter_id: int | None = None


@dataclass(frozen=True)
class Figures:
    """Sums over sessions. `seconds` are worked; minutes are those that were, or would have been, charged.

    Each session is rounded on its own by its tariff. `net_cents` is what the billed ones brought in before
    VAT, `forgone_cents` what the free ones would have cost.
    """

    sessions: int = 0
    seconds: int = 0
    billed_minutes: int = 0
    free_minutes: int = 0
    net_cents: int = 0
    forgone_cents: int = 0

    def __add__(self, other: Figures) -> Figures:
        """Return the sums over both."""
        return Figures(
            self.sessions + other.sessions,
            self.seconds + other.seconds,
            self.billed_minutes + other.billed_minutes,
            self.free_minutes + other.free_minutes,
            self.net_cents + other.net_cents,
            self.forgone_cents + other.forgone_cents,
        )

    @property
    def minutes(self) -> int:
        """Return all minutes, billed and free."""
        return self.billed_minutes + self.free_minutes

    @property
    def billed_share(self) -> Fraction | None:
        """Return the part of the minutes that is billed, 0 to 1; None where there are none."""
        return Fraction(self.billed_minutes, self.minutes) if self.minutes else None

    @property
    def average_seconds(self) -> int | None:
        """Return how long a session takes on average, halves up; None where there is none."""
        return (2 * self.seconds + self.sessions) // (2 * self.sessions) if self.sessions else None


NO_FIGURES = Figures()


@dataclass(frozen=True)
class MonthFigures:
    """A calendar month, named by its first day; those without a session are there too."""

    month: date
    figures: Figures


@dataclass(frozen=True)
class CustomerFigures:
    """A practice under the name that it has now, with what was merged into it."""

    customer_id: int
    number: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class WorkstationFigures:
    """A workstation under the names that it and its practice have now."""

    workstation_id: int
    customer_id: int
    customer_name: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class SupporterFigures:
    """What one technician did."""

    supporter_id: int
    name: str
    figures: Figures


@dataclass(frozen=True)
class ReasonFigures:
    """Free sessions of one reason; "" where none was given. Only the free part of `figures` is filled."""

    reason: str
    figures: Figures


def leading_reasons(
    reasons: tuple[ReasonFigures, ...], most: int
) -> tuple[tuple[ReasonFigures, ...], int, Figures]:
    """Return the first reasons, how many others follow, and the sums over those; `most` lines in all."""
    if len(reasons) <= most:
        return reasons, 0, NO_FIGURES
    first, rest = reasons[: most - 1], reasons[most - 1 :]
    return first, len(rest), sum((one.figures for one in rest), NO_FIGURES)


@dataclass(frozen=True)
class HourFigures:
    """Sessions that began in one hour of one weekday by the house's clock; Monday is 0."""

    weekday: int
    hour: int
    figures: Figures


@dataclass(frozen=True)
class OnSiteFigures:
    """A practice's billed sessions that cost more than a visit would have, each by its own net amount.

    `visit_cents` is what a visit costs now, `minutes` are what these sessions were charged; `beyond_cents`
    says how much dearer they were than one visit each.
    """

    customer_id: int
    number: str
    name: str
    visit_cents: int
    sessions: int
    minutes: int
    beyond_cents: int


@dataclass(frozen=True)
class Statistics:
    """All figures of a filter. Months come in order, the rest the largest first.

    `prices` are the prices a minute that the billed sessions have, in cents, each once. `supporters` is
    empty where the house does not want figures for each person.
    """

    filter: StatisticsFilter
    total: Figures
    prices: tuple[int, ...]
    months: tuple[MonthFigures, ...]
    customers: tuple[CustomerFigures, ...]
    reasons: tuple[ReasonFigures, ...]
    hours: tuple[HourFigures, ...]
    workstations: tuple[WorkstationFigures, ...]
    supporters: tuple[SupporterFigures, ...]
    on_site: tuple[OnSiteFigures, ...]
