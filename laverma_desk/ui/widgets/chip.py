"""Snippet chips: a number and a phrase that goes into the notes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import Pressable


class SnippetChip(Pressable):
    """A 32-px chip with number and text. A mouse click leaves the focus in the notes.

    Emits `snippet_chosen(number)`.
    """

    snippet_chosen = Signal(int)

    def __init__(self, number: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._words = number, text
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{number} {text}")
        self.clicked.connect(self._on_clicked)

    def number(self) -> int:
        """Return the number of the snippet."""
        return self._number

    def words(self) -> str:
        """Return the text that the snippet shows."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return number and text with 12 px at the sides, 32 high."""
        wide = 34 + fonts.width(str(self._number), 12) + fonts.width(self._words, 13)
        return QSize(round(wide), 32)

    def minimumSizeHint(self) -> QSize:
        """Return room for the number and a few letters."""
        return QSize(min(96, self.sizeHint().width()), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw chip, number and text."""
        c = theme.palette()
        painter = paint.start(self)
        fill = c.primary_soft if self.isDown() else c.subtle if self.underMouse() else c.surface
        edge = c.primary if self.hasFocus() else c.border
        fill = fill if self.isEnabled() else c.subtle
        paint.box(painter, self.rect(), fill=fill, edge=edge, width=2 if self.hasFocus() else 1)
        number, ink = (c.muted, c.text) if self.isEnabled() else (c.disabled, c.disabled)
        wide = paint.text(painter, QRectF(13, 0, 24, 32), str(self._number), px=12, colour=number)
        rest = QRectF(21 + wide, 0, self.width() - 33 - wide, 32)
        paint.text(painter, rest, self._words, px=13, colour=ink)
        painter.end()

    def _on_clicked(self) -> None:
        self.snippet_chosen.emit(self._number)
