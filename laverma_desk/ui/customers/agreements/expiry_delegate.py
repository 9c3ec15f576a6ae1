"""Paints a row of the list of ending agreements: who, the badge, the address, and the words that send."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.customers.agreements.expiry_model import WORDS
from laverma_desk.ui.customers.agreements.expiry_words import ExpiryWords
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.badge import paint_badge
from laverma_desk.ui.widgets.painted_rows import Index, PaintedRow

ROW, EDGE = 56, 24
_GAP = 16
_BADGE, _LINK = 224, 150
_SHARES = (50, 50)


def columns(width: float) -> list[tuple[float, float]]:
    """Return left edge and width of customer, badge, address and link."""
    room = width - 2 * EDGE - _BADGE - _LINK
    name, address = (room * share / sum(_SHARES) for share in _SHARES)
    left, found = float(EDGE), []
    for wide in (name, float(_BADGE), address, float(_LINK)):
        found.append((left, wide))
        left += wide
    return found


class ExpiryDelegate(PaintedRow):
    """Rows 56 px high that end with the words that send the template."""

    height = ROW

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, *, selected: bool) -> None:
        """Draw customer, badge, address, and the words that send."""
        c = theme.palette()
        words: ExpiryWords = index.data(WORDS)
        name, badge, address, _link = (
            QRectF(area.left() + left, area.top() + 8, wide - _GAP, 20)
            for left, wide in columns(self._view.width())
        )
        below = (0, 20, 0, 20)
        paint.text(painter, name, words.name, px=13, weight=500, colour=c.text)
        paint.text(painter, name.adjusted(*below), words.place, px=13, colour=c.muted)
        at = QPointF(badge.left(), area.top() + 16)
        paint_badge(painter, at, words.badge, words.tone, on_selection=selected, room=badge.width())
        if not words.template:
            address.translate(0, 10)
        paint.text(painter, address, words.recipient, px=13, colour=c.text if words.reachable else c.muted)
        paint.text(painter, address.adjusted(*below), words.template, px=13, colour=c.muted)
        place = self.link_place(index, area)
        if place is not None:
            paint.text(painter, place, words.link, px=13, weight=500, colour=c.primary)

    def link_place(self, index: Index, area: QRectF) -> QRectF | None:
        """Return where the words that send stand."""
        words: ExpiryWords = index.data(WORDS)
        if not words.link:
            return None
        wide = fonts.width(words.link, 13, 500)
        return QRectF(area.left() + self._view.width() - EDGE - wide, area.top(), wide + 1, ROW - 1)
