"""What the remote tools wrote down, and sessions that were asked for but not possible."""

import sqlalchemy as sa
from alembic import op

from laverma_desk.storage.migrations.dialects import refuse

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Draw the tables for read logs, and let a session say why it could not take place."""
    op.add_column("session", sa.Column("not_possible", sa.Text(), server_default="", nullable=False))
    _draw_readings()
    _draw_connections()
    op.create_table(
        "telephone_session",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_telephone_session_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_telephone_session")),
    )
    _seal()


def _draw_readings() -> None:
    op.create_table(
        "log_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("first", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_reading")),
    )
    op.create_table(
        "unreadable_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["log_reading.id"], name=op.f("fk_unreadable_line_reading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unreadable_line")),
    )
    op.create_index(op.f("ix_unreadable_line_reading_id"), "unreadable_line", ["reading_id"], unique=False)


def _draw_connections() -> None:
    op.create_table(
        "remote_connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), server_default="", nullable=False),
        sa.Column("partner_name", sa.Text(), server_default="", nullable=False),
        sa.Column("begin", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("local_user", sa.Text(), server_default="", nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("line_number", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("apart", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'matched', 'ignored')", name=op.f("ck_remote_connection_state")
        ),
        sa.CheckConstraint(
            "(state = 'matched') = (session_id IS NOT NULL)", name=op.f("ck_remote_connection_matched")
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["log_reading.id"], name=op.f("fk_remote_connection_reading_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_remote_connection_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_connection")),
        sa.UniqueConstraint("tool", "key", name=op.f("uq_remote_connection_tool_key")),
    )
    for column in ("reading_id", "session_id"):
        op.create_index(op.f(f"ix_remote_connection_{column}"), "remote_connection", [column], unique=False)
    op.create_index("ix_remote_connection_begin", "remote_connection", ["begin"], unique=False)
    op.create_index(
        "ix_remote_connection_open",
        "remote_connection",
        ["begin"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _seal() -> None:
    # As 0002 keeps the other columns of a billed session.
    changed = "OLD.invoice_number IS NOT NULL AND NEW.not_possible IS NOT OLD.not_possible"
    refuse("session_billed_possible", "UPDATE", "session", changed, "a billed session is never changed")
