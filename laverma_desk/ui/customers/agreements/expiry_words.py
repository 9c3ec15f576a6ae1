"""What a row of the list of ending agreements says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.agreement import AgreementState
from laverma_desk.domain.folding import fold
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.agreements.overview import ExpiryRow
from laverma_desk.ui.agreement_badge import agreement_badge
from laverma_desk.ui.customers.agreements.words import mail_words
from laverma_desk.ui.widgets.badge import Tone
from laverma_desk.ui.widgets.segmented import Segment

ALL = "all"


@dataclass(frozen=True)
class ExpiryWords:
    """The words of a customer: name, number with town, badge, address, what became of the template.

    `reachable`: there is an address. `link` is "" where nothing can be sent.
    """

    name: str
    place: str
    badge: str
    tone: Tone
    recipient: str
    template: str
    link: str
    reachable: bool

    @property
    def spoken(self) -> str:
        """Return everything as one sentence."""
        parts = (self.name, self.place, self.badge, self.recipient, self.template)
        return text.list_sentence([part for part in parts if part])


def words_of_row(row: ExpiryRow, now: datetime, *, ready: bool) -> ExpiryWords:
    """Return the words of a row; `ready`: the house has a template to send."""
    badge, tone = agreement_badge(row.status)
    mail = ""
    if row.template_at is not None and row.template_state is not None:
        mail = mail_words(row.template_state, row.template_at, now)
    return ExpiryWords(
        name=row.name,
        place=text.list_sentence([part for part in (row.number, row.city) if part]),
        badge=badge,
        tone=tone,
        recipient=row.recipient or _("no address"),
        template=mail,
        link=_("Send DPA template") if ready and row.recipient else "",
        reachable=bool(row.recipient),
    )


def segments(rows: tuple[ExpiryRow, ...]) -> list[Segment]:
    """Return the parts of the filter with how many rows each has."""
    counts = dict.fromkeys(AgreementState, 0)
    for row in rows:
        counts[row.status.state] += 1
    names = {
        AgreementState.EXPIRED: _("Expired"),
        AgreementState.MISSING: _("Missing"),
        AgreementState.EXPIRING: _("Expires"),
        AgreementState.ENDED: _("Ended"),
    }
    return [
        Segment(ALL, _("All"), text.number(len(rows))),
        *(Segment(state.value, name, text.number(counts[state])) for state, name in names.items()),
    ]


def matching(rows: tuple[ExpiryRow, ...], state: str, typed: str) -> list[ExpiryRow]:
    """Return the rows of a state ("all": every one) whose name, number or town holds what was typed."""
    words = fold(typed).split()
    return [
        row
        for row in rows
        if state in (ALL, row.status.state.value)
        and (not words or all(word in fold(f"{row.name} {row.number} {row.city}") for word in words))
    ]


def count_words(count: int) -> str:
    """Return how many customers are shown."""
    return ngettext("%(n)s customer", "%(n)s customers", count) % {"n": text.number(count)}
