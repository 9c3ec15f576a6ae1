"""Cells that a spreadsheet takes for text: none becomes a formula, and each can be taken back."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "'"


def guarded(value: str) -> str:
    """Return a value as it may stand in a table: one that begins like a formula gets an apostrophe before it.

    A spreadsheet would calculate a cell that begins with = + - @, a tab or a line break (OWASP, CSV
    injection). A value that begins with apostrophes and then such a sign gets one more, so that
    `unguarded` always finds the way back.
    """
    return _MARK + value if value.lstrip(_MARK).startswith(_FORMULA) else value


def unguarded(cell: str) -> str:
    """Return the value of a cell: the apostrophe before the beginning of a formula falls."""
    if cell.startswith(_MARK) and cell.lstrip(_MARK).startswith(_FORMULA):
        return cell[1:]
    return cell
