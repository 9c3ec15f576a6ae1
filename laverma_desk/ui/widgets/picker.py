"""The large button that shows what is chosen and opens the search to choose anew."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable
from laverma_desk.ui.widgets.text_field import paint_field


class Picker(Pressable):
    """A field 48 px high with icon, the choice in 16/600, a shortcut and a chevron."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, icon: str = "monitor", shortcut_text: str = ""
    ) -> None:
        super().__init__(parent)
        self._icon, self._shortcut, self._words = icon, shortcut_text, ""
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, words: str) -> None:
        """Show another choice."""
        super().set_words(words)
        self._words = words
        self.setToolTip(words)

    def words(self) -> str:
        """Return the choice as shown."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return a width that layouts may stretch."""
        return QSize(240, 48)

    def minimumSizeHint(self) -> QSize:
        """Return room for icon, a few letters and chevron."""
        return QSize(160, 48)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow down open it as Space does."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and content."""
        c = theme.palette()
        paint_field(self, focused=self.hasFocus())
        painter = paint.start(self)
        if self.underMouse() and self.isEnabled():
            paint.box(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), fill=c.subtle, radius=6)
        ink, muted = (c.text, c.muted) if self.isEnabled() else (c.disabled, c.disabled)
        icons.paint(painter, self._icon, QPointF(13, 14), 20, muted)
        icons.paint(painter, "chevron-down", QPointF(self.width() - 29, 16), 16, muted)
        right = self.width() - 37.0
        if self._shortcut:
            wide = fonts.width(self._shortcut, 12)
            paint.text(painter, QRectF(right - wide, 0, wide + 1, 48), self._shortcut, px=12, colour=muted)
            right -= wide + 8
        area = QRectF(41, 0, right - 41, 48)
        paint.text(painter, area, self._words, px=16, weight=600, colour=ink)
        painter.end()
