"""What takes long says how far it is, and can be called off before anything was half-written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Told what is done and of how much; a total of 0 is not known."""

Cancelled: TypeAlias = Callable[[], bool]
"""Asked now and then whether to stop."""


class JobCancelled(Exception):
    """Somebody called the job off; nothing of it was written."""


def silent(done: int, total: int) -> None:
    """Tell nobody how far a job is."""


def never() -> bool:
    """Never stop."""
    return False


def go_on_unless(cancelled: Cancelled) -> None:
    """Raise JobCancelled where somebody wants to stop."""
    if cancelled():
        raise JobCancelled
