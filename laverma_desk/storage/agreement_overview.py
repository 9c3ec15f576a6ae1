"""What a list of all practices needs beside their agreements: few columns of many rows, in few queries."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.storage.tables import contact, customer, document, message


class Practice(NamedTuple):
    """A practice as a list shows it; `signer_email` is that of the first person who signs agreements."""

    id: int
    number: str
    name: str
    city: str
    email: str
    signer_email: str


class TemplateMail(NamedTuple):
    """The latest mail with the template: its row, its state, to whom, and when (UTC) it was queued."""

    message_id: int
    state: MessageState
    recipient: str
    queued_at: datetime


class FileFacts(NamedTuple):
    """A stored document without its bytes; `size` in bytes."""

    name: str
    size: int
    sha256: str


def practices(connection: Connection) -> list[Practice]:
    """Return the practices that are in use, by name; archived, merged and restricted ones are left out."""
    signers: dict[int, str] = {}
    rows = connection.execute(
        select(contact.c.customer_id, contact.c.email)
        .where(contact.c.signs_agreement.is_(True) & (contact.c.email != ""))
        .order_by(contact.c.customer_id, contact.c.position)
    )
    for owner, email in rows:
        signers.setdefault(owner, email)
    columns = customer.c
    found = connection.execute(
        select(columns.id, columns.number, columns.name, columns.city, columns.email_report)
        .where(
            columns.archived.is_(False)
            & columns.merged_into.is_(None)
            & columns.restricted_at.is_(None)
            & columns.erased_at.is_(None)
        )
        .order_by(columns.name, columns.id)
    )
    return [Practice(*row, signers.get(row.id, "")) for row in found]


def latest_templates(connection: Connection, customer_id: int | None = None) -> dict[int, TemplateMail]:
    """Return the latest template mail of each practice, or of one; discarded ones do not count."""
    columns = message.c
    latest = (
        select(func.max(columns.id))
        .where(
            (columns.kind == MessageKind.AGREEMENT.value)
            & (columns.state != MessageState.DISCARDED.value)
            & columns.customer_id.is_not(None)
        )
        .group_by(columns.customer_id)
    )
    if customer_id is not None:
        latest = latest.where(columns.customer_id == customer_id)
    rows = connection.execute(
        select(columns.customer_id, columns.id, columns.state, columns.recipient, columns.created_at).where(
            columns.id.in_(latest.scalar_subquery())
        )
    )
    return {row[0]: TemplateMail(row[1], MessageState(row[2]), row[3], row[4]) for row in rows}


def file_facts(connection: Connection, document_id: int) -> FileFacts | None:
    """Return a stored document without its bytes, None for an unknown row."""
    columns = document.c
    row = connection.execute(
        select(columns.name, func.length(columns.content), columns.sha256).where(columns.id == document_id)
    ).one_or_none()
    return None if row is None else FileFacts(*row)
