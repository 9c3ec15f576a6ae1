"""A page as it stands in a list of pages: its drawing and its name, marked while it is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import PageButton


class NavItem(PageButton):
    """A row 40 px high. Emits `page_chosen(key)`; what else it shows at its right end is for its kinds."""

    page_chosen = Signal(str)
    steps = (Qt.Key.Key_Up, Qt.Key.Key_Down)
    icon_left, words_left, right = 12, 40, 8
    """Where drawing and words begin, and the room behind them."""

    def __init__(self, key: str, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._icon, self._words = key, icon, words
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        self.clicked.connect(self._on_clicked)

    def key(self) -> str:
        """Return the page's key."""
        return self._key

    def sizeHint(self) -> QSize:
        """Return the width of the words with room for what stands beside them, 40 high."""
        return QSize(int(fonts.width(self._words, 14, 600)) + self.words_left + 40, 40)

    def minimumSizeHint(self) -> QSize:
        """Return room for the drawing: the words are elided."""
        return QSize(44, 40)

    def paint_end(self, _painter: QPainter, right: float) -> float:
        """Draw what stands at the right end and return where the words have to stop."""
        return right

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the item."""
        c = theme.palette()
        painter = paint.start(self)
        on = self.is_current()
        fill = c.primary_soft if on or self.isDown() else c.subtle if self.underMouse() else None
        edge = c.primary if self.hasFocus() else None
        if fill is not None or edge is not None:
            paint.box(painter, self.rect(), fill=fill, edge=edge, width=2)
        icons.paint(painter, self._icon, QPointF(self.icon_left, 10), 20, c.primary if on else c.muted)
        wide = self.paint_end(painter, self.width() - self.right) - self.words_left
        ink, weight = (c.primary, 600) if on else (c.text, 400)
        room = QRectF(self.words_left, 0, wide, 40)
        paint.text(painter, room, self._words, px=14, weight=weight, colour=ink)
        painter.end()

    def _on_clicked(self) -> None:
        self.page_chosen.emit(self._key)
