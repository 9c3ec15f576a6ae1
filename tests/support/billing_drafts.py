"""Drafts of the month of `billing_desks`, and what its tests ask of them again and again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish, create_drafts
from laverma_desk.services.invoicing.open_sessions import open_customers
from tests.support.billing_desks import UNTIL, Billing

TRAVEL = DraftItem(0, LineKind.TRAVEL, date(2022, 2, 9), "Anfahrt", Decimal(1), Unit.LUMP_SUM, 4900)


def draft_of(desk: Desk, billing: Billing, number: str = "10017") -> int:
    """Make a draft of a customer's month; return its row."""
    wish = DraftWish(billing.customers[number], billing.sessions[number])
    return create_drafts(desk, [wish], UNTIL).value[0]


def open_rows(desk: Desk) -> set[int]:
    """Return the rows of all open sessions."""
    return {session.id for one in open_customers(desk, UNTIL) for session in one.sessions}


def refused(work: Callable[[], object]) -> tuple[Rule, str]:
    """Return the rule that some work breaks, and its field."""
    with pytest.raises(RuleBroken) as caught:
        work()
    return caught.value.code, caught.value.field
