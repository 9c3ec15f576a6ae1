"""What two records say of a part, and what a merge would do, in words."""

from __future__ import annotations

from collections.abc import Sequence

from laverma_desk import text
from laverma_desk.domain.customer import Customer, InvoiceFormat
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.customers.merging import MergePreview, MergeSide, Part

_FORMATS = {
    InvoiceFormat.HOUSE: "",
    InvoiceFormat.PDF: "PDF",
    InvoiceFormat.ZUGFERD: "ZUGFeRD",
    InvoiceFormat.XRECHNUNG: "XRechnung",
}


def part_name(part: Part) -> str:
    """Return what a part is called."""
    return {
        Part.NAME: _("Name"),
        Part.ADDRESS: _("Address"),
        Part.PHONE: _("Phone"),
        Part.EMAIL_REPORT: _("Reports to"),
        Part.EMAIL_INVOICE: _("Invoices to"),
        Part.SOFTWARE: _("Software"),
        Part.SINCE: _("Customer since"),
        Part.LANGUAGE: _("Language"),
        Part.ON_SITE: _("Price of a visit"),
        Part.TARIFFS: _("Own tariffs"),
        Part.PAYMENT_DAYS: _("Days to pay"),
        Part.INVOICE_FORMAT: _("Invoice format"),
        Part.VAT_ID: _("VAT ID"),
        Part.LEITWEG_ID: _("Leitweg-ID"),
        Part.ELECTRONIC_ADDRESS: _("Electronic address"),
    }[part]


def part_value(side: MergeSide, part: Part) -> str:
    """Return what a record says of a part, a dash where it says nothing."""
    return _value(side, part) or "–"


def _value(side: MergeSide, part: Part) -> str:
    one = side.customer
    town = " ".join(filter(None, (one.postcode, one.city)))
    special = {
        Part.ADDRESS: ", ".join(filter(None, (one.street, town))),
        Part.PHONE: text.phone(one.phone) if one.phone else "",
        Part.SINCE: text.date(one.since) if one.since else "",
        Part.LANGUAGE: _("English") if one.language == "en" else _("German"),
        Part.ON_SITE: _visit(one),
        Part.TARIFFS: _tariffs(side.tariffs),
        Part.PAYMENT_DAYS: "" if one.payment_days is None else text.number(one.payment_days),
        Part.INVOICE_FORMAT: _FORMATS[one.invoice_format],
    }
    return special[part] if part in special else str(getattr(one, part.value))


def _visit(one: Customer) -> str:
    if one.on_site_cents is not None:
        return text.money(one.on_site_cents)
    rest = [
        text.money(cents)
        for cents in (one.on_site_travel_cents, one.on_site_hourly_cents)
        if cents is not None
    ]
    return " + ".join(rest)


def _tariffs(tariffs: Sequence[CustomerTariff]) -> str:
    return ", ".join(
        _("from %(day)s: %(price)s")
        % {
            "day": text.date(one.valid_from),
            "price": text.money(one.price_cents) if one.price_cents is not None else _("house price"),
        }
        for one in tariffs
    )


def outcome_lines(preview: MergePreview) -> list[str]:
    """Return what happens to people, machines, agreements, sessions and the other record, one line each."""
    keep, other = preview.keep, preview.other
    lines = [
        _listed(_("Contacts that move here: %(names)s"), [one.name for one in preview.contacts_moved]),
        _listed(
            _("Contacts of the same name, filled up: %(names)s"),
            [one.name for one in preview.contacts_joined],
        ),
        _listed(
            _("Workstations that move here: %(names)s"), [one.name for one in preview.workstations_moved]
        ),
        _listed(
            _("Workstations of the same name, their IDs joined: %(names)s"),
            [one.name for one in preview.workstations_joined],
        ),
        _("Sessions: %(keep)s here and %(other)s there. All stay as they are and are read as one.")
        % {"keep": text.number(keep.sessions), "other": text.number(other.sessions)},
        ngettext(
            "%(n)s DPA counts for both.",
            "%(n)s DPAs count for both.",
            len(keep.agreements) + len(other.agreements),
        )
        % {"n": text.number(len(keep.agreements) + len(other.agreements))},
        _account_line(keep.customer, other.customer),
        _("%(number)s is archived and points to %(keep)s. This cannot be taken back.")
        % {"number": other.customer.number, "keep": keep.customer.number},
    ]
    return [line for line in lines if line]


def _account_line(keep: Customer, other: Customer) -> str:
    if other.debtor_account is None:
        return ""
    values = {"keep": keep.debtor_account, "other": other.debtor_account}
    if keep.debtor_account is None:
        return _("The debtor account %(other)s moves here.") % values
    return (
        _(
            "Both debtor accounts stay: what was issued on %(other)s is settled there, new invoices go to"
            " %(keep)s."
        )
        % values
    )


def _listed(words: str, names: Sequence[str]) -> str:
    return words % {"names": ", ".join(names)} if names else ""


def called(one: Customer) -> str:
    """Return number and name."""
    return f"{one.number} {one.name}"
