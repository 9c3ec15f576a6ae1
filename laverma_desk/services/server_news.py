"""What a window is told of a shared desk's server: it went away, it is back, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from laverma_desk.domain.errors import OutsideTrouble
from laverma_desk.services.desk import Desk

if TYPE_CHECKING:
    from laverma_desk.storage.postgresql.contact import Contact


@dataclass(frozen=True)
class ServerNews:
    """The server went away, something else keeps it away now, or it is back.

    Back: what of unanswered writes is `written` or `unwritten`, how many sessions were carried over with how
    many seconds, and which of them somebody else had changed meanwhile (`apart`).
    """

    away: bool
    written: int = 0
    unwritten: int = 0
    sessions: tuple[int, ...] = ()
    seconds: int = 0
    apart: tuple[int, ...] = ()


def listen(desk: Desk, hear: Callable[[ServerNews], None]) -> Callable[[], None]:
    """Let `hear` be called with each news, in whatever thread it comes from; return what ends it.

    A desk in a file has no news.
    """
    if not desk.database.shared:
        return _nothing
    watchman = cast("Any", desk.database).watchman

    def on_contact(contact: Contact) -> None:
        if contact.away:
            hear(ServerNews(away=True))
            return
        written = sum(contact.settled)
        news = ServerNews(away=False, written=written, unwritten=len(contact.settled) - written)
        if desk.aside is not None:
            carried = desk.aside.news()
            news = replace(news, sessions=carried.sessions, seconds=carried.seconds, apart=carried.apart)
        hear(news)

    watchman.listeners.append(on_contact)

    def end() -> None:
        if on_contact in watchman.listeners:
            watchman.listeners.remove(on_contact)

    return end


def obstacle(desk: Desk) -> OutsideTrouble | None:
    """Return what keeps the server away, None while it is there; SERVER_LOGIN where it wants a password."""
    if not desk.database.shared:
        return None
    return cast("OutsideTrouble | None", cast("Any", desk.database).watchman.trouble)


def _nothing() -> None:
    """End nothing."""
