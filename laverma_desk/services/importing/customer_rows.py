"""One line of a customer file becomes checked values; what a line leaves blank it does not state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from laverma_desk.domain.customer import Salutation, Tool, is_partner_id, partner_id_digits
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services import checks
from laverma_desk.services.importing.delimited import Row
from laverma_desk.services.importing.problems import Problems

NUMBER, NAME, COUNTRY, POSTCODE = "Kundennummer", "Name", "Land", "PLZ"
CONTACT, AGREEMENT_FROM, AGREEMENT_UNTIL = "Ansprechpartner", "AVV von", "AVV bis"
WORKSTATION, PARTNER_ID, TOOL = "Arbeitsplatz", "Partner-ID", "Programm"

_Check = Callable[[str, str], Any]


@lru_cache(maxsize=4096)
def _cached(check: _Check, typed: str, column: str) -> Any:
    # The rows of one practice repeat its values, and a phone number takes a tenth of a millisecond.
    return check(typed, column)


def _day(typed: str, column: str) -> str:
    return checks.day(typed, column).isoformat()


FIELDS: Mapping[str, tuple[str, _Check]] = {
    NAME: ("name", checks.required),
    "Straße": ("street", checks.one_line),
    "Ort": ("city", checks.one_line),
    COUNTRY: ("country", checks.country),
    "Telefon": ("phone", checks.phone),
    "E-Mail Bericht": ("email_report", checks.email),
    "E-Mail Rechnung": ("email_invoice", checks.email),
    "USt-IdNr": ("vat_id", checks.vat_id),
    "Leitweg-ID": ("leitweg_id", checks.leitweg_id),
    "Vor-Ort-Preis": ("on_site_cents", checks.cents),
    AGREEMENT_FROM: ("agreement_from", _day),
    AGREEMENT_UNTIL: ("agreement_until", _day),
}
"""Column → field and its check, of what belongs to the customer; the postcode also needs the country."""

COLUMNS = (
    NUMBER, NAME, "Straße", POSTCODE, "Ort", COUNTRY, "Telefon", "E-Mail Bericht", "E-Mail Rechnung",
    "USt-IdNr", "Leitweg-ID", CONTACT, AGREEMENT_FROM, AGREEMENT_UNTIL, "Vor-Ort-Preis", WORKSTATION,
    PARTNER_ID, TOOL,
)  # fmt: skip
REQUIRED = (NUMBER, NAME)

_TOOLS = {
    "teamviewer": Tool.TEAMVIEWER, "anydesk": Tool.ANYDESK, "rustdesk": Tool.RUSTDESK, "other": Tool.OTHER,
    "anderes": Tool.OTHER, "anderes programm": Tool.OTHER, "sonstiges": Tool.OTHER,
}  # fmt: skip
_SALUTATIONS = {
    "frau": Salutation.MS, "fr.": Salutation.MS, "ms": Salutation.MS, "mrs": Salutation.MS,
    "herr": Salutation.MR, "herrn": Salutation.MR, "hr.": Salutation.MR, "mr": Salutation.MR,
}  # fmt: skip


@dataclass(frozen=True)
class Stated:
    """A value that a row states for its customer: checked, and as it was typed."""

    column: str
    field: str
    value: Any
    typed: str


@dataclass(frozen=True)
class StatedWorkstation:
    """A machine of a row; empty values are not stated."""

    name: str
    partner_id: str
    tool: str


@dataclass(frozen=True)
class CustomerRow:
    """What one row says; `contact` is name and salutation."""

    line: int
    number: str
    stated: tuple[Stated, ...]
    contact: tuple[str, str] | None
    workstation: StatedWorkstation | None


def read_row(row: Row, country_of: Callable[[str], str], problems: Problems) -> CustomerRow | None:
    """Return a row checked, or None where it has problems.

    `country_of` says for a customer number which country is known so far; it decides about postcodes.
    """
    before = problems.count
    number = ""
    with problems.at(NUMBER, row.line):
        number = checks.required(row.values[NUMBER], NUMBER)
    stated = _stated(row, country_of(number), problems)
    contact, workstation = None, None
    with problems.at(CONTACT, row.line):
        contact = person(row.values.get(CONTACT, ""))
    with problems.at(WORKSTATION, row.line):
        workstation = _workstation(row, problems)
    if problems.count > before:
        return None
    return CustomerRow(row.line, number, tuple(stated), contact, workstation)


def _stated(row: Row, known_country: str, problems: Problems) -> list[Stated]:
    stated: list[Stated] = []
    for column, (field, check) in FIELDS.items():
        typed = row.values.get(column, "")
        if typed.strip() or column == NAME:
            with problems.at(column, row.line):
                stated.append(Stated(column, field, _cached(check, typed, column), typed.strip()))
    typed = row.values.get(POSTCODE, "")
    if typed.strip():
        country = next((one.value for one in stated if one.field == "country"), known_country)
        with problems.at(POSTCODE, row.line):
            postcode = checks.postcode(typed, country, POSTCODE)
            stated.append(Stated(POSTCODE, "postcode", postcode, typed.strip()))
    return stated


def person(typed: str) -> tuple[str, str] | None:
    """Return name and salutation of "Frau Sabine Lorenz", None for nobody. Raises TEXT_MISSING for "Frau"."""
    line = checks.one_line(typed, CONTACT)
    if not line:
        return None
    first, _blank, rest = line.partition(" ")
    salutation = _SALUTATIONS.get(first.casefold())
    if salutation is None:
        return line, Salutation.NONE.value
    return checks.required(rest, CONTACT), salutation.value


def _workstation(row: Row, problems: Problems) -> StatedWorkstation | None:
    name = checks.one_line(row.values.get(WORKSTATION, ""), WORKSTATION)
    typed_id, typed_tool = row.values.get(PARTNER_ID, "").strip(), row.values.get(TOOL, "").strip()
    if not name:
        if typed_id or typed_tool:
            raise RuleBroken(Rule.TEXT_MISSING, field=WORKSTATION)
        return None
    tool, partner_id = "", ""
    with problems.at(TOOL, row.line):
        tool = _tool(typed_tool)
    with problems.at(PARTNER_ID, row.line):
        partner_id = _partner_id(typed_id)
    return StatedWorkstation(name, partner_id, tool)


def _tool(typed: str) -> str:
    if not typed:
        return ""
    found = _TOOLS.get(typed.casefold())
    if found is None:
        known = "TeamViewer, AnyDesk, RustDesk, anderes"
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=TOOL, value=typed, known=known)
    return found.value


def _partner_id(typed: str) -> str:
    """Return the digits of an ID; all three programs give nine or ten."""
    digits = partner_id_digits(typed)
    if typed and (not is_partner_id(digits) or any(one.isalpha() for one in typed)):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field=PARTNER_ID)
    return digits
