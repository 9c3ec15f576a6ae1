"""Let a command finish what must not be cut in two before Ctrl+C stops it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def noted_interruptions() -> Iterator[threading.Event]:
    """Note Ctrl+C instead of raising in the middle of something; whoever works asks the event in between."""
    seen = threading.Event()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: seen.set())
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)
