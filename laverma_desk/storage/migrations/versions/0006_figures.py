"""Figures from the index alone, the account that bookkeeping has for a customer, and the log of settings."""

import sqlalchemy as sa
from alembic import op

from laverma_desk.storage.migrations.dialects import refuse, refuse_replacing

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Widen the index of the history, add the debtor's account, and keep a log of settings."""
    op.drop_index("ix_session_history", table_name="session")
    op.create_index(
        "ix_session_history",
        "session",
        [
            "day", "begin", "customer_id", "supporter_id", "billable", "seconds", "billed_seconds",
            "net_cents", "invoice_number", "workstation_id", "free_reason_id", "price_cents", "not_possible",
        ],
        unique=False,
        sqlite_where=sa.text("state = 'ended'"),
        postgresql_where=sa.text("state = 'ended'"),
    )  # fmt: skip
    # An index, for SQLite adds no constraint to a table that is there.
    op.add_column("customer", sa.Column("debtor_account", sa.Integer(), nullable=True))
    op.create_index("ix_customer_debtor_account", "customer", ["debtor_account"], unique=True)
    _add_log_of_settings()


def _add_log_of_settings() -> None:
    op.create_table(
        "setting_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
    )
    sentence = "a line of a log is never changed"
    for event in ("UPDATE", "DELETE"):
        refuse(f"setting_change_no_{event.lower()}", event, "setting_change", "TRUE", sentence)
    there = "EXISTS (SELECT 1 FROM setting_change WHERE id = NEW.id)"
    refuse_replacing("setting_change_no_replace", "setting_change", there, sentence)
