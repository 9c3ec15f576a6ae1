"""PDFium reads one document at a time, whatever the threads: whoever calls it waits for the turn."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_TURN = threading.RLock()


def in_turn(call: Callable[P, R]) -> Callable[P, R]:
    """Let a function that calls PDFium run while no other one does.

    The library is not thread-safe, not even with different documents, and its binding lets other threads run
    meanwhile: a window that draws a preview while invoices are issued behind it would crash the process.
    """

    @wraps(call)
    def waited(*arguments: P.args, **named: P.kwargs) -> R:
        with _TURN:
            return call(*arguments, **named)

    return waited
