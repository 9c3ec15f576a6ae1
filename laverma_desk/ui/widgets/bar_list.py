"""Bars that lie, one below the other: a name, the bar from zero, and its value in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.walked_bars import WalkedBars

_ROW, _BAR = 32, 12
_NAME, _NAME_GAP = 168, 8
_VALUE, _VALUE_GAP = 65, 23

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True)
class ListedBar:
    """One bar: its name, its values, how they are written, and all of it as a sentence."""

    name: str
    value: int
    shown: str
    words: str
    outline: int = 0


class BarList(WalkedBars):
    """Rows 32 px high; the longest bar fills its room. Up and down walk through them; see WalkedBars.

    A name that does not fit is cut at the right, or in the `middle` where both of its ends tell.
    """

    def __init__(
        self, name: str, parent: QWidget | None = None, *, name_width: int = _NAME, cut: str = "right"
    ) -> None:
        super().__init__(name, _STEPS, parent)
        self._name_width, self._cut = name_width, cut
        self._bars: Sequence[ListedBar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[ListedBar], essence: str) -> None:
        """Show other bars."""
        self._bars = tuple(bars)
        self.show_words([one.words for one in bars], essence)

    def bars(self) -> Sequence[ListedBar]:
        """Return what is shown."""
        return self._bars

    def sizeHint(self) -> QSize:
        """Return the height of the rows."""
        return QSize(486, _ROW * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which bars are still seen."""
        return QSize(320, _ROW * len(self._bars))

    def place_of(self, place: int) -> QRectF:
        """Return the row of a bar."""
        return QRectF(0, place * _ROW, self.width(), _ROW)

    def bar_of(self, place: int) -> tuple[float, float, float]:
        """Return where a bar begins, how long its solid part is and how long all of it."""
        widest = max((fonts.width(one.shown, 13, 500) for one in self._bars), default=0.0)
        left = self._name_width + _NAME_GAP
        room = self.width() - left - max(_VALUE, int(widest)) - _VALUE_GAP
        longest = max((one.value + one.outline for one in self._bars), default=0) or 1
        one = self._bars[place]
        return left, round(one.value * room / longest), round((one.value + one.outline) * room / longest)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        c = theme.palette()
        painter = paint.start(self)
        for place, one in enumerate(self._bars):
            row = self.place_of(place)
            self._paint_mark(painter, place, row)
            paint.text(
                painter,
                QRectF(0, row.top(), self._name_width, _ROW),
                one.name,
                px=13,
                colour=c.text,
                cut=self._cut,
            )
            left, solid, whole = self.bar_of(place)
            top = row.top() + (_ROW - _BAR) / 2
            painter.fillRect(QRectF(left, top, solid, _BAR), c.primary)
            if whole > solid:
                rest = QRectF(left + solid, top, whole - solid, _BAR)
                painter.fillRect(rest, c.primary)
                painter.fillRect(rest.adjusted(0 if solid else 1, 1, -1, -1), c.surface)
            area = QRectF(left + whole, row.top(), self.width() - left - whole, _ROW)
            paint.text(painter, area, one.shown, px=13, weight=500, colour=c.text, align="right")
        painter.end()

    def _paint_mark(self, painter: QPainter, place: int, row: QRectF) -> None:
        c = theme.palette()
        if place == self.hovered():
            paint.box(painter, row, fill=c.subtle, radius=6)
        if place == self.walked():
            paint.box(painter, row, edge=c.primary, radius=6, width=2)
