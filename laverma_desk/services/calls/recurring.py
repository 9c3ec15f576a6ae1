"""Trouble that comes back: how often one machine needed help within a month."""

from __future__ import annotations

from datetime import timedelta

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.storage import attempts, customers

DAYS = 30
FROM = 3
"""From so many sessions on it is worth a word."""


def sessions_lately(desk: Desk, workstation_id: int, until: SupportSession | None = None) -> int:
    """Return how many sessions a machine had in the last 30 days, 0 where they are too few to speak of.

    Ended, running and impossible ones count, and those of records that were merged into this one. Up to and
    with the session `until`, where one is given: the number is then its own place among them.
    """
    with desk.database.read() as connection:
        place = customers.find_workstation(connection, workstation_id)
        if place is None:
            return 0
        last = until.begin if until else desk.clock.now()
        machines = {workstation_id, *attempts.machines_of(connection, place.customer_id, place.name)}
        found = attempts.sessions_at(
            connection, place.customer_id, machines, last - timedelta(days=DAYS), last
        )
    return found if found >= FROM else 0
