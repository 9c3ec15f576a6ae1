"""What people type becomes a normalised value, or a RuleBroken at its field; libraries hold the rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from laverma_desk import text
from laverma_desk.domain.clock import from_local
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.mail.address import check_address

_HOST = re.compile(
    r"^(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
)
_DATE = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_MOMENT = re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?$")
_DURATION = re.compile(r"^(\d{1,4}):(\d{2}):(\d{2})$")
_VANITY = re.compile(r"(?:(?:\+|00)\s?49\s?(?:\(0\))?|0)\s?[-/]?\s?(?:700|800|900|180)")
_ITALIAN = re.compile(r"(?:\+|00)\s?39")
"""A number whose zero is dialled from abroad too, also where it stands in brackets."""

_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
"""What Babel has names for beside the countries of ISO 3166: unions, exclaves, and letters for tests."""

_FEWEST_DIGITS = 4
"""Of a phone number without its country; the library lets two pass for Germany. Niue has numbers of four."""

LONGEST_LINE = 300
"""Characters of a text on one line, a mail's subject among them."""

_HIGHEST_CENTS = 10_000_000


def one_line(typed: str, field: str) -> str:
    """Return a text on one line, trimmed, without control characters. Raises TEXT_TOO_LONG over 300."""
    plain = typed
    if not typed.isprintable():
        plain = "".join(" " if unicodedata.category(one) in {"Cc", "Zl", "Zp"} else one for one in typed)
    trimmed = " ".join(plain.split())
    if len(trimmed) > LONGEST_LINE:
        raise RuleBroken(Rule.TEXT_TOO_LONG, field=field, limit=LONGEST_LINE)
    return trimmed


def required(typed: str, field: str) -> str:
    """Return a text on one line that must not be empty. Raises TEXT_MISSING."""
    line = one_line(typed, field)
    if not line:
        raise RuleBroken(Rule.TEXT_MISSING, field=field)
    return line


def several_lines(typed: str, field: str, limit: int) -> str:
    """Return a text of several lines, trimmed, without other control characters. Raises TEXT_TOO_LONG."""
    lines = (
        "".join(one for one in line if one == "\t" or unicodedata.category(one) != "Cc")
        for line in typed.splitlines()
    )
    kept = "\n".join(line.rstrip() for line in lines).strip()
    if len(kept) > limit:
        raise RuleBroken(Rule.TEXT_TOO_LONG, field=field, limit=limit)
    return kept


def each_once(values: Sequence[object], field: str) -> None:
    """Raise FIELD_CONTRADICTS with the `place` of the first value that stood there before."""
    for place, one in enumerate(values):
        if one in values[:place]:
            said = text.date(one) if isinstance(one, date) else str(one)
            raise RuleBroken(Rule.FIELD_CONTRADICTS, field=field, value=said, place=place)


def email(typed: str, field: str) -> str:
    """Return a mail address normalised. Raises EMAIL_INVALID, EMAIL_WITHOUT_ENDING."""
    return check_address(typed, field=field)


def phone(typed: str, field: str) -> str:
    """Return a phone number as E.164; German where it names no country. Raises PHONE_INVALID.

    Vanity letters are dialled by the keypad: 0700 LAVERMAS is 0700 52837627. Only numbers that are given
    out for it have them; in any other, letters are words such as "DW 5" and no part of the number.
    """
    import phonenumbers  # noqa: PLC0415 (24 ms that no start should pay)

    line = one_line(typed, field)
    if not any(one.isdigit() for one in line):
        raise RuleBroken(Rule.PHONE_INVALID, field=field)  # "keins" could be dialled by the keypad too
    if any(one.isalpha() for one in line) and not _VANITY.match(line):
        raise RuleBroken(Rule.PHONE_INVALID, field=field)
    dialled = phonenumbers.convert_alpha_characters_in_number(line)
    if not _ITALIAN.match(dialled):
        dialled = dialled.replace("(0)", "")
    try:
        parsed = phonenumbers.parse(dialled, "DE")
    except phonenumbers.NumberParseException as error:
        raise RuleBroken(Rule.PHONE_INVALID, field=field) from error
    digits = phonenumbers.national_significant_number(parsed)
    if not phonenumbers.is_possible_number(parsed) or len(digits) < _FEWEST_DIGITS:
        raise RuleBroken(Rule.PHONE_INVALID, field=field)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def iban(typed: str, field: str) -> str:
    """Return an IBAN without blanks, its check digits right (ISO 13616). Raises IBAN_INVALID."""
    from stdnum import iban as numbers  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return str(numbers.validate(typed))
    except ValidationError as error:
        raise RuleBroken(Rule.IBAN_INVALID, field=field) from error


def bic(typed: str, field: str) -> str:
    """Return a bank's identifier in its compact form (ISO 9362). Raises BIC_INVALID."""
    from stdnum import bic as codes  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return str(codes.validate(typed))
    except ValidationError as error:
        raise RuleBroken(Rule.BIC_INVALID, field=field) from error


def vat_id(typed: str, field: str) -> str:
    """Return a VAT ID of an EU state in its compact form. Raises VAT_ID_INVALID."""
    from stdnum.eu import vat  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return str(vat.validate(typed))
    except ValidationError as error:
        raise RuleBroken(Rule.VAT_ID_INVALID, field=field) from error


