"""A customer in rows of the import's own headings, spelled so that the import reads the same values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from laverma_desk import text
from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.customer import Contact, Customer, Workstation
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services import checks
from laverma_desk.services.cell_text import guarded
from laverma_desk.services.importing import customer_columns as columns
from laverma_desk.storage.customer_export import FullCustomer

_GERMAN = "de"
Cells = Mapping[str, str]


def table_rows(one: FullCustomer) -> list[list[str]]:
    """Return the rows of a customer: all of it in the first, number and name in each."""
    named = {columns.NUMBER: one.customer.number, columns.NAME: one.customer.name}
    rows: list[list[str]] = []
    parts: tuple[list[Cells], ...] = (
        [_customer(one.customer)],
        [_contact(person) for person in one.contacts],
        [_workstation(machine) for machine in one.workstations],
        [_tariff(tariff) for tariff in one.tariffs],
        _agreements(one.agreements),
    )
    nothing: Cells = {}
    for cells in zip_longest(*parts, fillvalue=nothing):
        row: dict[str, str] = dict(named)
        for some in cells:
            row |= some
        rows.append([guarded(row.get(column, "")) for column in columns.COLUMNS])
    return rows


def _customer(one: Customer) -> Cells:
    return {
        columns.STREET: one.street,
        columns.POSTCODE: one.postcode,
        columns.CITY: one.city,
        columns.COUNTRY: _country(one.country),
        columns.PHONE: _phone(one.phone),
        columns.EMAIL_REPORT: one.email_report,
        columns.EMAIL_INVOICE: one.email_invoice,
        columns.VAT_ID: one.vat_id,
        columns.LEITWEG_ID: one.leitweg_id,
        columns.ON_SITE: _amount(one.on_site_cents),
        columns.SOFTWARE: one.software,
        columns.SINCE: _day(one.since),
        columns.PAYMENT_DAYS: _count(one.payment_days),
        columns.ON_SITE_KM: _count(one.on_site_km),
        columns.ON_SITE_TRAVEL: _amount(one.on_site_travel_cents),
        columns.ON_SITE_HOURLY: _amount(one.on_site_hourly_cents),
        columns.INVOICE_FORMAT: columns.FORMAT_WORDS[one.invoice_format],
        columns.ELECTRONIC_ADDRESS: one.electronic_address,
        columns.LANGUAGE: columns.LANGUAGE_WORDS.get(one.language, one.language),
        columns.ARCHIVED: _yes_or_no(one.archived),
        columns.DEBTOR_ACCOUNT: _count(one.debtor_account),
    }


def _contact(one: Contact) -> Cells:
    return {
        columns.CONTACT: one.name,
        columns.SALUTATION: columns.SALUTATION_WORDS[one.salutation],
        columns.ROLE: one.role,
        columns.CONTACT_PHONE: _phone(one.phone),
        columns.CONTACT_MOBILE: _phone(one.mobile),
        columns.CONTACT_EMAIL: one.email,
        columns.GETS_REPORTS: _yes_or_no(one.gets_reports),
        columns.GETS_INVOICES: _yes_or_no(one.gets_invoices),
        columns.SIGNS: _yes_or_no(one.signs_agreement),
    }


def _workstation(one: Workstation) -> Cells:
    return {
        columns.WORKSTATION: one.name,
        columns.PARTNER_ID: text.partner_id(one.partner_id),
        columns.TOOL: columns.TOOL_WORDS[one.tool],
        columns.PLACE: one.place,
        columns.WORKSTATION_ARCHIVED: _yes_or_no(one.archived),
    }


def _tariff(one: CustomerTariff) -> Cells:
    return {
        columns.TARIFF_FROM: _day(one.valid_from),
        columns.MINUTE_PRICE: _amount(one.price_cents),
        columns.ROUNDING: columns.ROUNDING_WORDS[one.rounding] if one.rounding else "",
    }


def _agreements(signed: Sequence[Agreement]) -> list[Cells]:
    """Return each pair of days once: a renewal on the same days is the same to the import."""
    days = {(one.valid_from, one.valid_until): one.ended_on for one in signed}
    return [
        {
            columns.AGREEMENT_FROM: _day(begin),
            columns.AGREEMENT_UNTIL: _day(until),
            columns.AGREEMENT_ENDED: _day(ended),
        }
        for (begin, until), ended in days.items()
    ]


def _day(day: date | None) -> str:
    return "" if day is None else text.date(day, _GERMAN)


def _amount(cents: int | None) -> str:
    return "" if cents is None else text.amount(cents, _GERMAN)


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes_or_no(value: bool) -> str:
    return "ja" if value else "nein"


@lru_cache(maxsize=300)
def _country(code: str) -> str:
    """Return the German name of a country, its letters where the name would not be understood."""
    name = text.country(code, _GERMAN)
    try:
        return name if checks.country(name, columns.COUNTRY) == code else code
    except RuleBroken:
        return code


@lru_cache(maxsize=4096)
def _phone(stored: str) -> str:
    """Return a number as it is read out, where that is the same number."""
    shown = text.phone(stored)
    try:
        return shown if shown and checks.phone(shown, columns.PHONE) == stored else stored
    except RuleBroken:
        return stored
