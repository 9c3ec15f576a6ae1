"""Logs as TeamViewer writes them, line by line."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from laverma_desk.services.reconciling.overview import overview
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.services.reconciling.records import OpenConnection, Reading
from laverma_desk.storage import customers, sessions
from tests.support.past_sessions import past_session

FORM = "%d-%m-%Y %H:%M:%S"
RECEPTION = "1234567890"
"""The partner ID of ZAP Dr. Bohrer's reception."""

STRANGE = "388420617"
"""The partner ID of nobody."""

MINUTE = timedelta(minutes=1)


def at(clock: str, day: int = 28, month: int = 2) -> datetime:
    """Return an instant of 2022 by a UTC time, "09:00" or "09:00:30"."""
    hour, minute, *second = (int(one) for one in clock.split(":"))
    return datetime(2022, month, day, hour, minute, *second, tzinfo=UTC)


def line(
    begin: datetime, end: datetime | timedelta, partner_id: str = RECEPTION, *, guid: str = "",
    purpose: str = "RemoteControl", user: str = "Klaus Klassen",
) -> str:  # fmt: skip
    """Return a line of Connections.txt; its GUID follows from what stands in it unless one is given."""
    last = begin + end if isinstance(end, timedelta) else end
    name = guid or str(uuid.uuid5(uuid.NAMESPACE_OID, f"{partner_id}{begin}{purpose}"))
    cells = (partner_id, begin.strftime(FORM), last.strftime(FORM), user, purpose)
    return "".join(f"{one:<32}" for one in cells) + "{" + name + "}"


def log(*lines: str) -> bytes:
    """Return the bytes of a file with some lines, blank first line included."""
    return "\r\n".join(["", *lines, ""]).encode()


def read(desk, *lines: str, name: str = "Connections.txt") -> Reading:
    """Let a desk read a file with some lines."""
    return read_log_bytes(desk, name, log(*lines)).value


def session_at(desk, workstation_id: int, clock: str, minutes: int) -> int:
    """Let a desk have held a session on 28 February 2022 from a UTC time on; return its row."""
    with desk.database.write() as connection:
        place = customers.find_workstation(connection, workstation_id)
        number = f"S-2022-{9000 + sessions.count(connection)}"
        return past_session(connection, place, at(clock), minutes * 60, number=number)


def only(desk) -> OpenConnection:
    """Return the connection that is open, the only one."""
    (one,) = overview(desk).open
    return one
