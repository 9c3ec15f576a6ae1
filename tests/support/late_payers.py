"""Customers who do not pay: invoices issued on a day, and the days that pass after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.reminder import ReminderRow
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.storage import reminders as stored
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import add_practice, add_sessions, make_house


@dataclass
class LatePayers:
    """A house, its clock, and a practice that is billed for remote support."""

    desk: Desk
    clock: FakeClock
    place: Workstation

    def be_on(self, day: date) -> None:
        """Let it be noon of a day."""
        self.clock.set_wall(datetime.combine(day, time(11), UTC))

    def bill(
        self, day: date, *seconds: int, service: date | None = None, place: Workstation | None = None
    ) -> IssuedInvoice:
        """Issue an invoice on a day for sessions of so many seconds, held from `service` on."""
        self.be_on(day)
        chosen = place or self.place
        begin = datetime.combine(service or day - timedelta(days=10), time(8), UTC)
        rows = add_sessions(self.desk, chosen, *seconds, begin=begin)
        return issue_open(self.desk, DraftWish(chosen.customer_id, tuple(rows)), day).value


def make_late_payers(folder: Path, **values: Any) -> LatePayers:
    """Open a house with a practice; `values` are fields of the practice's record."""
    clock = FakeClock()
    desk = make_house(folder, clock)
    return LatePayers(desk, clock, add_practice(desk, **values))


def letters_to(desk: Desk, customer_id: int) -> list[ReminderRow]:
    """Return the reminders that name an invoice of a customer, the newest first."""
    with desk.database.read() as connection:
        due = stored.due_before(connection, date.max, [customer_id])
        named = stored.of_invoices(connection, [one.id for one in due])
    rows = {row.id: row for rows in named.values() for row in rows}
    return sorted(rows.values(), key=lambda row: row.id, reverse=True)
