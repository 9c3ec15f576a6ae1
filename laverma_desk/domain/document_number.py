"""The readable numbers of invoices, cancellations and reminders: patterns, ranges, and what DATEV takes."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from laverma_desk.domain.company import InvoiceSettings
from laverma_desk.domain.errors import Rule, RuleBroken

LONGEST = 36
"""Characters of DATEV's Belegfeld 1."""

ALLOWED = frozenset(string.ascii_letters + string.digits + "$&%*+-/")
"""What DATEV's Belegfeld 1 and 2 may hold."""

_YEAR = "{year}"
_COUNTER = re.compile(r"\{seq(?::0([1-9]))?\}")
_UNKNOWN = re.compile(r"\{([^{}]*)\}")
_HIGHEST_YEAR, _HIGH_COUNT = 9999, 999_999


class NumberKind(StrEnum):
    """The kinds of document that have a range of numbers of their own."""

    INVOICE = "invoice"
    CANCELLATION = "cancellation"
    REMINDER = "reminder"
    DUNNING = "dunning"


FIELDS = {
    NumberKind.INVOICE: "number_format",
    NumberKind.CANCELLATION: "cancellation_format",
    NumberKind.REMINDER: "reminder_format",
    NumberKind.DUNNING: "dunning_format",
}
"""The field of InvoiceSettings that holds the pattern of each kind."""


def format_of(settings: InvoiceSettings, kind: NumberKind) -> str:
    """Return the pattern of a kind."""
    return str(getattr(settings, FIELDS[kind]))


def check_format(pattern: str, field: str) -> str:
    """Return a pattern such as RE-{year}-{seq:04}, trimmed.

    Exactly one {seq} or {seq:0N}, at most one {year}. Raises RuleBroken PLACEHOLDER_UNKNOWN for other
    words in braces, NUMBER_FORMAT_INVALID for a wrong count, NUMBER_FORMAT_REFUSED (with `character`) and
    NUMBER_FORMAT_LONG for what DATEV's Belegfeld 1 does not take.
    """
    line = pattern.strip()
    rest, counters = _COUNTER.subn("", line)
    years = rest.count(_YEAR)
    rest = rest.replace(_YEAR, "")
    stray = _UNKNOWN.search(rest)
    if stray is not None:
        raise RuleBroken(
            Rule.PLACEHOLDER_UNKNOWN, field=field, name=stray[1], known="{year}, {seq}, {seq:04}"
        )
    if counters != 1 or years > 1:
        raise RuleBroken(Rule.NUMBER_FORMAT_INVALID, field=field)
    for character in rest:
        if character not in ALLOWED:
            raise RuleBroken(Rule.NUMBER_FORMAT_REFUSED, field=field, character=character)
    if len(filled(line, _HIGHEST_YEAR, _HIGH_COUNT)) > LONGEST:
        raise RuleBroken(Rule.NUMBER_FORMAT_LONG, field=field, limit=LONGEST)
    return line


def check_formats(settings: InvoiceSettings) -> None:
    """Raise RuleBroken unless every pattern is right and no two kinds can give the same number.

    As `check_format`; NUMBER_FORMATS_MEET at the second of two patterns that can.
    """
    for kind in NumberKind:
        check_format(format_of(settings, kind), FIELDS[kind])
    for one, other in combinations(NumberKind, 2):
        if may_meet(format_of(settings, one), format_of(settings, other)):
            raise RuleBroken(
                Rule.NUMBER_FORMATS_MEET,
                field=FIELDS[other],
                first=format_of(settings, one),
                second=format_of(settings, other),
            )


def filled(pattern: str, year: int, count: int) -> str:
    """Return the number that a pattern makes of a year and a count."""
    written = _COUNTER.sub(lambda found: f"{count:0{found[1] or 1}}", pattern, count=1)
    return written.replace(_YEAR, f"{year:04}")


def range_year(pattern: str, day: date) -> int:
    """Return the year whose range a document of a day counts in: 0 where the pattern names none."""
    return day.year if _YEAR in pattern else 0


@dataclass(frozen=True)
class _Place:
    """One place of a number: what may stand there, and whether it may stand there any number of times."""

    characters: frozenset[str]
    repeated: bool = False


def may_meet(one: str, other: str) -> bool:
    """Return whether two patterns can give the same number; capital letters make no difference.

    Every text that a pattern can give is a row of places; two rows have a text in common where a path leads
    through both of them at once.
    """
    first, second = _places(one), _places(other)
    seen: set[tuple[int, int]] = set()
    waiting = [(0, 0)]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        here, there = state
        if here == len(first) and there == len(second):
            return True
        if here < len(first) and first[here].repeated:
            waiting.append((here + 1, there))
        if there < len(second) and second[there].repeated:
            waiting.append((here, there + 1))
        if here < len(first) and there < len(second) and first[here].characters & second[there].characters:
            waiting.append((_after(first, here), _after(second, there)))
    return False


def _after(places: Sequence[_Place], place: int) -> int:
    return place if places[place].repeated else place + 1


def _places(pattern: str) -> list[_Place]:
    digit = frozenset(string.digits)
    places: list[_Place] = []
    for part in re.split(r"(\{[^{}]*\})", pattern):
        counter = _COUNTER.fullmatch(part)
        if counter is not None:
            places += [_Place(digit)] * int(counter[1] or 1)
            places.append(_Place(digit, repeated=True))
        elif part == _YEAR:
            places += [_Place(digit)] * 4
        else:
            places += [_Place(frozenset(character.upper())) for character in part]
    return places
