"""Remote sessions with their running time, their gaps, and the log of what was changed on them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from laverma_desk.storage.columns import CENTS, Instant, Rate
from laverma_desk.storage.schema import flag_column, metadata, text_column, version_column

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
    # The house's calendar day of `begin`: what no database can compute where its zone rules are not known.
    Column("day", Date, nullable=False),
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
    Column("price_cents", CENTS),
    Column("rounding", Text),
    Column("vat_rate", Rate),
    Column("minimum_seconds", Integer),
    Column("free_seconds", Integer),
    Column("seconds", Integer),
    Column("billed_seconds", Integer),
    Column("net_cents", CENTS),
    Column("vat_cents", CENTS),
    # The invoice that bills it. While it is set, triggers keep the session as it is.
    Column("invoice_number", Text, index=True),
    # Why it could not take place: then it counts no minute. Empty: it did.
    text_column("not_possible"),
    version_column(),
    CheckConstraint("state IN ('running', 'paused', 'ended')", name="state"),
    CheckConstraint("state <> 'ended' OR seconds IS NOT NULL", name="frozen"),
    Index("ix_session_customer_begin", "customer_id", "begin"),
    Index("ix_session_begin", "begin"),
    Index("ix_session_supporter_begin", "supporter_id", "begin"),
    # All that the sums of history and figures need, so that they are read from the index alone.
    Index(
        "ix_session_history",
        *("day", "begin", "customer_id", "supporter_id", "billable", "seconds", "billed_seconds"),
        *("net_cents", "invoice_number", "workstation_id", "free_reason_id", "price_cents", "not_possible"),
        sqlite_where=text("state = 'ended'"),
    ),
    # The few on the strip among a million; what runs or pauses is found by it too.
    Index(
        "ix_session_open",
        "id",
        sqlite_where=text("state <> 'ended' OR report_open = 1"),
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
    # One desk's: 1 in a file, on a server the row of whoever sits there.
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("uptime_ms", Integer().with_variant(BigInteger(), "postgresql")),
)
