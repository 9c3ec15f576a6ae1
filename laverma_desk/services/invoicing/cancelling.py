"""Take an invoice back: a document of its own with negative quantities; the sessions are free again."""

from __future__ import annotations

from datetime import date

from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import Invoice, InvoiceKind
from laverma_desk.domain.invoice_record import load
from laverma_desk.domain.invoice_sums import cancellation_of
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import wording
from laverma_desk.services.invoicing.issuing import TOPICS
from laverma_desk.services.invoicing.record import check_day
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.services.invoicing.storing import Candidate, Order, issue
from laverma_desk.storage import billing
from laverma_desk.storage import invoices as stored
from laverma_desk.storage.database import Connection
from laverma_desk.storage.invoices import StoredInvoice


def cancel_invoice(
    desk: Desk, invoice_id: int, reason: str, issued_on: date | None = None
) -> Done[IssuedInvoice]:
    """Issue the cancellation (Stornorechnung) of an invoice, made from what was frozen on it.

    `issued_on` None is today. What was paid on it is to be paid back, see `InvoiceRow.open_cents`. Raises
    RuleBroken REASON_MISSING, TEXT_TOO_LONG at `reason`; INVOICE_DATE_FUTURE, INVOICE_DATE_EARLY at
    `issued_on`; INVOICE_UNKNOWN, INVOICE_ERASED, INVOICE_CANCELLED (with `by`), INVOICE_IS_CANCELLATION;
    INVOICE_NEEDS and INVOICE_REFUSED as `papers.make_papers`.
    """
    why = checks.one_line(reason, "reason")
    if not why:
        raise RuleBroken(Rule.REASON_MISSING, field="reason")

    def day(connection: Connection, today: date) -> date:
        original = _open_invoice(connection, invoice_id)
        chosen = issued_on or today
        check_day(chosen, original.issued_on, today)
        return chosen

    def build(connection: Connection, number: str, today: date) -> Candidate:
        original = _open_invoice(connection, invoice_id)
        record = load(Invoice, original.record)
        texts = wording.cancelling(record)
        return Candidate(
            invoice=cancellation_of(record, day(connection, today), why, texts, number),
            customer_id=original.customer_id,
            sessions=stored.sessions_by_number(connection, invoice_id),
            cancels_id=invoice_id,
        )

    def settle(connection: Connection, wanted: Candidate) -> None:
        if wanted.invoice.cancels is not None:
            billing.release(connection, wanted.invoice.cancels.number)

    return done(issue(desk, Order(NumberKind.CANCELLATION, day, build, settle)), *TOPICS)


def _open_invoice(connection: Connection, invoice_id: int) -> StoredInvoice:
    found = stored.find(connection, invoice_id)
    if found is None:
        raise RuleBroken(Rule.INVOICE_UNKNOWN, number=invoice_id)
    if found.kind is InvoiceKind.CANCELLATION:
        raise RuleBroken(Rule.INVOICE_IS_CANCELLATION, number=found.number)
    by = stored.cancelled_by(connection, invoice_id)
    if by is not None:
        raise RuleBroken(Rule.INVOICE_CANCELLED, number=found.number, by=by)
    if found.erased_at is not None:
        raise RuleBroken(Rule.INVOICE_ERASED, number=found.number)
    return found
