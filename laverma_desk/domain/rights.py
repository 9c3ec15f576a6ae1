"""What somebody may do on a desk that several share; on a desk of one's own everybody may everything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """One of the three parts of the work; each login has some of them."""

    CALLS = "calls"
    """The daily call: sessions, customers, notes, agreements, reports and their mails."""
    BILLING = "billing"
    """Drafts, invoices and their cancellation, payments, reminders, what a customer pays."""
    HOUSE = "house"
    """Settings, supporters, prices; merging, restricting and erasing of customers."""


@dataclass(frozen=True)
class Rights:
    """What whoever sits here may do."""

    given: frozenset[Right]

    def may(self, right: Right) -> bool:
        """Return whether a part of the work is theirs."""
        return right in self.given


ALL_RIGHTS = Rights(frozenset(Right))
