"""What records lack for an invoice, known before there is one: the house's, and those of many customers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need, needs
from laverma_desk.domain.invoice import Invoice, InvoiceDraft, InvoiceKind
from laverma_desk.services.invoicing import wording
from laverma_desk.services.invoicing.obstacles import Obstacle, ObstacleKind
from laverma_desk.services.invoicing.terms import buyer_of, format_for, invoice_contact
from laverma_desk.services.setup.house import House, house_on
from laverma_desk.storage import customers
from laverma_desk.storage.database import Connection

_TOLD = frozenset({Need.CUSTOMER_STREET, Need.CUSTOMER_POSTCODE, Need.CUSTOMER_CITY})
"""Needs that are said already, as NO_ADDRESS."""


def field_obstacles(
    connection: Connection, records: Sequence[Customer], draft: InvoiceDraft | None = None
) -> dict[int, tuple[Obstacle, ...]]:
    """Return for each customer what is missing, by its row; a draft may choose another format."""
    house = house_on(connection)
    electronic = [one.id for one in records if format_for(draft, one, house) is InvoiceFormat.XRECHNUNG]
    people = customers.contacts_among(connection, electronic)
    found = {}
    for one in records:
        document = _document(one, house, people.get(one.id, []), format_for(draft, one, house))
        missing = [need for need in needs(document) if need not in _TOLD]
        found[one.id] = tuple(Obstacle(ObstacleKind.E_INVOICE_FIELD, None, need.value) for need in missing)
    return found


def _document(customer: Customer, house: House, people: Sequence[Contact], chosen: InvoiceFormat) -> Invoice:
    """Return an invoice that holds nothing but both sides."""
    day = date.min
    return Invoice(
        kind=InvoiceKind.INVOICE, number="", language=customer.language, issued_on=day, due_on=None,
        payment_days=0, first=day, last=day, company=house.company,
        supporter_name=house.supporter_name,
        supporter_email=house.supporter.email if house.supporter else "",
        buyer=buyer_of(customer, invoice_contact(people)), lines=(), groups=(), net_cents=0, vat_cents=0,
        gross_cents=0, minutes=None, roundings=(), texts=wording.NOTHING_SAID, format=chosen,
    )  # fmt: skip
