"""Issue invoices from drafts or straight from open sessions, one or a month of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain

from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.obstacles import record_obstacles, session_obstacles
from laverma_desk.services.invoicing.record import Built, build_draft, build_wish
from laverma_desk.services.invoicing.register import InvoiceRow, IssuedInvoice
from laverma_desk.services.invoicing.storing import Candidate, Order, issue
from laverma_desk.services.invoicing.terms import AS_DRAFTED, IssueTerms
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.storage import billing, drafts
from laverma_desk.storage.database import Connection

TOPICS = (Topic.INVOICES, Topic.SESSIONS)


@dataclass(frozen=True)
class IssueResult:
    """What became of a month's drafts; `refused` says for each draft why. `cancelled`: not all were tried."""

    issued: tuple[InvoiceRow, ...]
    refused: tuple[tuple[int, DeskError], ...]
    cancelled: bool = False


def issue_invoice(desk: Desk, draft_id: int, terms: IssueTerms = AS_DRAFTED) -> Done[IssuedInvoice]:
    """Issue a draft: it has its number for good, its sessions are locked, the draft is gone.

    `terms` count before the draft's own and are not written on it: one that is refused stays as it was.
    Raises RuleBroken as `record.draft_record`; INVOICE_OBSTACLES (with `obstacles`), INVOICE_NEEDS and
    INVOICE_REFUSED as `papers.make_papers`. Nothing is written then.
    """
    return done(issue(desk, _draft_order(draft_id, terms)), *TOPICS)


def issue_open(desk: Desk, wish: DraftWish, until: date) -> Done[IssuedInvoice]:
    """Issue open sessions at once, without a draft. Raises as `issue_invoice` and `wish_record`."""
    build = partial(build_wish, wish=wish, until=until)
    order = Order(
        kind=NumberKind.INVOICE,
        day=lambda _connection, today: today,
        build=lambda connection, number, today: _checked(
            connection, build(connection, number=number, today=today)
        ),
        settle=_bill,
    )
    return done(issue(desk, order), *TOPICS)


def issue_many(
    desk: Desk, draft_ids: Sequence[int], progress: Progress = silent, cancelled: Cancelled = never
) -> Done[IssueResult]:
    """Issue drafts one after the other; one that is refused does not keep the others.

    It stops between two where somebody wants it to: what is issued stays issued. Raises OutsideTrouble only
    where the world refuses the first; after that it is among `refused`, and the rest is not tried.
    """
    issued: list[InvoiceRow] = []
    refused: list[tuple[int, DeskError]] = []
    stopped = False
    progress(0, len(draft_ids))
    for place, draft_id in enumerate(draft_ids, 1):
        if cancelled():
            stopped = True
            break
        try:
            issued.append(issue_invoice(desk, draft_id).value.row)
        except RuleBroken as error:
            refused.append((draft_id, error))
        except DeskError as error:
            if not issued:
                raise
            refused.append((draft_id, error))
            stopped = place < len(draft_ids)
            break
        progress(place, len(draft_ids))
    return done(IssueResult(tuple(issued), tuple(refused), stopped), *TOPICS)


def _draft_order(draft_id: int, terms: IssueTerms) -> Order:
    def day(connection: Connection, today: date) -> date:
        draft = drafts.find(connection, draft_id)
        return today if draft is None else terms.over(draft).issued_on or today

    def settle(connection: Connection, wanted: Candidate) -> None:
        _bill(connection, wanted)
        drafts.remove(connection, draft_id)

    def build(connection: Connection, number: str, today: date) -> Candidate:
        return _checked(connection, build_draft(connection, draft_id, number, today, terms))

    return Order(
        kind=NumberKind.INVOICE,
        day=day,
        build=build,
        settle=settle,
    )


def _checked(connection: Connection, built: Built) -> Candidate:
    of_record = record_obstacles([built.customer])[built.customer.id]
    of_sessions = session_obstacles(connection, built.rows).values()
    blocking = [one for one in (*of_record, *chain.from_iterable(of_sessions)) if one.blocking]
    if blocking:
        raise RuleBroken(Rule.INVOICE_OBSTACLES, obstacles=tuple(blocking))
    return Candidate(
        invoice=built.invoice,
        customer_id=built.customer.id,
        sessions={one.number: one.id for one in built.sessions},
        attach_reports=built.attach_reports,
    )


def _bill(connection: Connection, wanted: Candidate) -> None:
    billing.bill(connection, list(wanted.sessions.values()), wanted.invoice.number)
