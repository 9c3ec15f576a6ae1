"""What the house has set once: settings, prices, people, phrases, and the ranges its numbers come from."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, Integer, Table, Text

from laverma_desk.storage.columns import CENTS, Instant
from laverma_desk.storage.schema import flag_column, metadata, text_column

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
    Column("price_cents", CENTS, CheckConstraint("price_cents >= 0", name="price"), nullable=False),
    Column("rounding", Text, nullable=False),
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
    # The login of this technician at a server.
    Column("role", Text, unique=True, index=True),
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

# `subject`: whose value it is, where a section has several of the kind: a day, a name, a way of taxing.
setting_change = Table(
    "setting_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    text_column("who"),
    Column("section", Text, nullable=False),
    Column("field", Text, nullable=False),
    text_column("subject"),
    text_column("old"),
    text_column("new"),
)
