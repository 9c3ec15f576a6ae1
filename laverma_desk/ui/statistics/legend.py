"""What solid and outlined bars mean, beside the title of their card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint

_SQUARE, _GAP, _APART = 12, 8, 16


class Legend(QWidget):
    """Two squares with their words, in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = (_("billed"), _("free of charge"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("solid: billed, outlined: free of charge"))

    def sizeHint(self) -> QSize:
        """Return the room of both."""
        wide = sum(_SQUARE + _GAP + fonts.width(one, 12) for one in self._words)
        return QSize(int(wide + _APART + 0.99), 24)

    def minimumSizeHint(self) -> QSize:
        """Return the size hint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw squares and words."""
        c = theme.palette()
        painter = paint.start(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        x = self.width() - self.sizeHint().width()
        for words, solid in zip(self._words, (True, False), strict=True):
            area = QRectF(x, (self.height() - _SQUARE) // 2, _SQUARE, _SQUARE)
            painter.fillRect(area, c.primary)
            if not solid:
                painter.fillRect(area.adjusted(1, 1, -1, -1), c.surface)
            left = x + _SQUARE + _GAP
            room = QRectF(left, 0, self.width() - left + 1, self.height())
            x = left + round(paint.text(painter, room, words, px=12, colour=c.muted)) + _APART
        painter.end()
