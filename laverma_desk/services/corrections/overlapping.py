"""Find what one supporter did at the same time: pointed out, never a reason to refuse anything."""

from __future__ import annotations

from datetime import datetime

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.storage import overlaps as stored


def overlaps(
    desk: Desk, supporter_id: int, begin: datetime, end: datetime, except_id: int | None = None
) -> list[SupportSession]:
    """Return a supporter's other sessions whose time runs between two instants (UTC), the oldest first.

    Pauses overlap with nothing, and times that only touch do not overlap. A session that runs still does
    so until now.
    """
    with desk.database.read() as connection:
        return stored.overlapping(
            connection, supporter_id, begin, end, now=desk.clock.now(), except_id=except_id
        )
