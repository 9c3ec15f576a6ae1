"""On what terms a customer is billed: who gets the invoice, as what, and how soon it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from laverma_desk.domain.customer import Contact, Customer, InvoiceFormat, Salutation
from laverma_desk.domain.invoice import Buyer, InvoiceDraft
from laverma_desk.services.setup.house import House


@dataclass(frozen=True)
class IssueTerms:
    """What counts for one issuing, before what the draft says; it keeps its own day and format."""

    issued_on: date | None = None
    format: InvoiceFormat = InvoiceFormat.HOUSE

    def over(self, draft: InvoiceDraft) -> InvoiceDraft:
        """Return a draft as it is issued under these terms."""
        kept = self.format is InvoiceFormat.HOUSE
        return replace(
            draft,
            issued_on=self.issued_on or draft.issued_on,
            format=draft.format if kept else self.format,
        )


AS_DRAFTED = IssueTerms()


def payment_days(draft: InvoiceDraft | None, customer: Customer, house: House) -> int:
    """Return after how many days it is due: the draft's choice, the customer's, or the house's."""
    if draft is not None and draft.payment_days is not None:
        return draft.payment_days
    return house.invoice.payment_days if customer.payment_days is None else customer.payment_days


def format_for(draft: InvoiceDraft | None, customer: Customer, house: House) -> InvoiceFormat:
    """Return as what an invoice is issued: the draft's choice, else the customer's, else the house's."""
    wanted = (draft.format if draft else InvoiceFormat.HOUSE, customer.invoice_format, house.invoice.format)
    chosen = next((one for one in wanted if InvoiceFormat(one) is not InvoiceFormat.HOUSE), InvoiceFormat.PDF)
    return InvoiceFormat(chosen)


def invoice_contact(people: Sequence[Contact]) -> Contact | None:
    """Return whom an invoice is addressed to: who gets the invoices, else who is named first."""
    return next((one for one in people if one.gets_invoices), people[0] if people else None)


def buyer_of(customer: Customer, contact: Contact | None) -> Buyer:
    """Return the recipient as the customer's record says. Without an address of its own, the contact's."""
    return Buyer(
        number=customer.number,
        name=customer.name,
        contact=contact.name if contact else "",
        salutation=contact.salutation if contact else Salutation.NONE,
        street=customer.street,
        postcode=customer.postcode,
        city=customer.city,
        country=customer.country,
        vat_id=customer.vat_id,
        leitweg_id=customer.leitweg_id,
        electronic_address=customer.electronic_address,
        email=customer.email_invoice or (contact.email if contact else ""),
    )
