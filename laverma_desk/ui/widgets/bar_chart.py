"""Upright bars over time: from zero, on few grid lines; solid, and outlined on top of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.domain.charting import Axis
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.walked_bars import WalkedBars

_TOP, _HIGH = 24, 160
"""Where the highest line stands, and how far the lowest is below it."""
_BELOW = 39
_LABELS = 48
"""The room for what stands beside the lines, at least."""
_GAP = 8
_WIDEST = 24

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True)
class Bar:
    """One bar: the label below it, its values, and what it says. An empty label leaves the room free."""

    label: str
    value: int
    outline: int
    words: str
    bold: bool = False


@dataclass(frozen=True)
class BarChartReading:
    """The bars on their axis; `scale` are the words beside its lines, the lowest first."""

    bars: Sequence[Bar]
    axis: Axis
    scale: Sequence[str]
    essence: str


class BarChart(WalkedBars):
    """A chart 224 px high. Left and right walk through the bars; see WalkedBars."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, _STEPS, parent)
        self._reading = BarChartReading((), Axis(1, 1), ("",), "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(self, reading: BarChartReading) -> None:
        """Show other bars."""
        self._reading = reading
        self.show_words([one.words for one in reading.bars], reading.essence)

    def reading(self) -> BarChartReading:
        """Return what is shown."""
        return self._reading

    def sizeHint(self) -> QSize:
        """Return the height of lines and labels."""
        return QSize(486, _TOP + _HIGH + _BELOW)

    def minimumSizeHint(self) -> QSize:
        """Return little: bars become narrower."""
        return QSize(240, _TOP + _HIGH + _BELOW)

    def place_of(self, place: int) -> QRectF:
        """Return the bar's strip, from the highest line to its label."""
        left, slot = self._plot()
        return QRectF(left + place * slot, _TOP - _GAP, slot, _GAP + _HIGH + 24)

    def height_of(self, value: int) -> int:
        """Return how many pixels a value is high."""
        return round(value * _HIGH / self._reading.axis.top)

    def _plot(self) -> tuple[float, float]:
        """Return where the bars begin and how much room each has."""
        widest = max((fonts.width(one, 12) for one in self._reading.scale), default=0.0)
        left = max(_LABELS, int(widest + 0.99)) + _GAP
        return left, (self.width() - left) / max(len(self._reading.bars), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines, bars and labels."""
        painter = paint.start(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_marks(painter)
        self._paint_lines(painter)
        self._paint_bars(painter)
        painter.end()

    def _paint_marks(self, painter: QPainter) -> None:
        c = theme.palette()
        for place, edge in ((self.hovered(), None), (self.walked(), c.primary)):
            if place >= 0:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                area = QRectF(self.place_of(place).toAlignedRect())
                paint.box(painter, area, fill=None if edge else c.subtle, edge=edge, radius=4, width=2)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_lines(self, painter: QPainter) -> None:
        c = theme.palette()
        left, _slot = self._plot()
        base = _TOP + _HIGH
        for line, words in zip(self._reading.axis.lines, self._reading.scale, strict=True):
            y = base - self.height_of(line)
            paint.rule(painter, left, y, self.width() - left, c.border)
            area = QRectF(0, y - 8, left - _GAP, 16)
            paint.text(painter, area, words, px=12, colour=c.muted, align="right")
        paint.rule(painter, left, base, self.width() - left, c.field)

    def _paint_bars(self, painter: QPainter) -> None:
        c = theme.palette()
        left, slot = self._plot()
        wide = max(1, min(_WIDEST, round(slot * 4 / 9)))
        base = _TOP + _HIGH
        for place, one in enumerate(self._reading.bars):
            x = round(left + place * slot + (slot - wide) / 2)
            solid, whole = self.height_of(one.value), self.height_of(one.value + one.outline)
            painter.fillRect(x, base - solid, wide, solid, c.primary)
            if whole > solid:
                _outline(painter, x, base - whole, wide, whole - solid)
            if one.label:
                ink, weight = (c.text, 600) if one.bold else (c.muted, 400)
                area = QRectF(left + place * slot - 32, base + 6, slot + 64, 16)
                paint.text(painter, area, one.label, px=12, weight=weight, colour=ink, align="centre")


def _outline(painter: QPainter, x: int, y: int, wide: int, high: int) -> None:
    """Draw a box open at its foot, for it stands on what is solid; two bars of one pixel look alike."""
    c = theme.palette()
    painter.fillRect(x, y, wide, high, c.surface)
    painter.fillRect(x, y, wide, 1, c.primary)
    painter.fillRect(x, y, 1, high, c.primary)
    painter.fillRect(x + wide - 1, y, 1, high, c.primary)
