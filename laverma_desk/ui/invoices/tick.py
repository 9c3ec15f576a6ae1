"""The tick box of the lists: painted in a row, and as the one above them that ticks all."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from laverma_desk.ui import icons, theme
from laverma_desk.ui.invoices.rows import Tick
from laverma_desk.ui.widgets import paint

SIZE = 16


def paint_tick(painter: QPainter, at: QPointF, tick: Tick) -> None:
    """Draw a row's box with its upper left corner at a point."""
    c = theme.palette()
    area = QRectF(at.x(), at.y(), SIZE, SIZE)
    if tick is Tick.ON:
        paint.box(painter, area, fill=c.primary, edge=c.primary, radius=4)
        icons.paint(painter, "check", QPointF(at.x() + 2, at.y() + 2), 12, c.on_primary)
    elif tick is Tick.BLOCKED:
        paint.box(painter, area, fill=c.subtle, edge=c.border, radius=4)
        icons.paint(painter, "minus", QPointF(at.x() + 2, at.y() + 2), 12, c.disabled)
    else:
        paint.box(painter, area, fill=c.surface, edge=c.field, radius=4)


class TickAll(QCheckBox):
    """The box above a list: empty, ticked, or with a bar where some rows are ticked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTristate(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Tick all where not all are ticked, else none."""
        all_on = self.checkState() is Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if all_on else Qt.CheckState.Checked)

    def sizeHint(self) -> QSize:
        """Return the box with room for the pointer."""
        return QSize(SIZE + 8, SIZE + 8)

    def hitButton(self, _pos: object) -> bool:
        """Take a click anywhere on it."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        c = theme.palette()
        painter = paint.start(self)
        state, focus, off = self.checkState(), self.hasFocus(), not self.isEnabled()
        area = QRectF(4, (self.height() - SIZE) // 2, SIZE, SIZE)
        on = state is not Qt.CheckState.Unchecked
        fill = c.subtle if off else c.primary if on else c.subtle if self.underMouse() else c.surface
        edge = c.border if off else c.primary if on else c.field
        paint.box(painter, area, fill=fill, edge=edge, radius=4)
        if on:
            name = "check" if state is Qt.CheckState.Checked else "minus"
            ink = c.disabled if off else c.on_primary
            icons.paint(painter, name, QPointF(area.left() + 2, area.top() + 2), 12, ink)
        if focus:
            paint.box(painter, area.adjusted(-4, -4, 4, 4), edge=c.primary, radius=6, width=2)
        painter.end()
