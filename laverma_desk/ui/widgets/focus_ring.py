"""The ring of what is scrolled by keys, above all that stands in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint


class FocusRing(QWidget):
    """Shows that the arrow keys scroll what is below it; hidden at first, and the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it along the edge."""
        painter = paint.start(self)
        paint.box(painter, self.rect(), edge=theme.palette().primary, width=2, radius=0)
        painter.end()
