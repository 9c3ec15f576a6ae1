"""A record as it stands in the fields of its forms, in the way people write."""

from __future__ import annotations

from datetime import date

from laverma_desk import text
from laverma_desk.domain.customer import Contact, Customer, Workstation
from laverma_desk.domain.tariff import CustomerTariff
from laverma_desk.services.customers.forms import (
    ContactDraft,
    InvoiceDataDraft,
    MasterDraft,
    OwnTariffDraft,
    TermsDraft,
    VisitPrice,
    WorkstationDraft,
)

_THOUSAND_EUROS = 100_000


def master_draft(one: Customer) -> MasterDraft:
    """Return name and address as typed."""
    return MasterDraft(
        number=one.number,
        name=one.name,
        street=one.street,
        postcode=one.postcode,
        city=one.city,
        country=text.country(one.country),
        phone=text.phone(one.phone),
        email_report=one.email_report,
        email_invoice=one.email_invoice,
        software=one.software,
        since=_day(one.since),
        language=one.language,
    )


def contact_draft(one: Contact) -> ContactDraft:
    """Return a person as typed."""
    return ContactDraft(
        name=one.name,
        role=one.role,
        salutation=one.salutation.value,
        phone=text.phone(one.phone),
        mobile=text.phone(one.mobile),
        email=one.email,
        gets_reports=one.gets_reports,
        gets_invoices=one.gets_invoices,
        signs_agreement=one.signs_agreement,
    )


def workstation_draft(one: Workstation) -> WorkstationDraft:
    """Return a machine as typed."""
    return WorkstationDraft(one.name, one.tool.value, one.partner_id, one.place)


def terms_draft(one: Customer, tariffs: tuple[CustomerTariff, ...]) -> TermsDraft:
    """Return prices and days to pay as typed."""
    visit = VisitPrice.NONE
    if one.on_site_cents is not None:
        visit = VisitPrice.FLAT
    elif one.on_site_hourly_cents is not None or one.on_site_travel_cents is not None:
        visit = VisitPrice.TRAVEL
    return TermsDraft(
        tariffs=tuple(tariff_draft(own) for own in tariffs),
        visit=visit.value,
        flat=_amount(one.on_site_cents),
        travel=_amount(one.on_site_travel_cents),
        hourly=_amount(one.on_site_hourly_cents),
        km=_whole(one.on_site_km),
        payment_days=_whole(one.payment_days),
        debtor_account=_whole(one.debtor_account),
    )


def tariff_draft(one: CustomerTariff) -> OwnTariffDraft:
    """Return an own tariff as typed."""
    rounding = one.rounding.value if one.rounding else ""
    return OwnTariffDraft(_day(one.valid_from), _amount(one.price_cents), rounding)


def invoice_draft(one: Customer) -> InvoiceDataDraft:
    """Return what electronic invoices need as typed."""
    return InvoiceDataDraft(one.invoice_format.value, one.vat_id, one.leitweg_id, one.electronic_address)


def _day(day: date | None) -> str:
    return text.date(day, "de") if day else ""


def _amount(cents: int | None) -> str:
    if cents is None:
        return ""
    # A comma for thousands could not be told from one for cents.
    return text.amount(cents) if cents < _THOUSAND_EUROS else text.amount(cents, "de")


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
