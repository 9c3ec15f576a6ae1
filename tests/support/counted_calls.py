"""How often functions are called while something is done: work that is saved is counted, not timed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_of(work: Callable[[], object]) -> Counter[str]:
    """Do it, and return the calls of Python functions by their qualified names with their files' stems."""
    counted: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _value: Any) -> None:
        if event == "call":
            stem = frame.f_code.co_filename.rpartition("/")[2].removesuffix(".py")
            counted[f"{stem}.{frame.f_code.co_qualname}"] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted
