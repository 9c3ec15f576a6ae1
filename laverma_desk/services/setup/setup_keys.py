"""Which sections and keys a setup file may hold, and what each value has to be."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from laverma_desk.domain.bookkeeping import CLIENTS, CONSULTANTS, LENGTHS, MONTHS, Chart, RevenueAccount
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.document_number import check_format
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.domain.mail_account import Security
from laverma_desk.domain.tariff import Rounding
from laverma_desk.services import checks
from laverma_desk.services.problems import Problems

C = TypeVar("C", Rounding, Security, InvoiceFormat)

Check = Callable[[Any, str], Any]
"""From a TOML value and its place ("company.iban") to a checked value, or RuleBroken."""

LONGEST_PAYMENT_DAYS = 365
_HIGHEST_PRICE = 1000
_LONGEST_NAME = 60


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise RuleBroken(Rule.TYPE_WRONG, field=place, wanted="text")
    return value


def _required(value: Any, place: str) -> str:
    return checks.required(_text(value, place), place)


def _optional(check: Callable[[str, str], Any]) -> Check:
    """Let a text be empty, and check it otherwise."""

    def checked(value: Any, place: str) -> Any:
        typed = _text(value, place)
        return check(typed, place) if typed.strip() else ""

    return checked


def _dialled(typed: str, place: str) -> str:
    """Check a phone number and keep its own spelling (vanity numbers)."""
    checks.phone(typed, place)
    return checks.one_line(typed, place)


def _flag(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise RuleBroken(Rule.TYPE_WRONG, field=place, wanted="flag")
    return value


def _whole(lowest: int, highest: int) -> Check:
    def checked(value: Any, place: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise RuleBroken(Rule.TYPE_WRONG, field=place, wanted="number")
        if not lowest <= value <= highest:
            raise RuleBroken(Rule.NUMBER_INVALID, field=place, lowest=lowest, highest=highest)
        return value

    return checked


_account = _whole(1, 999_999_999)


def _decimal(value: Any, place: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise RuleBroken(Rule.TYPE_WRONG, field=place, wanted="number")
    return Decimal(value)


def _price(value: Any, place: str) -> int:
    """Return cents; a number of TOML is exact, a text is read as people type amounts."""
    if isinstance(value, str):
        cents = checks.cents(value, place)
    else:
        exact = _decimal(value, place)
        if not exact.is_finite() or not 0 <= exact <= _HIGHEST_PRICE or exact * 100 != int(exact * 100):
            raise RuleBroken(Rule.AMOUNT_INVALID, field=place)
        cents = int(exact * 100)
    if cents > _HIGHEST_PRICE * 100:
        raise RuleBroken(Rule.AMOUNT_INVALID, field=place)
    return cents


def _rate(value: Any, place: str) -> Decimal:
    if isinstance(value, str):
        return checks.percent(value, place)
    exact = _decimal(value, place)
    if not exact.is_finite() or not 0 <= exact <= 100:
        raise RuleBroken(Rule.NUMBER_INVALID, field=place, lowest=0, highest=100)
    return checks.percent(f"{exact:f}", place)


def _choice(kind: type[C]) -> Check:
    """Let a text be one of those that stand for something."""
    words = {one.value: one for one in kind if one.value}

    def checked(value: Any, place: str) -> C:
        typed = _text(value, place)
        found = words.get(typed.strip())
        if found is None:
            raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=place, value=typed, known=", ".join(words))
        return found

    return checked


def _number_format(value: Any, place: str) -> str:
    return check_format(checks.required(_text(value, place), place), place)


def _chart(value: Any, place: str) -> Chart:
    typed = _text(value, place).strip().upper()
    if typed not in Chart.__members__:
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=place, value=typed, known=", ".join(Chart.__members__))
    return Chart[typed]


def _revenue(value: Any, place: str) -> tuple[RevenueAccount, ...]:
    """Return the accounts of a table whose keys are rates, or one of the two ways that have none."""
    if not isinstance(value, dict):
        raise RuleBroken(Rule.TYPE_WRONG, field=place, wanted="section")
    ways = {"reverse_charge": VatCategory.REVERSE_CHARGE, "small_business": VatCategory.EXEMPT}
    return tuple(
        RevenueAccount(
            ways.get(key, VatCategory.STANDARD),
            Decimal(0) if key in ways else checks.percent(key, place),
            _account(account, place),
        )
        for key, account in value.items()
    )


def _never(value: Any, place: str) -> None:  # noqa: ARG001 (whatever it is)
    raise RuleBroken(Rule.SETTING_IS_SECRET, field=place)


SECTIONS: Mapping[str, Mapping[str, Check]] = {
    "company": {
        "name": _required,
        "street": _optional(checks.one_line),
        "postcode": _optional(checks.one_line),
        "city": _optional(checks.one_line),
        "country": _optional(checks.country),
        "phone": _optional(_dialled),
        "email": _optional(checks.email),
        "website": _optional(checks.one_line),
        "tax_number": _optional(checks.one_line),
        "vat_id": _optional(checks.vat_id),
        "register": _optional(checks.one_line),
        "account_holder": _optional(checks.one_line),
        "iban": _optional(checks.iban),
        "bic": _optional(checks.bic),
        "bank": _optional(checks.one_line),
        "small_business": _flag,
        "tax_office": _optional(checks.one_line),
        "vat_on_receipt": _flag,
    },
    "tariff": {"price_per_minute": _price, "rounding": _choice(Rounding), "vat_rate": _rate},
    "supporter": {"name": _required, "email": _optional(checks.email)},
    "mail": {
        "host": _optional(checks.host),
        "port": _whole(1, 65535),
        "security": _choice(Security),
        "user": _optional(checks.one_line),
        "sender": _optional(checks.email),
        "sender_name": _optional(checks.one_line),
    },
    "invoice": {
        "number_format": _number_format,
        "cancellation_format": _number_format,
        "reminder_format": _number_format,
        "dunning_format": _number_format,
        "payment_days": _whole(0, LONGEST_PAYMENT_DAYS),
        "format": _choice(InvoiceFormat),
    },
    "bookkeeping": {
        "consultant": _whole(*CONSULTANTS),
        "client": _whole(*CLIENTS),
        "chart": _chart,
        "account_length": _whole(*LENGTHS),
        "fiscal_month": _whole(*MONTHS),
        "revenue": _revenue,
        "bank": _account,
        "first_debtor": _account,
        "payments": _flag,
        "service_dates": _flag,
        "committed": _flag,
    },
}
REPEATED = "supporter"
"""The one section that stands in double brackets, once for each person."""

_SECRETS = frozenset({"password", "passwort", "kennwort"})


def check_document(
    document: Mapping[str, Any], problems: Problems
) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the checked values by section, and those of each [[supporter]]; problems name their place."""
    given: dict[str, dict[str, Any]] = {}
    supporters: list[dict[str, Any]] = []
    for name, content in document.items():
        if name not in SECTIONS:
            problems.add(unknown(name, SECTIONS), name)
        elif name == REPEATED:
            supporters = _supporters(content, problems)
        elif not isinstance(content, dict):
            problems.add(RuleBroken(Rule.TYPE_WRONG, field=name, wanted="section"), name)
        else:
            given[name] = _section(name, SECTIONS[name], content, problems)
    return given, supporters


