"""The rows of the reconciliation as a model, with each row as one sentence for a screen reader."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from laverma_desk.i18n import _
from laverma_desk.ui.reconciling.rows import Kind, Line, Row
from laverma_desk.ui.widgets.painted_rows import Index, PaintedModel

ROW = Qt.ItemDataRole.UserRole
KIND = ROW + 1


class RowModel(PaintedModel[Line]):
    """Holds groups and what is in them."""

    def number_of(self, row: Line) -> int:
        """Return the number of a row."""
        return row.number

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, what it says as a sentence, or what may be cut off in it."""
        line = self._rows[index.row()]
        if role == KIND:
            return line.key.kind
        row = line.row
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _sentence(row)
        if role == Qt.ItemDataRole.ToolTipRole and row.key.kind is not Kind.GROUP:
            return "\n".join(filter(None, (row.place.words, row.below)))
        return None


def _sentence(row: Row) -> str:
    if row.key.kind is Kind.GROUP:
        state = _("unfolded") if row.opened else _("folded")
        return ", ".join(filter(None, (row.title, row.aside, state)))
    parts = (*row.lines, row.duration, row.partner_id, row.place.words, row.below, row.state.words)
    return ", ".join(filter(None, (*parts, *(one.words for one in row.offers))))
