"""A row of a card that can be pressed: it opens the form of what it shows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable


class RowButton(Pressable):
    """The ground, the line below, the focus and the pencil of such a row; what it says is for its kinds."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unsaved = False
        self.last = False
        self.inset = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_unsaved(self, unsaved: bool) -> None:
        """Show or take back the amber dot."""
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            self.update()

    def paint_ground(self, painter: QPainter) -> None:
        """Draw hover, line and focus."""
        c = theme.palette()
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            ground = self.rect().adjusted(0, 0, 0, -1)
            painter.fillRect(ground, c.primary_soft if self.isDown() else c.subtle)
        if not self.last:
            paint.rule(painter, self.inset, self.height() - 1, self.width() - 2 * self.inset, c.border)
        if self.hasFocus():
            paint.box(painter, self.rect().adjusted(0, 0, 0, -1), edge=c.primary, width=2, radius=6)

    def paint_pencil(self, painter: QPainter, left: float, top: float) -> float:
        """Draw the dot of what is not saved, and the pencil while the row is pointed at; return the end."""
        c = theme.palette()
        if self.unsaved:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.amber_line))
            painter.drawEllipse(QPointF(left + 4, top + 8), 4, 4)
            left += 16
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            icons.paint(painter, "pencil", QPointF(left, top), 16, c.muted)
            left += 24
        return left
