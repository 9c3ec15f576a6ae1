"""Mails on their way out, with the exact bytes that go onto the wire and each attempt to send them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, literal, select, true, update

from laverma_desk.domain.message import (
    AttachedFile,
    Attempt,
    Failure,
    Message,
    MessageKind,
    MessageState,
)
from laverma_desk.storage.customers import locked
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import attempt, document, invoice, message, message_attachment, session


def _statement(condition: ColumnElement[bool], *, with_hash: bool = True) -> Select[Any]:
    """Select mails. A hash lies behind its document's bytes, so reading many of them takes long."""
    content, attachment = document.alias("content"), document.alias("attachment")
    statement = select(
        message,
        (content.c.sha256 if with_hash else literal("")).label("sha256"),
        func.coalesce(attachment.c.name, "").label("attachment_name"),
        func.coalesce(func.length(attachment.c.content), 0).label("attachment_size"),
    ).outerjoin(attachment, attachment.c.id == message.c.attachment_id)
    if with_hash:
        statement = statement.join(content, content.c.id == message.c.content_id)
    return statement.where(condition)


def _fetch(connection: Connection, statement: Select[Any]) -> list[Message]:
    rows = connection.execute(statement).all()
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    message_ids = [row.id for row in rows]
    if message_ids:
        for row in connection.execute(
            select(attempt).where(attempt.c.message_id.in_(message_ids)).order_by(attempt.c.id)
        ):
            failure = Failure(row.failure) if row.failure else None
            attempts[row.message_id].append(Attempt(row.at, row.answer, failure))
    further = _further_of(connection, message_ids)
    return [
        Message(
            id=row.id,
            kind=MessageKind(row.kind),
            session_id=row.session_id,
            customer_name=row.customer_name,
            supporter_name=row.supporter_name,
            sender=row.sender,
            recipient=row.recipient,
            bcc=row.bcc,
            subject=row.subject,
            attachment_name=row.attachment_name,
            attachment_size=row.attachment_size,
            state=MessageState(row.state),
            created_at=row.created_at,
            due_at=row.due_at,
            attempts=tuple(attempts[row.id]),
            sha256=row.sha256,
            further=tuple(further[row.id]),
        )
        for row in rows
    ]


def _further_of(connection: Connection, message_ids: Sequence[int]) -> dict[int, list[AttachedFile]]:
    found: dict[int, list[AttachedFile]] = defaultdict(list)
    columns = message_attachment.c
    statement = (
        select(columns.message_id, document.c.name, func.length(document.c.content).label("size"))
        .join(document, document.c.id == columns.document_id)
        .where(columns.message_id.in_(message_ids))
        .order_by(columns.message_id, columns.position)
    )
    for row in connection.execute(statement) if message_ids else ():
        found[row.message_id].append(AttachedFile(row.name, row.size))
    return found


def find(connection: Connection, message_id: int) -> Message | None:
    """Return a mail by its row."""
    found = _fetch(connection, _statement(message.c.id == message_id))
    return found[0] if found else None


def body_of(connection: Connection, message_id: int) -> str:
    """Return a mail's text."""
    return str(connection.execute(select(message.c.body).where(message.c.id == message_id)).scalar_one())


def documents_of(connection: Connection, message_id: int) -> tuple[int, int | None]:
    """Return which documents a mail has, by their rows: its exact bytes, its attachment if it has one."""
    row = connection.execute(
        select(message.c.content_id, message.c.attachment_id).where(message.c.id == message_id)
    ).one()
    return row.content_id, row.attachment_id


def further_documents_of(connection: Connection, message_id: int) -> list[int]:
    """Return which documents go along with a mail beyond its first attachment, by their rows."""
    columns = message_attachment.c
    return list(
        connection.execute(
            select(columns.document_id).where(columns.message_id == message_id).order_by(columns.position)
        ).scalars()
    )


def attached_to(connection: Connection, message_id: int) -> list[int]:
    """Return which documents go along with a mail, by their rows, in its order."""
    _content, first = documents_of(connection, message_id)
    return [] if first is None else [first, *further_documents_of(connection, message_id)]


