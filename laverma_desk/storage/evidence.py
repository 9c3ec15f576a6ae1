"""Reads what was recorded around many sessions at once: which there were, their mails, their changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from laverma_desk.domain.message import MessageKind, MessageState
from laverma_desk.storage.session_history import Change
from laverma_desk.storage.tables import attempt, document, message, session, session_change

_HEADER_BYTES = 4096
"""Enough of a mail's beginning for its Message-ID, which we write among its first lines."""


@dataclass(frozen=True)
class SentReport:
    """A report that left, or may have left: the beginning of its bytes, and its last attempt (UTC)."""

    session_id: int
    recipient: str
    at: datetime
    accepted: bool
    head: bytes


def sessions_in(
    connection: Connection, family: Sequence[int], first: date, last: date
) -> tuple[list[int], int]:
    """Return the ended sessions of a practice that began in a period (inclusive), and their seconds."""
    columns = session.c
    rows = connection.execute(
        select(columns.id, columns.seconds)
        .where(
            columns.customer_id.in_(family) & columns.day.between(first, last) & (columns.state == "ended")
        )
        .order_by(columns.begin, columns.id)
    ).all()
    return [row[0] for row in rows], sum(row[1] for row in rows)


def first_day(connection: Connection, family: Sequence[int]) -> date | None:
    """Return the house's day of a practice's first session, None where there was none."""
    columns = session.c
    found: date | None = connection.execute(
        select(func.min(columns.day)).where(columns.customer_id.in_(family))
    ).scalar()
    return found


def sent_reports(connection: Connection, numbers: Sequence[int]) -> dict[int, list[SentReport]]:
    """Return the reports of sessions that our server took, or about which nobody knows, the oldest first."""
    last = (
        select(func.max(attempt.c.id))
        .where(attempt.c.message_id == message.c.id)
        .correlate(message)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            message.c.session_id,
            attempt.c.recipient,
            attempt.c.at,
            message.c.state,
            func.substr(document.c.content, 1, _HEADER_BYTES),
        )
        .join(attempt, attempt.c.id == last)
        .join(document, document.c.id == message.c.content_id)
        .where(
            message.c.session_id.in_(numbers)
            & (message.c.kind == MessageKind.REPORT.value)
            & message.c.state.in_([MessageState.HANDED_OVER.value, MessageState.UNCLEAR.value])
        )
        .order_by(message.c.id)
    )
    found: dict[int, list[SentReport]] = defaultdict(list)
    for number, recipient, at, state, head in rows:
        accepted = state == MessageState.HANDED_OVER.value
        found[number].append(SentReport(number, recipient, at, accepted, bytes(head)))
    return found


def changes_of_sessions(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Change]]:
    """Return the logs of sessions, the oldest line first."""
    columns = session_change.c
    rows = connection.execute(
        select(
            columns.session_id,
            columns.at,
            columns.who,
            columns.field,
            columns.old,
            columns.new,
            columns.reason,
        )
        .where(columns.session_id.in_(numbers))
        .order_by(columns.id)
    )
    found: dict[int, list[Change]] = defaultdict(list)
    for number, *line in rows:
        found[number].append(Change(*line))
    return found
