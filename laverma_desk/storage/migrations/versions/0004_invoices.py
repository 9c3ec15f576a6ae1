"""Invoices: drafts, documents that are never changed, payments, reminders; VAT rates as a table of days."""

import sqlalchemy as sa
from alembic import op

from laverma_desk.storage.migrations.dialects import cents, refuse, refuse_replacing

revision = "0004"
down_revision = "0003"

_LEGAL_RATES = (("2007-01-01", 1900), ("2020-07-01", 1600), ("2021-01-01", 1900))
"""The general rate of § 12 Abs. 1 UStG in hundredths of a percent, from its day on."""

_APPENDED = {
    "invoice": "an issued invoice is never changed",
    "payment": "an entry of money is only taken back by another one",
    "reminder": "a reminder is never changed",
}
_LISTED = {
    "invoice_line": ("invoice_id", "position", _APPENDED["invoice"]),
    "reminder_invoice": ("reminder_id", "invoice_id", _APPENDED["reminder"]),
}


def upgrade() -> None:
    """Draw the tables, let mails belong to invoices, move the rates of VAT, and seal what must stay."""
    _draw_drafts()
    _draw_documents()
    _draw_money_and_letters()
    _let_mails_belong()
    _move_rates()
    _seal()


def _draw_drafts() -> None:
    op.create_table(
        "vat_rate",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("valid_from", name=op.f("pk_vat_rate")),
    )
    op.create_table(
        "invoice_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("introduction", sa.Text(), server_default="", nullable=False),
        sa.Column("format", sa.Text(), server_default="", nullable=False),
        sa.Column("attach_reports", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_invoice_draft_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_draft")),
    )
    op.create_index(op.f("ix_invoice_draft_customer_id"), "invoice_draft", ["customer_id"], unique=False)
    op.create_table(
        "draft_session",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["invoice_draft.id"], name=op.f("fk_draft_session_draft_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_draft_session_session_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_draft_session")),
    )
    op.create_index(op.f("ix_draft_session_draft_id"), "draft_session", ["draft_id"], unique=False)
    op.create_table(
        "draft_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price_cents", cents(), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["invoice_draft.id"], name=op.f("fk_draft_item_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_item")),
    )
    op.create_index(op.f("ix_draft_item_draft_id"), "draft_item", ["draft_id"], unique=False)


