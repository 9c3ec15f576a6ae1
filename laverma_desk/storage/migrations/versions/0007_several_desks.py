"""Several desks at once: whose login is whose, a heart for each desk, versions of what two may edit, news."""

import sqlalchemy as sa
from alembic import op

from laverma_desk.storage.migrations.dialects import on_sqlite

revision = "0007"
down_revision = "0006"

_EDITED = ("customer", "session", "invoice_draft")

_TOPICS = {
    "house": (
        "setting", "tariff", "vat_rate", "supporter", "snippet", "free_reason", "setting_change",
    ),
    "customers": (
        "customer", "contact", "workstation", "former_partner_id", "customer_tariff", "agreement",
        "customer_change",
    ),
    "sessions": ("session", "segment", "gap", "session_change", "telephone_session"),
    "outbox": ("message", "attempt"),
    "invoices": (
        "invoice_draft", "draft_session", "draft_item", "invoice", "payment", "reminder",
    ),
    "connections": ("log_reading", "remote_connection"),
}  # fmt: skip
"""Which part of the desk a table belongs to, by the names of `services.changes.Topic`."""

_LIFTED = (
    "agreement_no_update", "document_no_update", "invoice_line_no_update", "invoice_no_update",
    "payment_no_update", "reminder_no_update", "session_change_no_update", "session_locked",
)  # fmt: skip
"""The seals that keep words of persons, which a law lets live only for a time (Art. 17 DSGVO)."""


def upgrade() -> None:
    """Add the columns, let each desk have a heart, and on a server say what changes."""
    op.add_column("supporter", sa.Column("role", sa.Text(), nullable=True))
    op.create_index("ix_supporter_role", "supporter", ["role"], unique=True)
    for table in _EDITED:
        op.add_column(table, sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("message", sa.Column("claim", sa.Text(), nullable=True))
    _part_the_hearts()
    if not on_sqlite():
        _tell_what_changes()
        _let_seals_be_lifted()


def _part_the_hearts() -> None:
    """Take off the rule that there is one row; SQLite takes no rule off a table."""
    if not on_sqlite():
        op.drop_constraint(op.f("ck_heartbeat_single"), "heartbeat", type_="check")
        return
    op.create_table(
        "heartbeat_0007",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uptime_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heartbeat")),
    )
    op.execute("INSERT INTO heartbeat_0007 (id, at, uptime_ms) SELECT id, at, uptime_ms FROM heartbeat")
    op.drop_table("heartbeat")
    op.rename_table("heartbeat_0007", "heartbeat")


def _tell_what_changes() -> None:
    op.execute(
        "CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN PERFORM pg_notify('laverma_desk', TG_ARGV[0]); RETURN NULL; END$$"
    )
    for topic, tables in _TOPICS.items():
        for table in tables:
            # Of a statement, not of a row: a topic told a thousand times in one transaction arrives once.
            op.execute(
                f"CREATE TRIGGER {table}_told AFTER INSERT OR UPDATE OR DELETE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION tell_change('{topic}')"
            )


def _let_seals_be_lifted() -> None:
    """Let whoever may erase lift some seals for one transaction; a file takes its trigger off instead.

    A lifted seal holds for the transaction that wrote it down, whose number never comes again: for everybody
    else, and after the commit, the seal is as it was.
    """
    op.execute(
        "CREATE TABLE lifted_seal (name text NOT NULL, by xid8 NOT NULL, "
        "CONSTRAINT pk_lifted_seal PRIMARY KEY (name, by))"
    )
    # Whoever may write at all may ask: else the refusal of a sealed row would speak of rights.
    op.execute("GRANT SELECT ON lifted_seal TO PUBLIC")
    op.execute(
        "CREATE FUNCTION seal_is_lifted(seal text) RETURNS boolean LANGUAGE sql AS $$SELECT EXISTS ("
        "SELECT FROM lifted_seal WHERE name = seal AND by = pg_current_xact_id_if_assigned())$$"
    )
    names = ", ".join(f"'{name}'" for name in _LIFTED)
    _for_owner(
        "lift_seal", "plpgsql",
        f"BEGIN IF seal NOT IN ({names}) THEN "  # nosec B608 # noqa: S608 (names of this step)
        "RAISE EXCEPTION 'this seal is never lifted: %', seal USING ERRCODE = 'undefined_object'; END IF; "
        "INSERT INTO lifted_seal (name, by) VALUES (seal, pg_current_xact_id()) ON CONFLICT DO NOTHING; END",
    )  # fmt: skip
    _for_owner("set_seal", "sql", "DELETE FROM lifted_seal WHERE name = seal")


def _for_owner(name: str, language: str, body: str) -> None:
    op.execute(
        f"CREATE FUNCTION {name}(seal text) RETURNS void LANGUAGE {language} SECURITY DEFINER "
        f"SET search_path = public, pg_temp AS $${body}$$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION {name}(text) FROM PUBLIC")
