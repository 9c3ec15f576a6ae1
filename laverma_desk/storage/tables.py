"""The tables of the desk. Money is whole cents, time is UTC, a stored document is never changed."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from laverma_desk.storage.columns import Instant, Rate
from laverma_desk.storage.schema import flag_column, metadata, text_column

# --- the house

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

tariff = Table(
    "tariff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("valid_from", Date, nullable=False, unique=True),
    Column("price_cents", Integer, CheckConstraint("price_cents >= 0", name="price"), nullable=False),
    Column("rounding", Text, nullable=False),
    Column("vat_rate", Rate, nullable=False),
    Column("minimum_seconds", Integer, nullable=False),
    Column("free_seconds", Integer, nullable=False),
)

supporter = Table(
    "supporter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    text_column("email"),
    flag_column("archived"),
)

snippet = Table(
    "snippet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("text", Text, nullable=False),
)

free_reason = Table(
    "free_reason",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False, unique=True),
    flag_column("on_invoice", default=True),
    flag_column("archived"),
)

number_range = Table(
    "number_range",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

# --- customers

customer = Table(
    "customer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    text_column("street"),
    text_column("postcode"),
    text_column("city"),
    text_column("country", "DE"),
    text_column("phone"),
    text_column("email_report"),
    text_column("email_invoice"),
    text_column("vat_id"),
    text_column("leitweg_id"),
    Column("on_site_cents", Integer),
    flag_column("archived"),
    Column("created_at", Instant, nullable=False),
)

contact = Table(
    "contact",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    text_column("role"),
    text_column("salutation"),
    text_column("phone"),
    text_column("email"),
)

workstation = Table(
    "workstation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("name", Text, nullable=False),
    text_column("tool", "teamviewer"),
    text_column("partner_id"),
    flag_column("archived"),
    UniqueConstraint("customer_id", "name"),
    Index("ix_workstation_partner_id", "partner_id"),
)

customer_tariff = Table(
    "customer_tariff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("price_cents", Integer),
    Column("rounding", Text),
    UniqueConstraint("customer_id", "valid_from"),
)

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("mime_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

agreement = Table(
    "agreement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("signed_on", Date),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("ended_on", Date),
    Column("document_id", ForeignKey("document.id")),
    Column("created_at", Instant, nullable=False),
)

# --- sessions

session = Table(
    "session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("workstation_id", ForeignKey("workstation.id"), nullable=False),
    Column("supporter_id", ForeignKey("supporter.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("begin", Instant, nullable=False),
    text_column("requested_by"),
    text_column("channel", "phone"),
    text_column("tool", "teamviewer"),
    text_column("partner_id"),
    text_column("notes"),
    text_column("internal_note"),
    flag_column("billable", default=True),
    Column("free_reason_id", ForeignKey("free_reason.id")),
    text_column("recipient"),
    flag_column("report_open"),
    Column("exception_reason", Text),
    Column("exception_by", Text),
    Column("exception_at", Instant),
    text_column("origin", "stopwatch"),
    Column("import_key", Text, unique=True),
    Column("continued_from", ForeignKey("session.id")),
    Column("created_at", Instant, nullable=False),
    # Frozen when the session ends; empty while it runs.
    Column("customer_name", Text),
    Column("workstation_name", Text),
    Column("supporter_name", Text),
    Column("tariff_from", Date),
    Column("price_cents", Integer),
    Column("rounding", Text),
    Column("vat_rate", Rate),
    Column("minimum_seconds", Integer),
    Column("free_seconds", Integer),
    Column("seconds", Integer),
    Column("billed_seconds", Integer),
    Column("net_cents", Integer),
    Column("vat_cents", Integer),
    CheckConstraint("state IN ('running', 'paused', 'ended')", name="state"),
    CheckConstraint("state <> 'ended' OR seconds IS NOT NULL", name="frozen"),
    Index("ix_session_customer_begin", "customer_id", "begin"),
    Index("ix_session_begin", "begin"),
    # The few on the strip among a million; what runs or pauses is found by it too.
    Index(
        "ix_session_open",
        "id",
        sqlite_where=text("state <> 'ended' OR report_open = 1"),
        postgresql_where=text("state <> 'ended' OR report_open"),
    ),
)

segment = Table(
    "segment",
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("begin", Instant, nullable=False),
    Column("end", Instant),
)

gap = Table(
    "gap",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey("session.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("begin", Instant, nullable=False),
    Column("end", Instant, nullable=False),
    Column("decision", Text),
)

session_change = Table(
    "session_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey("session.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    text_column("who"),
    Column("field", Text, nullable=False),
    text_column("old"),
    text_column("new"),
    text_column("reason"),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="single"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("uptime_ms", Integer),
)

# --- mail

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("session_id", ForeignKey("session.id"), index=True),
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
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Index("ix_message_state_due", "state", "due_at"),
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
