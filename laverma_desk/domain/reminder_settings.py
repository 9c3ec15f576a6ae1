"""How the house reminds: days to pay, fees, interest, and the words of each level from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laverma_desk.domain.interest import BaseRate
from laverma_desk.domain.reminder import FIRST_LEVEL

PLACEHOLDERS = frozenset(
    {
        "amount",
        "company",
        "counted_until",
        "customer",
        "date",
        "due",
        "number",
        "phone",
        "supporter",
    }
)
"""What the words of a letter may name in braces."""

FEWEST_DAYS = (10, 5, 5)
MOST_DAYS = 60
HIGHEST_FEE_CENTS = 10_000


@dataclass(frozen=True)
class ReminderWords:
    """The words of one level in one language from a day on: templates with {placeholders}."""

    level: int
    language: str
    valid_from: date
    title: str
    opening: str
    request: str
    closing: str


@dataclass(frozen=True)
class ReminderSettings:
    """What the house has decided about reminders.

    `days` are those to pay for each level, `fees` cents for each level; a fee contains those of the levels
    before it, and the first has none. `interest` and `lump_sum`: asked from the second level on.
    """

    words: tuple[ReminderWords, ...]
    base_rates: tuple[BaseRate, ...]
    days: tuple[int, int, int] = (10, 10, 7)
    fees: tuple[int, int, int] = (0, 0, 0)
    interest: bool = False
    lump_sum: bool = False

    def days_of(self, level: int) -> int:
        """Return the days to pay that a level gives."""
        return self.days[level - FIRST_LEVEL]

    def fee_of(self, level: int) -> int:
        """Return the fee of a level in cents."""
        return 0 if level == FIRST_LEVEL else self.fees[level - FIRST_LEVEL]


def known_base_rates() -> tuple[BaseRate, ...]:
    """Return the base rates that a new desk knows: only what was verified when this was written."""
    return (BaseRate(date(2026, 1, 1), Decimal("1.27")),)


def words_on(day: date, level: int, language: str, words: Iterable[ReminderWords]) -> ReminderWords | None:
    """Return the words of a day: the latest that have begun, else the first ones, None without any."""
    known = sorted(
        (one for one in words if (one.level, one.language) == (level, language)),
        key=lambda one: one.valid_from,
    )
    begun = [one for one in known if one.valid_from <= day]
    return begun[-1] if begun else next(iter(known), None)
