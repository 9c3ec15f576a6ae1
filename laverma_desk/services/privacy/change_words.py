"""The log of a record in words, for somebody who asks what was changed: fields, days, amounts, choices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from laverma_desk import text
from laverma_desk.domain.customer import InvoiceFormat, Salutation, Tool
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import NAMES, gettext_in
from laverma_desk.services.customers.trace import SUBJECT_END
from laverma_desk.storage.session_history import Change


def change_words(change: Change, tongue: str) -> tuple[str, str, str]:
    """Return the field of a line (and whose it is), and its value before and after."""
    kind, _dot, name = change.field.rpartition(".")
    subject, old = _parted(change.old, kind)
    later, new = _parted(change.new, kind)
    subject = later or subject
    if kind == "tariff" and subject:
        subject = gettext_in(tongue, "from %(date)s on") % {"date": _day(subject, tongue)}
    field = field_name(name, tongue)
    field = field[:1].upper() + field[1:]
    return f"{subject}: {field}" if subject else field, _value(name, old, tongue), _value(name, new, tongue)


def _parted(value: str, kind: str) -> tuple[str, str]:
    subject, end, rest = value.partition(SUBJECT_END)
    return (subject, rest) if kind and end else ("", value)


def field_name(name: str, tongue: str) -> str:
    """Return what a field of the log is called, its own name where it has none here."""
    return {
        "created": gettext_in(tongue, "created"),
        "contact": gettext_in(tongue, "contact"),
        "workstation": gettext_in(tongue, "workstation"),
        "number": gettext_in(tongue, "Customer number"),
        "name": gettext_in(tongue, "Name"),
        "street": gettext_in(tongue, "Street"),
        "postcode": gettext_in(tongue, "Postcode"),
        "city": gettext_in(tongue, "Town"),
        "country": gettext_in(tongue, "Country"),
        "phone": gettext_in(tongue, "Phone"),
        "mobile": gettext_in(tongue, "Mobile"),
        "email": gettext_in(tongue, "E-mail"),
        "email_report": gettext_in(tongue, "Reports to"),
        "email_invoice": gettext_in(tongue, "Invoices to"),
        "software": gettext_in(tongue, "Software"),
        "since": gettext_in(tongue, "Customer since"),
        "language": gettext_in(tongue, "language of documents"),
        "role": gettext_in(tongue, "Role"),
        "salutation": gettext_in(tongue, "salutation"),
        "gets_reports": gettext_in(tongue, "gets reports"),
        "gets_invoices": gettext_in(tongue, "gets invoices"),
        "signs_agreement": gettext_in(tongue, "signs the DPA"),
        "tool": gettext_in(tongue, "Program"),
        "partner_id": gettext_in(tongue, "Partner ID"),
        "former_partner_id": gettext_in(tongue, "former partner ID"),
        "place": gettext_in(tongue, "Place"),
        "archived": gettext_in(tongue, "archived"),
        "price_cents": gettext_in(tongue, "Price per minute"),
        "rounding": gettext_in(tongue, "Rounding"),
        "on_site_cents": gettext_in(tongue, "Visit, flat"),
        "on_site_travel_cents": gettext_in(tongue, "Visit, travel"),
        "on_site_hourly_cents": gettext_in(tongue, "Visit, hourly"),
        "on_site_km": gettext_in(tongue, "distance"),
        "payment_days": gettext_in(tongue, "Days to pay"),
        "invoice_format": gettext_in(tongue, "format"),
        "vat_id": gettext_in(tongue, "VAT ID"),
        "leitweg_id": gettext_in(tongue, "Leitweg-ID"),
        "electronic_address": gettext_in(tongue, "Electronic address"),
        "debtor_account": gettext_in(tongue, "Debtor account"),
        "merged_from": gettext_in(tongue, "Merged from"),
        "merged_into": gettext_in(tongue, "Merged into"),
        "restricted_at": gettext_in(tongue, "Locked"),
        "erased": gettext_in(tongue, "erased"),
        "erased_at": gettext_in(tongue, "erased"),
        "agreement": gettext_in(tongue, "DPA"),
        "agreement_ended": gettext_in(tongue, "DPA ended"),
    }.get(name, name)


def invoice_format_name(one: InvoiceFormat, tongue: str) -> str:
    """Return as what invoices are sent."""
    return {
        InvoiceFormat.HOUSE: "",
        InvoiceFormat.PDF: gettext_in(tongue, "PDF"),
        InvoiceFormat.ZUGFERD: gettext_in(tongue, "ZUGFeRD, PDF with XML"),
        InvoiceFormat.XRECHNUNG: gettext_in(tongue, "XRechnung, XML"),
    }[one]


def _value(name: str, kept: str, tongue: str) -> str:
    form = _FORMS.get(name) or (_money if name.endswith("_cents") else None)
    if not kept or form is None:
        return kept
    try:
        return form(kept, tongue)
    except ValueError:
        return kept  # as it was kept, rather than not at all


def _day(kept: str, tongue: str) -> str:
    return text.date(date.fromisoformat(kept), tongue)


def _span(kept: str, tongue: str) -> str:
    begin, slash, end = kept.partition("/")
    if not slash:
        return _day(begin, tongue)
    last = _day(end, tongue) if end else gettext_in(tongue, "open-ended")
    return f"{_day(begin, tongue)} – {last}"


def _money(kept: str, tongue: str) -> str:
    return text.money(int(kept), tongue)


def _yes_or_no(kept: str, tongue: str) -> str:
    return {"yes": gettext_in(tongue, "yes"), "no": gettext_in(tongue, "no")}.get(kept, kept)


def _salutation(kept: str, tongue: str) -> str:
    return {
        Salutation.NONE: gettext_in(tongue, "no salutation"),
        Salutation.MS: gettext_in(tongue, "Ms"),
        Salutation.MR: gettext_in(tongue, "Mr"),
    }[Salutation(kept)]


_FORMS: dict[str, Callable[[str, str], str]] = {
    "phone": lambda kept, _tongue: text.phone(kept),
    "mobile": lambda kept, _tongue: text.phone(kept),
    "partner_id": lambda kept, _tongue: text.partner_id(kept),
    "former_partner_id": lambda kept, _tongue: text.partner_id(kept),
    "country": text.country,
    "since": _day,
    "restricted_at": _day,
    "erased": _day,
    "erased_at": _day,
    "agreement": _span,
    "agreement_ended": _span,
    "archived": _yes_or_no,
    "gets_reports": _yes_or_no,
    "gets_invoices": _yes_or_no,
    "signs_agreement": _yes_or_no,
    "language": lambda kept, _tongue: NAMES.get(kept, kept),
    "salutation": _salutation,
    "tool": lambda kept, tongue: text.tool(Tool(kept), tongue),
    "rounding": lambda kept, tongue: text.rounding_name(Rounding(kept), tongue),
    "invoice_format": lambda kept, tongue: invoice_format_name(InvoiceFormat(kept), tongue),
}