def leitweg_id(typed: str, field: str) -> str:
    """Return a Leitweg-ID whose check digits are right (mod 97-10). Raises LEITWEG_INVALID."""
    from stdnum.de import leitweg  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return str(leitweg.validate(typed.strip()))
    except ValidationError as error:
        raise RuleBroken(Rule.LEITWEG_INVALID, field=field) from error


def postcode(typed: str, country: str, field: str) -> str:
    """Return a postcode; five digits in Germany. Raises POSTCODE_INVALID."""
    line = one_line(typed, field)
    if country == "DE" and not re.fullmatch(r"[0-9]{5}", line):
        raise RuleBroken(Rule.POSTCODE_INVALID, field=field)
    return line


def country(typed: str, field: str) -> str:
    """Return a country's two letters (ISO 3166); a German or English name is understood.

    Raises COUNTRY_UNKNOWN.
    """
    from babel import Locale  # noqa: PLC0415

    line = one_line(typed, field)
    for language in ("de", "en"):
        territories = Locale.parse(language).territories
        for code, name in territories.items():
            of_iso = len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
            if of_iso and line.lower() in (code.lower(), str(name).lower()):
                return str(code)
    raise RuleBroken(Rule.COUNTRY_UNKNOWN, field=field, value=line)


def host(typed: str, field: str) -> str:
    """Return a server's name or IPv4/IPv6 address. Raises HOST_INVALID."""
    line = one_line(typed, field)
    if not _HOST.match(line) and not _is_ipv6(line):
        raise RuleBroken(Rule.HOST_INVALID, field=field)
    return line


def _is_ipv6(line: str) -> bool:
    import ipaddress  # noqa: PLC0415

    try:
        return ipaddress.ip_address(line).version == 6
    except ValueError:
        return False


def port(typed: str, field: str) -> int:
    """Return a port. Raises NUMBER_INVALID outside 1 to 65535."""
    return whole_number(typed, field, 1, 65535)


def whole_number(typed: str, field: str, lowest: int, highest: int) -> int:
    """Return a whole number between two bounds. Raises NUMBER_INVALID."""
    line = typed.strip()
    if not re.fullmatch(r"[0-9]{1,9}", line) or not lowest <= int(line) <= highest:
        raise RuleBroken(Rule.NUMBER_INVALID, field=field, lowest=lowest, highest=highest)
    return int(line)


def cents(typed: str, field: str) -> int:
    """Return an amount of money typed as 2,25 or 1.234,50 (also 2.25) in cents.

    Raises AMOUNT_INVALID for anything else: more than two digits after the comma, a sign, letters.
    """
    line = typed.replace("€", "").replace("EUR", "").replace("\u00a0", "").strip()
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?", line):
        line = line.replace(".", "")
    line = line.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", line):
        raise RuleBroken(Rule.AMOUNT_INVALID, field=field)
    value = int(Decimal(line) * 100)
    if value > _HIGHEST_CENTS:
        raise RuleBroken(Rule.AMOUNT_INVALID, field=field)
    return value


def percent(typed: str, field: str) -> Decimal:
    """Return a rate from 0 to 100 with at most two digits after the comma. Raises NUMBER_INVALID."""
    line = typed.replace("%", "").replace(",", ".").strip()
    try:
        value = Decimal(line)
    except InvalidOperation as error:
        raise RuleBroken(Rule.NUMBER_INVALID, field=field, lowest=0, highest=100) from error
    if not value.is_finite() or not 0 <= value <= 100 or value * 100 != int(value * 100):
        raise RuleBroken(Rule.NUMBER_INVALID, field=field, lowest=0, highest=100)
    whole = int(value)
    return Decimal(whole) if whole == value else value


def day(typed: str, field: str) -> date:
    """Return a day typed as 31.12.2024. Raises DATE_INVALID (31.02. as well)."""
    found = _DATE.match(typed.strip())
    if found is None:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=typed.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError as error:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=typed.strip()) from error


def moment(typed: str, field: str) -> datetime:
    """Return the instant (UTC) of a local time typed as 01.03.2022 10:22, with seconds if need be.

    Raises DATE_INVALID, also for a time that the change to summer time leaves out.
    """
    found = _MOMENT.match(typed.strip())
    if found is None:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=typed.strip())
    on = day(found[1], field)
    try:
        at = time(int(found[2]), int(found[3]), int(found[4] or 0))
        return from_local(datetime.combine(on, at))
    except (ValueError, OverflowError) as error:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=typed.strip()) from error


def duration(typed: str, field: str) -> int:
    """Return the seconds of a duration typed as 00:12:22. Raises DURATION_INVALID (00:75:00 as well)."""
    found = _DURATION.match(typed.strip())
    if found is None or int(found[2]) > 59 or int(found[3]) > 59:
        raise RuleBroken(Rule.DURATION_INVALID, field=field, value=typed.strip())
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])


def yes_or_no(typed: str, field: str) -> bool:
    """Return whether somebody wrote yes: ja/nein, yes/no, j/n, 1/0. Raises YES_OR_NO."""
    word = typed.strip().lower()
    if word in {"ja", "j", "yes", "y", "1", "wahr", "true"}:
        return True
    if word in {"nein", "n", "no", "0", "falsch", "false"}:
        return False
    raise RuleBroken(Rule.YES_OR_NO, field=field, value=typed.strip())
