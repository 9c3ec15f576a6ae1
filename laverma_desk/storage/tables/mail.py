"""The outbox: mails with every attempt to hand them over."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, text

from laverma_desk.storage.columns import Instant
from laverma_desk.storage.schema import flag_column, metadata, text_column

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("session_id", ForeignKey("session.id"), index=True),
    Column("customer_id", ForeignKey("customer.id"), index=True),
    Column("invoice_id", ForeignKey("invoice.id"), index=True),
    Column("reminder_id", ForeignKey("reminder.id"), index=True),
    text_column("customer_name"),
    text_column("supporter_name"),
    Column("sender", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    text_column("bcc"),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("attachment_id", ForeignKey("document.id")),
    Column("content_id", ForeignKey("document.id"), nullable=False),
    Column("state", Text, nullable=False),
    flag_column("data_started"),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    # Which attempt has the mail: whoever's it is no more must not go on with it.
    Column("claim", Text),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Index("ix_message_state_due", "state", "due_at"),
    # What became of a session's report, without reading the mails themselves.
    Index(
        "ix_message_report",
        *("session_id", "id", "kind", "state"),
        sqlite_where=text("kind = 'report' AND state <> 'discarded'"),
    ),
)

# What goes along with a mail beyond its first attachment, which the lists show.
message_attachment = Table(
    "message_attachment",
    metadata,
    Column("message_id", ForeignKey("message.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("document_id", ForeignKey("document.id"), nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    text_column("answer"),
    Column("failure", Text),
    Column("recipient", Text, nullable=False),
)
