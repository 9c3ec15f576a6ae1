"""The radio button: a 16-px circle with a heavy ring when chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint


def paint_circle(painter: QPainter, at: QPointF, *, on: bool, focused: bool, enabled: bool = True) -> None:
    """Draw the 16-px circle with its upper left corner at a point."""
    c = theme.palette()
    area = QRectF(at.x(), at.y(), 16, 16)
    if not enabled:
        paint.box(painter, area, fill=c.subtle, edge=c.border, radius=8)
    elif on:
        paint.box(painter, area, fill=c.surface, edge=c.primary, radius=8, width=5)
        if focused:
            paint.box(painter, area, edge=c.text, radius=8, width=2)
    else:
        edge = c.primary if focused else c.field
        paint.box(painter, area, fill=c.surface, edge=edge, radius=8, width=2 if focused else 1)


class Radio(QRadioButton):
    """A radio button 24 px high; those of one parent exclude each other, the arrow keys walk."""

    def __init__(self, text: str, parent: QWidget | None = None, *, gap: int = 12) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._words, self._gap = text, gap
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the circle with its words, 24 high."""
        return QSize(int(16 + self._gap + fonts.width(self._words, 14) + 0.99), 24)

    def minimumSizeHint(self) -> QSize:
        """Return the circle alone: the words can be elided."""
        return QSize(16, 24)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click on the circle and on the words."""
        return QRectF(0, 0, self.sizeHint().width(), self.height()).contains(QPointF(pos))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circle and words, underlined with the focus."""
        c = theme.palette()
        painter = paint.start(self)
        at = QPointF(0, (self.height() - 16) // 2)
        paint_circle(painter, at, on=self.isChecked(), focused=self.hasFocus(), enabled=self.isEnabled())
        words = QRectF(16 + self._gap, 0, self.width() - 16 - self._gap, self.height())
        ink = c.text if self.isEnabled() else c.disabled
        wide = paint.text(painter, words, self._words, px=14, colour=ink)
        if self.hasFocus():
            painter.fillRect(QRectF(words.left(), self.height() - 3, wide, 2), c.primary)
        painter.end()
