"""The table of the history with its head above and the sum of all it shows below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.history import columns
from laverma_desk.ui.history.columns import GAP, Column
from laverma_desk.ui.history.history_delegate import paint_sums
from laverma_desk.ui.history.history_model import HistoryModel
from laverma_desk.ui.history.history_view import HistoryView
from laverma_desk.ui.history.words import SumWords, sums_sentence
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.link import Link
from laverma_desk.ui.widgets.row_table import RowHead, RowTable
from laverma_desk.ui.widgets.row_view import EDGE

_SUM = 39


class _SumRow(QWidget):
    """The sums over exactly what the filter shows; at the right a session can be recorded afterwards."""

    def __init__(self, parent: QWidget, record_key: str) -> None:
        super().__init__(parent)
        self.setFixedHeight(_SUM)
        self._words: SumWords | None = None
        self.loading = False
        self.record = Link(_("Late entry"), self, px=13, icon="plus", shortcut_text=record_key)
        self.record.setAccessibleName(_("Record a session afterwards"))
        self.record.setToolTip(_("Record a session afterwards"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, EDGE, 1)
        row.addStretch(1)
        row.addWidget(self.record)

    def show_sums(self, words: SumWords, *, loading: bool) -> None:
        self._words, self.loading = words, loading
        self.setAccessibleName(sums_sentence(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, _SUM - 1, self.width(), c.border)
        if self._words is not None:
            places = columns.places(self.width())
            for column, (left, wide) in places.items():
                room = QRectF(left, 0, wide - GAP, _SUM - 1)
                if column is Column.BEGIN:
                    continue
                if column is Column.SUPPORTER and self.loading:
                    paint.text(painter, room, _("Loading …"), px=13, colour=c.muted)
                paint_sums(painter, self._words, column, room)
        painter.end()


class HistoryTable(RowTable):
    """Emits `enter_pressed` and `record_wanted` too."""

    enter_pressed = Signal()
    record_wanted = Signal()

    def __init__(self, model: HistoryModel, record_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = HistoryView(model, self)
        self.sums = _SumRow(self, record_key)
        head = RowHead(
            columns.names(),
            columns.places,
            GAP,
            self,
            aligned={Column.BILLING: "right", Column.REPORT: "centre"},
            whole=(Column.REPORT, Column.INVOICE),
        )
        self.lay_out(head, self.rows, self.sums)
        self.rows.enter_pressed.connect(self.enter_pressed)
        self.sums.record.clicked.connect(self._on_record_clicked)

    def show_rows(self, change: Callable[[], bool]) -> None:
        """Let the model show other rows, which it tells by False; the place that is seen stays."""
        bar = self.rows.verticalScrollBar()
        place = bar.value()
        blocked = self.rows.selectionModel().blockSignals(True)
        same = change()
        self.rows.selectionModel().blockSignals(blocked)
        if not same:
            self.rows.updateGeometry()
            bar.setValue(min(place, bar.maximum()))

    def _on_record_clicked(self) -> None:
        self.record_wanted.emit()
