"""The check box: a 16-px box and its words, one click or Space."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint


class CheckBox(QCheckBox):
    """A check box 24 px high; `px` is 13 or 14, `gap` the room between box and words.

    With the focus the edge is doubled and the words are underlined.
    """

    def __init__(self, text: str, parent: QWidget | None = None, *, px: int = 14, gap: int = 12) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._words, self._px, self._gap = text, px, gap
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, text: str) -> None:
        """Change the words."""
        self._words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the box with its words, 24 high."""
        wide = 16 + (self._gap + fonts.width(self._words, self._px) if self._words else 0)
        return QSize(int(wide + 0.99), 24)

    def minimumSizeHint(self) -> QSize:
        """Return the box alone: the words can be elided."""
        return QSize(16, 24)

    def hitButton(self, pos: QPoint) -> bool:
        """Take a click on the box and on the words."""
        return QRectF(0, 0, self.sizeHint().width(), self.height()).contains(QPointF(pos))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, check and words."""
        c = theme.palette()
        painter = paint.start(self)
        area = QRectF(0, (self.height() - 16) // 2, 16, 16)
        on, off = self.isChecked(), not self.isEnabled()
        fill = c.subtle if off else c.primary if on else c.subtle if self.underMouse() else c.surface
        edge = c.border if off else c.primary if on or self.hasFocus() else c.field
        if on and self.hasFocus():
            edge = c.text
        paint.box(painter, area, fill=fill, edge=edge, radius=4, width=2 if self.hasFocus() else 1)
        if on:
            ink = c.disabled if off else c.on_primary
            icons.paint(painter, "check", QPointF(2, area.top() + 2), 12, ink)
        words = QRectF(16 + self._gap, 0, self.width() - 16 - self._gap, self.height())
        ink = c.disabled if off else c.text
        wide = paint.text(painter, words, self._words, px=self._px, colour=ink)
        if self.hasFocus():
            painter.fillRect(QRectF(words.left(), self.height() - 3, wide, 2), c.primary)
        painter.end()
