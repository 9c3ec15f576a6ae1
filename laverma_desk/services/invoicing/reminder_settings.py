"""What the house has decided about reminders: read, checked and kept in the settings section "reminders"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from laverma_desk import text
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.interest import BaseRate, half_year_of
from laverma_desk.domain.reminder import FIRST_LEVEL
from laverma_desk.domain.reminder_settings import (
    FEWEST_DAYS,
    HIGHEST_FEE_CENTS,
    MOST_DAYS,
    PLACEHOLDERS,
    ReminderSettings,
    ReminderWords,
)
from laverma_desk.domain.wording import check_template
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.reminder_defaults import default_settings
from laverma_desk.services.setup.house import changing_settings
from laverma_desk.storage import house as stored
from laverma_desk.storage.database import Connection

_SECTION = "reminders"
_WORDS = ("title", "opening", "request", "closing")
_LONGEST = 2000
_HIGHEST_RATE = 20
_RATE = re.compile(r"[+-]?[0-9]{1,2}([.,][0-9]{1,2})?")


def read_reminder_settings(desk: Desk) -> ReminderSettings:
    """Return what the house has decided, the defaults where nothing was saved yet."""
    with desk.database.read() as connection:
        return reminder_settings_on(connection)


def reminder_settings_on(connection: Connection) -> ReminderSettings:
    """Return the decisions as one transaction sees them."""
    values = stored.read_section(connection, _SECTION)
    settings = default_settings()
    if not values:
        return settings
    return replace(
        settings,
        days=_three(values, "days", settings.days),
        fees=_three(values, "fees", settings.fees),
        interest=bool(values.get("interest", settings.interest)),
        lump_sum=bool(values.get("lump_sum", settings.lump_sum)),
        words=tuple(
            ReminderWords(**{**one, "valid_from": date.fromisoformat(one["valid_from"])})
            for one in values.get("words", ())
        ),
        base_rates=tuple(
            BaseRate(date.fromisoformat(one["valid_from"]), Decimal(one["rate"]))
            for one in values.get("base_rates", ())
        ),
    )


def save_reminder_settings(desk: Desk, settings: ReminderSettings) -> Done[None]:
    """Keep these decisions; letters that were issued keep their words.

    Raises RuleBroken as `check_once` does.
    """
    check_once(settings)
    values = {
        "days": list(settings.days),
        "fees": list(settings.fees),
        "interest": settings.interest,
        "lump_sum": settings.lump_sum,
        "words": [
            {**vars(one), "valid_from": one.valid_from.isoformat()}
            for one in sorted(settings.words, key=lambda one: (one.language, one.level, one.valid_from))
        ],
        "base_rates": [
            {"valid_from": one.valid_from.isoformat(), "rate": str(one.rate)}
            for one in sorted(settings.base_rates, key=lambda one: one.valid_from)
        ],
    }
    with changing_settings(desk, further=_logged) as connection:
        stored.write_section(connection, _SECTION, values)
    return done(None, Topic.HOUSE, Topic.INVOICES)


def _logged(connection: Connection) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield the decisions as the log of settings keeps them, each list's entries under their first day."""
    asked = reminder_settings_on(connection)
    yield (
        _SECTION,
        "",
        {
            **{f"days_{level}": days for level, days in enumerate(asked.days, FIRST_LEVEL)},
            **{f"fee_{level}": cents for level, cents in enumerate(asked.fees, FIRST_LEVEL)},
            "interest": asked.interest,
            "lump_sum": asked.lump_sum,
        },
    )
    for base in asked.base_rates:
        yield _SECTION, base.valid_from.isoformat(), {"base_rate": base.rate}
    for words in asked.words:
        subject = f"{words.level} {words.language} {words.valid_from.isoformat()}"
        yield _SECTION, subject, {name: getattr(words, name) for name in _WORDS}


def check_once(settings: ReminderSettings) -> None:
    """Raise RuleBroken FIELD_CONTRADICTS where two entries of a kind begin on one day.

    `list` (`words` or `base_rates`) and `place` say which one is the second.
    """
    _each_once([(one.valid_from, one.level, one.language) for one in settings.words], "words")
    _each_once([(one.valid_from,) for one in settings.base_rates], "base_rates")


def checked_days(typed: str, level: int, field: str) -> int:
    """Return the days to pay of a level. Raises RuleBroken NUMBER_INVALID."""
    return checks.whole_number(typed, field, FEWEST_DAYS[level - FIRST_LEVEL], MOST_DAYS)


def checked_fee(typed: str, field: str) -> int:
    """Return a fee in cents. Raises RuleBroken AMOUNT_INVALID, AMOUNT_TOO_HIGH."""
    cents = checks.cents(typed, field)
    if cents > HIGHEST_FEE_CENTS:
        raise RuleBroken(Rule.AMOUNT_TOO_HIGH, field=field, most=text.money(HIGHEST_FEE_CENTS))
    return cents


def checked_base_rate(typed: str, field: str) -> Decimal:
    """Return a base rate in percent, which may be negative. Raises RuleBroken BASE_RATE_INVALID."""
    line = typed.replace("%", "").replace("−", "-").strip()
    try:
        value = Decimal(line.replace(",", ".")) if _RATE.fullmatch(line) else None
    except InvalidOperation:  # pragma: no cover (the pattern lets none through)
        value = None
    if value is None or abs(value) > _HIGHEST_RATE:
        raise RuleBroken(Rule.BASE_RATE_INVALID, field=field)
    return value


def checked_base_rate_day(typed: date | str, field: str) -> date:
    """Return the first day of a half-year. Raises RuleBroken DATE_INVALID, BASE_RATE_DAY_INVALID."""
    day = checks.day(typed, field) if isinstance(typed, str) else typed
    if day != half_year_of(day):
        raise RuleBroken(Rule.BASE_RATE_DAY_INVALID, field=field)
    return day


def checked_title(typed: str, field: str) -> str:
    """Return a title on one line. Raises RuleBroken TEXT_MISSING, TEXT_TOO_LONG, PLACEHOLDER_UNKNOWN."""
    return check_template(checks.required(typed, field), PLACEHOLDERS, field)


def checked_words(typed: str, field: str) -> str:
    """Return a text of several lines. Raises RuleBroken TEXT_MISSING, TEXT_TOO_LONG, PLACEHOLDER_UNKNOWN."""
    words = checks.several_lines(typed, field, _LONGEST)
    if not words:
        raise RuleBroken(Rule.TEXT_MISSING, field=field)
    return check_template(words, PLACEHOLDERS, field)


def _each_once(entries: Sequence[tuple[date, *tuple[object, ...]]], name: str) -> None:
    for place, one in enumerate(entries):
        if one in entries[:place]:
            raise RuleBroken(
                Rule.FIELD_CONTRADICTS, field="valid_from", value=text.date(one[0]), list=name, place=place
            )


def _three(values: Mapping[str, Any], key: str, fallback: tuple[int, int, int]) -> tuple[int, int, int]:
    first, second, third = values.get(key, fallback)
    return int(first), int(second), int(third)
