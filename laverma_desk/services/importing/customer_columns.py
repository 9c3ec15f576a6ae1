"""The columns of a customer file, what each is checked by, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from laverma_desk.domain.connecting import is_id, plain_id
from laverma_desk.domain.customer import InvoiceFormat, Salutation, Tool, is_partner_id, partner_id_digits
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.tariff import Rounding
from laverma_desk.services import checks
from laverma_desk.services.customers.fields import (
    FARTHEST_KM,
    LONGEST_PAYMENT_DAYS,
    debtor_account,
    electronic_address,
)

NUMBER, NAME, STREET, POSTCODE, CITY, COUNTRY = "Kundennummer", "Name", "Straße", "PLZ", "Ort", "Land"
PHONE, EMAIL_REPORT, EMAIL_INVOICE = "Telefon", "E-Mail Bericht", "E-Mail Rechnung"
VAT_ID, LEITWEG_ID, ON_SITE = "USt-IdNr", "Leitweg-ID", "Vor-Ort-Preis"
CONTACT, AGREEMENT_FROM, AGREEMENT_UNTIL = "Ansprechpartner", "AVV von", "AVV bis"
WORKSTATION, PARTNER_ID, TOOL = "Arbeitsplatz", "Partner-ID", "Programm"

SOFTWARE, SINCE, PAYMENT_DAYS = "Software", "Kunde seit", "Zahlungsziel"
ON_SITE_KM, ON_SITE_TRAVEL, ON_SITE_HOURLY = "Entfernung km", "Anfahrt", "Vor-Ort-Stundensatz"
INVOICE_FORMAT, ELECTRONIC_ADDRESS, LANGUAGE = "Rechnungsformat", "E-Rechnungsadresse", "Sprache"
ARCHIVED = "Archiviert"
SALUTATION, ROLE = "Anrede", "Funktion"
CONTACT_PHONE, CONTACT_MOBILE, CONTACT_EMAIL = "Durchwahl", "Mobiltelefon", "E-Mail Ansprechpartner"
GETS_REPORTS, GETS_INVOICES, SIGNS = "Bericht an", "Rechnung an", "Unterzeichnet AVV"
PLACE, WORKSTATION_ARCHIVED = "Standort", "Arbeitsplatz archiviert"
TARIFF_FROM, MINUTE_PRICE, ROUNDING = "Tarif ab", "Minutenpreis", "Rundung"
AGREEMENT_ENDED = "AVV beendet am"
DEBTOR_ACCOUNT = "Debitorenkonto"

COLUMNS = (
    NUMBER, NAME, STREET, POSTCODE, CITY, COUNTRY, PHONE, EMAIL_REPORT, EMAIL_INVOICE, VAT_ID, LEITWEG_ID,
    CONTACT, AGREEMENT_FROM, AGREEMENT_UNTIL, ON_SITE, WORKSTATION, PARTNER_ID, TOOL,
    SOFTWARE, SINCE, PAYMENT_DAYS, ON_SITE_KM, ON_SITE_TRAVEL, ON_SITE_HOURLY, INVOICE_FORMAT,
    ELECTRONIC_ADDRESS, LANGUAGE, ARCHIVED, SALUTATION, ROLE, CONTACT_PHONE, CONTACT_MOBILE, CONTACT_EMAIL,
    GETS_REPORTS, GETS_INVOICES, SIGNS, PLACE, WORKSTATION_ARCHIVED, TARIFF_FROM, MINUTE_PRICE, ROUNDING,
    AGREEMENT_ENDED, DEBTOR_ACCOUNT,
)  # fmt: skip
REQUIRED = (NUMBER, NAME)

Check = Callable[[str, str], Any]

NO_SALUTATION = "keine"
SALUTATION_WORDS = {Salutation.MS: "Frau", Salutation.MR: "Herr", Salutation.NONE: NO_SALUTATION}
FORMAT_WORDS = {
    InvoiceFormat.HOUSE: "", InvoiceFormat.PDF: "PDF", InvoiceFormat.ZUGFERD: "ZUGFeRD",
    InvoiceFormat.XRECHNUNG: "XRechnung",
}  # fmt: skip
LANGUAGE_WORDS = {"de": "Deutsch", "en": "Englisch"}
TOOL_WORDS = {
    Tool.TEAMVIEWER: "TeamViewer", Tool.ANYDESK: "AnyDesk", Tool.RUSTDESK: "RustDesk", Tool.OTHER: "anderes",
}  # fmt: skip
ROUNDING_WORDS = {
    Rounding.STARTED_MINUTE: "angefangene Minute", Rounding.NEAREST_MINUTE: "nächste Minute",
    Rounding.FULL_MINUTE: "volle Minute", Rounding.EXACT_SECOND: "sekundengenau",
}  # fmt: skip

_SALUTATIONS = {
    "frau": Salutation.MS, "fr.": Salutation.MS, "ms": Salutation.MS, "ms.": Salutation.MS,
    "mrs": Salutation.MS, "mrs.": Salutation.MS, "herr": Salutation.MR, "herrn": Salutation.MR,
    "hr.": Salutation.MR, "mr": Salutation.MR, "mr.": Salutation.MR,
}  # fmt: skip
_TOOLS = {word.casefold(): one for one, word in TOOL_WORDS.items()} | {
    "other": Tool.OTHER, "anderes programm": Tool.OTHER, "sonstiges": Tool.OTHER,
}  # fmt: skip
_FORMATS = {word.casefold(): one for one, word in FORMAT_WORDS.items() if word}
_LANGUAGES = {"deutsch": "de", "de": "de", "german": "de", "englisch": "en", "en": "en", "english": "en"}
_PLATES = {"d": "DE", "brd": "DE", "a": "AT"}
"""Signs on cars, as which address books name countries, that are no country's two letters."""

