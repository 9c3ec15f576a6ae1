"""What mini timer and tray say of a session: a session and an instant become words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.money import charge
from laverma_desk.domain.support_session import SessionState, SupportSession, seconds
from laverma_desk.i18n import _
from laverma_desk.ui.call.timer_reading import Billing, state_words


@dataclass(frozen=True)
class MiniReading:
    """The words of a session in little room. `amount` is net, or that it is free; `moon`: a gap is open."""

    session_id: int
    place: str
    state: SessionState
    state_text: str
    digits: str
    amount: str
    time: str
    moon: bool = False

    @property
    def running(self) -> bool:
        """Return whether its clock runs."""
        return self.state is SessionState.RUNNING

    @property
    def cost(self) -> str:
        """Return time and amount in one."""
        return f"{self.time} · {self.amount}"


def read_mini(session: SupportSession, billing: Billing, now: datetime) -> MiniReading:
    """Return what is shown of a session at an instant (UTC)."""
    running = seconds(session, now)
    cost = charge(running, billing.tariff)
    gap = session.open_gap is not None
    words = state_words(session.state)
    return MiniReading(
        session_id=session.id,
        place=session.partner,
        state=session.state,
        state_text=f"{words}, {_('a gap is undecided')}" if gap else words,
        digits=text.duration(running),
        amount=text.money(cost.net_cents) if session.billable else _("free of charge"),
        time=text.billed_time(cost),
        moon=gap,
    )
