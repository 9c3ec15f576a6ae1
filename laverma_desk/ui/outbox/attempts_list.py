"""The attempts of a mail: the server's own words, and below them what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint

_ENTRY, _LINE, _MEANING = 42, 24, 20
_TIMES, _NARROW_TIMES = 128, 104
_NARROW = 400


class _Entries(QWidget):
    """Paints the entries below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[tuple[str, str, str], ...] = ()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        left = _TIMES if self.width() >= _NARROW else _NARROW_TIMES
        right = self.width() - left
        for row, (time, answer, meaning) in enumerate(self.entries):
            top = row * _ENTRY
            paint.text(painter, QRectF(0, top, left - 8, _LINE), time, px=13, colour=c.text)
            paint.text(painter, QRectF(left, top, right, _LINE), answer, px=13, colour=c.text)
            below = QRectF(left, top + _LINE - 2, right, _MEANING)
            paint.text(painter, below, meaning, px=13, colour=c.muted)
        painter.end()


class AttemptsList(QScrollArea):
    """Entries of time, answer and meaning; the latest is in view, the arrow keys walk back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self._inside = _Entries()
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)

    def show_entries(self, entries: Sequence[tuple[str, str, str]]) -> None:
        """Show the attempts, the oldest first."""
        if tuple(entries) == self._inside.entries:
            return
        self._inside.entries = tuple(entries)
        self._inside.setMinimumHeight(len(entries) * _ENTRY)
        # The layout that gives the list its new height runs later; the bar's range is wanted now.
        self._inside.resize(self.viewport().width(), max(len(entries) * _ENTRY, self.viewport().height()))
        words = [", ".join(entry) for entry in entries]
        self.setAccessibleDescription("; ".join(words))
        self._inside.setToolTip("\n".join(words))
        fits = len(entries) * _ENTRY <= self.height()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fits else Qt.FocusPolicy.TabFocus)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self._inside.update()
