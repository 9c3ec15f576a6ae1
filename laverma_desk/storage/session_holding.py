"""Let nobody else write on a session for the length of a transaction that waits for nobody."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from laverma_desk.storage.tables import session

_HOLD = select(session.c.id).where(session.c.id == bindparam("row")).with_for_update()


def hold_session(connection: Connection, session_id: int) -> None:
    """Hold a session until the transaction ends. To be called after the heart was looked at, as everywhere.

    For a server: on a file each transaction that writes holds all of it.
    """
    connection.execute(_HOLD, {"row": session_id})
