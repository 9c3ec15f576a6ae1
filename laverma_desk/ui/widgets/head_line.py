"""The white line above a list or a paper: its ground, and the rule below."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint


class HeadLine(QWidget):
    """A line of fixed height; what stands on it is for its kinds."""

    def __init__(self, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the surface and the line below."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        paint.rule(painter, 0, self.height() - 1, self.width(), c.border)
        painter.end()
