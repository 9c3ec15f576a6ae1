"""Which mail goes out next, and whose attempt has it: one mail has one sender, among several desks too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update

from laverma_desk.domain.message import MessageState
from laverma_desk.storage.spelling import SERVER
from laverma_desk.storage.store import Store
from laverma_desk.storage.stored_documents import is_unaltered
from laverma_desk.storage.tables import document, message

NO_PATIENCE = timedelta()


@dataclass(frozen=True)
class Envelope:
    """What a sender needs of a mail: addresses, exact bytes and whether they are still those, its tries."""

    id: int
    sender: str
    recipients: tuple[str, ...]
    content: bytes
    unaltered: bool
    tries: int


@contextmanager
def held(store: Store, message_id: int) -> Iterator[bool]:
    """Hold a mail as long as an attempt lasts; False: another desk has it.

    Who dies lets it go, so that others can tell whether a mail that goes out still has a sender. A file has
    one window, which knows; there nothing is held.
    """
    if not store.shared:
        yield True
        return
    # Only whoever has a server pays for its driver.
    from laverma_desk.storage.postgresql.holding import holding  # noqa: PLC0415

    with holding(store, message_id) as mine:
        yield mine


def claim(connection: Connection, message_id: int, states: Sequence[MessageState], attempt: str = "") -> bool:
    """Take a mail for an attempt; False where another one has it or its state has changed."""
    values = [state.value for state in states]
    free = (message.c.id == message_id) & message.c.state.in_(values)
    # Whoever has the row at this moment changes its state: there is nothing to wait for.
    if connection.execute(select(message.c.id).where(free).with_for_update(skip_locked=True)).first() is None:
        return False
    result = connection.execute(
        update(message)
        .where(free)
        .values(
            state=MessageState.SENDING.value, data_started=False, tries=message.c.tries + 1, claim=attempt
        )
    )
    return result.rowcount == 1


def note_data(connection: Connection, message_id: int, attempt: str) -> bool:
    """Note that the body may go onto the wire; False where the attempt has lost the mail."""
    return _of_attempt(connection, message_id, attempt, [MessageState.SENDING], data_started=True)


def finish(connection: Connection, message_id: int, attempt: str, **values: Any) -> bool:
    """Write what became of an attempt; False where another one has the mail by now.

    Also of one that was taken for broken off meanwhile: who has sent knows better.
    """
    states = [MessageState.SENDING, MessageState.UNCLEAR]
    return _of_attempt(connection, message_id, attempt, states, **values, claim=None)


def _of_attempt(
    connection: Connection, message_id: int, attempt: str, states: Sequence[MessageState], **values: Any
) -> bool:
    mine = and_(
        message.c.id == message_id,
        message.c.claim == attempt,
        message.c.state.in_([state.value for state in states]),
    )
    return connection.execute(update(message).where(mine).values(**values)).rowcount == 1


def stranded(connection: Connection) -> list[int]:
    """Return the mails that go out and have no living sender, the oldest first.

    A file's own window knows that it sends nothing; on a server a sender holds its mail.
    """
    going = select(message.c.id).where(message.c.state == MessageState.SENDING.value).order_by(message.c.id)
    found = list(connection.execute(going.with_for_update(skip_locked=True)).scalars())
    if connection.dialect.name != SERVER:
        return found
    from laverma_desk.storage.postgresql.holding import is_free  # noqa: PLC0415

    return [one for one in found if is_free(connection, one)]


def goes_out(connection: Connection) -> bool:
    """Return whether any mail goes out at this moment, or seems to."""
    going = select(message.c.id).where(message.c.state == MessageState.SENDING.value).limit(1)
    return connection.execute(going).first() is not None


def due(
    connection: Connection,
    now: datetime,
    latest: datetime,
    *,
    own: str = "",
    patience: timedelta = NO_PATIENCE,
) -> list[int]:
    """Return the mails whose time has come, the oldest first.

    One that would be due after `latest` is too: no mail waits that long unless the clock was set back. Those
    that are not of the supporter `own` are left to their own desks for `patience`.
    """
    come = message.c.due_at <= now
    if patience:
        come = come & (message.c.supporter_name.in_([own, ""]) | (message.c.due_at <= now - patience))
    return list(
        connection.execute(
            select(message.c.id)
            .where((message.c.state == MessageState.WAITING.value) & or_(come, message.c.due_at > latest))
            .order_by(message.c.id)
        ).scalars()
    )


def next_due(connection: Connection, *, own: str = "", patience: timedelta = NO_PATIENCE) -> datetime | None:
    """Return when the next waiting mail is due, for this desk; see `due`."""
    waiting = select(func.min(message.c.due_at)).where(message.c.state == MessageState.WAITING.value)
    if not patience:
        return connection.execute(waiting).scalar()
    mine = message.c.supporter_name.in_([own, ""])
    first: datetime | None = connection.execute(waiting.where(mine)).scalar()
    other: datetime | None = connection.execute(waiting.where(~mine)).scalar()
    return min((one for one in (first, other and other + patience) if one is not None), default=None)


def envelope(connection: Connection, message_id: int) -> Envelope:
    """Return what is needed to send a mail."""
    row = connection.execute(
        select(
            message.c.id,
            message.c.sender,
            message.c.recipient,
            message.c.bcc,
            document.c.content,
            document.c.sha256,
            message.c.tries,
        )
        .join(document, document.c.id == message.c.content_id)
        .where(message.c.id == message_id)
    ).one()
    recipients = (row.recipient, row.bcc) if row.bcc else (row.recipient,)
    unaltered = is_unaltered(row.content, row.sha256)
    return Envelope(row.id, row.sender, recipients, row.content, unaltered, row.tries)


def started_data(connection: Connection, message_id: int) -> bool:
    """Return whether the body of a mail may have gone onto the wire."""
    return bool(connection.execute(select(message.c.data_started).where(message.c.id == message_id)).scalar())
