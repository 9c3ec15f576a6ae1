"""Where the nine columns of the table stand, for its head, its rows and its sum alike."""

from __future__ import annotations

from enum import IntEnum

from laverma_desk.i18n import _
from laverma_desk.ui.widgets.row_view import EDGE

GAP = 8


class Column(IntEnum):
    """The columns from left to right."""

    DAY = 0
    BEGIN = 1
    DURATION = 2
    PARTNER = 3
    SUPPORTER = 4
    NOTES = 5
    BILLING = 6
    REPORT = 7
    INVOICE = 8


_FIXED = {
    Column.DAY: 88,
    Column.BEGIN: 64,
    Column.DURATION: 80,
    Column.BILLING: 96,
    Column.REPORT: 72,
    Column.INVOICE: 96,
}
_SHARES = {Column.PARTNER: 240, Column.SUPPORTER: 112, Column.NOTES: 208}
_LEAST_SUPPORTER, _MOST_SUPPORTER = 96, 176


def names() -> dict[Column, str]:
    """Return the headings."""
    return {
        Column.DAY: _("Date"),
        Column.BEGIN: _("Begin"),
        Column.DURATION: _("Duration"),
        Column.PARTNER: _("Partner"),
        Column.SUPPORTER: _("Supporter"),
        Column.NOTES: _("Notes"),
        Column.BILLING: _("Billing"),
        Column.REPORT: _("Report"),
        Column.INVOICE: _("Invoice"),
    }


def places(width: int) -> dict[Column, tuple[int, int]]:
    """Return left edge and width of each column in a table of that width."""
    room = max(0, width - 2 * EDGE - sum(_FIXED.values()))
    share = room / sum(_SHARES.values())
    supporter = min(_MOST_SUPPORTER, max(_LEAST_SUPPORTER, round(share * _SHARES[Column.SUPPORTER])))
    rest = max(0, room - supporter)
    partner = round(rest * _SHARES[Column.PARTNER] / (_SHARES[Column.PARTNER] + _SHARES[Column.NOTES]))
    wide = {**_FIXED, Column.SUPPORTER: supporter, Column.PARTNER: partner, Column.NOTES: rest - partner}
    left, found = EDGE, {}
    for column in Column:
        found[column] = (left, wide[column])
        left += wide[column]
    return found
