"""Who sends a mail holds it on the server by a connection of its own: it ends with whoever has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from sqlalchemy import Connection, text

from laverma_desk.storage.postgresql.server import Server, open_connection
from laverma_desk.storage.postgresql.troubles import trouble_of
from laverma_desk.storage.store import Store

_MAILS = 0x4C444D4C
"""The first half of the advisory locks of mails; the second one is the mail's row."""

# A machine that loses its power says no good-bye: after about half a minute the server lets its mail go.
_KEEPALIVES = (
    "SELECT set_config('tcp_keepalives_idle', '15', false),"
    " set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)"
)


@contextmanager
def holding(store: Store, message_id: int) -> Iterator[bool]:
    """Hold a mail; False: another desk has it. Raises OutsideTrouble for a server that is away."""
    if not isinstance(store, Server):
        raise TypeError("only a server has other desks")
    try:
        connection = open_connection(store.address, store.password, autocommit=True)
        connection.execute(_KEEPALIVES)
        found = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_MAILS, message_id)).fetchone()
    except psycopg.Error as error:
        raise (trouble_of(error, store.address.shown) or error) from error
    try:
        yield bool(found and found[0])
    finally:
        with suppress(psycopg.Error):
            connection.close()


def is_free(connection: Connection, message_id: int) -> bool:
    """Return whether nobody holds a mail; until the transaction ends nobody else will."""
    asked = text("SELECT pg_try_advisory_xact_lock(:mails, :mail)")
    return bool(connection.execute(asked, {"mails": _MAILS, "mail": message_id}).scalar())
