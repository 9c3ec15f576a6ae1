"""What stands around rows: their head, what is below them, and a scroll bar that takes no room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.row_view import EDGE, ROW, Places, RowView

_BAR = 16


class RowHead(QWidget):
    """The names of the columns; the chevron behind the first one says that the newest is first."""

    def __init__(
        self,
        names: Mapping[Any, str],
        places: Places,
        gap: int,
        parent: QWidget,
        *,
        aligned: Mapping[Any, str] | None = None,
        whole: Collection[int] = (),
    ) -> None:
        """Keep `gap` px free behind each column but the `whole` ones; names are at the left or `aligned`."""
        super().__init__(parent)
        self.setFixedHeight(ROW)
        self._names, self._places, self._gap = names, places, gap
        self._aligned, self._whole = aligned or {}, whole

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names on the soft grey of tables."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.subtle)
        paint.rule(painter, 0, 0, self.width(), c.border)
        paint.rule(painter, 0, ROW - 1, self.width(), c.border)
        for column, (left, wide) in self._places(self.width()).items():
            area = QRectF(left, 0, wide - (0 if column in self._whole else self._gap), ROW - 1)
            align = self._aligned.get(column, "left")
            paint.text(painter, area, self._names[column], px=12, weight=500, colour=c.muted, align=align)
        left = EDGE + round(fonts.width(self._names[0], 12, 500)) + 4
        icons.paint(painter, "chevron-down", QPointF(left, 10), 12, c.muted)
        painter.end()


class RowTable(QWidget):
    """Emits `row_chosen(int)`. Whoever derives from it lays out its rows once."""

    row_chosen = Signal(int)

    def lay_out(self, head: QWidget, rows: RowView, foot: QWidget | None = None) -> None:
        """Stand head, rows and foot below each other, with a scroll bar over the right edge of the rows."""
        self._view = rows
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(rows, 1)
        if foot is not None:
            column.addWidget(foot)
        own = rows.verticalScrollBar()
        own.setSingleStep(ROW)
        own.rangeChanged.connect(self._on_rows_range_changed)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        rows.row_chosen.connect(self.row_chosen)
        rows.installEventFilter(self)
        self._on_rows_range_changed(0, 0)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the rows."""
        self._view.setFocus()

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
        self._bar.setGeometry(self.width() - _BAR, self._view.y(), _BAR, self._view.height())
        self._bar.raise_()

    def _on_rows_range_changed(self, lowest: int, highest: int) -> None:
        own = self._view.verticalScrollBar()
        self._bar.setRange(lowest, highest)
        self._bar.setPageStep(own.pageStep())
        self._bar.setSingleStep(ROW)
        self._bar.setVisible(highest > lowest)
