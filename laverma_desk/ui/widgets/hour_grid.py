"""A week by the clock: a line for each weekday, and on it a bar for each hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.walked_bars import WalkedBars

_TOP, _ROWS, _HEIGHT = 8, 182, 223
_LEFT = 32
_AIR = 5
"""What the highest bar stays below the line above it."""
_WIDEST = 16


@dataclass(frozen=True)
class HourGridReading:
    """Names of lines and hours; `values` and `words` line by line, one for each hour."""

    lines: Sequence[str]
    hours: Sequence[str]
    values: Sequence[int]
    words: Sequence[str]
    essence: str


class HourGrid(WalkedBars):
    """A grid 223 px high whose bars share one scale, from zero. All four arrows walk; see WalkedBars."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, {}, parent, leads=False)
        self._reading = HourGridReading((), (), (), (), "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(self, reading: HourGridReading) -> None:
        """Show other bars."""
        self._reading = reading
        across = len(reading.hours)
        self.set_steps({
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across,
        })  # fmt: skip
        self.show_words(reading.words, reading.essence)

    def reading(self) -> HourGridReading:
        """Return what is shown."""
        return self._reading

    def sizeHint(self) -> QSize:
        """Return the height of lines and hours."""
        return QSize(486, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return little: bars become narrower."""
        return QSize(240, _HEIGHT)

    def place_of(self, place: int) -> QRectF:
        """Return the room of one hour of one weekday."""
        line, hour = divmod(place, len(self._reading.hours))
        slot, pitch = self._slot(), self._pitch()
        return QRectF(_LEFT + hour * slot, _TOP + line * pitch, slot, pitch)

    def height_of(self, value: int) -> int:
        """Return how many pixels a value is high."""
        highest = max(self._reading.values, default=0) or 1
        return round(value * (self._pitch() - _AIR) / highest)

    def _slot(self) -> float:
        return (self.width() - _LEFT) / max(len(self._reading.hours), 1)

    def _pitch(self) -> int:
        return _ROWS // max(len(self._reading.lines), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines, bars and names."""
        painter = paint.start(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._paint_lines(painter)
        self._paint_bars(painter)
        self._paint_hours(painter)
        painter.end()

    def _paint_lines(self, painter: QPainter) -> None:
        c = theme.palette()
        pitch = self._pitch()
        for line, name in enumerate(self._reading.lines):
            base = _TOP + (line + 1) * pitch
            paint.text(painter, QRectF(0, base - 16, _LEFT - 8, 16), name, px=12, colour=c.muted)
            last = line == len(self._reading.lines) - 1
            paint.rule(painter, _LEFT, base - 1, self.width() - _LEFT, c.field if last else c.border)

    def _paint_bars(self, painter: QPainter) -> None:
        c = theme.palette()
        wide = max(2, min(_WIDEST, round(self._slot() * 5 / 9)))
        for place, value in enumerate(self._reading.values):
            area = self.place_of(place)
            high = self.height_of(value)
            left = round(area.center().x() - wide / 2)
            painter.fillRect(left, round(area.bottom()) - 1 - high, wide, high, c.primary)
            if place == self.walked():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint.box(painter, area.toAlignedRect(), edge=c.primary, radius=4, width=2)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_hours(self, painter: QPainter) -> None:
        c = theme.palette()
        slot = self._slot()
        top = _TOP + len(self._reading.lines) * self._pitch() + 5
        every = next((step for step in (1, 2, 3, 4) if slot * step >= 20), 6)
        for place, name in enumerate(self._reading.hours):
            if place % every == 0:
                area = QRectF(_LEFT + place * slot - 16, top, slot + 32, 16)
                paint.text(painter, area, name, px=12, colour=c.muted, align="centre")
