"""What a telephone system says of who calls, taken for what it is: foreign text, until it is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import unquote

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.folding import digits_of

LONGEST = 64
"""Characters of a caller that are looked at; no number and no SIP user has more."""

FEWEST_DIGITS = 7
"""From so many digits on, the end of a number tells lines apart."""

_LONGEST_GIVEN = 3 * LONGEST + 32  # percent-encoded throughout, with a scheme before it
_SCHEME = re.compile(r"(laverma-desk|tel|sips?|callto):(?://)?", re.IGNORECASE)
_ALLOWED = re.compile(r"[0-9+*#A-Za-z@.:\-/() ]*")
_NUMBER = re.compile(r"\+?[0-9*#.\-/() ]*[0-9][0-9*#.\-/() ]*")
_HIDDEN = frozenset(
    {"", "anonymous", "anonym", "unknown", "unbekannt", "private", "privat", "restricted", "unavailable",
     "withheld"}
)  # fmt: skip
_FEATURE_CODE = re.compile(r"^[*#]+[0-9]{1,3}[*#]+")
_OPTIONAL_ZERO = re.compile(r"^((?:\+|0+)?\s*49|(?:\+|00)\s*[0-9]{1,3})\D*\(0\)")
_KEEPS_ITS_ZERO = re.compile(r"(\+|00)\s*39")
_HOME = "49"


@dataclass(frozen=True)
class CallerId:
    """Who calls, as the telephone said: a number, the name of a SIP user, or (`text` empty) nobody.

    `text` holds nothing but letters, digits, blanks and + * # @ . : - / ( ), at most 64 characters.
    """

    text: str
    is_number: bool

    @property
    def is_hidden(self) -> bool:
        """Return whether the caller keeps the number to themselves."""
        return not self.text


class Likeness(IntEnum):
    """How surely two numbers are one line."""

    NONE = 0
    ENDING = 1
    """One is the end of the other: a prefix of the telephone system, or an area code left out."""

    SAME = 2


def is_address(argument: str) -> bool:
    """Return whether an argument is an address of a telephone: tel:, sip:, callto: or our own."""
    return _SCHEME.match(argument) is not None


def read_caller(given: str) -> CallerId:
    """Return who calls from what a telephone passed on, whatever it is. Raises RuleBroken PHONE_INVALID.

    It may be a number in any spelling, an address (tel:, sip:, callto:, laverma-desk:, RFC 3966, percent
    signs decoded once), a SIP user with or without its server, or a word that hides the number.
    """
    if len(given) > _LONGEST_GIVEN:
        raise RuleBroken(Rule.PHONE_INVALID)
    line = given.strip(" ")
    scheme = _SCHEME.match(line)
    if scheme is not None:
        # What follows is about the line, not the number: ;phone-context=+49, ?subject=…
        line = re.split(r"[;?]", line[scheme.end() :], maxsplit=1)[0]
    line = unquote(line, errors="strict") if _decodable(line) else line
    if scheme is not None:
        line = line.removesuffix("/")
    if len(line) > LONGEST or not _ALLOWED.fullmatch(line) or is_address(line):
        raise RuleBroken(Rule.PHONE_INVALID)
    user = line.partition("@")[0].strip(" ")
    if user.casefold() in _HIDDEN:
        return CallerId("", is_number=False)
    return CallerId(user, is_number=_NUMBER.fullmatch(user) is not None)


def likeness(given: str, stored: str) -> Likeness:
    """Return how surely a number that was given is a stored one (E.164, or digits as they were typed).

    A country that is said with a plus has to be the same one. Otherwise a number that is all of the end of
    the other, with seven digits or more, is like it: nothing is ever guessed from fewer, or from a part.
    """
    mine, other = _digits(given), _digits(stored)
    whole, known = _international(given), _international(stored)
    kept = known or other
    if not mine or not other:
        return Likeness.NONE
    if kept in (whole, mine):
        return Likeness.SAME
    if _names_country(given) and _names_country(stored):
        return Likeness.NONE
    at_home = known[len(_HOME) :] if known.startswith(_HOME) else kept
    short = mine.lstrip("0")
    ends = len(short) >= FEWEST_DIGITS and kept.endswith(short)
    is_ended = len(at_home) >= FEWEST_DIGITS and short.endswith(at_home)
    return Likeness.ENDING if ends or is_ended else Likeness.NONE


def _decodable(line: str) -> bool:
    """Return whether percent signs stand for ASCII characters: nothing else can pass, so nothing is tried."""
    return re.fullmatch(r"(?:[^%]|%[0-7][0-9A-Fa-f])*", line) is not None


def _digits(number: str) -> str:
    return digits_of(_plain(number))


def _plain(number: str) -> str:
    """Return a number without a feature code before it and without the zero that is dialled at home only."""
    line = _FEATURE_CODE.sub("", number.strip())
    return line if _KEEPS_ITS_ZERO.match(line) else _OPTIONAL_ZERO.sub(r"\1", line)


def _names_country(number: str) -> bool:
    line = _plain(number)
    return line.startswith("+") and not digits_of(line).startswith("0")


def _international(number: str) -> str:
    """Return the digits of a number from its country on, as dialled in Germany; "" if it is local."""
    line = _plain(number)
    digits = digits_of(line)
    if line.startswith("+") or digits.startswith("00"):
        whole = digits.lstrip("0")
    elif digits.startswith("0"):
        return _HOME + digits[1:]
    else:
        return ""
    # The zero of "+49 030 …" is none of the number.
    return _HOME + whole[len(_HOME) :].lstrip("0") if whole.startswith(_HOME) else whole
