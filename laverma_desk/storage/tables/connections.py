"""What the remote tools wrote down by themselves: each line as it stood, and what became of it."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from laverma_desk.storage.columns import Instant
from laverma_desk.storage.schema import flag_column, metadata, text_column

log_reading = Table(
    "log_reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    # The file's name alone: where it lies is nobody's business but this machine's.
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("unreadable", Integer, nullable=False),
    Column("first", Instant),
    Column("last", Instant),
)

remote_connection = Table(
    "remote_connection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reading_id", ForeignKey("log_reading.id"), nullable=False, index=True),
    Column("tool", Text, nullable=False),
    # By what the tool itself tells its connections apart; a line read twice is one connection.
    Column("key", Text, nullable=False),
    text_column("partner_id"),
    text_column("partner_name"),
    Column("begin", Instant, nullable=False),
    # Empty where the tool writes no end.
    Column("end", Instant),
    text_column("local_user"),
    text_column("purpose"),
    text_column("note"),
    Column("line_number", Integer, nullable=False),
    text_column("raw"),
    Column("state", Text, nullable=False, server_default=text("'open'")),
    Column("session_id", ForeignKey("session.id"), index=True),
    # Not joined with the connection before it, whatever the pause; and: the joining was looked at.
    flag_column("apart"),
    flag_column("confirmed"),
    # Who decided what became of it; empty where the program found the session by itself.
    text_column("decided_by"),
    Column("decided_at", Instant),
    text_column("reason"),
    CheckConstraint("state IN ('open', 'matched', 'ignored')", name="state"),
    CheckConstraint("(state = 'matched') = (session_id IS NOT NULL)", name="matched"),
    UniqueConstraint("tool", "key"),
    Index("ix_remote_connection_begin", "begin"),
    Index("ix_remote_connection_open", "begin", sqlite_where=text("state = 'open'")),
)

unreadable_line = Table(
    "unreadable_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reading_id", ForeignKey("log_reading.id"), nullable=False, index=True),
    Column("line_number", Integer, nullable=False),
    Column("raw", Text, nullable=False),
    Column("problem", Text, nullable=False),
)

telephone_session = Table(
    "telephone_session",
    metadata,
    Column("session_id", ForeignKey("session.id"), primary_key=True),
    text_column("decided_by"),
    Column("decided_at", Instant, nullable=False),
)
