"""Sessions as the reconciliation shows them, with what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from laverma_desk.domain.money import Charge, charge
from laverma_desk.domain.support_session import SessionState, SupportSession, seconds
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.services.reconciling.records import LooseSession
from laverma_desk.storage import sessions
from laverma_desk.storage.database import Connection


def session_lines(
    connection: Connection, session_ids: Iterable[int], now: datetime
) -> dict[int, LooseSession]:
    """Return sessions by their rows; what has not ended comes to what it would until now."""
    found = sessions.several(connection, sorted(set(session_ids)))
    return {one.id: session_line(connection, one, now) for one in found}


def session_line(connection: Connection, one: SupportSession, now: datetime) -> LooseSession:
    """Return a session with its figures; one that is free comes to nothing."""
    cost = one.charge or _so_far(connection, one, now)
    return LooseSession(
        session_id=one.id,
        number=one.number,
        begin=one.begin,
        end=one.end if one.state is SessionState.ENDED else None,
        seconds=cost.seconds,
        customer_id=one.customer_id,
        workstation_id=one.workstation_id,
        customer_name=one.customer_name,
        workstation_name=one.workstation_name,
        supporter_name=one.supporter_name,
        minutes=cost.billed_minutes,
        net_cents=cost.net_cents if one.billable else 0,
        tool=one.tool,
        partner_id=one.partner_id,
        billable=one.billable,
    )


def _so_far(connection: Connection, one: SupportSession, now: datetime) -> Charge:
    return charge(seconds(one, now), tariff_of(connection, one.customer_id, one.begin))
