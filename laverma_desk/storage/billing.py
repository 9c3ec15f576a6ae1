"""Which invoice bills which sessions. From `bill` to `release` triggers keep a session as it is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Connection, select, update

from laverma_desk.domain.invoice import VatCategory
from laverma_desk.storage.portions import portions
from laverma_desk.storage.tables import invoice, invoice_line, session


def bill(connection: Connection, session_ids: Sequence[int], invoice_number: str) -> None:
    """Tie ended sessions to an invoice. Raises IntegrityError where one is billed or has not ended."""
    for some in portions(session_ids):
        connection.execute(
            update(session).where(session.c.id.in_(some)).values(invoice_number=invoice_number)
        )


def release(connection: Connection, invoice_number: str) -> list[int]:
    """Set the sessions of a cancelled invoice free and return them; nothing else of them changes."""
    freed = list(
        connection.execute(
            select(session.c.id).where(session.c.invoice_number == invoice_number).order_by(session.c.id)
        ).scalars()
    )
    connection.execute(
        update(session).where(session.c.invoice_number == invoice_number).values(invoice_number=None)
    )
    return freed


def billed_taxes(
    connection: Connection, session_ids: Sequence[int]
) -> dict[int, tuple[VatCategory, Decimal]]:
    """Return how sessions were taxed on the invoice that bills them, by session; open ones are left out."""
    found: dict[int, tuple[VatCategory, Decimal]] = {}
    for some in portions(session_ids):
        rows = connection.execute(
            select(invoice_line.c.session_id, invoice_line.c.vat_category, invoice_line.c.vat_rate)
            .join_from(invoice_line, invoice, invoice.c.id == invoice_line.c.invoice_id)
            .join(session, session.c.id == invoice_line.c.session_id)
            .where(session.c.id.in_(some), session.c.invoice_number == invoice.c.number)
        )
        found |= {row.session_id: (VatCategory(row.vat_category), row.vat_rate) for row in rows}
    return found
