"""The drafts of a month run from the shell: those that are there are taken as they are, the rest is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import (
    DraftChange,
    DraftRow,
    DraftWish,
    change_draft,
    create_drafts,
    drafts,
    read_draft,
)
from laverma_desk.services.invoicing.open_sessions import OpenCustomer, open_customers
from laverma_desk.services.invoicing.terms import AS_DRAFTED, IssueTerms
from laverma_desk.services.jobs import Cancelled, Progress, never, silent


@dataclass(frozen=True)
class MonthDrafts:
    """The drafts of a run in the order of the customers' numbers.

    `known` are the rows of those that were there before, `left` the customers with one whose other sessions
    stay open: nobody but its owner adds to a draft.
    """

    rows: tuple[DraftRow, ...]
    known: frozenset[int]
    left: tuple[OpenCustomer, ...]


def month_drafts(
    desk: Desk,
    until: date,
    customer_ids: Collection[int] | None = None,
    *,
    terms: IssueTerms = AS_DRAFTED,
    kept: bool = True,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> MonthDrafts:
    """Return a draft for each customer with something to bill up to a day; None are all customers.

    A second run finds the drafts of the first and doubles nothing. Day and format of `terms` are written on
    all of them where they are to be `kept`; whoever issues them at once gives them to `issue_invoice`
    instead. Raises RuleBroken INVOICE_DATE_FUTURE before anything is written.
    """
    day = terms.issued_on
    if day is not None and day > local_day(desk.clock.now()):
        raise RuleBroken(Rule.INVOICE_DATE_FUTURE, field="issued_on", day=day)

    def wanted(customer_id: int) -> bool:
        return customer_ids is None or customer_id in customer_ids

    known = [one for one in drafts(desk) if one.until <= until and wanted(one.customer_id)]
    drafted = {one.customer_id for one in known}
    waiting = [one for one in open_customers(desk, until) if wanted(one.customer_id)]
    wishes = [
        DraftWish(one.customer_id, tuple(session.id for session in one.sessions))
        for one in waiting
        if one.customer_id not in drafted
    ]
    made = create_drafts(desk, wishes, until, progress, cancelled).value if wishes else ()
    mine = {*made, *(one.id for one in known)}
    if kept and terms != AS_DRAFTED:
        for draft_id in sorted(mine):
            _write(desk, draft_id, terms)
    return MonthDrafts(
        rows=tuple(one for one in drafts(desk) if one.id in mine),
        known=frozenset(one.id for one in known),
        left=tuple(one for one in waiting if one.customer_id in drafted),
    )


def _write(desk: Desk, draft_id: int, terms: IssueTerms) -> None:
    draft = terms.over(read_draft(desk, draft_id))
    change = DraftChange(
        draft.issued_on, draft.payment_days, draft.introduction, draft.format, draft.attach_reports
    )
    change_draft(desk, draft_id, change)
