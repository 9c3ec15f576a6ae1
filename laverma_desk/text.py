"""The one place where numbers, money, times and errors become words, for window, paper, mail and shell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from laverma_desk import i18n, log_words
from laverma_desk.domain.clock import local, local_day
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.money import Charge
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import gettext_in, ngettext_in

NBSP = "\u00a0"
# English of the Continent: a comma for thousands, the euro sign behind, day before month.
_LOCALES = {"de": "de_DE", "en": "en_150"}
_GERMANY = 49
_LONG_SUBSCRIBER = 5
_MANY_KB = 10_000
_LONG_WEEKDAY = 9
_MINUS = "\u2212"
line_problem = log_words.line_problem


def _locale(language: str | None) -> str:
    return _LOCALES[language or i18n.current()]


def _(message: str, language: str | None) -> str:
    return gettext_in(language or i18n.current(), message)


# --- numbers and money


def number(value: Decimal | int, language: str | None = None) -> str:
    """Return a number with the language's separators and no needless digits: 2,25 or 1.234."""
    return str(format_decimal(value, format="#,##0.######", locale=_locale(language)))


def amount(cents: int, language: str | None = None) -> str:
    """Return cents as an amount with two digits and no sign: 1.234,50."""
    return str(format_decimal(Decimal(cents) / 100, format="#,##0.00", locale=_locale(language)))


def money(cents: int, language: str | None = None) -> str:
    """Return cents as euros: 1.234,50 € with a no-break space."""
    return f"{amount(cents, language)}{NBSP}€"


def signed_number(value: Decimal | int, language: str | None = None) -> str:
    """Return a number with a real minus sign before a negative one: −18."""
    return number(value, language).replace("-", _MINUS)


def signed_money(cents: int, language: str | None = None) -> str:
    """Return cents as euros with a real minus sign before a negative sum: −40,50 €."""
    return money(cents, language).replace("-", _MINUS)


def percent(value: Decimal, language: str | None = None) -> str:
    """Return a rate in percent: 19 % with a no-break space."""
    return f"{number(value, language)}{NBSP}%"


def file_size(count: int, language: str | None = None) -> str:
    """Return bytes as KB, at least 1, from ten thousand on as MB."""
    if count >= _MANY_KB * 1024:
        return f"{number(round(count / 1024**2), language)}{NBSP}MB"
    return f"{number(max(1, round(count / 1024)), language)}{NBSP}KB"


# --- times


def date(day: dt.date, language: str | None = None) -> str:
    """Return a day in figures: 01.03.2022."""
    pattern = "dd.MM.yyyy" if (language or i18n.current()) == "de" else "dd/MM/yyyy"
    return str(format_date(day, pattern, locale=_locale(language)))


def short_date(day: dt.date, language: str | None = None) -> str:
    """Return a day without its year: 25.02."""
    pattern = "dd.MM." if (language or i18n.current()) == "de" else "dd/MM"
    return str(format_date(day, pattern, locale=_locale(language)))


def long_date(day: dt.date, language: str | None = None) -> str:
    """Return a day in words: Dienstag, 1. März 2022."""
    return str(format_date(day, "full", locale=_locale(language)))


def month(day: dt.date, language: str | None = None) -> str:
    """Return the month of a day in words: Februar 2022."""
    return str(format_date(day, "MMMM yyyy", locale=_locale(language)))


def weekday_date(day: dt.date, language: str | None = None) -> str:
    """Return a day in figures behind its weekday: Dienstag, 01.03.2022, but Do., 03.03.2022.

    A weekday of nine letters is shortened: a column of days holds no more.
    """
    weekday = str(format_date(day, "EEEE", locale=_locale(language)))
    if len(weekday) >= _LONG_WEEKDAY:
        weekday = str(format_date(day, "EEE", locale=_locale(language)))
    return f"{weekday}, {date(day, language)}"


def time(instant: dt.datetime) -> str:
    """Return the local time of an instant to the minute: 10:22."""
    return f"{local(instant):%H:%M}"


def time_with_seconds(instant: dt.datetime) -> str:
    """Return the local time of an instant to the second: 10:34:10."""
    return f"{local(instant):%H:%M:%S}"


def clock_time(instant: dt.datetime, language: str | None = None) -> str:
    """Return the local time as said in a sentence: 10:34 Uhr."""
    return f"{time(instant)} Uhr" if (language or i18n.current()) == "de" else time(instant)


def date_time(instant: dt.datetime, language: str | None = None) -> str:
    """Return day and local time: 01.03.2022 10:22 Uhr."""
    return f"{date(local_day(instant), language)} {clock_time(instant, language)}"


def exact_time(instant: dt.datetime, language: str | None = None) -> str:
    """Return day, local time to the second, and zone: 01.03.2022 10:22:00 Uhr MEZ."""
    zone = _("CEST", language) if local(instant).dst() else _("CET", language)
    hour = f"{date(local_day(instant), language)} {time_with_seconds(instant)}"
    return f"{hour} Uhr {zone}" if (language or i18n.current()) == "de" else f"{hour} {zone}"


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
    tongue = language or i18n.current()
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


