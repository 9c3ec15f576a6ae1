"""The table of ending agreements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.services.agreements.overview import ExpiryRow
from laverma_desk.ui.customers.agreements.expiry_delegate import ExpiryDelegate, columns
from laverma_desk.ui.customers.agreements.expiry_model import ExpiryModel
from laverma_desk.ui.widgets.painted_list import Columns, PaintedList


class ExpiryTable(PaintedList[ExpiryRow]):
    """The customers whose agreement ends; a double click opens one as Enter does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        names = (_("Customer"), _("DPA"), _("Template to"))
        self._ends = ExpiryModel()
        super().__init__(Columns(names, columns), self._ends, ExpiryDelegate, parent)
        self.rows.setAccessibleName(_("DPA hints"))
        self.rows.setUniformItemSizes(True)
        self.rows.doubleClicked.connect(self._on_double_clicked)

    def show_agreements(self, rows: Sequence[ExpiryRow], now: datetime, *, ready: bool) -> None:
        """Show these customers; the current one stays so. `ready`: the house has a template to send."""
        self._ends.set_state(now, ready=ready)
        self.show_rows(rows, self.current())

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.enter_pressed.emit()
