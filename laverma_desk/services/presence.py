"""Who else is on the phone, and with whom: what desks on one server see of each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.services.rights import rights_at
from laverma_desk.storage import customers, presence, sessions
from laverma_desk.storage.mine import me


@dataclass(frozen=True)
class OnThePhone:
    """A session of another technician that runs or pauses.

    `present`: the desk of that technician is open; else `last_beat` is when it was last heard of.
    """

    session: SupportSession
    present: bool
    last_beat: datetime | None


def others_on_the_phone(desk: Desk) -> list[SupportSession]:
    """Return the sessions that run or pause at other desks, the oldest first; none on a file."""
    if not desk.database.shared:
        return []
    with desk.database.read() as connection:
        return sessions.of_others(connection)


def look_at(desk: Desk, session_id: int) -> OnThePhone | None:
    """Return a session of another technician as it is now, None where it has ended or is this desk's."""
    with desk.database.read() as connection:
        found = next((one for one in sessions.of_others(connection) if one.id == session_id), None)
        if found is None:
            return None
        known = {one.id: one for one in presence.colleagues(connection)}
        whose = known.get(found.supporter_id)
        return OnThePhone(found, whose is not None and whose.present, whose.last_beat if whose else None)


def who_talks_with(desk: Desk, customer_id: int) -> list[SupportSession]:
    """Return the sessions of others with a customer, or with records merged into it; none on a file.

    None too where it cannot be read: what is in the way is said where the customer itself is read.
    """
    if not desk.database.shared:
        return []
    try:
        with desk.database.read() as connection:
            found = sessions.of_others(connection)
            if not found:
                return []
            family = set(customers.family(connection, customers.survivor(connection, customer_id)))
            return [one for one in found if one.customer_id in family]
    except DeskError:
        return []


def can_take_over(desk: Desk) -> bool:
    """Return whether the login belongs to a technician who may run sessions."""
    if not rights_at(desk).may(Right.CALLS):
        return False
    with desk.database.read() as connection:
        return me(connection) is not None
