"""After a cancellation: a new draft of what stood on the invoice, to be put right and issued anew."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, Invoice, InvoiceLine, LineKind, VatCategory
from laverma_desk.domain.invoice_record import load
from laverma_desk.domain.vat import VatRate, rate_on
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish, create_on
from laverma_desk.storage import customers, drafts
from laverma_desk.storage import invoices as stored
from laverma_desk.storage.vat_rates import vat_rates


def prepare_correction(desk: Desk, invoice_id: int) -> Done[int]:
    """Make a draft with the sessions, items and terms of a cancelled invoice and return its row.

    Raises RuleBroken INVOICE_UNKNOWN, INVOICE_ERASED, and OPEN_SESSIONS_CHANGED where a session is not free
    any more: the invoice still counts, or the session went into another draft.
    """
    with desk.database.write() as connection:
        found = stored.find(connection, invoice_id)
        if found is None:
            raise RuleBroken(Rule.INVOICE_UNKNOWN, number=invoice_id)
        if found.erased_at is not None:
            raise RuleBroken(Rule.INVOICE_ERASED, number=found.number)
        if stored.cancelled_by(connection, invoice_id) is None:
            raise RuleBroken(Rule.OPEN_SESSIONS_CHANGED)
        record = load(Invoice, found.record)
        sessions = tuple(stored.sessions_by_number(connection, invoice_id).values())
        if sessions:
            wish = DraftWish(found.customer_id, sessions)
            draft_id = create_on(connection, desk, wish, record.last)
        else:
            head = customers.survivor(connection, found.customer_id)
            draft_id = drafts.insert_draft(connection, head, record.last, desk.clock.now())
        rates = vat_rates(connection)
        for line in record.lines:
            if line.kind is not LineKind.SESSION:
                drafts.put_item(connection, draft_id, _item(line, rates))
        drafts.update_draft(
            connection,
            draft_id,
            payment_days=record.payment_days,
            format=record.format.value,
            attach_reports=found.attach_reports,
        )
    return done(draft_id, Topic.INVOICES)


def _item(line: InvoiceLine, rates: Iterable[VatRate]) -> DraftItem:
    own: Decimal | None = line.vat_rate
    if line.vat_category is not VatCategory.STANDARD or own == rate_on(line.first, rates):
        own = None
    return DraftItem(0, line.kind, line.first, line.text, line.quantity, line.unit, line.price_cents, own)
