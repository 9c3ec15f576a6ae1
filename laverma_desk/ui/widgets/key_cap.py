"""A key as it is printed on the keyboard, for the hints at the foot of a page."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint


class KeyCap(QWidget):
    """A key cap 24 px high and at least as wide; the arrows ↑ ↓ are letters of the font."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of the cap."""
        return QSize(max(24, int(fonts.width(self._text, 12, 500) + 14.99)), 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        c = theme.palette()
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=c.surface, edge=c.field, radius=6)
        paint.text(painter, self.rect(), self._text, px=12, weight=500, colour=c.text, align="centre")
        painter.end()
