"""Each field of a customer's record is checked where it is typed, and again before it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from laverma_desk.domain.bookkeeping import DEBTORS
from laverma_desk.domain.connecting import is_id, plain_id
from laverma_desk.domain.customer import InvoiceFormat, Salutation, Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import LANGUAGES
from laverma_desk.services import checks
from laverma_desk.services.customers.forms import DraftKind, VisitPrice

FARTHEST_KM = 2_000
LONGEST_PAYMENT_DAYS = 365
_SCHEME = re.compile(r"(?P<scheme>[0-9]{4}):(?P<name>[A-Za-z0-9][A-Za-z0-9._:-]{0,49})")
_LEITWEG_SCHEME, _GERMAN_VAT_SCHEME = "0204", "9930"

Check = Callable[[str, str], object]


def check_field(
    kind: DraftKind, field: str, typed: str, *, country: str = "DE", tool: str = Tool.TEAMVIEWER.value
) -> object:
    """Return what a field holds as it is kept; an empty one is an empty text or None.

    `country` decides what a postcode looks like, `tool` what a partner ID does. Raises RuleBroken at the
    field, KeyError for a field that the form does not have.
    """
    if kind is DraftKind.MASTER and field == "postcode":
        return checks.postcode(typed, country, field) if typed.strip() else ""
    if kind is DraftKind.WORKSTATION and field == "partner_id":
        return _partner_id(typed, field, tool)
    return _CHECKS[kind][field](typed, field)


def country_code(typed: str) -> str:
    """Return the two letters of a typed country, Germany where nothing or nothing known is typed."""
    try:
        return checks.country(typed, "country") if typed.strip() else "DE"
    except RuleBroken:
        return "DE"


def electronic_address(typed: str, field: str) -> str:
    """Return where an electronic invoice goes (BT-49): a mail address, or "scheme:identifier".

    The scheme is one of the four figures of the EAS list; a Leitweg-ID (0204) and a German VAT ID (9930)
    are checked in full. Raises ELECTRONIC_ADDRESS_INVALID, EMAIL_INVALID and the rules of the identifiers.
    """
    line = checks.one_line(typed, field)
    if "@" in line:
        return checks.email(line, field)
    found = _SCHEME.fullmatch("".join(line.split()))
    if found is None:
        raise RuleBroken(Rule.ELECTRONIC_ADDRESS_INVALID, field=field)
    scheme, name = found["scheme"], found["name"]
    if scheme == _LEITWEG_SCHEME:
        name = checks.leitweg_id(name, field)
    elif scheme == _GERMAN_VAT_SCHEME:
        name = checks.vat_id(name, field)
    return f"{scheme}:{name}"


def _optional(check: Check, empty: object = "") -> Check:
    def checked(typed: str, field: str) -> object:
        return check(typed, field) if typed.strip() else empty

    return checked


def _one_of(*values: str) -> Check:
    def checked(typed: str, field: str) -> object:
        if typed not in values:
            raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=field, value=typed, known=", ".join(values))
        return typed

    return checked


def _whole(highest: int) -> Check:
    def checked(typed: str, field: str) -> object:
        plain = typed.lower().removesuffix("km").strip()
        return checks.whole_number(plain, field, 0, highest)

    return checked


def debtor_account(typed: str, field: str) -> int:
    """Return an account that a debtor could have, with whatever number of digits. Raises NUMBER_INVALID."""
    return checks.whole_number(typed, field, *DEBTORS)


def _partner_id(typed: str, field: str, tool: str) -> str:
    wanted = Tool(tool)
    plain = plain_id(wanted, typed)
    if typed.strip() and not is_id(wanted, plain):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field=field, tool=wanted)
    return plain


def _number(typed: str, field: str) -> object:
    return checks.required(typed, field).replace(" ", "")


_CHECKS: dict[DraftKind, dict[str, Check]] = {
    DraftKind.MASTER: {
        "number": _optional(_number),
        "name": _optional(checks.required),
        "street": checks.one_line,
        "city": checks.one_line,
        "country": _optional(checks.country, "DE"),
        "phone": _optional(checks.phone),
        "email_report": _optional(checks.email),
        "email_invoice": _optional(checks.email),
        "software": checks.one_line,
        "since": _optional(checks.day, None),
        "language": _one_of(*LANGUAGES),
    },
    DraftKind.CONTACT: {
        "name": _optional(checks.required),
        "role": checks.one_line,
        "salutation": _one_of(*(one.value for one in Salutation)),
        "phone": _optional(checks.phone),
        "mobile": _optional(checks.phone),
        "email": _optional(checks.email),
    },
    DraftKind.WORKSTATION: {
        "name": _optional(checks.required),
        "tool": _one_of(*(one.value for one in Tool)),
        "place": checks.one_line,
    },
    DraftKind.TERMS: {
        "visit": _one_of(*(one.value for one in VisitPrice)),
        "flat": _optional(checks.cents, None),
        "travel": _optional(checks.cents, None),
        "hourly": _optional(checks.cents, None),
        "km": _optional(_whole(FARTHEST_KM), None),
        "payment_days": _optional(_whole(LONGEST_PAYMENT_DAYS), None),
        "debtor_account": _optional(debtor_account, None),
    },
    DraftKind.TARIFF: {
        "valid_from": _optional(checks.day, None),
        "price": _optional(checks.cents, None),
        "rounding": _one_of("", *(one.value for one in Rounding)),
    },
    DraftKind.INVOICE: {
        "invoice_format": _one_of(*(one.value for one in InvoiceFormat)),
        "vat_id": _optional(checks.vat_id),
        "leitweg_id": _optional(checks.leitweg_id),
        "electronic_address": _optional(electronic_address),
    },
}
