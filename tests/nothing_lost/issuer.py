"""One of several processes that issue at once: its own drafts, those that all want, and now and then back.

`python -m tests.nothing_lost.issuer` reads an order (a line of JSON: `folder`, `url`, `drafts`, `contested`,
`cancels`, `seed`), opens the desk and says so, begins with the next line, and says as JSON what it was told.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import cancelling, issuing
from laverma_desk.services.invoicing.register import IssuedInvoice
from tests.nothing_lost.forked_player import say
from tests.nothing_lost.shared_houses import open_at

_BUSY = (Trouble.SERVER_BUSY, Trouble.DATABASE_BUSY)
_MOST = 200
"""So often in a row one is sent away by a desk that somebody else writes at: then something hangs."""


class Issuer:
    """Issues everything it was given, once, however busy the others are."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def issue(self, draft: int) -> IssuedInvoice | None:
        """Issue a draft; None where somebody else has."""
        try:
            one = self._persist(lambda: issuing.issue_invoice(self.desk, draft).value)
        except RuleBroken as error:
            if error.code is not Rule.DRAFT_UNKNOWN:
                raise
            say(lost=draft)
            return None
        say(draft=draft, number=one.row.number)
        return one

    def cancel(self, one: IssuedInvoice) -> None:
        """Take an invoice back."""
        back = self._persist(lambda: cancelling.cancel_invoice(self.desk, one.row.id, "falscher Kunde").value)
        say(of=one.row.number, number=back.row.number)

    def _persist(self, work: Callable[[], IssuedInvoice]) -> IssuedInvoice:
        for _ in range(_MOST):
            try:
                return work()
            except OutsideTrouble as error:
                if error.code not in _BUSY:
                    raise
                say(busy=error.code.value)
        raise TimeoutError


def play(desk: Desk, drafts: Sequence[int], contested: Sequence[int], cancels: int, seed: int) -> None:
    """Issue the drafts in an order of chance, and take back so many of the own ones."""
    chance = random.Random(seed)
    issuer = Issuer(desk)
    taken_back = set(chance.sample(list(drafts), cancels))
    wanted = [*drafts, *contested]
    chance.shuffle(wanted)
    for draft in wanted:
        one = issuer.issue(draft)
        if one is not None and draft in taken_back:
            issuer.cancel(one)


def main() -> None:
    """Open, wait for the others, issue, and say that all is done."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    desk = open_at(Path(order["folder"]), order["url"])
    say(ready=True)
    sys.stdin.readline()
    play(desk, order["drafts"], order["contested"], order["cancels"], order["seed"])
    desk.close()
    say(done=True)


if __name__ == "__main__":
    main()
