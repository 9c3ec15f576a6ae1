"""Where the six columns of the changes stand, for head and rows alike."""

from __future__ import annotations

from enum import IntEnum

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.row_view import EDGE

GAP = 12


class Column(IntEnum):
    """The columns from left to right."""

    WHEN = 0
    WHO = 1
    SUBJECT = 2
    FIELD = 3
    MOVED = 4
    REASON = 5


_FIXED = {Column.WHEN: 148, Column.WHO: 116}
_SHARES = {Column.SUBJECT: 232, Column.FIELD: 176, Column.MOVED: 216, Column.REASON: 144}


def names() -> dict[Column, str]:
    """Return the headings."""
    return {
        Column.WHEN: _("Time"),
        Column.WHO: _("Who"),
        Column.SUBJECT: _("Concerns"),
        Column.FIELD: _("Field"),
        Column.MOVED: _("Before → after"),
        Column.REASON: _("Reason"),
    }


def places(width: int) -> dict[Column, tuple[int, int]]:
    """Return left edge and width of each column in a table of that width."""
    room = max(0, width - 2 * EDGE - sum(_FIXED.values()))
    whole = sum(_SHARES.values())
    wide = dict(_FIXED) | {one: room * share // whole for one, share in _SHARES.items()}
    wide[Column.REASON] += room - sum(wide[one] for one in _SHARES)
    left, found = EDGE, {}
    for column in Column:
        found[column] = (left, wide[column])
        left += wide[column]
    return found
