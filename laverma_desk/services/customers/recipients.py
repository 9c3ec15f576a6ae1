"""Where a report goes unless somebody says otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from laverma_desk.domain.customer import Contact, Customer
from laverma_desk.storage import customers
from laverma_desk.storage.database import Connection
from laverma_desk.storage.starting import Asking


def report_recipient(connection: Connection, customer: Customer) -> str:
    """Return the practice's address for reports, else that of the first person who gets them, else ""."""
    if customer.email_report:
        return customer.email_report
    return address_among("", customers.contacts_of(connection, customer.id))


def address_among(email_report: str, people: Iterable[Contact | Asking]) -> str:
    """Return what `report_recipient` says, of what has been read already."""
    if email_report:
        return email_report
    return next((one.email for one in people if one.gets_reports and one.email), "")
