"""The table of the history with its head above and the sum of all it shows below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.history import columns
from laverma_desk.ui.history.columns import EDGE, GAP, ROW, Column
from laverma_desk.ui.history.history_delegate import paint_sums
from laverma_desk.ui.history.history_model import HistoryModel
from laverma_desk.ui.history.history_view import HistoryView
from laverma_desk.ui.history.words import SumWords, sums_sentence
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.link import Link

_SUM = 39
_BAR = 16


class _Head(QWidget):
    """The names of the columns; the chevron says that the newest day is first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(ROW)
        self._names = columns.names()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        paint.rule(painter, 0, ROW - 1, self.width(), c.border)
        for column, (left, wide) in columns.places(self.width()).items():
            align = {Column.BILLING: "right", Column.REPORT: "centre"}.get(column, "left")
            room = wide if column in (Column.REPORT, Column.INVOICE) else wide - GAP
            area = QRectF(left, 0, room, ROW - 1)
            paint.text(painter, area, self._names[column], px=12, weight=500, colour=c.muted, align=align)
        left = EDGE + round(fonts.width(self._names[Column.DAY], 12, 500)) + 4
        icons.paint(painter, "chevron-down", QPointF(left, 10), 12, c.muted)
        painter.end()


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


class HistoryTable(QWidget):
    """Emits `row_chosen(int)`, `enter_pressed` and `record_wanted`."""

    row_chosen = Signal(int)
    enter_pressed = Signal()
    record_wanted = Signal()

    def __init__(self, model: HistoryModel, record_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = HistoryView(model, self)
        self.sums = _SumRow(self, record_key)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Head(self))
        column.addWidget(self.rows, 1)
        column.addWidget(self.sums)
        own = self.rows.verticalScrollBar()
        own.setSingleStep(ROW)
        own.rangeChanged.connect(self._on_rows_range_changed)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self.rows.row_chosen.connect(self.row_chosen)
        self.rows.enter_pressed.connect(self.enter_pressed)
        self.sums.record.clicked.connect(self._on_record_clicked)
        self.rows.installEventFilter(self)
        self._on_rows_range_changed(0, 0)

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

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the rows."""
        self.rows.setFocus()

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Keep the scroll bar over the right edge of the rows, so that their width never changes."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place_bar()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bar at the right."""
        super().resizeEvent(event)
        self._place_bar()

    def _place_bar(self) -> None:
        self._bar.setGeometry(self.width() - _BAR, self.rows.y(), _BAR, self.rows.height())
        self._bar.raise_()

    def _on_rows_range_changed(self, lowest: int, highest: int) -> None:
        own = self.rows.verticalScrollBar()
        self._bar.setRange(lowest, highest)
        self._bar.setPageStep(own.pageStep())
        self._bar.setSingleStep(ROW)
        self._bar.setVisible(highest > lowest)

    def _on_record_clicked(self) -> None:
        self.record_wanted.emit()
