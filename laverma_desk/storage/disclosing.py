"""Which rows tell of somebody who asks what is stored about them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, or_, select

from laverma_desk.storage.tables import attempt, contact, message, session


def owner_of_contact(connection: Connection, contact_id: int) -> int:
    """Return the record of a person, 0 for an unknown one."""
    found = connection.execute(select(contact.c.customer_id).where(contact.c.id == contact_id)).scalar()
    return 0 if found is None else int(found)


def sessions_of(connection: Connection, family: Sequence[int], requested_by: str | None = None) -> list[int]:
    """Return the sessions of records in the order of their beginning, those of one person if named."""
    condition: ColumnElement[bool] = session.c.customer_id.in_(family)
    if requested_by is not None:
        condition &= session.c.requested_by == requested_by
    rows = connection.execute(select(session.c.id).where(condition).order_by(session.c.begin, session.c.id))
    return list(rows.scalars())


def mails_of(connection: Connection, family: Sequence[int], recipient: str | None = None) -> list[int]:
    """Return the mails to records and about their sessions, the oldest first; to one address if named."""
    own = select(session.c.id).where(session.c.customer_id.in_(family))
    condition: ColumnElement[bool] = or_(message.c.session_id.in_(own), message.c.customer_id.in_(family))
    if recipient is not None:
        tried = select(attempt.c.message_id).where(attempt.c.recipient == recipient)
        condition &= (message.c.recipient == recipient) | message.c.id.in_(tried)
    return list(connection.execute(select(message.c.id).where(condition).order_by(message.c.id)).scalars())
