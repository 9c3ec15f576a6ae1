"""Which invoice bills which sessions. From `bill` to `release` triggers keep a session as it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from laverma_desk.storage.tables import session

_AT_ONCE = 500


def bill(connection: Connection, session_ids: Sequence[int], invoice_number: str) -> None:
    """Tie ended sessions to an invoice. Raises IntegrityError where one is billed or has not ended."""
    for first in range(0, len(session_ids), _AT_ONCE):
        connection.execute(
            update(session)
            .where(session.c.id.in_(session_ids[first : first + _AT_ONCE]))
            .values(invoice_number=invoice_number)
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
