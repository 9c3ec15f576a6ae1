"""Invoices: drafts that change freely, documents that never do, and the money and letters behind them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, Text

from laverma_desk.storage.columns import CENTS, Instant, Rate
from laverma_desk.storage.schema import flag_column, metadata, text_column, version_column

vat_rate = Table(
    "vat_rate",
    metadata,
    Column("valid_from", Date, primary_key=True),
    Column("rate", Rate, nullable=False),
)

invoice_draft = Table(
    "invoice_draft",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("until", Date, nullable=False),
    Column("issued_on", Date),
    Column("payment_days", Integer),
    text_column("introduction"),
    text_column("format"),
    flag_column("attach_reports"),
    Column("created_at", Instant, nullable=False),
    version_column(),
)

# The key is the session: none is in two drafts.
draft_session = Table(
    "draft_session",
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    Column("draft_id", ForeignKey("invoice_draft.id"), nullable=False, index=True),
)

draft_item = Table(
    "draft_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft_id", ForeignKey("invoice_draft.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    # A decimal number as text: SQLite would keep a float.
    Column("quantity", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("price_cents", CENTS, nullable=False),
    Column("vat_rate", Rate),
)

invoice = Table(
    "invoice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("customer_name", Text, nullable=False),
    Column("supporter_name", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("due_on", Date),
    Column("format", Text, nullable=False),
    Column("net_cents", CENTS, nullable=False),
    Column("vat_cents", CENTS, nullable=False),
    Column("gross_cents", CENTS, nullable=False),
    # All that the document says, as `domain.invoice_record` writes it.
    Column("record", Text, nullable=False),
    Column("pdf_id", ForeignKey("document.id"), nullable=False),
    Column("xml_id", ForeignKey("document.id")),
    Column("cancels_id", ForeignKey("invoice.id"), unique=True),
    text_column("reason"),
    flag_column("attach_reports"),
    Column("record_sha256", Text, nullable=False),
    Column("pdf_sha256", Text, nullable=False),
    text_column("xml_sha256"),
    Column("chain_sha256", Text, nullable=False),
    Column("erased_at", Instant),
    CheckConstraint("gross_cents = net_cents + vat_cents", name="sum"),
    CheckConstraint("(kind = 'cancellation') = (cancels_id IS NOT NULL)", name="cancels"),
    Index("ix_invoice_issued_on", "issued_on"),
)

invoice_line = Table(
    "invoice_line",
    metadata,
    Column("invoice_id", ForeignKey("invoice.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("session_id", ForeignKey("session.id"), index=True),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("quantity", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("price_cents", CENTS, nullable=False),
    Column("base", Integer, nullable=False),
    Column("net_cents", CENTS, nullable=False),
    Column("vat_category", Text, nullable=False),
    Column("vat_rate", Rate, nullable=False),
)

payment = Table(
    "payment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("invoice_id", ForeignKey("invoice.id"), nullable=False, index=True),
    Column("paid_on", Date, nullable=False),
    Column("cents", CENTS, CheckConstraint("cents <> 0", name="amount"), nullable=False),
    text_column("note"),
    text_column("who"),
    # The entry that this one takes back.
    Column("takes_back_id", ForeignKey("payment.id"), unique=True),
    Column("created_at", Instant, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False, index=True),
    Column("level", Integer, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("counted_until", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("open_cents", CENTS, nullable=False),
    Column("fee_cents", CENTS, nullable=False),
    Column("interest_cents", CENTS, nullable=False),
    Column("record", Text, nullable=False),
    Column("pdf_id", ForeignKey("document.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

reminder_invoice = Table(
    "reminder_invoice",
    metadata,
    Column("reminder_id", ForeignKey("reminder.id"), primary_key=True),
    Column("invoice_id", ForeignKey("invoice.id"), primary_key=True, index=True),
    Column("open_cents", CENTS, nullable=False),
)
