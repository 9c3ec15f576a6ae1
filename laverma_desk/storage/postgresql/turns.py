"""Those who draw at length what one of them can store stand in line on the server, beside its writers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from laverma_desk.domain.errors import DeskError
from laverma_desk.storage.postgresql.server import Server, open_connection

_ISSUING = 0x4C444953
"""The advisory lock of whoever draws a document; writers of anything else never ask for it."""

_STAND_IN_LINE = (
    # Longer than for a write: ahead of somebody may stand seven others with a document each.
    b"SET lock_timeout = '20s'; SELECT pg_advisory_lock(%d)" % _ISSUING
)


@contextmanager
def in_turn(server: Server) -> Iterator[None]:
    """Let others who draw wait until the block ends; none of them waits with the store locked.

    It is a courtesy, and proves nothing: where the server does not answer in time, the block runs all the
    same, and what it writes has to be right by itself.
    """
    place = None if server.away else _place_in_line(server)
    try:
        yield
    finally:
        if place is not None:
            with suppress(psycopg.Error):
                place.close()  # With the connection the turn ends, whatever became of it.


def _place_in_line(server: Server) -> psycopg.Connection[tuple[object, ...]] | None:
    with suppress(psycopg.Error, DeskError):  # A keyring may be shut, too.
        place = open_connection(server.address, server.password, autocommit=True)
        try:
            place.execute(_STAND_IN_LINE)
        except psycopg.Error:
            place.close()
        else:
            return place
    return None
