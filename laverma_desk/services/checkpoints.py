"""SQLite's log goes into the desk's file at a quiet moment, so that no pressed key waits for it."""

from __future__ import annotations

from laverma_desk.services.desk import Desk

WORTH = 24
"""Transactions, some 300 pages. Fewer are left: what is written first after it costs a second fsync."""


def take_checkpoint(desk: Desk) -> bool:
    """Bring the log into the file if that is worth it, and return whether it was. Raises OutsideTrouble."""
    return desk.database.checkpoint(WORTH)


def prepare_key_presses(desk: Desk) -> None:
    """Put together the statements that pressed keys wait for: the first one need not wait for that."""
    desk.database.prepare()
