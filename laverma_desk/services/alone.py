"""A running call goes on while the shared desk's server is away: who reads or writes of it says so here.

What that takes is loaded with the first server; a desk in a file has none, and pays for nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar, cast

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk

if TYPE_CHECKING:
    from laverma_desk.storage.aside import Aside
    from laverma_desk.storage.aside_rows import Rows
    from laverma_desk.storage.database import Connection

P = ParamSpec("P")
T = TypeVar("T")

_PAUSE_SECONDS = 0.02


class _Ways(Protocol):
    """What `calls.going_on` does for a desk; it stands above this room, and is given by whoever opens one."""

    @property
    def alone(self) -> bool: ...
    def write(self, session_id: int, work: Callable[[Desk], Done[T]]) -> Done[T]: ...
    def read(self, read: Callable[[Desk], T], session_id: int | None = None) -> T: ...
    def strip(self, read: Callable[[Desk], list[SupportSession]]) -> list[SupportSession]: ...
    def beat(self, work: Callable[[Desk], Done[T]]) -> Done[T]: ...
    def recover(self, work: Callable[[Desk], Done[T]]) -> Done[T]: ...
    def rows(self, connection: Connection, session_id: int) -> Rows: ...
    def keep(self, session_id: int, rows: Rows) -> None: ...


_MOMENT_SECONDS = 2.0


def goes_on_alone(
    service: Callable[Concatenate[Desk, int, P], Done[T]],
) -> Callable[Concatenate[Desk, int, P], Done[T]]:
    """Let a service that writes on a running session go on with what is kept here, the server being away."""

    @wraps(service)
    def run(desk: Desk, session_id: int, /, *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        if desk.aside is None:
            return service(desk, session_id, *args, **kwargs)
        return _going_on(desk).write(session_id, lambda there: service(there, session_id, *args, **kwargs))

    return run


def rows_to_keep(desk: Desk, connection: Connection, session_id: int) -> Rows | None:
    """Return what is to be kept here of a session that this transaction makes the desk's; then `keep` it.

    Read in the same transaction: the server may be away right after it, and the call goes on all the same.
    """
    return None if desk.aside is None else _going_on(desk).rows(connection, session_id)


def keep(desk: Desk, session_id: int, rows: Rows | None) -> None:
    """Keep a session here, now that the server has it."""
    if rows is not None:
        _going_on(desk).keep(session_id, rows)


def seen_alone(read: Callable[Concatenate[Desk, P], T]) -> Callable[Concatenate[Desk, P], T]:
    """Let a service that reads what a running call shows read what is kept here while the server is away."""

    @wraps(read)
    def run(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if desk.aside is None:
            return read(desk, *args, **kwargs)
        return _going_on(desk).read(lambda there: read(there, *args, **kwargs))

    return run


def session_seen_alone(read: Callable[[Desk, int], T]) -> Callable[[Desk, int], T]:
    """Do as `seen_alone`, and go by what is here as long as the server lacks something of the session."""

    @wraps(read)
    def run(desk: Desk, session_id: int, /) -> T:
        if desk.aside is None:
            return read(desk, session_id)
        return _going_on(desk).read(lambda there: read(there, session_id), session_id)

    return run


def strip_seen_alone(
    read: Callable[[Desk], list[SupportSession]],
) -> Callable[[Desk], list[SupportSession]]:
    """Let the sessions of this desk be seen; what is kept here follows them."""

    @wraps(read)
    def run(desk: Desk) -> list[SupportSession]:
        return read(desk) if desk.aside is None else _going_on(desk).strip(read)

    return run


def done_here_too(desk: Desk, work: Callable[[Desk], Done[T]]) -> Done[T]:
    """Do what belongs to the desk and not to one session; while the server is away, on what is kept here."""
    return work(desk) if desk.aside is None else _going_on(desk).beat(work)


def recovered(desk: Desk, work: Callable[[Desk], Done[T]]) -> Done[T]:
    """Recover what the last run left here before the server is asked about it."""
    return work(desk) if desk.aside is None else _going_on(desk).recover(work)


def is_alone(desk: Desk) -> bool:
    """Return whether the desk's server is away."""
    return desk.aside is not None and _going_on(desk).alone


def waiting_here(desk: Desk) -> tuple[int, ...]:
    """Return the sessions of which the server lacks something."""
    return () if desk.aside is None else tuple(one.session_id for one in desk.aside.every() if one.since)


def settle(desk: Desk, seconds: float) -> bool:
    """Wait until the server is there and has everything; return whether it is so."""
    until = time.monotonic() + seconds
    while is_alone(desk) or waiting_here(desk):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True


def all_there(desk: Desk, session_id: int) -> None:
    """Let what waits here of a session be carried over before somebody acts on it at the server.

    Raises OutsideTrouble SERVER_AWAY, and SERVER_BUSY where that takes longer than a moment: somebody else
    writes, and it has to wait.
    """
    if desk.aside is None:
        return
    until = time.monotonic() + _MOMENT_SECONDS
    while desk.aside.waits(session_id):
        if is_alone(desk):
            raise OutsideTrouble(Trouble.SERVER_AWAY, server=desk.database.shown)
        if time.monotonic() > until:
            raise OutsideTrouble(Trouble.SERVER_BUSY, server=desk.database.shown)
        time.sleep(_PAUSE_SECONDS)


def no_longer_here(desk: Desk, session_id: int) -> None:
    """Keep nothing here of a session that this desk is done with: the server being away, it would be back."""
    if desk.aside is not None:
        desk.aside.drop(session_id)


def _going_on(desk: Desk) -> _Ways:
    """Return what `shared_desk` has given this desk to go on with."""
    return cast("_Ways", cast("Aside", desk.aside).ways(desk))
