"""Large figures in a row: how many are new, changed, unchanged, faulty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint

_GAP = 40


class Figures(QWidget):
    """Pairs of a number and a word, 48 px high; the last ones may be red."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[tuple[str, str]] = []
        self._red = ""
        self.setFixedHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, pairs: Sequence[tuple[str, str]], red: tuple[str, str] | None = None) -> None:
        """Show the pairs, and behind them one that is wrong."""
        self._pairs = [*pairs, *([red] if red else [])]
        self._red = red[1] if red else ""
        self.setAccessibleName(", ".join(f"{number} {word}" for number, word in self._pairs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for all pairs."""
        return QSize(int(sum(self._wide(pair) + _GAP for pair in self._pairs)), 48)

    def _wide(self, pair: tuple[str, str]) -> float:
        return max(fonts.width(pair[0], 20, 600), fonts.width(pair[1], 13)) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Set each number above its word."""
        c = theme.palette()
        painter = paint.start(self)
        left = 0.0
        for pair in self._pairs:
            number, word = pair
            wide = self._wide(pair)
            wrong = bool(self._red) and word == self._red
            area = self.rect().toRectF()
            area.setLeft(left)
            area.setWidth(wide)
            area.setHeight(28)
            paint.text(painter, area, number, px=20, weight=600, colour=c.red if wrong else c.text)
            area.moveTop(28)
            area.setHeight(20)
            paint.text(painter, area, word, px=13, colour=c.red if wrong else c.muted)
            left += wide + _GAP
        painter.end()
