"""Names in words for the figures of an invoice that a check compares: nobody reads the names of fields."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from laverma_desk import text
from laverma_desk.domain.einvoice_needs import Need
from laverma_desk.explain.needs import need_name
from laverma_desk.i18n import _

_SUM = "sum of "
_PART = re.compile(r"(lines|groups)\[(\d+)\]\.(\w+)")
_RATE = re.compile(r"groups\.\w+\.([\d.]+)")


def difference(place: str, found: str, expected: str) -> str:
    """Return what an XML says otherwise than the record; `place` is one of `einvoice.agreeing`."""
    return _("The XML says %(place)s: %(found)s instead of %(record)s.") % {
        "place": _place(place),
        "found": _value(place, found),
        "record": _value(place, expected),
    }


def figure_name(field: str) -> str:
    """Return what a field of a record, or of its row in the database, is called."""
    return {
        "base": _("price base"),
        "base_unit": _("unit of the price"),
        "buyer_name": need_name(Need.CUSTOMER_NAME),
        "buyer_number": _("customer number"),
        "buyer_reference": need_name(Need.CUSTOMER_REFERENCE),
        "buyer_vat_id": need_name(Need.CUSTOMER_VAT_ID),
        "cancels": _("number of the cancelled invoice"),
        "cancels_on": _("date of the cancelled invoice"),
        "category": _("VAT category"),
        "counted_until": _("day up to which payments are counted"),
        "currency": _("currency"),
        "customer_id": _("customer"),
        "customer_name": need_name(Need.CUSTOMER_NAME),
        "due_cents": _("amount due"),
        "due_on": _("due date"),
        "fee_cents": _("fee of the letter"),
        "first": _("first day of service"),
        "format": _("format"),
        "gross_cents": _("total"),
        "groups": _("number of VAT rates"),
        "guideline": _("profile of the e-invoice"),
        "iban": need_name(Need.COMPANY_IBAN),
        "interest_cents": _("interest asked"),
        "issued_at": _("time of issue"),
        "issued_on": _("invoice date"),
        "kind": _("kind of document"),
        "last": _("last day of service"),
        "level": _("level of the letter"),
        "line_total_cents": _("sum of the lines"),
        "lines": _("number of lines"),
        "net_cents": _("net amount"),
        "number": _("number"),
        "open_cents": _("open amount"),
        "position": _("line number"),
        "price_cents": _("price"),
        "quantity": _("quantity"),
        "rate": _("VAT rate"),
        "reason": _("reason"),
        "remittance": _("payment reference"),
        "seller_name": need_name(Need.COMPANY_NAME),
        "seller_tax_number": _("the house's tax number"),
        "seller_vat_id": need_name(Need.COMPANY_VAT_ID),
        "sums": _("sums"),
        "supporter_name": _("the supporter's name"),
        "type_code": _("kind of document"),
        "unit": _("unit"),
        "vat_category": _("VAT category"),
        "vat_cents": _("VAT"),
        "vat_rate": _("VAT rate"),
    }[field]


def _place(place: str) -> str:
    if place.startswith(_SUM):
        return _("%(figure)s, added up") % {"figure": _place(place.removeprefix(_SUM))}
    if rate := _RATE.fullmatch(place):
        return _("net amount at %(rate)s VAT") % {"rate": text.percent(Decimal(rate[1]))}
    if part := _PART.fullmatch(place):
        words = {"figure": figure_name(part[3]), "n": part[2]}
        if part[1] == "lines":
            return _("%(figure)s in line %(n)s") % words
        return _("%(figure)s of VAT group %(n)s") % words
    return figure_name(place)


def _value(place: str, value: str) -> str:
    if place.endswith("_cents") or _RATE.fullmatch(place.removeprefix(_SUM)):
        return text.money(int(value))
    if place.endswith("rate"):
        return text.percent(Decimal(value))
    try:
        return text.date(date.fromisoformat(value))
    except ValueError:
        return value or _("nothing")
