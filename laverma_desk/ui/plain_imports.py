"""Imports as Python makes them: PySide6 would read the source of each module that comes after it."""

from __future__ import annotations

import builtins
import linecache

from PySide6 import QtCore as QtCore  # noqa: PLC0414 (whose import puts the hook in place)


def restore() -> None:
    """Take PySide6's look for `from __feature__ import ...`, which nobody here writes, out of each import.

    It reads a module's source to see whether it names PySide6, and keeps the lines: 200,000 lines with this
    program's libraries, 20 MB and a fifth of the time they take to load. What was kept by now is let go.
    Where there is no such hook, nothing is done.
    """
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before
        linecache.clearcache()
