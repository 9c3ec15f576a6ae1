"""Gaps in a session's running time: standby, a program that was not there, a clock that was set."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, update

from laverma_desk.domain.support_session import GapDecision, GapKind
from laverma_desk.storage.inserting import insert_row
from laverma_desk.storage.tables import gap


def add_gap(connection: Connection, session_id: int, kind: GapKind, begin: datetime, end: datetime) -> int:
    """Write a gap that nobody has decided about yet and return its row."""
    return insert_row(connection, gap, session_id=session_id, kind=kind.value, begin=begin, end=end)


def decide_gap(connection: Connection, gap_id: int, decision: GapDecision) -> None:
    """Write what was decided about a gap."""
    connection.execute(update(gap).where(gap.c.id == gap_id).values(decision=decision.value))


def move_gaps(connection: Connection, gap_ids: Iterable[int], session_id: int) -> None:
    """Give gaps to another session, after a split."""
    connection.execute(update(gap).where(gap.c.id.in_(list(gap_ids))).values(session_id=session_id))
