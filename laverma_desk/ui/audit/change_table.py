"""The table of the changes: its head and its rows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from laverma_desk.ui.audit import columns
from laverma_desk.ui.audit.change_model import ChangeModel
from laverma_desk.ui.audit.change_view import ChangeView
from laverma_desk.ui.widgets.row_table import RowHead, RowTable


class ChangeTable(RowTable):
    """The newest change is first."""

    def __init__(self, model: ChangeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ChangeView(model, self)
        self.lay_out(RowHead(columns.names(), columns.places, columns.GAP, self), self.rows)
