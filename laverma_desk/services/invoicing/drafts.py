"""Drafts of invoices: made for many customers at once, changed freely, thrown away without a trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import InvoiceDraft
from laverma_desk.domain.invoice_sums import line_net
from laverma_desk.services import checks
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.editions import check_version
from laverma_desk.services.invoicing.needed_fields import field_obstacles
from laverma_desk.services.invoicing.obstacles import Obstacle, record_obstacles, session_obstacles
from laverma_desk.services.invoicing.open_sessions import OpenSession, open_session
from laverma_desk.services.jobs import Cancelled, Progress, never, silent
from laverma_desk.storage import customers
from laverma_desk.storage import drafts as stored
from laverma_desk.storage import open_sessions as waiting
from laverma_desk.storage.database import Connection

INTRODUCTION_LIMIT = 600
"""How long the sentence above the lines may be."""

LONGEST_PAYMENT_DAYS = 365


@dataclass(frozen=True)
class DraftWish:
    """Which open sessions of a customer are to become a draft."""

    customer_id: int
    session_ids: tuple[int, ...]


@dataclass(frozen=True)
class DraftRow:
    """A draft as a list shows it; `sessions` is their number, free ones included.

    `minutes` are those of the sessions that cost something, `net_cents` those of the items too.
    """

    id: int
    customer_id: int
    customer_number: str
    customer_name: str
    until: date
    sessions: int
    minutes: int
    net_cents: int
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def blocked(self) -> bool:
        """Return whether anything must be mended before it can be issued."""
        return any(one.blocking for one in self.obstacles)


@dataclass(frozen=True)
class DraftChange:
    """All that a form can change on a draft at once, besides sessions and items; see `InvoiceDraft`."""

    issued_on: date | None = None
    payment_days: int | None = None
    introduction: str = ""
    format: InvoiceFormat = InvoiceFormat.HOUSE
    attach_reports: bool = False


def create_drafts(
    desk: Desk,
    wishes: Sequence[DraftWish],
    until: date,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Done[tuple[int, ...]]:
    """Make a draft of each wish and return their rows; each is there whole or not at all.

    Called off, it keeps what it has made so far. A wish whose sessions are not all open any more is left
    out. Where none at all could be made, raises its RuleBroken OPEN_SESSIONS_CHANGED or INVOICE_EMPTY.
    """
    made: list[int] = []
    refused: RuleBroken | None = None
    progress(0, len(wishes))
    for count, wish in enumerate(wishes, 1):
        if cancelled():
            break
        try:
            made.append(_create(desk, wish, until))
        except RuleBroken as error:
            refused = refused or error
        progress(count, len(wishes))
    if refused is not None and not made:
        raise refused
    return done(tuple(made), Topic.INVOICES) if made else done(())


def _create(desk: Desk, wish: DraftWish, until: date) -> int:
    with desk.database.write() as connection:
        return create_on(connection, desk, wish, until)


def create_on(connection: Connection, desk: Desk, wish: DraftWish, until: date) -> int:
    """Make one draft within a transaction. Raises RuleBroken OPEN_SESSIONS_CHANGED, INVOICE_EMPTY."""
    if not wish.session_ids:
        raise RuleBroken(Rule.INVOICE_EMPTY)
    _check_open(connection, wish.customer_id, wish.session_ids, until)
    head = customers.survivor(connection, wish.customer_id)
    draft_id = stored.insert_draft(connection, head, until, desk.clock.now())
    stored.hold(connection, draft_id, list(dict.fromkeys(wish.session_ids)))
    return draft_id


def _check_open(connection: Connection, customer_id: int, session_ids: Sequence[int], until: date) -> None:
    family = customers.family(connection, customer_id)
    still_open = {row.id for row in waiting.open_rows(connection, until, family)}
    if not still_open.issuperset(session_ids):
        raise RuleBroken(Rule.OPEN_SESSIONS_CHANGED)


def drafts(desk: Desk) -> tuple[DraftRow, ...]:
    """Return all drafts in the order of the customers' numbers, each as it would be issued now.

    A session that was corrected meanwhile counts as it is today; one that went to another customer does not.
    """
    with desk.database.read() as connection:
        held = stored.every(connection)
        sessions = session_obstacles(connection, [row for _draft, rows in held for row in rows])
        records = customers.several(connection, {draft.customer_id for draft, _rows in held})
        # Looked for once for each format: it is the draft's, where it has one, and what is wanted follows.
        of_format = {one.format: one for one, _rows in held}
        missing = {
            format_: field_obstacles(connection, list(records.values()), one)
            for format_, one in of_format.items()
        }
    own = record_obstacles(records.values())
    found = []
    for draft, rows in held:
        customer = records[draft.customer_id]
        charged = [row for row in rows if row.billable]
        items = sum(line_net(item.quantity, item.price_cents, 1) for item in draft.items)
        found.append(
            DraftRow(
                draft.id, customer.id, customer.number, customer.name, draft.until,
                sessions=len(rows),
                minutes=sum(-(-row.billed_seconds // 60) for row in charged),
                net_cents=sum(row.net_cents for row in charged) + items,
                obstacles=(
                    *own[customer.id],
                    *missing[draft.format][customer.id],
                    *(one for row in rows for one in sessions[row.id]),
                ),
            )
        )  # fmt: skip
    return tuple(found)


def read_draft(desk: Desk, draft_id: int) -> InvoiceDraft:
    """Return a draft as it is now. Raises RuleBroken DRAFT_UNKNOWN."""
    with desk.database.read() as connection:
        return draft_on(connection, draft_id)


def draft_on(connection: Connection, draft_id: int) -> InvoiceDraft:
    """Return a draft as a transaction sees it. Raises RuleBroken DRAFT_UNKNOWN."""
    found = stored.find(connection, draft_id)
    if found is None:
        raise RuleBroken(Rule.DRAFT_UNKNOWN)
    return found


def draft_sessions(desk: Desk, draft_id: int) -> tuple[OpenSession, ...]:
    """Return the sessions of a draft and those of its customer that it could take, the oldest first.

    `read_draft` says which of them it has (`session_ids`). Raises RuleBroken DRAFT_UNKNOWN.
    """
    with desk.database.read() as connection:
        draft = draft_on(connection, draft_id)
        family = customers.family(connection, draft.customer_id)
        rows = [row for _draft, row in waiting.drafted_rows(connection, draft_id)]
        rows += waiting.open_rows(connection, draft.until, family)
        found = session_obstacles(connection, rows)
    return tuple(
        open_session(row, found[row.id]) for row in sorted(rows, key=lambda row: (row.begin, row.id))
    )


def change_draft(
    desk: Desk, draft_id: int, change: DraftChange, *, version: int | None = None
) -> Done[InvoiceDraft]:
    """Write what a form holds and return the draft; `version` is the one that the form showed.

    Raises RuleBroken DRAFT_UNKNOWN, RECORD_CHANGED; NUMBER_INVALID at `payment_days`, TEXT_TOO_LONG at
    `introduction`.
    """
    days = change.payment_days
    if days is not None and not 0 <= days <= LONGEST_PAYMENT_DAYS:
        raise RuleBroken(Rule.NUMBER_INVALID, field="payment_days", lowest=0, highest=LONGEST_PAYMENT_DAYS)
    words = checks.several_lines(change.introduction, "introduction", INTRODUCTION_LIMIT)
    with desk.database.write() as connection:
        check_version(version, draft_on(connection, draft_id).version)
        stored.update_draft(
            connection,
            draft_id,
            issued_on=change.issued_on,
            payment_days=days,
            introduction=words,
            format=change.format.value,
            attach_reports=change.attach_reports,
        )
        return done(draft_on(connection, draft_id), Topic.INVOICES)


def tick_session(desk: Desk, draft_id: int, session_id: int, ticked: bool) -> Done[InvoiceDraft]:
    """Take a session of the customer into a draft, or set it free again; return the draft.

    Raises RuleBroken DRAFT_UNKNOWN, OPEN_SESSIONS_CHANGED for one that cannot be taken in.
    """
    with desk.database.write() as connection:
        draft = draft_on(connection, draft_id)
        if not ticked:
            stored.let_go(connection, draft_id, session_id)
        elif session_id not in draft.session_ids:
            _check_open(connection, draft.customer_id, [session_id], draft.until)
            stored.hold(connection, draft_id, [session_id])
        return done(draft_on(connection, draft_id), Topic.INVOICES)


def discard_draft(desk: Desk, draft_id: int) -> Done[None]:
    """Throw a draft away; its sessions are open again. Raises RuleBroken DRAFT_UNKNOWN."""
    with desk.database.write() as connection:
        draft_on(connection, draft_id)
        stored.remove(connection, draft_id)
    return done(None, Topic.INVOICES)
