"""The invoice page as it is seen: the lists at the left, the paper or a form at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from laverma_desk.ui.invoices.list_panel import ListPanel
from laverma_desk.ui.invoices.paper_panel import PaperPanel
from laverma_desk.ui.widgets.notice_bar import NoticeBar


class InvoicesPanel(QWidget):
    """Its parts are reached by name: `notice`, `left`, `paper`; a form takes the paper's place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = NoticeBar(self)
        self.left = ListPanel(self)
        self.paper = PaperPanel(self)
        self._right = QStackedWidget(self)
        self._right.addWidget(self.paper)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addLayout(row, 1)

    def show_form(self, form: QWidget) -> None:
        """Put a form into the paper's place."""
        if self._right.indexOf(form) < 0:
            self._right.addWidget(form)
        self._right.setCurrentWidget(form)

    def show_paper(self) -> None:
        """Bring the paper back."""
        self._right.setCurrentWidget(self.paper)

    def form(self) -> QWidget | None:
        """Return the form that is in the paper's place, if one is."""
        shown = self._right.currentWidget()
        return None if shown is self.paper else shown