# --- what a session costs


def billed_time(charge: Charge, language: str | None = None) -> str:
    """Return the billed time as screens show it: 13 Min, or 12:22 under the exact-second rule."""
    if charge.rounding.counts_seconds:
        whole, rest = divmod(charge.billed_seconds, 60)
        return f"{whole}:{rest:02d}"
    return minutes(charge.billed_minutes, language)


def charge_formula(charge: Charge, language: str | None = None) -> str:
    """Return how the net amount comes about: 13 Minuten × 2,25 €, or 742 Sekunden × 2,25 € / 60."""
    tongue = language or i18n.current()
    price = money(charge.price_cents, tongue)
    if charge.rounding.counts_seconds:
        count = charge.billed_seconds
        time_ = ngettext_in(tongue, "%(n)d second", "%(n)d seconds", count) % {"n": count}
        return f"{time_} × {price} / 60"
    count = charge.billed_minutes
    return f"{ngettext_in(tongue, '%(n)d minute', '%(n)d minutes', count) % {'n': count}} × {price}"


def rounding_rule(rounding: Rounding, language: str | None = None) -> str:
    """Return the sentence that every report and invoice prints about the rounding."""
    return {
        Rounding.STARTED_MINUTE: _("Billing exact to the minute, every started minute counts.", language),
        Rounding.NEAREST_MINUTE: _(
            "Billing exact to the minute, from 30 seconds on a minute counts in full.", language
        ),
        Rounding.FULL_MINUTE: _("Billing exact to the minute, only full minutes count.", language),
        Rounding.EXACT_SECOND: _("Billing exact to the second, the amount is rounded to the cent.", language),
    }[rounding]


def rounding_name(rounding: Rounding, language: str | None = None) -> str:
    """Return a rounding rule's short name, as choices and key figures show it."""
    return {
        Rounding.STARTED_MINUTE: _("every started minute", language),
        Rounding.NEAREST_MINUTE: _("nearest minute", language),
        Rounding.FULL_MINUTE: _("full minutes only", language),
        Rounding.EXACT_SECOND: _("exact to the second", language),
    }[rounding]


# --- people, machines, numbers to dial


def short_name(name: str) -> str:
    """Return a person's name with the first name as a letter: K. Klassen. A single word stays."""
    first, *rest = name.split() or [""]
    return f"{first[0]}. {rest[-1]}" if rest else first


def tool(one: Tool, language: str | None = None) -> str:
    """Return the name of a remote-support program."""
    names = {Tool.TEAMVIEWER: "TeamViewer", Tool.ANYDESK: "AnyDesk", Tool.RUSTDESK: "RustDesk"}
    return names.get(one) or _("other program", language)


def channel(one: Channel, language: str | None = None) -> str:
    """Return how a session was asked for, to be set behind the person's name."""
    return {
        Channel.PHONE: _("by phone", language),
        Channel.EMAIL: _("by e-mail", language),
        Channel.TICKET: _("by ticket", language),
        Channel.IN_PERSON: _("in person", language),
    }[one]


def partner_id(digits: str) -> str:
    """Return a partner ID in the groups in which it is read out: 1 234 567 890 or 234 567 890.

    Works on unfinished input too, so that a field can group while one types. A name stays as it is.
    """
    if not digits.isdigit():
        return digits
    head = 1 if digits.startswith("1") else 0
    rest = digits[head:]
    groups = ([digits[:head]] if head else []) + [rest[i : i + 3] for i in range(0, len(rest), 3)]
    return " ".join(groups)


def phone(number_: str) -> str:
    """Return a stored phone number in German form: 030 23125 014 for +493023125014.

    What is no E.164 number (a vanity number, an extension) is returned as it was given.
    """
    if not number_.startswith("+"):
        return number_
    import phonenumbers  # noqa: PLC0415 (24 ms that the first paint does not need)

    try:
        parsed = phonenumbers.parse(number_)
    except phonenumbers.NumberParseException:
        return number_
    style = phonenumbers.PhoneNumberFormat
    if parsed.country_code != _GERMANY:
        return phonenumbers.format_number(parsed, style.INTERNATIONAL)
    area, _blank, subscriber = phonenumbers.format_number(parsed, style.NATIONAL).partition(" ")
    if len(subscriber) > _LONG_SUBSCRIBER and subscriber.isdigit():
        # The library leaves German subscriber numbers in one piece, too long to read out.
        subscriber = f"{subscriber[:-3]} {subscriber[-3:]}"
    return f"{area} {subscriber}".strip()


def iban(compact: str) -> str:
    """Return an IBAN in the groups of four in which it is written: DE02 1203 0000 0000 2020 51."""
    return " ".join(compact[place : place + 4] for place in range(0, len(compact), 4))


def country(code: str, language: str | None = None) -> str:
    """Return the name of a country from its two letters (ISO 3166); unknown letters are returned."""
    return str(Locale.parse(_locale(language)).territories.get(code, code))


def list_sentence(parts: list[str]) -> str:
    """Return several names as one enumeration."""
    return ", ".join(parts)
