"""The desk's memory: full customer records, agreements that are only appended, billed sessions locked."""

import sqlite3
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from laverma_desk.storage.migrations.dialects import cents, on_sqlite, refuse, refuse_replacing

revision = "0002"
down_revision = "0001"

_SESSION_BEFORE = (
    "id", "number", "customer_id", "workstation_id", "supporter_id", "state", "begin", "requested_by",
    "channel", "tool", "partner_id", "notes", "internal_note", "billable", "free_reason_id",
    "recipient", "report_open", "exception_reason", "exception_by", "exception_at", "origin",
    "import_key", "continued_from", "created_at", "customer_name", "workstation_name",
    "supporter_name", "tariff_from", "price_cents", "rounding", "vat_rate", "minimum_seconds",
    "free_seconds", "seconds", "billed_seconds", "net_cents", "vat_cents",
)  # fmt: skip

_KEPT_WHEN_BILLED = (
    "customer_id", "workstation_id", "supporter_id", "state", "begin", "day", "requested_by",
    "channel", "tool", "partner_id", "notes", "internal_note", "billable", "free_reason_id",
    "exception_reason", "exception_by", "exception_at", "origin", "continued_from", "created_at",
    "customer_name", "workstation_name", "supporter_name", "tariff_from", "price_cents", "rounding",
    "vat_rate", "minimum_seconds", "free_seconds", "seconds", "billed_seconds", "net_cents",
    "vat_cents",
)  # fmt: skip
"""What a billed session keeps. Its report may still be open, and sent to another address."""


def upgrade() -> None:
    """Widen the records, give each session its day, and seal what must stay."""
    _widen_records()
    if on_sqlite():
        _rebuild_sessions()
    else:
        _widen_sessions()
    _index_sessions()
    _seal_logs()
    _seal_agreements()
    _lock_billed_sessions()


