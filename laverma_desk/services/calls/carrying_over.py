"""The server is back: it is given what it lacks, in one transaction, before it counts as back."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SessionState
from laverma_desk.services.calls.carrying import carry
from laverma_desk.services.desk import Desk
from laverma_desk.storage import heartbeats
from laverma_desk.storage.aside import Aside, CarriedOver, Kept
from laverma_desk.storage.aside_rows import State, session_rows, state_of
from laverma_desk.storage.database import Connection

_log = logging.getLogger(__name__)

_AWAY = (
    *(Trouble.SERVER_AWAY, Trouble.SERVER_UNCERTAIN, Trouble.SERVER_BUSY, Trouble.SERVER_LOGIN),
    *(Trouble.SERVER_CERTIFICATE, Trouble.SERVER_NOT_PREPARED),
)
"""Troubles of the whole server, or of a moment: it is asked again. Any other is about what is carried."""


def carry_over(desk: Desk) -> None:
    """Give the server what it lacks, and the last beat of this desk's heart.

    All in one transaction. Where that fails for another reason than the server, as where it refuses what this
    login may do no more, beat and sessions go by themselves, and what cannot be carried waits on. What came
    of it is in the news of what is kept aside. Raises OutsideTrouble for a server that is away or busy.
    """
    aside = cast("Aside", desk.aside)
    with aside.carrying:
        waiting = [one for one in aside.every() if one.since]
        if not _is_carried(desk, aside, waiting):
            for part in ([], *([one] for one in waiting)):
                _is_carried(desk, aside, part)


def _is_carried(desk: Desk, aside: Aside, waiting: Sequence[Kept]) -> bool:
    """Carry over at once; return whether that could be done. Raises OutsideTrouble as `carry_over`."""
    try:
        _carry(desk, aside, waiting)
    except OutsideTrouble as error:
        if error.code in _AWAY:
            raise
        # Without where it comes from: that would name what was typed, and it comes with each beat.
        _log.warning("sessions %s wait on: %s", [one.session_id for one in waiting], error)
    except Exception:  # noqa: BLE001 (one that cannot be carried must not hold the others)
        _log.exception("sessions %s wait on", [one.session_id for one in waiting])
    else:
        return True
    return False


def _carry(desk: Desk, aside: Aside, waiting: Sequence[Kept]) -> None:
    going = [_marked(aside, one, desk.clock.now()) for one in waiting]
    seconds = 0
    apart, gone = [], []
    settled = []
    with desk.database.write() as connection:
        for kept, here in going:
            done = carry(connection, kept, here, desk.clock.now())
            there = state_of(connection, kept.session_id)
            if done is None or there is None:
                gone.append(kept.session_id)
                continue
            seconds += done.seconds
            apart += [kept.session_id] if done.apart else []
            settled.append((kept.session_id, here, there, session_rows(connection, kept.session_id)))
        _carry_beat(connection, aside)
    for number, here, there, rows in settled:
        if aside.settle(number, here, there, rows) and there.values["state"] == SessionState.ENDED:
            aside.drop(number)
    aside.drop(*gone)
    aside.tell(CarriedOver(tuple(kept.session_id for kept, _here in going), seconds, tuple(apart)))


def _marked(aside: Aside, one: Kept, now: datetime) -> tuple[Kept, State]:
    """Write down what is about to go; the marks of before stay, one of them may have arrived."""
    with aside.lock:
        here = aside.state(one.session_id) or one.base
        if one.attempts and one.attempts[-1][1] == here:
            return one, here
        # Until when it went on here; no two attempts at one session have the same, also none that arrived.
        used = {mark for mark, _state in one.attempts} | {line[4] for line in one.base.changes}
        while now.isoformat() in used:
            now += timedelta(microseconds=1)
        return aside.mark(one.session_id, now.isoformat(), here), here


def _carry_beat(connection: Connection, aside: Aside) -> None:
    """Let the server know that this heart has beaten meanwhile: else the next key would find a long sleep."""
    if not aside.every():
        return
    with aside.store.read() as kept:
        last, pulse = heartbeats.last_beat(kept), heartbeats.last_pulse(kept)
    known = heartbeats.last_beat(connection)
    if last is not None and (known is None or known < last):
        heartbeats.write_beat(connection, last, pulse.uptime if pulse else None)