_ROUNDINGS = {word.casefold(): one for one, word in ROUNDING_WORDS.items()} | {
    one.value: one for one in Rounding
}


def _one_of(words: Mapping[str, Any], known: Mapping[Any, str], typed: str, column: str) -> Any:
    found = words.get(" ".join(typed.split()).casefold())
    if found is None:
        listed = ", ".join(word for word in known.values() if word)
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=column, value=typed.strip(), known=listed)
    return found


def read_tool(typed: str, column: str) -> str:
    """Return a program's stored name. Raises VALUE_NOT_IN_LIST."""
    return str(_one_of(_TOOLS, TOOL_WORDS, typed, column).value)


def read_partner_id(typed: str, column: str) -> str:
    """Return the digits of TeamViewer's ID. Raises PARTNER_ID_INVALID."""
    digits = partner_id_digits(typed)
    if not is_partner_id(digits) or any(one.isalpha() for one in typed):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field=column)
    return digits


def _id_check(tool: Tool) -> Check:
    def read(typed: str, column: str) -> str:
        plain = plain_id(tool, typed)
        # Digits are let in whatever their number: desks hold such from before each tool had a pattern.
        if not is_id(tool, plain) and not (plain.isascii() and plain.isdigit()):
            raise RuleBroken(Rule.PARTNER_ID_INVALID, field=column, tool=tool)
        return plain

    return read


_ID_CHECKS: Mapping[Tool, Check] = {
    one: read_partner_id if one is Tool.TEAMVIEWER else _id_check(one) for one in Tool
}


def id_check_of(tool: str) -> Check:
    """Return what checks a partner ID in a row that names this program."""
    return _ID_CHECKS[_TOOLS.get(" ".join(tool.split()).casefold(), Tool.TEAMVIEWER)]


def read_salutation(typed: str, column: str) -> str:
    """Return how somebody is addressed; "keine" says that nothing is known. Raises VALUE_NOT_IN_LIST."""
    if typed.strip().casefold() == NO_SALUTATION:
        return Salutation.NONE.value
    return str(_one_of(_SALUTATIONS, SALUTATION_WORDS, typed, column).value)


