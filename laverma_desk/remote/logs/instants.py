"""Instants as remote tools write them, and as consoles show them in their tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.connection import LineProblem
from laverma_desk.remote.logs.collecting import LineUnreadable

_EARLIEST, _LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 10_000_000_000

_DAY_FIRST = re.compile(r"^(\d{1,2})([.\-/])(\d{1,2})\2(\d{4}|\d\d)(.*)$")
_YEAR_FIRST = re.compile(r"^(\d{4})([.\-/])(\d{1,2})\2(\d{1,2})(.*)$")
_NAMED = re.compile(r"^(?:[^\W\d]+\.?,? )??(\d{1,2})\.? ([^\W\d]+)\.? (\d{4})(.*)$")
_NAMED_FIRST = re.compile(r"^(?:[^\W\d]+\.?,? )??([^\W\d]+)\.? (\d{1,2}),? (\d{4})(.*)$")
_CLOCK = re.compile(
    r"^[T,]?\s*(?:um |at )?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*(am|pm|a\.m\.|p\.m\.)?"
    r"(?:\s*Uhr)?\s*(Z|[A-Z]{3,4}|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_ZONES = {
    "Z": UTC,
    "UTC": UTC,
    "GMT": UTC,
    "CET": timezone(timedelta(hours=1)),
    "MEZ": timezone(timedelta(hours=1)),
    "CEST": timezone(timedelta(hours=2)),
    "MESZ": timezone(timedelta(hours=2)),
}
_MONTHS = (
    ("jan", "jän"),
    ("feb",),
    ("mar", "mär", "mae", "mrz"),
    ("apr",),
    ("may", "mai"),
    ("jun",),
    ("jul",),
    ("aug",),
    ("sep",),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez"),
)
_UNIT = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:(h|hrs?|hours?|std|stunden?)|(m|mins?|minutes?|minuten)|(s|secs?|seconds?|sek|sekunden?))"
    r"\b\.?,?\s*",
    re.IGNORECASE,
)
_SPAN = re.compile(r"^(?:(\d+)[.d ]\s*)?(\d{1,4}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?$")
_LONGEST_CELL = 80


def instant(*parts: int) -> datetime:
    """Return the instant in UTC of year, month, day, hour, minute and, if known, second.

    Raises LineUnreadable TIME_INVALID for one that is in no calendar.
    """
    year, month, day, hour, minute, second = (*parts, 0)[:6]
    try:
        return plausible(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except ValueError:
        raise LineUnreadable(LineProblem.TIME_INVALID) from None


def plausible(moment: datetime) -> datetime:
    """Return an instant in UTC to the second; before 1990 and after 2200 LineUnreadable TIME_INVALID."""
    try:
        utc = moment.astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        raise LineUnreadable(LineProblem.TIME_INVALID) from None
    if not _EARLIEST <= utc < _LATEST:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    return utc


def by_seconds(value: float) -> datetime:
    """Return the instant of Unix seconds, or milliseconds. Raises LineUnreadable TIME_INVALID."""
    try:
        seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
        return plausible(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError):
        raise LineUnreadable(LineProblem.TIME_INVALID) from None


def from_cell(cell: str, *, month_first: bool = False, local: bool = False) -> datetime:
    """Return the instant of a time as people and consoles write it.

    Without a zone in the cell it is UTC, or the house's time if `local`. `month_first` is for days with
    strokes, 02/20/2024. Raises LineUnreadable TIME_INVALID.
    """
    written = " ".join(cell.split())
    if len(written) > _LONGEST_CELL:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    if written.isascii() and written.isdigit() and len(written) in (10, 13):
        return by_seconds(int(written))
    year, month, day, rest = _day(written, month_first=month_first)
    clock = _CLOCK.match(rest.strip())
    if clock is None:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    hour, half = int(clock[1]), (clock[4] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        raise LineUnreadable(LineProblem.TIME_INVALID)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        wall = datetime(year, month, day, hour, int(clock[2]), int(clock[3] or 0))  # noqa: DTZ001 (zone below)
        return plausible(_zoned(wall, clock[5] or "", local=local))
    except (ValueError, OverflowError):
        raise LineUnreadable(LineProblem.TIME_INVALID) from None


def _zoned(wall: datetime, zone: str, *, local: bool) -> datetime:
    if zone[:1] in ("+", "-"):
        digits = zone[1:].replace(":", "")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return wall.replace(tzinfo=timezone(ahead if zone[0] == "+" else -ahead))
    if zone:
        known = _ZONES.get(zone.upper())
        if known is None:
            raise ValueError(zone)
        return wall.replace(tzinfo=known)
    return from_local(wall) if local else wall.replace(tzinfo=UTC)


def _day(written: str, *, month_first: bool) -> tuple[int, int, int, str]:
    if found := _YEAR_FIRST.match(written):
        return int(found[1]), int(found[3]), int(found[4]), found[5]
    if found := _DAY_FIRST.match(written):
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        day, month = int(found[1]), int(found[3])
        return (
            (year, day, month, found[5]) if month_first and found[2] == "/" else (year, month, day, found[5])
        )
    if found := _NAMED.match(written):
        return int(found[3]), _month(found[2]), int(found[1]), found[4].removeprefix(",")
    if found := _NAMED_FIRST.match(written):
        return int(found[3]), _month(found[1]), int(found[2]), found[4].removeprefix(",")
    raise LineUnreadable(LineProblem.TIME_INVALID)


def _month(word: str) -> int:
    start = word.casefold()[:3]
    for number, names in enumerate(_MONTHS, start=1):
        if start in names:
            return number
    raise LineUnreadable(LineProblem.TIME_INVALID)


def is_month_first(cells: list[str]) -> bool:
    """Return whether days with strokes are written American: a second part over 12, or am and pm."""
    parted = [found for cell in cells if (found := _DAY_FIRST.match(cell.strip())) and found[2] == "/"]
    if any(int(found[1]) > 12 for found in parted):
        return False
    return any(
        int(found[3]) > 12 or found[5].strip().lower().endswith(("am", "pm", "a.m.", "p.m."))
        for found in parted
    )


def duration(cell: str, unit: int | None) -> timedelta:
    """Return how long something took: 0:12:22, 12 min 22 s, 1h 5m, or a number of `unit` seconds.

    Two numbers are hours and minutes, as spreadsheets read them. A number without a unit says nothing.
    Raises LineUnreadable TIME_INVALID.
    """
    written = " ".join(cell.split())
    if len(written) <= _LONGEST_CELL and written.isascii():
        if found := _SPAN.match(written):
            days, hours, minutes, seconds = (int(one or 0) for one in found.groups())
            if minutes < 60 and seconds < 60:
                return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        elif unit is not None and re.fullmatch(r"\d{1,9}(?:[.,]\d{1,6})?", written):
            return timedelta(seconds=round(float(written.replace(",", ".")) * unit))
        elif re.fullmatch(f"(?:{_UNIT.pattern})+", written, re.IGNORECASE):
            return timedelta(seconds=round(sum(_seconds(one) for one in _UNIT.finditer(written))))
    raise LineUnreadable(LineProblem.TIME_INVALID)


def _seconds(found: re.Match[str]) -> float:
    unit = 3600 if found[2] else 60 if found[3] else 1
    return min(float(found[1].replace(",", ".")), 1e7) * unit
