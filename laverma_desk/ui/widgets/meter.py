"""The hour at a glance: how long the session lasts, and from when on a visit would be cheaper."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint

_TRACK_TOP, _TRACK = 24, 8
_LABEL_ROOM = 8


class MeterReading(NamedTuple):
    """What the meter shows: minutes for the places, words for the labels.

    `gap` is (from minute, to minute) of a stretch that is still in doubt.
    A break-even beyond the hour has no tick.
    """

    minutes: float = 0
    now_text: str = ""
    break_even: int | None = None
    break_even_text: str = ""
    gap: tuple[float, float] | None = None
    gap_text: str = ""
    zero_text: str = "0"
    full_text: str = ""


class _Label(NamedTuple):
    text: str
    centre: float
    weight: int
    colour: QColor

    def span(self, width: float) -> tuple[float, float]:
        wide = fonts.width(self.text, 12, self.weight)
        left = max(0.0, min(self.centre - wide / 2, width - wide))
        return left, left + wide


class Meter(QWidget):
    """A track of 60 minutes, 56 px high with its labels; 4 px a minute at its natural width of 240."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = MeterReading()
        self.setFixedHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_reading(self, reading: MeterReading) -> None:
        """Show other values; the same ones again cost nothing."""
        if reading == self._reading:
            return
        self._reading = reading
        words = (reading.now_text, reading.gap_text, reading.break_even_text)
        self.setAccessibleDescription(", ".join(word for word in words if word))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the natural size."""
        return QSize(240, 56)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the labels still stand apart."""
        return QSize(160, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, gap, ticks and labels."""
        painter = paint.start(self)
        self._paint_track(painter)
        below = self._paint_labels(painter)
        self._paint_ticks(painter, below)
        painter.end()

    def _x(self, minutes: float) -> float:
        return round(min(max(minutes, 0), 60) * self.width() / 60)

    def _even(self) -> int | None:
        even = self._reading.break_even
        return even if even is not None and 0 <= even <= 60 else None

    def _paint_track(self, painter: QPainter) -> None:
        c = theme.palette()
        reading = self._reading
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(0, _TRACK_TOP, self.width(), _TRACK), 4, 4)
        now = self._x(reading.minutes)
        cheaper = self._x(60 if reading.break_even is None else reading.break_even)
        for left, right, colour in (
            (0.0, now, c.green_line),
            (now, max(now, cheaper), c.green_soft),
            (max(now, cheaper), float(self.width()), c.subtle),
        ):
            part = QPainterPath()
            part.addRect(QRectF(left, _TRACK_TOP, right - left, _TRACK))
            painter.fillPath(part.intersected(shape), colour)
        if reading.gap is not None:
            left, right = self._x(reading.gap[0]), self._x(reading.gap[1])
            area = QRectF(left, _TRACK_TOP, max(right - left, 3), _TRACK)
            paint.box(painter, area, fill=c.surface, edge=c.amber_line, radius=1)
        painter.restore()

    def _paint_labels(self, painter: QPainter) -> bool:
        """Set the labels; return whether the break-even's had to go below the track."""
        c = theme.palette()
        reading, wide = self._reading, float(self.width())
        now = _Label(reading.now_text, self._x(reading.minutes), 600, c.text)
        upper = [now] if reading.now_text else []
        if reading.gap is not None and reading.gap_text:
            middle = (self._x(reading.gap[0]) + self._x(reading.gap[1])) / 2
            upper.append(_beside(_Label(reading.gap_text, middle, 500, c.amber), now, wide))
        lower = [
            _Label(reading.zero_text, 0, 400, c.muted),
            _Label(reading.full_text, wide, 400, c.muted),
        ]
        below = False
        even = self._even()
        if even is not None and reading.break_even_text:
            label = _Label(reading.break_even_text, self._x(even), 500, c.amber)
            below = any(_touch(label, other, wide) for other in upper)
            if below:
                lower = [other for other in lower if not _touch(label, other, wide)] + [label]
            else:
                upper.append(label)
        for row, top in ((upper, 0), (lower, 40)):
            for label in row:
                left, right = label.span(wide)
                area = QRectF(left, top, right - left + 1, 16)
                paint.text(painter, area, label.text, px=12, weight=label.weight, colour=label.colour)
        return below

    def _paint_ticks(self, painter: QPainter, below: bool) -> None:
        c = theme.palette()
        even = self._even()
        if even is not None:
            painter.fillRect(QRectF(self._x(even) - 1, 20 if below else 18, 2, 20), c.amber_line)
        at = QPointF(min(max(self._x(self._reading.minutes) - 1, 0), self.width() - 2), 18)
        painter.fillRect(QRectF(at.x(), at.y(), 2, 20), c.text)


def _touch(one: _Label, other: _Label, width: float) -> bool:
    (a, b), (c, d) = one.span(width), other.span(width)
    return a < d + _LABEL_ROOM and c < b + _LABEL_ROOM


def _beside(label: _Label, fixed: _Label, width: float) -> _Label:
    """Move a label aside, to where it stands clear of the fixed one."""
    if not _touch(label, fixed, width):
        return label
    left, right = fixed.span(width)
    half = fonts.width(label.text, 12, label.weight) / 2
    to_left = left - _LABEL_ROOM - half
    centre = to_left if to_left - half >= 0 else right + _LABEL_ROOM + half
    return _Label(label.text, centre, label.weight, label.colour)
