"""What is or shall be invoiced to somebody, paid and reminded of: as tables, as files, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from laverma_desk import text
from laverma_desk.documents.filename import safe_file_name
from laverma_desk.domain.invoice import InvoiceDraft, InvoiceKind
from laverma_desk.domain.invoice_record import dump
from laverma_desk.i18n import gettext_in
from laverma_desk.services.privacy.tables import Table
from laverma_desk.storage import drafts
from laverma_desk.storage.database import Connection
from laverma_desk.storage.disclosed_invoices import (
    DisclosedInvoice,
    DisclosedPayment,
    DisclosedReminder,
    invoices_of,
    payments_of,
    reminders_of,
)
from laverma_desk.storage.stored_documents import name_of


class Billing:
    """Everything about the invoices of some records, read once."""

    def __init__(self, connection: Connection, family: Sequence[int], language: str) -> None:
        """Read it; `language` is that of the tables."""
        self._language = language
        self._invoices = invoices_of(connection, family)
        self._payments = payments_of(connection, family)
        self._reminders = reminders_of(connection, family)
        self._drafts = [one for one, _rows in drafts.every(connection) if one.customer_id in family]
        papers = [one for bill in self._invoices for one in (bill.pdf_id, bill.xml_id) if one is not None]
        self.files = _named(connection, "rechnungen", papers) | _named(
            connection, "mahnungen", [one.pdf_id for one in self._reminders]
        )
        """The stored documents with their names in the archive."""

    def tables(self) -> tuple[Table, ...]:
        """Return invoices, payments, reminders and drafts, where there are any."""
        made = (
            self._invoice_table(self._invoices),
            self._payment_table(self._payments),
            self._reminder_table(self._reminders),
            self._draft_table(self._drafts),
        )
        return tuple(one for one in made if one.rows)

    def machine(self) -> Mapping[str, Any]:
        """Return the frozen records, the payments and the drafts for programs."""
        if not (self._invoices or self._reminders or self._drafts):
            return {}
        return {
            "invoice_drafts": [json.loads(dump(one)) for one in self._drafts],
            "invoices": [json.loads(one.record) for one in self._invoices],
            "payments": [vars(one) | {"paid_on": one.paid_on.isoformat()} for one in self._payments],
            "reminders": [json.loads(one.record) for one in self._reminders],
        }

    def _invoice_table(self, invoices: Iterable[DisclosedInvoice]) -> Table:
        tongue = self._language
        kinds = {
            InvoiceKind.INVOICE: gettext_in(tongue, "Invoice"),
            InvoiceKind.CANCELLATION: gettext_in(tongue, "Cancellation invoice"),
        }
        columns = (
            gettext_in(tongue, "Number"),
            gettext_in(tongue, "Kind"),
            gettext_in(tongue, "Date"),
            gettext_in(tongue, "Due on"),
            gettext_in(tongue, "Net"),
            gettext_in(tongue, "VAT"),
            gettext_in(tongue, "Gross"),
            gettext_in(tongue, "Reason"),
            gettext_in(tongue, "File"),
        )
        rows = tuple(
            (
                one.number,
                kinds[one.kind],
                text.date(one.issued_on, tongue),
                text.date(one.due_on, tongue) if one.due_on else "",
                text.money(one.net_cents, tongue),
                text.money(one.vat_cents, tongue),
                text.money(one.gross_cents, tongue),
                one.reason,
                self.files[one.pdf_id],
            )
            for one in invoices
        )
        return Table("rechnungen", gettext_in(tongue, "Invoices"), columns, rows)

    def _payment_table(self, payments: Iterable[DisclosedPayment]) -> Table:
        tongue = self._language
        columns = (
            gettext_in(tongue, "Invoice"),
            gettext_in(tongue, "Paid on"),
            gettext_in(tongue, "Amount"),
            gettext_in(tongue, "Note"),
            gettext_in(tongue, "By"),
        )
        rows = tuple(
            (one.number, text.date(one.paid_on, tongue), text.money(one.cents, tongue), one.note, one.who)
            for one in payments
        )
        return Table("zahlungen", gettext_in(tongue, "Payments"), columns, rows)

    def _reminder_table(self, reminders: Iterable[DisclosedReminder]) -> Table:
        tongue = self._language
        columns = (
            gettext_in(tongue, "Number"),
            gettext_in(tongue, "Level"),
            gettext_in(tongue, "Date"),
            gettext_in(tongue, "Due on"),
            gettext_in(tongue, "Still open"),
            gettext_in(tongue, "Fee"),
            gettext_in(tongue, "Interest"),
            gettext_in(tongue, "File"),
        )
        rows = tuple(
            (
                one.number,
                text.number(one.level, tongue),
                text.date(one.issued_on, tongue),
                text.date(one.due_on, tongue),
                text.money(one.open_cents, tongue),
                text.money(one.fee_cents, tongue),
                text.money(one.interest_cents, tongue),
                self.files[one.pdf_id],
            )
            for one in reminders
        )
        return Table("mahnungen", gettext_in(tongue, "Reminders"), columns, rows)

    def _draft_table(self, drafts_: Iterable[InvoiceDraft]) -> Table:
        tongue = self._language
        columns = (
            gettext_in(tongue, "Billed until"),
            gettext_in(tongue, "Introduction"),
            gettext_in(tongue, "Items"),
        )
        rows = tuple(
            (text.date(one.until, tongue), one.introduction, ", ".join(item.text for item in one.items))
            for one in drafts_
        )
        return Table("entwuerfe", gettext_in(tongue, "Drafts of invoices"), columns, rows)


def _named(connection: Connection, folder: str, documents: Iterable[int]) -> dict[int, str]:
    return {one: f"{folder}/{one}_{safe_file_name(name_of(connection, one))}" for one in documents}
