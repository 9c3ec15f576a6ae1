"""Figures over all sessions from the index alone, and the account that bookkeeping has for a customer."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Widen the index of the history, and add the debtor's account."""
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
