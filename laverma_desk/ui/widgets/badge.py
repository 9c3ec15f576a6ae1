"""Badges: the state of an agreement with its shield, or a neutral tag; as a widget and for list delegates."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint

Tone = Literal["ok", "warn", "err", "neutral"]
_SHIELDS = {"ok": "shield-valid", "warn": "shield-expiring", "err": "shield-missing"}
HEIGHT = 24


def badge_width(text: str, tone: Tone) -> int:
    """Return how wide a badge is, in pixels."""
    return round((34 if tone in _SHIELDS else 16) + fonts.width(text, 12, 500))


def paint_badge(
    painter: QPainter, at: QPointF, text: str, tone: Tone, *, on_selection: bool = False, room: float = 0
) -> None:
    """Draw a badge with its upper left corner at a point; on a selected row it stands on surface.

    `room` limits its width, 0 does not.
    """
    colours = theme.palette()
    soft, ink = _colours(tone)
    wide = float(badge_width(text, tone))
    wide = min(wide, room) if room else wide
    area = QRectF(at.x(), at.y(), wide, HEIGHT)
    paint.box(painter, area, fill=colours.surface if on_selection else soft, radius=6)
    left = 8.0
    if tone in _SHIELDS:
        icons.paint(painter, _SHIELDS[tone], QPointF(at.x() + 6, at.y() + 4), 16, ink)
        left = 26.0
    paint.text(painter, area.adjusted(left, 0, -7, 0), text, px=12, weight=500, colour=ink)


def _colours(tone: Tone) -> tuple[QColor, QColor]:
    c = theme.palette()
    return {
        "ok": (c.green_soft, c.green),
        "warn": (c.amber_soft, c.amber),
        "err": (c.red_soft, c.red),
        "neutral": (c.subtle, c.muted),
    }[tone]


class Badge(QWidget):
    """A 24-px badge: "ok", "warn", "err" with a shield, "neutral" with the word alone."""

    def __init__(self, text: str = "", tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = "", tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Change words and tone."""
        if (text, tone) == (self._text, self._tone) and text:
            return
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words."""
        return self._text

    def tone(self) -> Tone:
        """Return the tone."""
        return self._tone

    def sizeHint(self) -> QSize:
        """Return the width of the words, 24 high."""
        return QSize(badge_width(self._text, self._tone), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return room for the shield and a letter: the rest can be elided."""
        return QSize(min(48, self.sizeHint().width()), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        painter = paint.start(self)
        top = (self.height() - HEIGHT) // 2
        paint_badge(painter, QPointF(0, top), self._text, self._tone, room=self.width())
        painter.end()
