"""Which customers and sessions are to be billed: what is unticked stays so while lists reload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.obstacles import Obstacle
from laverma_desk.services.invoicing.open_sessions import OpenCustomer, OpenSession
from laverma_desk.ui.invoices.rows import Tick


@dataclass
class OpenChoice:
    """The ticks of the open customers. Everything that can be billed is ticked at first."""

    unticked: set[int] = field(default_factory=set)
    left_out: set[int] = field(default_factory=set)
    unfolded: set[int] = field(default_factory=set)

    def sessions(self, customer: OpenCustomer) -> tuple[OpenSession, ...]:
        """Return the ticked sessions of a customer."""
        return tuple(one for one in customer.sessions if one.id not in self.left_out)

    def hindrances(self, customer: OpenCustomer) -> tuple[Obstacle, ...]:
        """Return what must be mended before the ticked sessions can be billed."""
        found = [*customer.obstacles, *(one for each in self.sessions(customer) for one in each.obstacles)]
        return tuple(one for one in found if one.blocking)

    def is_possible(self, customer: OpenCustomer) -> bool:
        """Return whether the ticked sessions can become an invoice."""
        costs = any(one.billable for one in self.sessions(customer))
        return costs and not self.hindrances(customer)

    def tick_of(self, customer: OpenCustomer) -> Tick:
        """Return the box of a customer."""
        if not self.is_possible(customer):
            return Tick.BLOCKED
        return Tick.OFF if customer.customer_id in self.unticked else Tick.ON

    def wish(self, customer: OpenCustomer) -> DraftWish:
        """Return the ticked sessions of a customer as a wish."""
        return DraftWish(customer.customer_id, tuple(one.id for one in self.sessions(customer)))

    def chosen(self, customers: Sequence[OpenCustomer]) -> list[OpenCustomer]:
        """Return the ticked customers."""
        return [one for one in customers if self.tick_of(one) is Tick.ON]

    def toggle(self, customer: OpenCustomer) -> bool:
        """Tick or untick a customer; return whether that is possible."""
        if not self.is_possible(customer):
            return False
        self.unticked ^= {customer.customer_id}
        return True

    def toggle_session(self, session_id: int) -> None:
        """Tick or untick a single session."""
        self.left_out ^= {session_id}

    def fold(self, customer_id: int) -> None:
        """Unfold the sessions of a customer, or fold them in."""
        self.unfolded ^= {customer_id}

    def tick_all(self, customers: Sequence[OpenCustomer], *, ticked: bool) -> None:
        """Tick or untick every customer."""
        numbers = {one.customer_id for one in customers}
        self.unticked = self.unticked - numbers if ticked else self.unticked | numbers

    def net_cents(self, customer: OpenCustomer) -> int:
        """Return what the ticked sessions of a customer cost."""
        return sum(one.net_cents for one in self.sessions(customer))

    def minutes(self, customer: OpenCustomer) -> int:
        """Return the billed minutes of the ticked sessions that cost something."""
        return sum(one.minutes for one in self.sessions(customer) if one.billable)


@dataclass
class DraftChoice:
    """The ticks of the drafts; none at first, for issuing cannot be taken back."""

    ticked: set[int] = field(default_factory=set)

    def toggle(self, draft_id: int) -> None:
        """Tick or untick a draft."""
        self.ticked ^= {draft_id}

    def tick_all(self, draft_ids: Sequence[int], *, ticked: bool) -> None:
        """Tick or untick every draft."""
        self.ticked = set(draft_ids) if ticked else set()
