"""Read when a call really began, as a technician types it beside a running clock."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from laverma_desk.domain.clock import from_local, local
from laverma_desk.domain.errors import Rule, RuleBroken

_TIME = r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2}))?(?:\s*(?:uhr|h))?"
_BARE = re.compile(rf"^{_TIME}$", re.IGNORECASE)
_FULL = re.compile(
    rf"^(?P<day>[0-9]{{1,2}})[./](?P<month>[0-9]{{1,2}})[./](?P<year>[0-9]{{4}}|[0-9]{{2}}),?\s+{_TIME}$",
    re.IGNORECASE,
)
_UNIT = r"(?P<unit>min(?:uten?|utes?|s)?\.?|std\.?|stunden?|hours?|h|m)?"
_AGO = re.compile(
    rf"^(?:(?:vor|seit)\s+|[-\u2212\u2013]\s*)(?P<count>[0-9]{{1,4}})\s*{_UNIT}(?:\s+begonnen)?$"
    rf"|^(?P<english>[0-9]{{1,4}})\s*{_UNIT.replace('unit', 'english_unit')}\s+ago$",
    re.IGNORECASE,
)
_YESTERDAY_LIMIT = timedelta(hours=12)


def typed_start(typed: str, now: datetime, field: str = "begin") -> datetime:
    """Return the instant (UTC) that a technician means by "10:19", "01.03.2022 10:19", "vor 3 Min" or "-3".

    `now` is an instant in UTC; times are the house's local ones. A bare time that is still to come
    means yesterday, but only where that lies at most 12 hours back (a call over midnight). In the
    hour that the end of summer time repeats, the later one that has passed is meant. Raises
    RuleBroken DATE_INVALID (also for an hour that summer time leaves out), START_IN_FUTURE.
    """
    line = " ".join(typed.split())
    if ago := _AGO.match(line):
        return now - _span(ago)
    if found := _FULL.match(line):
        return _past(_day(found, line, field), found, line, now, field)
    if found := _BARE.match(line):
        return _bare(found, line, now, field)
    raise RuleBroken(Rule.DATE_INVALID, field=field, value=line)


def _span(found: re.Match[str]) -> timedelta:
    count = int(found["count"] or found["english"])
    unit = (found["unit"] or found["english_unit"] or "min").lower()
    return timedelta(hours=count) if unit[0] in "sh" else timedelta(minutes=count)


def _day(found: re.Match[str], line: str, field: str) -> date:
    year = int(found["year"])
    try:
        return date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=line) from error


def _bare(found: re.Match[str], line: str, now: datetime, field: str) -> datetime:
    today = local(now).date()
    try:
        return _past(today, found, line, now, field)
    except RuleBroken as error:
        if error.code is not Rule.START_IN_FUTURE:
            raise
        yesterday = _past(today - timedelta(days=1), found, line, now, field)
        if now - yesterday > _YESTERDAY_LIMIT:
            raise
        return yesterday


def _past(day: date, found: re.Match[str], line: str, now: datetime, field: str) -> datetime:
    """Return the latest instant that shows this local time and has passed."""
    try:
        at = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
        meant = [from_local(datetime.combine(day, at), fold=fold) for fold in (1, 0)]
    except (ValueError, OverflowError) as error:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=line) from error
    for instant in meant:
        if instant <= now:
            return instant
    raise RuleBroken(Rule.START_IN_FUTURE, field=field)