def _supporters(content: Any, problems: Problems) -> list[dict[str, Any]]:
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        problems.add(RuleBroken(Rule.TYPE_WRONG, field=REPEATED, wanted="sections"), REPEATED)
        return []
    people: list[dict[str, Any]] = []
    for number, one in enumerate(content, 1):
        place = f"{REPEATED}[{number}]"
        person = _section(place, SECTIONS[REPEATED], one, problems)
        if "name" not in one:
            problems.add(RuleBroken(Rule.TEXT_MISSING, field=f"{place}.name"), f"{place}.name")
        elif "name" in person and any(person["name"] == known.get("name") for known in people):
            problems.add(
                RuleBroken(Rule.FIELD_CONTRADICTS, field=f"{place}.name", value=person["name"]),
                f"{place}.name",
            )
        people.append(person)
    return people


def _section(
    name: str, keys: Mapping[str, Check], content: Mapping[str, Any], problems: Problems
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in content.items():
        place = f"{name}.{key}"
        check = _never if key.casefold() in _SECRETS else keys.get(key)
        if check is None:
            problems.add(unknown(key, keys), place)
            continue
        with problems.at(place):
            values[key] = check(value, place)
    return values


def unknown(name: str, known: Iterable[str]) -> RuleBroken:
    """Return the error for a name that does not exist, with the one that is perhaps meant."""
    choices = list(known)
    near = difflib.get_close_matches(name[:_LONGEST_NAME], choices, n=1)
    return RuleBroken(
        Rule.SETTING_UNKNOWN, field=name, near=near[0] if near else "", known=", ".join(choices)
    )
