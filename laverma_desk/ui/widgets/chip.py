"""Chips: a numbered snippet that goes into the notes, and the file that is attached to a mail."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint


class SnippetChip(QPushButton):
    """A 32-px chip with number and text. A mouse click leaves the focus in the notes.

    Emits `snippet_chosen(number)`.
    """

    snippet_chosen = Signal(int)

    def __init__(self, number: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._words = number, text
        self.setAutoDefault(False)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a plain Enter press the chip."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

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


class AttachmentChip(QWidget):
    """A 40-px chip with clip, file name and size."""

    def __init__(self, name: str = "", size: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_file(name, size)

    def show_file(self, name: str, size: str) -> None:
        """Change name and size."""
        self._name, self._size = name, size
        self.setAccessibleName(f"{name} {size}".strip())
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return all parts in one line, 40 high."""
        wide = 58 + fonts.width(self._name, 14, 500) + fonts.width(self._size, 13)
        return QSize(round(wide), 40)

    def minimumSizeHint(self) -> QSize:
        """Return room for the clip and a few letters."""
        return QSize(min(160, self.sizeHint().width()), 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        c = theme.palette()
        painter = paint.start(self)
        paint.box(painter, self.rect(), fill=c.surface, edge=c.border)
        icons.paint(painter, "attachment", QPointF(13, 12), 16, c.muted)
        short = fonts.width(self._size, 13)
        room = QRectF(37, 0, self.width() - 58 - short + 1, 40)
        wide = paint.text(painter, room, self._name, px=14, weight=500, colour=c.text)
        paint.text(painter, QRectF(45 + wide, 0, short + 1, 40), self._size, px=13, colour=c.muted)
        painter.end()
