"""The inline link: a button that looks like words, reachable with Tab, pressed with Space or Enter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable


class Link(Pressable):
    """Words in the primary colour, with an icon before and a chevron or shortcut behind.

    It has no padding, so that it stands in a line of text; the focus is a soft ground with a heavy line.
    Words that do not fit are elided at the right, or in the `middle` if `cut` says so (names of files).
    """

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        px: int = 14,
        weight: int = 500,
        icon: str | None = None,
        chevron: str | None = None,
        shortcut_text: str = "",
        cut: str = "right",
    ) -> None:
        super().__init__(parent)
        self._px, self._weight, self._cut = px, weight, cut
        self._icon, self._chevron, self._shortcut = icon, chevron, shortcut_text
        self._words = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, words: str) -> None:
        """Change the words."""
        self._words = words
        super().set_words(words)

    def sizeHint(self) -> QSize:
        """Return the width of all parts, 20 high (with an icon or chevron 24)."""
        wide = fonts.width(self._words, self._px, self._weight)
        wide += 24 if self._icon else 0
        wide += 24 if self._chevron else 0
        wide += 16 + fonts.width(self._shortcut, 12) if self._shortcut else 0
        return QSize(int(wide + 0.99), 24 if self._icon or self._chevron else 20)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters: the rest can be elided."""
        return QSize(min(self.sizeHint().width(), 48), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts in one line."""
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), c.primary_soft)
            painter.fillRect(QRectF(0, self.height() - 2, self.width(), 2), c.primary)
        over, down = self.underMouse(), self.isDown()
        ink = c.primary_press if down else c.primary_hover if over else c.primary
        ink = ink if self.isEnabled() else c.disabled
        x = 0.0
        middle = (self.height() - 16) // 2
        if self._icon:
            icons.paint(painter, self._icon, QPointF(0, middle), 16, ink)
            x = 24
        after = (24 if self._chevron else 0) + (16 + fonts.width(self._shortcut, 12) if self._shortcut else 0)
        room = QRectF(x, 0, self.width() - x - after + 1, self.height())
        x += paint.text(
            painter, room, self._words, px=self._px, weight=self._weight, colour=ink, cut=self._cut
        )
        if over and self.isEnabled() and not self.hasFocus():
            start = 24 if self._icon else 0
            low = fonts.baseline(0, self.height(), self._px) + 2
            paint.rule(painter, start, low, x - start, ink)
        if self._chevron:
            icons.paint(painter, self._chevron, QPointF(x + 8, middle), 16, ink)
            x += 24
        if self._shortcut:
            area = QRectF(x + 16, 0, self.width() - x - 16 + 1, self.height())
            paint.text(painter, area, self._shortcut, px=12, colour=c.muted)
        painter.end()
