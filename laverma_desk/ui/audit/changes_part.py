"""The part that shows what was changed: filters, table, the chosen change, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.audit.change_detail import ChangeDetail
from laverma_desk.ui.audit.change_filters import ChangeFilters
from laverma_desk.ui.audit.change_model import ChangeModel
from laverma_desk.ui.audit.change_table import ChangeTable
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

_COUNT = 33


class _CountLine(QWidget):
    """How many changes there are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(_COUNT)
        self.count = Label("", self, px=13, weight=600)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 1, 24, 0)
        row.addWidget(self.count)
        row.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        painter.end()


class ChangesPart(QWidget):
    """All of the part. Emits `reset_wanted`; filters and table have signals of their own."""

    reset_wanted = Signal()

    def __init__(self, model: ChangeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters = ChangeFilters(self)
        self.table = ChangeTable(model, self)
        self.detail = ChangeDetail(self)
        self._count = _CountLine(self)
        self._said = QWidget(self)
        self._sentence = Label("", self._said, tone="muted")
        self.reset = Link(_("Reset filters"), self._said)
        line = QHBoxLayout(self._said)
        line.setContentsMargins(24, 0, 24, 0)
        line.setSpacing(4)
        line.addWidget(self._sentence, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.reset, alignment=Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._said, 1)
        column.addWidget(self.table, 1)
        column.addWidget(self._count)
        column.addWidget(self.detail)
        self.filters.search_done.connect(self.take_focus)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.show_empty("", resettable=False)

    def show_count(self, words: str) -> None:
        """Show how many changes there are."""
        self._count.count.setText(words)

    def count_words(self) -> str:
        """Return how many changes there are, as it is shown."""
        return self._count.count.text()

    def show_empty(self, sentence: str, *, resettable: bool) -> None:
        """Say why there is no row, in place of the table; an empty sentence brings the table."""
        self._sentence.setText(sentence)
        self.reset.setVisible(resettable)
        self._said.setVisible(bool(sentence))
        for part in (self.table, self._count, self.detail):
            part.setVisible(not sentence)

    def empty_sentence(self) -> str:
        """Return what is said in place of the table."""
        return self._sentence.text()

    def take_focus(self) -> None:
        """Put the focus where one walks through the changes."""
        target = self.filters.period if self.empty_sentence() else self.table.rows
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reset_clicked(self) -> None:
        self.reset_wanted.emit()
