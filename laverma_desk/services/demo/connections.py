"""What TeamViewer would have written down beside the demo's calls, read as if it were a file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from laverma_desk.domain.clock import from_local, local
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.reading import read_log_bytes
from laverma_desk.storage import sessions

_CALLS = 25
_LONG_ENOUGH = timedelta(minutes=15)
_FORM = "%d-%m-%Y %H:%M:%S"
_UNKNOWN_ID = "1388420617"
_Line = tuple[str, datetime, datetime]


def write_connections(desk: Desk, ended: Sequence[int]) -> None:
    """Let the desk read a Connections.txt beside its latest calls.

    One call was on the telephone alone, at one the machine restarted, and three connections belong to no
    call: one in the evening, one shortly after a call, one to a machine that nobody knows.
    """
    with desk.database.read() as connection:
        calls = sessions.several(connection, ended)[-_CALLS:]
    lines = [
        line for place, one in enumerate(calls) if place != len(calls) - 5 for line in _lines(calls, place)
    ]
    now = desk.clock.now()
    lines += [one for one in _without_call(calls, now) if one[2] < now]
    content = "".join(f"\r\n{_written(one)}" for one in sorted(lines, key=lambda one: one[2]))
    read_log_bytes(desk, "Connections.txt", f"{content}\r\n".encode())


def _lines(calls: Sequence[SupportSession], place: int) -> list[_Line]:
    """Return the connections of a call; the last long one's machine restarted."""
    one = calls[place]
    begin, end = one.begin + timedelta(seconds=34 + place), _end(one) - timedelta(seconds=12)
    if place != _restarted(calls):
        return [(one.partner_id, begin, end)]
    first = begin + timedelta(minutes=6, seconds=51)
    return [(one.partner_id, begin, first), (one.partner_id, first + timedelta(minutes=3), end)]


def _restarted(calls: Sequence[SupportSession]) -> int:
    long = [at for at, one in enumerate(calls) if _end(one) - one.begin >= _LONG_ENOUGH]
    return long[-1] if long else 0


def _without_call(calls: Sequence[SupportSession], now: datetime) -> list[_Line]:
    after, server = calls[-10], calls[-13]
    evening = _at(_working_day(now, 1), 17, 48)
    shortly = _end(after) + timedelta(minutes=4, seconds=7)
    noon = _at(_working_day(now, 3), 12, 31)
    return [
        (server.partner_id, evening, evening + timedelta(minutes=13, seconds=44)),
        (after.partner_id, shortly, shortly + timedelta(minutes=3, seconds=12)),
        (_UNKNOWN_ID, noon, noon + timedelta(minutes=9, seconds=6)),
    ]


def _working_day(now: datetime, back: int) -> datetime:
    """Return the local day that lies some working days before today."""
    day = local(now).replace(tzinfo=None)
    while back:
        day -= timedelta(days=1)
        back -= day.weekday() < 5
    return day


def _at(day: datetime, hour: int, minute: int) -> datetime:
    return from_local(day.replace(hour=hour, minute=minute, second=0, microsecond=0))


def _end(one: SupportSession) -> datetime:
    return one.end or one.begin


def _written(line: _Line) -> str:
    partner_id, begin, end = line
    cells = (partner_id, begin.strftime(_FORM), end.strftime(_FORM), "Klaus Klassen", "RemoteControl")
    name = uuid.uuid5(uuid.NAMESPACE_OID, "".join(cells))
    return "".join(f"{cell:<32}" for cell in cells) + f"{{{name}}}"