def _widen_records() -> None:
    texts = {
        "customer": ("software", "invoice_format", "electronic_address"),
        "contact": ("mobile",),
        "workstation": ("place",),
        "agreement": ("version", "signed_by_customer", "signed_by_house"),
    }
    for table, names in texts.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("customer", sa.Column("language", sa.Text(), server_default="de", nullable=False))
    for name in ("payment_days", "on_site_km", "on_site_travel_cents", "on_site_hourly_cents"):
        kind = cents() if name.endswith("_cents") else sa.Integer()
        op.add_column("customer", sa.Column(name, kind, nullable=True))
    op.add_column("customer", sa.Column("since", sa.Date(), nullable=True))
    for name in ("restricted_at", "erased_at"):
        op.add_column("customer", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    # Written out: Alembic's add_column gives SQLite no foreign key.
    op.execute("ALTER TABLE customer ADD COLUMN merged_into INTEGER REFERENCES customer (id)")
    op.create_index(op.f("ix_customer_merged_into"), "customer", ["merged_into"], unique=False)
    op.execute("ALTER TABLE message ADD COLUMN customer_id INTEGER REFERENCES customer (id)")
    op.create_index(op.f("ix_message_customer_id"), "message", ["customer_id"], unique=False)
    for name in ("gets_reports", "gets_invoices", "signs_agreement"):
        op.add_column("contact", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    for name in ("signed_on_house", "secrecy_on"):
        op.add_column("agreement", sa.Column(name, sa.Date(), nullable=True))
    op.add_column(
        "agreement", sa.Column("reminder_days", sa.Integer(), server_default=sa.text("60"), nullable=False)
    )
    op.create_table(
        "former_partner_id",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workstation_id", sa.Integer(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workstation_id"], ["workstation.id"], name=op.f("fk_former_partner_id_workstation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_partner_id")),
    )
    for name in ("workstation_id", "partner_id"):
        op.create_index(op.f(f"ix_former_partner_id_{name}"), "former_partner_id", [name], unique=False)
    op.create_table(
        "customer_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), server_default="", nullable=False),
        sa.Column("new", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_change")),
    )
    op.create_index(op.f("ix_customer_change_customer_id"), "customer_change", ["customer_id"], unique=False)


def _rebuild_sessions() -> None:
    """Make the table anew: SQLite adds no column that must not be empty to a table that has rows."""
    op.create_table(
        "session_0002",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("workstation_id", sa.Integer(), nullable=False),
        sa.Column("supporter_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begin", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Text(), server_default="", nullable=False),
        sa.Column("channel", sa.Text(), server_default="phone", nullable=False),
        sa.Column("tool", sa.Text(), server_default="teamviewer", nullable=False),
        sa.Column("partner_id", sa.Text(), server_default="", nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("internal_note", sa.Text(), server_default="", nullable=False),
        sa.Column("billable", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("free_reason_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("report_open", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("exception_reason", sa.Text(), nullable=True),
        sa.Column("exception_by", sa.Text(), nullable=True),
        sa.Column("exception_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("origin", sa.Text(), server_default="stopwatch", nullable=False),
        sa.Column("import_key", sa.Text(), nullable=True),
        sa.Column("continued_from", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=True),
        sa.Column("workstation_name", sa.Text(), nullable=True),
        sa.Column("supporter_name", sa.Text(), nullable=True),
        sa.Column("tariff_from", sa.Date(), nullable=True),
        sa.Column("price_cents", cents(), nullable=True),
        sa.Column("rounding", sa.Text(), nullable=True),
        sa.Column("vat_rate", sa.Integer(), nullable=True),
        sa.Column("minimum_seconds", sa.Integer(), nullable=True),
        sa.Column("free_seconds", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("billed_seconds", sa.Integer(), nullable=True),
        sa.Column("net_cents", cents(), nullable=True),
        sa.Column("vat_cents", cents(), nullable=True),
        sa.Column("invoice_number", sa.Text(), nullable=True),
        sa.CheckConstraint("state <> 'ended' OR seconds IS NOT NULL", name=op.f("ck_session_frozen")),
        sa.CheckConstraint("state IN ('running', 'paused', 'ended')", name=op.f("ck_session_state")),
        sa.ForeignKeyConstraint(["continued_from"], ["session.id"], name=op.f("fk_session_continued_from")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_session_customer_id")),
        sa.ForeignKeyConstraint(
            ["free_reason_id"], ["free_reason.id"], name=op.f("fk_session_free_reason_id")
        ),
        sa.ForeignKeyConstraint(["supporter_id"], ["supporter.id"], name=op.f("fk_session_supporter_id")),
        sa.ForeignKeyConstraint(
            ["workstation_id"], ["workstation.id"], name=op.f("fk_session_workstation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("import_key", name=op.f("uq_session_import_key")),
        sa.UniqueConstraint("number", name=op.f("uq_session_number")),
    )
    _know_the_house_day()
    columns = ", ".join(f'"{name}"' for name in _SESSION_BEFORE)
    op.execute(
        f"INSERT INTO session_0002 ({columns}, day) SELECT {columns}, house_day(begin) FROM session"  # nosec B608 # noqa: S608 (names from this file)
    )
    op.drop_table("session")
    op.rename_table("session_0002", "session")
    op.create_index("ix_session_begin", "session", ["begin"], unique=False)
    op.create_index("ix_session_customer_begin", "session", ["customer_id", "begin"], unique=False)
    op.create_index(
        "ix_session_open",
        "session",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state <> 'ended' OR report_open = 1"),
    )


def _widen_sessions() -> None:
    """Add the columns where the engine can: no server ever had sessions without a day."""
    op.add_column("session", sa.Column("day", sa.Date(), nullable=False))
    op.add_column("session", sa.Column("invoice_number", sa.Text(), nullable=True))


def _index_sessions() -> None:
    op.create_index("ix_session_supporter_begin", "session", ["supporter_id", "begin"], unique=False)
    op.create_index(op.f("ix_session_invoice_number"), "session", ["invoice_number"], unique=False)


def _know_the_house_day() -> None:
    zone = ZoneInfo("Europe/Berlin")

    def house_day(stored: str) -> str:
        return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone(zone).date().isoformat()

    raw = op.get_bind().connection.dbapi_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError(raw)
    raw.create_function("house_day", 1, house_day, deterministic=True)


def _changed(*names: str) -> str:
    return " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in names)


def _seal_logs() -> None:
    for table, subject in (("session_change", "session_id"), ("customer_change", "customer_id")):
        sentence = "a line of a log is never changed"
        # Only a value may be blanked, where somebody has the right to be forgotten.
        kept = _changed("id", subject, "at", "who", "field", "reason")
        blanked = " OR ".join(
            f"""(NEW.{name} IS NOT OLD.{name} AND NEW.{name} IS NOT '')""" for name in ("old", "new")
        )
        refuse(f"{table}_no_update", "UPDATE", table, f"{kept} OR {blanked}", sentence)
        _never_lost(table, sentence)


def _never_lost(table: str, sentence: str) -> None:
    refuse(f"{table}_no_delete", "DELETE", table, "TRUE", sentence)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # nosec B608 # noqa: S608 (names from this file)
    refuse_replacing(f"{table}_no_replace", table, there, sentence)


def _seal_agreements() -> None:
    sentence = "an agreement is only appended, and ended once"
    kept = _changed(
        "id", "customer_id", "signed_on", "valid_from", "valid_until", "document_id", "created_at", "version",
        "signed_by_customer", "signed_by_house", "signed_on_house", "secrecy_on", "reminder_days",
    )  # fmt: skip
    ended_again = "(OLD.ended_on IS NOT NULL AND NEW.ended_on IS NOT OLD.ended_on)"
    refuse("agreement_no_update", "UPDATE", "agreement", f"{kept} OR {ended_again}", sentence)
    _never_lost("agreement", sentence)


def _lock_billed_sessions() -> None:
    sentence = "a billed session is never changed"
    billed = "OLD.invoice_number IS NOT NULL"
    other = "(NEW.invoice_number IS NOT NULL AND NEW.invoice_number IS NOT OLD.invoice_number)"
    kept = _changed(*_KEPT_WHEN_BILLED)
    refuse("session_locked", "UPDATE", "session", f"{billed} AND ({other} OR {kept})", sentence)
    running = "NEW.invoice_number IS NOT NULL AND NEW.state <> 'ended'"
    refuse("session_billed_ended", "UPDATE", "session", running, "a running session is not billed")
    refuse("session_billed_new", "INSERT", "session", running, "a running session is not billed")
    identity = _changed("id", "number", "import_key")
    refuse("session_identity", "UPDATE", "session", identity, "a session keeps its number")
    refuse("session_no_delete", "DELETE", "session", "TRUE", "a session is never deleted")
    there = (
        "EXISTS (SELECT 1 FROM session WHERE id = NEW.id) "
        "OR EXISTS (SELECT 1 FROM session WHERE number = NEW.number) "
        "OR EXISTS (SELECT 1 FROM session WHERE import_key = NEW.import_key)"
    )
    refuse_replacing("session_no_replace", "session", there, "a session is never replaced")
    for table in ("segment", "gap"):
        for event, sides in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            condition = " OR ".join(
                f"EXISTS (SELECT 1 FROM session WHERE id = {side}.session_id "  # nosec B608 # noqa: S608 (names from this file)
                "AND invoice_number IS NOT NULL)"
                for side in sides
            )
            refuse(f"{table}_locked_{event.lower()}", event, table, condition, sentence)
    there = "EXISTS (SELECT 1 FROM gap WHERE id = NEW.id)"
    refuse_replacing("gap_no_replace", "gap", there, "a gap is never replaced")
    refuse("gap_identity", "UPDATE", "gap", "NEW.id <> OLD.id", "a gap is never replaced")
