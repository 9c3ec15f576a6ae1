"""The small marks beside a sentence: a drawing in a tone, or the dot that says running or unsaved."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import icons, theme
from laverma_desk.ui.widgets import paint


class IconMark(QWidget):
    """An icon of resources/icons, 16 or 20 px, in a colour token; it means nothing without its sentence."""

    def __init__(
        self, icon: str, parent: QWidget | None = None, *, size: int = 16, tone: str = "muted"
    ) -> None:
        super().__init__(parent)
        self._icon, self._size, self._tone = icon, size, tone
        self.setFixedSize(size, size)

    def show_icon(self, icon: str, tone: str) -> None:
        """Change drawing and tone."""
        if (icon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icon, tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = paint.start(self)
        ink = getattr(theme.palette(), self._tone)
        icons.paint(painter, self._icon, QPointF(0, 0), self._size, ink)
        painter.end()


class Dot(QWidget):
    """A dot of 8 px in one of the tokens for shapes: green_line runs, amber_line waits or is not saved."""

    def __init__(self, parent: QWidget | None = None, *, tone: str = "green_line") -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(8, 8)

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot."""
        painter = paint.start(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(theme.palette(), self._tone))
        painter.drawEllipse(QRectF(0, 0, 8, 8))
        painter.end()
