"""Many invoices before they are sent: each with the address that it goes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from laverma_desk.i18n import _
from laverma_desk.ui.invoices.form.frame import FormFrame
from laverma_desk.ui.invoices.row_list import RowList
from laverma_desk.ui.invoices.rows import Row, RowKey
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.progress_line import ProgressLine


class SendManyPanel(FormFrame):
    """The list with its boxes, and how far the job is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Send"), parent, icon="send")
        card = Card(self, padding=8)
        self.list = RowList(card)
        self.list.setAccessibleName(_("Invoices to send"))
        card.body.addWidget(self.list, 1)
        self.progress = ProgressLine(self)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.progress)
        self.setFocusProxy(self.list)
        self.progress.cancelled.connect(self._on_progress_cancelled)

    def _on_progress_cancelled(self) -> None:
        self.list.setFocus()  # The link takes no second press and gives its focus up.

    def show_rows(self, keys: Sequence[RowKey], make: Callable[[int], Row]) -> None:
        """Show the mails; the chosen row stays."""
        self.list.show_rows(keys, make, self.list.current())
