"""Where a report goes unless somebody says otherwise."""

from __future__ import annotations

from laverma_desk.domain.customer import Customer
from laverma_desk.storage import customers
from laverma_desk.storage.database import Connection


def report_recipient(connection: Connection, customer: Customer) -> str:
    """Return the practice's address for reports, else that of the first person who gets them, else ""."""
    if customer.email_report:
        return customer.email_report
    people = customers.contacts_of(connection, customer.id)
    return next((one.email for one in people if one.gets_reports and one.email), "")
