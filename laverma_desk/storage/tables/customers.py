"""Practices with all that is known of them; what was signed and what was changed is only ever appended."""

from __future__ import annotations

from sqlalchemy import (
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

from laverma_desk.storage.columns import CENTS, Instant
from laverma_desk.storage.schema import flag_column, metadata, text_column, version_column

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
    Column("on_site_cents", CENTS),
    flag_column("archived"),
    Column("created_at", Instant, nullable=False),
    text_column("software"),
    Column("since", Date),
    Column("payment_days", Integer),
    Column("on_site_km", Integer),
    Column("on_site_travel_cents", CENTS),
    Column("on_site_hourly_cents", CENTS),
    text_column("invoice_format"),
    text_column("electronic_address"),
    text_column("language", "de"),
    Column("merged_into", ForeignKey("customer.id"), index=True),
    Column("restricted_at", Instant),
    Column("erased_at", Instant),
    # What the bookkeeping knows the customer by (DATEV: Debitorenkonto); a number once given stays.
    Column("debtor_account", Integer, unique=True, index=True),
    version_column(),
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
    text_column("mobile"),
    flag_column("gets_reports"),
    flag_column("gets_invoices"),
    flag_column("signs_agreement"),
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
    text_column("place"),
    UniqueConstraint("customer_id", "name"),
    Index("ix_workstation_partner_id", "partner_id"),
)

former_partner_id = Table(
    "former_partner_id",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workstation_id", ForeignKey("workstation.id"), nullable=False, index=True),
    Column("tool", Text, nullable=False),
    Column("partner_id", Text, nullable=False, index=True),
    Column("until", Instant, nullable=False),
)

customer_tariff = Table(
    "customer_tariff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", ForeignKey("customer.id"), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("price_cents", CENTS),
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
    text_column("version"),
    text_column("signed_by_customer"),
    text_column("signed_by_house"),
    Column("signed_on_house", Date),
    Column("secrecy_on", Date),
    Column("reminder_days", Integer, nullable=False, server_default=text("60")),
)

# No foreign key: the trace of a record outlives the record.
customer_change = Table(
    "customer_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    text_column("who"),
    Column("field", Text, nullable=False),
    text_column("old"),
    text_column("new"),
    text_column("reason"),
)
