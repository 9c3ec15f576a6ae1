"""What the window has to know of the outbox all the time, without the way of a mail into it or out of it."""

from __future__ import annotations

from laverma_desk.domain.message import NOT_DONE
from laverma_desk.services.desk import Desk
from laverma_desk.storage import outbox


def count_open(desk: Desk) -> int:
    """Return how many mails have not been handed over."""
    with desk.database.read() as connection:
        return outbox.count_in(connection, NOT_DONE)
