"""A process that issues and cancels invoices at a real desk until somebody kills it, and says what is done.

Started once, it loads the program and then forks a player for each line it reads (STRIKE FOLDER SEED LATE,
parted by tabs). The player writes JSON lines: one before each step (`try`), one after the service has
returned (`done`), LATE seconds later: who is killed meanwhile has written and told nobody. `python -m
tests.nothing_lost.invoice_player race FOLDER` issues all drafts of a desk once, whatever others do.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from laverma_desk.documents import invoice_pdf, invoice_reading  # noqa: F401 (loaded before the fork, slow)
from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.einvoice import checking, writing  # noqa: F401 (loaded before the fork, slow)
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk, open_desk
from laverma_desk.services.invoicing import cancelling, drafts, issuing, register
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.register import InvoiceTab
from laverma_desk.storage import customers
from tests.nothing_lost.forked_player import fork_players, say
from tests.support.desks import memory_secrets
from tests.support.past_sessions import past_session

UNTIL = date(2022, 2, 28)


class Biller:
    """Somebody who bills and cancels as fast as the disk allows."""

    def __init__(self, desk: Desk, seed: int, late: float) -> None:
        self.desk, self.late = desk, late
        self.chance = random.Random(seed)
        with desk.database.read() as connection:
            self.places = customers.every_workstation(connection)

    def step(self) -> None:
        """Bill new sessions, from a draft or at once, or take an invoice back."""
        valid = register.invoices(self.desk, InvoiceTab.ISSUED)
        if valid and self.chance.random() < 0.25:
            self._cancel(self.chance.choice(valid))
        else:
            self._issue()

    def _issue(self) -> None:
        place = self.chance.choice(self.places)
        begin = datetime(2022, 2, self.chance.randrange(1, 28), 8, tzinfo=UTC)
        with self.desk.database.write() as connection:
            billed = tuple(
                past_session(connection, place, begin, self.chance.randrange(1, 9000), notes="Neustart")
                for _ in range(self.chance.randrange(1, 4))
            )
        wish = DraftWish(place.customer_id, billed)
        if self.chance.random() < 0.5:
            say(**{"try": "issue"}, sessions=billed)
            one = issuing.issue_open(self.desk, wish, UNTIL).value
        else:
            (draft,) = drafts.create_drafts(self.desk, [wish], UNTIL).value
            say(**{"try": "issue"}, sessions=billed)
            one = issuing.issue_invoice(self.desk, draft).value
        time.sleep(self.late)
        say(done="issue", number=one.row.number, cents=one.row.gross_cents, sessions=billed)

    def _cancel(self, row: register.InvoiceRow) -> None:
        say(**{"try": "cancel"}, of=row.number)
        one = cancelling.cancel_invoice(self.desk, row.id, "falscher Kunde").value
        time.sleep(self.late)
        say(done="cancel", number=one.row.number, of=row.number)


def _open(folder: str) -> Desk:
    return open_desk(DataDir(Path(folder)), SystemClock(), memory_secrets())


def _play(folder: str, seed: str, late: str) -> None:
    desk = _open(folder)
    say(done="open")
    biller = Biller(desk, int(seed), float(late))
    while True:
        biller.step()


def race(folder: str) -> None:
    """Issue every draft that is still there and say its number; one that another process took is left."""
    desk = _open(folder)
    for row in drafts.drafts(desk):
        try:
            one = issuing.issue_invoice(desk, row.id).value
        except RuleBroken as error:
            if error.code is not Rule.DRAFT_UNKNOWN:
                raise
            say(lost=row.id)
        else:
            say(draft=row.id, number=one.row.number)
    desk.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["race"]:
        race(sys.argv[2])
    else:
        fork_players(_play)
