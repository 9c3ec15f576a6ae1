"""What the filters ask for, as they show it and as the history is asked."""

from __future__ import annotations

from dataclasses import dataclass

from laverma_desk.domain.folding import fold
from laverma_desk.domain.history import HistoryFilter, HistoryStatus
from laverma_desk.services import history
from laverma_desk.services.desk import Desk
from laverma_desk.ui.history.periods import Period
from laverma_desk.ui.widgets.choice_popup import Choice

_SHORTEST = 2
"""Letters from which on the full text is searched: one finds nearly everything, slowly."""


@dataclass(frozen=True)
class Wish:
    """What the row of filters asks for; the names are those that it shows."""

    period: Period
    customer_id: int | None = None
    customer: str = ""
    supporter_id: int | None = None
    supporter: str = ""
    status: HistoryStatus = HistoryStatus.ALL
    text: str = ""

    def filter(self) -> HistoryFilter:
        """Return the wish as the history takes it."""
        words = self.text.strip()
        return HistoryFilter(
            first=self.period[0],
            last=self.period[1],
            customer_id=self.customer_id,
            supporter_id=self.supporter_id,
            status=self.status,
            text=words if len(words) >= _SHORTEST else "",
        )


def customer_choices(desk: Desk) -> list[Choice]:
    """Return every customer to choose from. Ten thousand take some 100 ms: not for the GUI thread."""
    return [
        Choice(number, name, aside, fold(f"{name} {aside}"))
        for number, aside, name in history.history_customers(desk)
    ]


def wish_for_customer(desk: Desk, customer_id: int) -> Wish:
    """Return the wish for every session of one customer."""
    names = {number: name for number, _number, name in history.history_customers(desk)}
    return Wish((None, None), customer_id=customer_id, customer=names.get(customer_id, ""))