def known_salutation(word: str) -> Salutation | None:
    """Return the salutation that a word is, None where it is none."""
    return _SALUTATIONS.get(word.casefold())


def read_rounding(typed: str, column: str) -> str:
    """Return a rounding rule's stored name. Raises VALUE_NOT_IN_LIST."""
    return str(_one_of(_ROUNDINGS, ROUNDING_WORDS, typed, column).value)


def read_day(typed: str, column: str) -> str:
    """Return a day as ISO 8601, as which it can be staged. Raises DATE_INVALID."""
    return checks.day(typed, column).isoformat()


def _format(typed: str, column: str) -> str:
    return str(_one_of(_FORMATS, FORMAT_WORDS, typed, column).value)


def _language(typed: str, column: str) -> str:
    return str(_one_of(_LANGUAGES, LANGUAGE_WORDS, typed, column))


def _country(typed: str, column: str) -> str:
    return checks.country(_PLATES.get(typed.strip().casefold(), typed), column)


def _days(typed: str, column: str) -> int:
    return checks.whole_number(typed, column, 0, LONGEST_PAYMENT_DAYS)


def _kilometres(typed: str, column: str) -> int:
    return checks.whole_number(typed.lower().removesuffix("km"), column, 0, FARTHEST_KM)


CUSTOMER_FIELDS: Mapping[str, tuple[str, Check]] = {
    NAME: ("name", checks.required),
    STREET: ("street", checks.one_line),
    CITY: ("city", checks.one_line),
    COUNTRY: ("country", _country),
    PHONE: ("phone", checks.phone),
    EMAIL_REPORT: ("email_report", checks.email),
    EMAIL_INVOICE: ("email_invoice", checks.email),
    VAT_ID: ("vat_id", checks.vat_id),
    LEITWEG_ID: ("leitweg_id", checks.leitweg_id),
    ON_SITE: ("on_site_cents", checks.cents),
    SOFTWARE: ("software", checks.one_line),
    SINCE: ("since", read_day),
    PAYMENT_DAYS: ("payment_days", _days),
    ON_SITE_KM: ("on_site_km", _kilometres),
    ON_SITE_TRAVEL: ("on_site_travel_cents", checks.cents),
    ON_SITE_HOURLY: ("on_site_hourly_cents", checks.cents),
    INVOICE_FORMAT: ("invoice_format", _format),
    ELECTRONIC_ADDRESS: ("electronic_address", electronic_address),
    LANGUAGE: ("language", _language),
    ARCHIVED: ("archived", checks.yes_or_no),
    DEBTOR_ACCOUNT: ("debtor_account", debtor_account),
}
"""Column → field and its check, of what belongs to the customer; the postcode also needs the country."""

CONTACT_FIELDS: Mapping[str, tuple[str, Check]] = {
    SALUTATION: ("salutation", read_salutation),
    ROLE: ("role", checks.one_line),
    CONTACT_PHONE: ("phone", checks.phone),
    CONTACT_MOBILE: ("mobile", checks.phone),
    CONTACT_EMAIL: ("email", checks.email),
    GETS_REPORTS: ("gets_reports", checks.yes_or_no),
    GETS_INVOICES: ("gets_invoices", checks.yes_or_no),
    SIGNS: ("signs_agreement", checks.yes_or_no),
}
"""Column → field and its check, of what belongs to the person of a row."""

WORKSTATION_FIELDS: Mapping[str, tuple[str, Check]] = {
    TOOL: ("tool", read_tool),
    PARTNER_ID: ("partner_id", read_partner_id),
    PLACE: ("place", checks.one_line),
    WORKSTATION_ARCHIVED: ("archived", checks.yes_or_no),
}
"""Column → field and its check, of what belongs to the machine of a row."""

TARIFF_FIELDS: Mapping[str, tuple[str, Check]] = {
    MINUTE_PRICE: ("price_cents", checks.cents),
    ROUNDING: ("rounding", read_rounding),
}
"""Column → field and its check, of what a customer pays instead of the house's tariff."""
