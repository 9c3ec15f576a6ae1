"""The table of the changes: its head, its rows, and how many there are below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.audit import columns
from laverma_desk.ui.audit.change_model import ChangeModel
from laverma_desk.ui.audit.change_view import ChangeView
from laverma_desk.ui.audit.columns import EDGE, GAP, ROW, Column
from laverma_desk.ui.widgets import paint

_BAR = 16


class _Head(QWidget):
    """The names of the columns; the chevron says that the newest is first."""

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
            area = QRectF(left, 0, wide - GAP, ROW - 1)
            paint.text(painter, area, self._names[column], px=12, weight=500, colour=c.muted)
        left = EDGE + round(fonts.width(self._names[Column.WHEN], 12, 500)) + 4
        icons.paint(painter, "chevron-down", QPointF(left, 10), 12, c.muted)
        painter.end()


class ChangeTable(QWidget):
    """Emits `row_chosen(int)`."""

    row_chosen = Signal(int)

    def __init__(self, model: ChangeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ChangeView(model, self)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Head(self))
        column.addWidget(self.rows, 1)
        own = self.rows.verticalScrollBar()
        own.setSingleStep(ROW)
        own.rangeChanged.connect(self._on_rows_range_changed)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self.rows.row_chosen.connect(self.row_chosen)
        self.rows.installEventFilter(self)
        self._on_rows_range_changed(0, 0)

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