def reports_in(connection: Connection, message_id: int) -> list[int]:
    """Return the documents that go along with a mail and are neither invoice nor reminder."""
    letters = [MessageKind.INVOICE.value, MessageKind.REMINDER.value]
    among = document.c.id.in_(attached_to(connection, message_id)) & document.c.kind.not_in(letters)
    return list(connection.execute(select(document.c.id).where(among).order_by(document.c.id)).scalars())


def attach_further(connection: Connection, message_id: int, documents: Sequence[int]) -> None:
    """Let stored documents go along with a mail, behind its first attachment."""
    if documents:
        rows = [
            {"message_id": message_id, "position": place, "document_id": one}
            for place, one in enumerate(documents, 1)
        ]
        connection.execute(insert(message_attachment), rows)


def of_invoice(connection: Connection, invoice_id: int) -> list[Message]:
    """Return an invoice's mails, the newest first."""
    return _fetch(connection, _statement(message.c.invoice_id == invoice_id).order_by(message.c.id.desc()))


def invoice_of(connection: Connection, message_id: int) -> tuple[int, str] | None:
    """Return row and number of the invoice that a mail carries."""
    row = connection.execute(
        select(invoice.c.id, invoice.c.number)
        .join(message, message.c.invoice_id == invoice.c.id)
        .where(message.c.id == message_id)
    ).one_or_none()
    return None if row is None else (row.id, row.number)


def listing(connection: Connection, states: Sequence[MessageState], limit: int = 300) -> list[Message]:
    """Return every mail in some states and the newest of those handed over, the newest first.

    They come without their hashes; `find` brings them. Those of locked customers are left out.
    """
    shown = _of_open_records(connection)
    wanted = _statement(shown & message.c.state.in_([state.value for state in states]), with_hash=False)
    handed_over = _statement(shown & (message.c.state == MessageState.HANDED_OVER.value), with_hash=False)
    found = _fetch(connection, wanted)
    found += _fetch(connection, handed_over.order_by(message.c.id.desc()).limit(limit))
    return sorted(found, key=lambda one: one.id, reverse=True)


def _of_open_records(connection: Connection) -> ColumnElement[bool]:
    shut = locked(connection)
    if not shut:
        return true()
    theirs = select(session.c.id).where(session.c.customer_id.in_(shut))
    return and_(
        func.coalesce(message.c.customer_id, 0).not_in(shut),
        func.coalesce(message.c.session_id, 0).not_in(theirs),
    )


def of_session(connection: Connection, session_id: int) -> list[Message]:
    """Return a session's mails, the newest first."""
    return _fetch(connection, _statement(message.c.session_id == session_id).order_by(message.c.id.desc()))


def in_state(connection: Connection, states: Sequence[MessageState]) -> list[Message]:
    """Return the mails in some states, the oldest first."""
    values = [state.value for state in states]
    return _fetch(connection, _statement(message.c.state.in_(values)).order_by(message.c.id))


def count_in(connection: Connection, states: Sequence[MessageState]) -> int:
    """Return how many mails are in some states; those of locked customers are left out, as in `listing`."""
    values = [state.value for state in states]
    return int(
        connection.execute(
            select(func.count())
            .select_from(message)
            .where(_of_open_records(connection) & message.c.state.in_(values))
        ).scalar_one()
    )


def insert_message(connection: Connection, **values: Any) -> int:
    """Write a new mail and return its row; `values` are columns of the table."""
    return insert_row(connection, message, **values)


def update_message(connection: Connection, message_id: int, **values: Any) -> None:
    """Write some columns of a mail."""
    connection.execute(update(message).where(message.c.id == message_id).values(**values))


def add_attempt(connection: Connection, message_id: int, recipient: str, one: Attempt) -> None:
    """Append an attempt to a mail."""
    connection.execute(
        insert(attempt).values(
            message_id=message_id,
            at=one.at,
            answer=one.answer,
            failure=one.failure.value if one.failure else None,
            recipient=recipient,
        )
    )
