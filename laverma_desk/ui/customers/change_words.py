"""The lines of a record's history, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from laverma_desk import text
from laverma_desk.i18n import _
from laverma_desk.services.customers.customer_record import SUBJECT_END, Change
from laverma_desk.ui.customers import words

_ARROW = "→"


@dataclass(frozen=True)
class ChangeLine:
    """When, who, which field (and whose), and what became of it."""

    at: str
    who: str
    field: str
    change: str


def change_line(change: Change) -> ChangeLine:
    """Return the words of a line."""
    kind, _dot, name = change.field.rpartition(".")
    old_subject, old = _parted(change.old, kind)
    new_subject, new = _parted(change.new, kind)
    field = field_name(change.field)
    subject = _subject(new_subject or old_subject, kind)
    if subject:
        field = f"{subject}: {field}"
    before, after = said_value(name, old), said_value(name, new)
    if before and after:
        said = f"{before} {_ARROW} {after}"
    elif after:
        said = after
    else:
        said = _("removed: %(value)s") % {"value": before} if before else ""
    if change.reason:
        said = f"{said} ({change.reason})" if said else change.reason
    return ChangeLine(text.date_time(change.at), change.who, field, said)


def _parted(value: str, kind: str) -> tuple[str, str]:
    if not kind or SUBJECT_END not in value:
        return "", value
    subject, _end, rest = value.partition(SUBJECT_END)
    return subject, rest


def _subject(subject: str, kind: str) -> str:
    if kind == "tariff" and subject:
        return _("from %(date)s on") % {"date": text.date(date.fromisoformat(subject))}
    return subject


def field_name(field: str) -> str:
    """Return how a field of the log is called; an unknown one by its own name."""
    names = {
        "created": _("created"), "deleted": _("deleted"), "contact": _("contact"),
        "workstation": _("workstation"), "number": _("customer number"), "name": _("name"),
        "street": _("street"), "postcode": _("postcode"), "city": _("city"), "country": _("country"),
        "phone": _("phone"), "mobile": _("mobile"), "email": _("e-mail"), "email_report": _("report to"),
        "email_invoice": _("invoice to"), "software": _("software"), "since": _("customer since"),
        "language": _("language of documents"), "role": _("role"), "salutation": _("salutation"),
        "gets_reports": _("gets reports"), "gets_invoices": _("gets invoices"),
        "signs_agreement": _("signs the DPA"), "tool": _("program"), "partner_id": _("partner ID"),
        "place": _("location"), "archived": _("archived"), "price_cents": _("price per minute"),
        "rounding": _("rounding"), "on_site_cents": _("visit, flat"),
        "on_site_travel_cents": _("visit, travel"), "on_site_hourly_cents": _("visit, per hour"),
        "on_site_km": _("distance"), "payment_days": _("days to pay"), "invoice_format": _("format"),
        "vat_id": _("VAT ID"), "leitweg_id": _("Leitweg-ID"), "electronic_address": _("electronic address"),
        "debtor_account": _("debtor account"),
        "merged_from": _("merged in"), "merged_into": _("merged into"), "erased": _("erased"),
        "erased_at": _("erased"), "restricted_at": _("restricted"), "agreement": _("DPA"),
        "agreement_ended": _("DPA ended"), "former_partner_id": _("former partner ID"),
    }  # fmt: skip
    return names.get(field.rpartition(".")[2], field)


def said_value(name: str, value: str) -> str:
    """Return a kept value in the way people write it."""
    form = _FORMS.get(name) or (_money if name.endswith("_cents") else None)
    if not value or form is None:
        return _chosen(name, value)
    return form(value)


def _money(value: str) -> str:
    return text.money(int(value)) if value.lstrip("-").isdigit() else value


def _day(value: str) -> str:
    return text.date(date.fromisoformat(value))


def _span(value: str) -> str:
    """Return days such as 2022-01-15/2026-12-31, the last one left out where there is none, or one day."""
    begin, slash, end = value.partition("/")
    if not slash:
        return _day(begin)
    if not end:
        return _("from %(begin)s, open-ended") % {"begin": _day(begin)}
    return _("%(begin)s to %(end)s") % {"begin": _day(begin), "end": _day(end)}


def _yes_or_no(value: str) -> str:
    return {"yes": _("yes"), "no": _("no")}.get(value, value)


def _chosen(name: str, value: str) -> str:
    choices: dict[str, words.Choices] = {
        "tool": words.tools(),
        "rounding": words.roundings(),
        "language": words.languages(),
        "salutation": words.salutations(),
        "invoice_format": words.invoice_formats(),
    }
    return dict(choices.get(name, [])).get(value, " ".join(value.split())) if value else ""


_FORMS: dict[str, Callable[[str], str]] = {
    "phone": text.phone,
    "mobile": text.phone,
    "partner_id": text.partner_id,
    "former_partner_id": text.partner_id,
    "country": text.country,
    "since": _day,
    "restricted_at": _day,
    "erased_at": _day,
    "erased": _day,
    "agreement": _span,
    "agreement_ended": _span,
    "archived": _yes_or_no,
    "gets_reports": _yes_or_no,
    "gets_invoices": _yes_or_no,
    "signs_agreement": _yes_or_no,
}
