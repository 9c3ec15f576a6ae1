"""The line at the foot of the list of customers: how many there are, and the way to those that need a DPA."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable

_PX = 13


class HintCount(Pressable):
    """Muted words that can be pressed while they are linked; pointed at, they look like a link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_words("", linked=False)

    def show_words(self, words: str, *, linked: bool) -> None:
        """Say something; `linked`: it leads somewhere."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setEnabled(linked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if linked else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of the words, 20 high."""
        return QSize(int(fonts.width(self.text(), _PX) + 0.99), 20)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters: the rest can be elided."""
        return QSize(min(self.sizeHint().width(), 48), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set the words."""
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), c.primary_soft)
            painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), c.primary)
        over = self.isEnabled() and (self.underMouse() or self.hasFocus())
        ink = c.primary if over else c.muted
        wide = paint.text(painter, QRectF(self.rect()), self.text(), px=_PX, colour=ink)
        if over and not self.hasFocus():
            paint.rule(painter, 0, fonts.baseline(0, self.height(), _PX) + 2, wide, ink)
        painter.end()
