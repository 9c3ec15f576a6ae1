"""All sessions that have ended, as a test wants to see them: the product reads them by page."""

from __future__ import annotations

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.storage import sessions
from laverma_desk.storage.database import Connection


def ended_sessions(connection: Connection) -> list[SupportSession]:
    """Return them in the order of their beginning."""
    rows = connection.exec_driver_sql("SELECT id FROM session WHERE state = 'ended'").scalars()
    return sessions.several(connection, list(rows))
