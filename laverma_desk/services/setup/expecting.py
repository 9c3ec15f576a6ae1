"""Who saves settings says what they were when the form showed them: others may have written since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

Check = Callable[[Any], None]

_EXPECTED: ContextVar[Check | None] = ContextVar("expected settings", default=None)


@contextmanager
def expecting(check: Check) -> Iterator[None]:
    """Let a check look at the `House` before a block changes settings, in the transaction that does.

    What the check raises, RuleBroken RECORD_CHANGED, ends the transaction before anything is written.
    """
    before = _EXPECTED.set(check)
    try:
        yield
    finally:
        _EXPECTED.reset(before)


def check_expected(house: Any) -> None:
    """Ask the check of whoever saves now, once."""
    check = _EXPECTED.get()
    if check is not None:
        _EXPECTED.set(None)
        check(house)
