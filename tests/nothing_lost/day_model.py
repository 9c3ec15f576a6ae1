"""What a day must come to, in seconds, minutes and cents, told by someone who sees everything.

Nothing of the program is asked here: where summer time begins, what a tariff charges and how halves are
rounded is written down once more, as the calendar, the price list and the law have it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import strategies as st

DAYS = {
    "an ordinary one": datetime(2022, 3, 1, 17, tzinfo=UTC),
    "summer time begins": datetime(2026, 3, 28, 17, tzinfo=UTC),
    "summer time ends": datetime(2026, 10, 24, 17, tzinfo=UTC),
    "a year ends, and an agreement with it": datetime(2026, 12, 31, 12, tzinfo=UTC),
}
"""When each begins: long enough before what is special about it."""

_SUMMER = [
    (datetime(2022, 3, 27, 1, tzinfo=UTC), datetime(2022, 10, 30, 1, tzinfo=UTC)),
    (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
]
"""From when to when clocks in Germany are two hours ahead of UTC, in the years that are played."""

ASKED_FROM = 150
"""Seconds without a beat from which on the machine was asleep: two minutes, and the beat that was due."""

AWAY_FROM = 120
"""Seconds from which on the program was missed."""


def house_day(instant: datetime) -> date:
    """Return the day that the calendar in the house shows."""
    summer = any(first <= instant < last for first, last in _SUMMER)
    return (instant + timedelta(hours=2 if summer else 1)).date()


@dataclass(frozen=True)
class Price:
    """A price list: cents a minute, how minutes are counted, what is free, what is charged at least."""

    cents: int
    counting: str
    free: int
    least: int

    def minutes_and_cents(self, seconds: int) -> tuple[int, int, int]:
        """Return begun minutes, net cents and VAT of so many seconds."""
        charged = self._charged(seconds)
        net = _half_up(Fraction(charged, 60) * self.cents)
        return -(-charged // 60), net, _half_up(Fraction(net * 19, 100))

    def _charged(self, seconds: int) -> int:
        if seconds <= self.free:
            return 0
        left = max(seconds - self.free, self.least)
        whole, rest = divmod(left, 60)
        return {
            "started_minute": (whole + (rest > 0)) * 60,
            "nearest_minute": (whole + (rest >= 30)) * 60,
            "full_minute": whole * 60,
            "exact_second": left,
        }[self.counting]


def _half_up(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


COUNTING = ("started_minute", "nearest_minute", "full_minute", "exact_second")
PRICES = st.builds(
    Price,
    cents=st.sampled_from([0, 1, 199, 225, 333]),
    counting=st.sampled_from(COUNTING),
    free=st.sampled_from([0, 0, 61, 300]),
    least=st.sampled_from([0, 0, 90, 600]),
)
JUMPS = [200, 600, 3600, 7200, 23 * 3600]
"""Seconds by which somebody sets a clock."""


@dataclass
class Piece:
    """Some seconds of a session; a question, if there was one, and its answer."""

    seconds: int
    kind: str = ""
    answer: str = ""

    @property
    def counts(self) -> int:
        """Return the seconds of it that are charged for."""
        return 0 if self.answer == "deduct" else self.seconds


@dataclass
class Stopwatch:
    """What a session must be, kept in real seconds. `begin` is what the clock on the wall showed."""

    begin: datetime
    state: str = "running"
    notes: str = ""
    stopped_at: datetime | None = None
    pieces: list[Piece] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return the seconds that are charged for."""
        return sum(piece.counts for piece in self.pieces)

    @property
    def questions(self) -> list[int]:
        """Return the places of the pieces that were asked about."""
        return [place for place, piece in enumerate(self.pieces) if piece.kind]

    def can(self, answer: str, at: int) -> bool:
        """Return whether a question at a place may be answered so: a split wants time on both sides."""
        piece = self.pieces[at]
        if piece.answer == "split" or (answer == "deduct" and piece.kind == "back"):
            return False
        before = any(each.seconds for each in self.pieces[:at])
        after = self.state == "running" or any(each.seconds for each in self.pieces[at + 1 :])
        return answer != "split" or (before and after)


@dataclass
class Day:
    """The sessions of a day, the price lists by their first day, and what nobody has looked at yet.

    `unseen` are the real seconds since both clocks were compared, `step` is how far the wall clock was set.
    """

    prices: dict[date, Price]
    sessions: dict[int, Stopwatch] = field(default_factory=dict)
    unseen: int = 0
    step: int = 0

    def price_of(self, begin: datetime) -> Price:
        """Return the price list of the day on which a session began, the first one before all of them."""
        known = [first for first in self.prices if first <= house_day(begin)]
        return self.prices[max(known) if known else min(self.prices)]

    def look(self) -> None:
        """Both clocks are compared: sort what has passed since the last time."""
        for one in self.running():
            one.pieces.append(Piece(self.unseen, "sleep" if self.unseen >= ASKED_FROM else ""))
            if self.step:
                one.pieces.append(Piece(max(0, self.step), "forward" if self.step > 0 else "back"))
        self.unseen = self.step = 0

    def start_again(self, *, clock_lost: bool) -> None:
        """The program is there again after a crash; where the clock was lost, what passed is unknown."""
        kind = "back" if clock_lost else "away" if self.unseen >= AWAY_FROM else ""
        for one in self.running():
            one.pieces.append(Piece(0 if clock_lost else self.unseen, kind))
        self.unseen = 0

    def running(self) -> list[Stopwatch]:
        """Return the sessions whose time runs."""
        return [one for one in self.sessions.values() if one.state == "running"]


def counted_through(numbers: list[str]) -> bool:
    """Return whether each year counts for itself, no number is given twice and none is left out."""
    by_year: dict[str, list[int]] = {}
    for number in numbers:
        _letter, year, count = number.split("-")
        by_year.setdefault(year, []).append(int(count))
    return all(sorted(counts) == list(range(1, len(counts) + 1)) for counts in by_year.values())