def _draw_documents() -> None:
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("customer_name", sa.Text(), nullable=False),
        sa.Column("supporter_name", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("net_cents", cents(), nullable=False),
        sa.Column("vat_cents", cents(), nullable=False),
        sa.Column("gross_cents", cents(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("pdf_id", sa.Integer(), nullable=False),
        sa.Column("xml_id", sa.Integer(), nullable=True),
        sa.Column("cancels_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("attach_reports", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("record_sha256", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=False),
        sa.Column("xml_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("chain_sha256", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(kind = 'cancellation') = (cancels_id IS NOT NULL)", name=op.f("ck_invoice_cancels")
        ),
        sa.CheckConstraint("gross_cents = net_cents + vat_cents", name=op.f("ck_invoice_sum")),
        sa.ForeignKeyConstraint(["cancels_id"], ["invoice.id"], name=op.f("fk_invoice_cancels_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_invoice_customer_id")),
        sa.ForeignKeyConstraint(["pdf_id"], ["document.id"], name=op.f("fk_invoice_pdf_id")),
        sa.ForeignKeyConstraint(["xml_id"], ["document.id"], name=op.f("fk_invoice_xml_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("cancels_id", name=op.f("uq_invoice_cancels_id")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
    )
    op.create_index(op.f("ix_invoice_customer_id"), "invoice", ["customer_id"], unique=False)
    op.create_index("ix_invoice_issued_on", "invoice", ["issued_on"], unique=False)
    op.create_table(
        "invoice_line",
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("price_cents", cents(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("net_cents", cents(), nullable=False),
        sa.Column("vat_category", sa.Text(), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_line_invoice_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_invoice_line_session_id")),
        sa.PrimaryKeyConstraint("invoice_id", "position", name=op.f("pk_invoice_line")),
    )
    op.create_index(op.f("ix_invoice_line_session_id"), "invoice_line", ["session_id"], unique=False)


def _draw_money_and_letters() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("cents", cents(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("takes_back_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_payment_invoice_id")),
        sa.ForeignKeyConstraint(["takes_back_id"], ["payment.id"], name=op.f("fk_payment_takes_back_id")),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_payment_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("takes_back_id", name=op.f("uq_payment_takes_back_id")),
    )
    op.create_index(op.f("ix_payment_invoice_id"), "payment", ["invoice_id"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("counted_until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("open_cents", cents(), nullable=False),
        sa.Column("fee_cents", cents(), nullable=False),
        sa.Column("interest_cents", cents(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("pdf_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_reminder_customer_id")),
        sa.ForeignKeyConstraint(["pdf_id"], ["document.id"], name=op.f("fk_reminder_pdf_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("number", name=op.f("uq_reminder_number")),
    )
    op.create_index(op.f("ix_reminder_customer_id"), "reminder", ["customer_id"], unique=False)
    op.create_table(
        "reminder_invoice",
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("open_cents", cents(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_reminder_invoice_invoice_id")),
        sa.ForeignKeyConstraint(
            ["reminder_id"], ["reminder.id"], name=op.f("fk_reminder_invoice_reminder_id")
        ),
        sa.PrimaryKeyConstraint("reminder_id", "invoice_id", name=op.f("pk_reminder_invoice")),
    )
    op.create_index(op.f("ix_reminder_invoice_invoice_id"), "reminder_invoice", ["invoice_id"], unique=False)
    op.create_table(
        "message_attachment",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_message_attachment_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_attachment_message_id")
        ),
        sa.PrimaryKeyConstraint("message_id", "position", name=op.f("pk_message_attachment")),
    )


def _let_mails_belong() -> None:
    # Written out: Alembic's add_column gives SQLite no foreign key.
    for target in ("invoice", "reminder"):
        op.execute(f"ALTER TABLE message ADD COLUMN {target}_id INTEGER REFERENCES {target} (id)")
        op.create_index(op.f(f"ix_message_{target}_id"), "message", [f"{target}_id"], unique=False)


def _move_rates() -> None:
    """Take the rate of VAT out of the tariffs, into a table of its own.

    A house whose tariffs had the rates of the law gets these with their days; one that had entered others
    goes on with exactly those.
    """
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT valid_from, vat_rate FROM tariff ORDER BY valid_from")).all()
    rates = [(day, rate) for day, rate in rows]
    if all(rate == _legal_rate(day) for day, rate in rates):
        rates = list(_LEGAL_RATES)
    add = sa.text("INSERT INTO vat_rate (valid_from, rate) VALUES (:day, :rate)")
    before = None
    for day, rate in rates:
        if rate != before:
            connection.execute(add, {"day": day, "rate": rate})
        before = rate
    op.execute("ALTER TABLE tariff DROP COLUMN vat_rate")


def _legal_rate(day: str) -> int:
    return [rate for begins, rate in _LEGAL_RATES if begins <= max(day, _LEGAL_RATES[0][0])][-1]


def _seal() -> None:
    for table, sentence in _APPENDED.items():
        refuse(f"{table}_no_update", "UPDATE", table, "TRUE", sentence)
        refuse(f"{table}_no_delete", "DELETE", table, "TRUE", sentence)
        unique = {"invoice": ("number", "cancels_id"), "reminder": ("number",), "payment": ("takes_back_id",)}
        there = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE {name} = NEW.{name})"  # nosec B608 # noqa: S608 (names from this file)
            for name in ("id", *unique[table])
        )
        refuse_replacing(f"{table}_no_replace", table, there, sentence)
    for table, (first, second, sentence) in _LISTED.items():
        refuse(f"{table}_no_update", "UPDATE", table, "TRUE", sentence)
        refuse(f"{table}_no_delete", "DELETE", table, "TRUE", sentence)
        there = (
            f"EXISTS (SELECT 1 FROM {table} "  # nosec B608 # noqa: S608 (names from this file)
            f"WHERE {first} = NEW.{first} AND {second} = NEW.{second})"
        )
        refuse_replacing(f"{table}_no_replace", table, there, sentence)
