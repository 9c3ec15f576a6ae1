"""Sums above the bar: each amount below its name, the one that counts at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint

_HIGH, _SIDE, _GAP = 56, 24, 32


class SumLine(QWidget):
    """Amounts side by side, each below its name, the last one at the right; hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[str, str]] = []
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these names and amounts."""
        self._lines = list(lines)
        self.setAccessibleName(", ".join(f"{name} {amount}" for name, amount in lines))
        self.setVisible(bool(lines))
        self.update()

    def lines(self) -> list[tuple[str, str]]:
        """Return what is shown."""
        return [] if self.isHidden() else self._lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, line and amounts."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.surface)
        paint.rule(painter, 0, 0, self.width(), c.border)
        left = float(_SIDE)
        for name, amount in self._lines[:-1]:
            wide = max(fonts.width(name, 12), fonts.width(amount, 14, 500)) + 1
            paint.text(painter, QRectF(left, 9, wide, 16), name, px=12, colour=c.muted)
            paint.text(painter, QRectF(left, 27, wide, 20), amount, px=14, weight=500, colour=c.text)
            left += wide + _GAP
        if self._lines:
            name, amount = self._lines[-1]
            room = QRectF(left, 9, self.width() - _SIDE - left, 16)
            paint.text(painter, room, name, px=12, colour=c.muted, align="right")
            room = QRectF(left, 25, self.width() - _SIDE - left, 24)
            paint.text(painter, room, amount, px=16, weight=600, colour=c.text, align="right")
        painter.end()
