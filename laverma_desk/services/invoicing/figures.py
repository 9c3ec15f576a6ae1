"""What a draft comes to while somebody works on it: the record without its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need, needs
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import Invoice, VatCategory
from laverma_desk.domain.taxing import category_of
from laverma_desk.domain.vat import rate_on
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import draft_on
from laverma_desk.services.invoicing.record import draft_record
from laverma_desk.services.invoicing.sending import addresses_on
from laverma_desk.services.invoicing.taxing import rate_in
from laverma_desk.services.invoicing.terms import format_for, payment_days
from laverma_desk.services.setup.house import house_on
from laverma_desk.storage import customers
from laverma_desk.storage.vat_rates import vat_rates


@dataclass(frozen=True)
class DraftFigures:
    """The record as it would be issued now, and what it still lacks."""

    invoice: Invoice
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class UsualTerms:
    """What counts for a customer where a draft says nothing else."""

    customer_name: str
    customer_number: str
    payment_days: int
    format: InvoiceFormat


def draft_figures(desk: Desk, draft_id: int) -> DraftFigures:
    """Return what a draft comes to. Raises RuleBroken as `record.draft_record` does."""
    today = local_day(desk.clock.now())
    with desk.database.read() as connection:
        invoice = draft_record(connection, draft_id, today=today)
    return DraftFigures(invoice, needs(invoice))


def usual_terms(desk: Desk, draft_id: int) -> UsualTerms:
    """Return what counts where the draft's own fields are empty. Raises RuleBroken DRAFT_UNKNOWN."""
    with desk.database.read() as connection:
        draft = draft_on(connection, draft_id)
        customer = customers.find(connection, customers.survivor(connection, draft.customer_id))
        house = house_on(connection)
    if customer is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=draft.customer_id)
    days = payment_days(None, customer, house)
    return UsualTerms(customer.name, customer.number, days, format_for(None, customer, house))


def rate_for(desk: Desk, draft_id: int, day: date) -> tuple[VatCategory, Decimal]:
    """Return how an item of a day is taxed on a draft. Raises RuleBroken DRAFT_UNKNOWN."""
    with desk.database.read() as connection:
        draft = draft_on(connection, draft_id)
        customer = customers.find(connection, customers.survivor(connection, draft.customer_id))
        if customer is None:
            raise RuleBroken(Rule.CUSTOMER_UNKNOWN, number=draft.customer_id)
        category = category_of(house_on(connection).company, customer)
        return category, rate_in(category, rate_on(day, vat_rates(connection)))


def invoice_addresses(desk: Desk, customer_id: int) -> tuple[str, ...]:
    """Return where invoices and reminders of a customer may go, the best first."""
    with desk.database.read() as connection:
        return addresses_on(connection, customer_id)
