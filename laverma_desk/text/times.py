"""Days, times and durations."""

from __future__ import annotations

import datetime as dt

from laverma_desk.domain.clock import local, local_day
from laverma_desk.i18n import ngettext_in
from laverma_desk.text.numbers import NBSP, number
from laverma_desk.text.tongue import _, locale_of, spoken

_LONG_WEEKDAY = 9


def date(day: dt.date, language: str | None = None) -> str:
    """Return a day in figures: 01.03.2022."""
    mark = "." if spoken(language) == "de" else "/"
    return f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year:04d}"


def short_date(day: dt.date, language: str | None = None) -> str:
    """Return a day without its year: 25.02."""
    return f"{day.day:02d}.{day.month:02d}." if spoken(language) == "de" else f"{day.day:02d}/{day.month:02d}"


def long_date(day: dt.date, language: str | None = None) -> str:
    """Return a day in words: Dienstag, 1. März 2022."""
    return _in_words(day, "full", language)


def month(day: dt.date, language: str | None = None) -> str:
    """Return the month of a day in words: Februar 2022."""
    return _in_words(day, "MMMM yyyy", language)


def month_name(day: dt.date, language: str | None = None) -> str:
    """Return the name of a day's month: Februar."""
    return _in_words(day, "LLLL", language)


def short_month(day: dt.date, language: str | None = None) -> str:
    """Return the month of a day in three letters, as it stands below a bar: Mär."""
    return _in_words(day, "LLL", language)


def short_weekday(day: dt.date, language: str | None = None) -> str:
    """Return the weekday of a day in short: Mo, in English Mon."""
    return _in_words(day, "ccc", language)


def weekday_date(day: dt.date, language: str | None = None) -> str:
    """Return a day in figures behind its weekday: Dienstag, 01.03.2022, but Do., 03.03.2022.

    A weekday of nine letters is shortened: a column of days holds no more.
    """
    weekday = _in_words(day, "EEEE", language)
    if len(weekday) >= _LONG_WEEKDAY:
        weekday = _in_words(day, "EEE", language)
    return f"{weekday}, {date(day, language)}"


def _in_words(day: dt.date, pattern: str, language: str | None) -> str:
    from babel.dates import format_date  # noqa: PLC0415 (12 ms that a page with days in figures does without)

    return str(format_date(day, pattern, locale=locale_of(language)))


def time(instant: dt.datetime) -> str:
    """Return the local time of an instant to the minute: 10:22."""
    return f"{local(instant):%H:%M}"


def time_with_seconds(instant: dt.datetime) -> str:
    """Return the local time of an instant to the second: 10:34:10."""
    return f"{local(instant):%H:%M:%S}"


def clock_time(instant: dt.datetime, language: str | None = None) -> str:
    """Return the local time as said in a sentence: 10:34 Uhr."""
    return f"{time(instant)} Uhr" if spoken(language) == "de" else time(instant)


def date_time(instant: dt.datetime, language: str | None = None) -> str:
    """Return day and local time: 01.03.2022 10:22 Uhr."""
    return f"{date(local_day(instant), language)} {clock_time(instant, language)}"


def exact_time(instant: dt.datetime, language: str | None = None) -> str:
    """Return day, local time to the second, and zone: 01.03.2022 10:22:00 Uhr MEZ."""
    zone = _("CEST", language) if local(instant).dst() else _("CET", language)
    hour = f"{date(local_day(instant), language)} {time_with_seconds(instant)}"
    return f"{hour} Uhr {zone}" if spoken(language) == "de" else f"{hour} {zone}"


def day_and_time(instant: dt.datetime, now: dt.datetime, language: str | None = None) -> str:
    """Return when something was, as close days are called: heute 08:37 Uhr, gestern …, 25.02. 15:12 Uhr."""
    day, today = local_day(instant), local_day(now)
    if day == today:
        word = _("today", language)
    elif day == today - dt.timedelta(days=1):
        word = _("yesterday", language)
    elif day.year == today.year:
        word = short_date(day, language)
    else:
        word = date(day, language)
    return f"{word} {clock_time(instant, language)}"


def duration(seconds: int) -> str:
    """Return a duration as hh:mm:ss; hours go on beyond 24: 00:12:22, 26:00:00."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"


def duration_words(seconds: int, language: str | None = None) -> str:
    """Return a duration in words: 12 Minuten, 22 Sekunden."""
    tongue = spoken(language)
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [
        ngettext_in(tongue, "%(n)d hour", "%(n)d hours", hours) % {"n": hours} if hours else "",
        ngettext_in(tongue, "%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes} if minutes else "",
        ngettext_in(tongue, "%(n)d second", "%(n)d seconds", left) % {"n": left} if left else "",
    ]
    return ", ".join(part for part in parts if part) or ngettext_in(
        tongue, "%(n)d second", "%(n)d seconds", 0
    ) % {"n": 0}


def minutes(count: int, language: str | None = None) -> str:
    """Return minutes in short: 13 Min."""
    return f"{number(count, language)}{NBSP}{_('min', language)}"
