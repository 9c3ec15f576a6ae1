"""What is shown at the right for a row: its line, its buttons, what is in the way, and where its paper is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import Need
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import preview, register
from laverma_desk.services.invoicing.drafts import DraftRow, DraftWish
from laverma_desk.services.invoicing.open_sessions import OpenCustomer
from laverma_desk.services.invoicing.register import InvoiceRow, InvoiceState
from laverma_desk.ui.invoices.hints import Hint
from laverma_desk.ui.invoices.paper_head import Headline
from laverma_desk.ui.invoices.rows import Kind
from laverma_desk.ui.invoices.toolbar import Action
from laverma_desk.ui.invoices.words import headline_of

_OF_ISSUED = (Action.SEND, Action.PAY, Action.EXPORT, Action.CANCEL, Action.PRINT)


@dataclass(frozen=True)
class Paper:
    """A document as bytes. `name` is the number, or whose draft it is; `needs` is what it still lacks."""

    name: str
    pdf: bytes
    xml: bytes | None = None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A row as the right part shows it. Two with the same `identity` have the same paper."""

    identity: tuple[object, ...]
    kind: Kind
    id: int
    customer_id: int
    headline: Headline
    fetch: Callable[[Desk], Paper] = field(compare=False)
    hints: tuple[Hint, ...] = ()
    actions: tuple[Action, ...] = ()
    blocked: Mapping[Action, str] = field(default_factory=dict)
    tonal: Action | None = None
    wish: DraftWish | None = None
    format: InvoiceFormat = InvoiceFormat.PDF

    @property
    def plain_pdf(self) -> bool:
        """Return whether it was issued as a PDF without XML."""
        return self.kind is Kind.INVOICE and self.format is InvoiceFormat.PDF


def open_subject(
    customer: OpenCustomer, wish: DraftWish, until: date, hints: tuple[Hint, ...], reason: str
) -> Subject:
    """Return an open customer as it would be billed; `reason` says why it cannot be, or nothing."""
    not_yet = _("Only what was issued can be sent, exported or cancelled.")
    blocked = dict.fromkeys((Action.SEND, Action.EXPORT, Action.CANCEL), not_yet)
    if reason:
        blocked[Action.ISSUE] = reason
    return Subject(
        identity=(Kind.CUSTOMER, wish, until),
        kind=Kind.CUSTOMER,
        id=customer.customer_id,
        customer_id=customer.customer_id,
        headline=Headline(
            _("Preview"), "amber", customer.name, _("The number is given when the invoice is issued.")
        ),
        fetch=partial(_open_paper, wish, until, customer.name),
        hints=hints,
        actions=(Action.ISSUE, Action.SEND, Action.EXPORT, Action.CANCEL, Action.PRINT),
        blocked=blocked,
        tonal=Action.ISSUE,
        wish=wish,
    )


def draft_subject(draft: DraftRow, hints: tuple[Hint, ...]) -> Subject:
    """Return a draft."""
    reason = next((one.sentence for one in hints if one.blocking), "")
    return Subject(
        identity=(Kind.DRAFT, draft),
        kind=Kind.DRAFT,
        id=draft.id,
        customer_id=draft.customer_id,
        headline=Headline(
            _("Draft"), "amber", draft.customer_name, _("The number is given when the invoice is issued.")
        ),
        fetch=partial(_draft_paper, draft.id, draft.customer_name),
        hints=hints,
        actions=(Action.ISSUE, Action.EDIT, Action.DISCARD, Action.PRINT),
        blocked={Action.ISSUE: reason} if reason else {},
        tonal=Action.ISSUE,
    )


def issued_subject(row: InvoiceRow) -> Subject:
    """Return an issued document."""
    blocked: dict[Action, str] = {}
    if row.state in (InvoiceState.CANCELLED, InvoiceState.CANCELLATION):
        blocked[Action.CANCEL] = (
            _("It is cancelled by %(number)s.") % {"number": row.cancelled_by}
            if row.state is InvoiceState.CANCELLED
            else _("A cancellation invoice cannot be cancelled. Bill the sessions anew.")
        )
    if row.state is InvoiceState.CANCELLATION:
        blocked[Action.PAY] = _("A cancellation invoice asks for no payment.")
    return Subject(
        identity=(Kind.INVOICE, row.id),
        kind=Kind.INVOICE,
        id=row.id,
        customer_id=row.customer_id,
        headline=headline_of(row),
        fetch=partial(_issued_paper, row.id, row.number),
        actions=_OF_ISSUED,
        blocked=blocked,
        tonal=None if row.sent else Action.SEND,
        format=row.format,
    )


def _open_paper(wish: DraftWish, until: date, name: str, desk: Desk) -> Paper:
    made = preview.preview_open(desk, wish, until)
    return Paper(name, made.pdf, made.xml, made.needs)


def _draft_paper(draft_id: int, name: str, desk: Desk) -> Paper:
    made = preview.preview_draft(desk, draft_id)
    return Paper(name, made.pdf, made.xml, made.needs)


def _issued_paper(invoice_id: int, name: str, desk: Desk) -> Paper:
    found = register.read_invoice(desk, invoice_id)
    return Paper(name, found.pdf, found.xml)
