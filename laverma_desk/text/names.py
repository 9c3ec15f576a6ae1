"""People, machines, and numbers that are dialled or read out."""

from __future__ import annotations

from functools import lru_cache

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.text.tongue import _, locale_of

_GERMANY = 49
_LONG_SUBSCRIBER = 5
_LONGEST_ID = 10


def short_name(name: str) -> str:
    """Return a person's name with the first name as a letter: K. Klassen. A single word stays."""
    first, *rest = name.split() or [""]
    return f"{first[0]}. {rest[-1]}" if rest else first


def initials(name: str) -> str:
    """Return the first letters of a person's first and last name: KK for Klaus Klassen."""
    words = name.split()
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


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


def partner_id(whole: str) -> str:
    """Return a partner ID in the groups in which its tool shows it: 1 234 567 890 or 234 567 890.

    A name stays as it is.
    """
    return _in_groups(whole, 1 if len(whole) == _LONGEST_ID else 0)


def partner_id_so_far(typed: str) -> str:
    """Return the digits of a partner ID that is still being typed in the groups they will have.

    Nine digits or ten is not known before the last one; nearly all that begin with 1 have ten.
    """
    return _in_groups(typed, 1 if typed.startswith("1") else 0)


def _in_groups(digits: str, head: int) -> str:
    if not digits.isdigit():
        return digits
    rest = digits[head:]
    return " ".join([*filter(None, [digits[:head]]), *(rest[at : at + 3] for at in range(0, len(rest), 3))])


@lru_cache(maxsize=4096)
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
    return str(locale_of(language).territories.get(code, code))


def list_sentence(parts: list[str]) -> str:
    """Return several names as one enumeration."""
    return ", ".join(parts)
