"""Draws a session of a draft: tick, when and where, what was done, time and amount."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from laverma_desk import text
from laverma_desk.services.invoicing.open_sessions import OpenSession
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.invoices.draft.session_model import ITEM, ROW, TICKED
from laverma_desk.ui.invoices.draft.words import session_aside
from laverma_desk.ui.widgets import paint

_SIDE, _WORDS = 16, 44


class SessionDelegate(QStyledItemDelegate):
    """Rows of 48 px with a line below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(200, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row."""
        c = theme.palette()
        one: OpenSession = index.data(ITEM)
        ticked = bool(index.data(TICKED))
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = QStyle.StateFlag.State_MouseOver in option.state
        painter.fillRect(area, c.subtle if hovered else c.surface)
        paint.rule(painter, area.left(), area.top(), area.width(), c.border)
        if QStyle.StateFlag.State_HasFocus in option.state:
            paint.box(painter, area.adjusted(2, 2, -2, -1), edge=c.primary, width=2, radius=6)
        box = QRectF(area.left() + _SIDE, area.top() + 16, 16, 16)
        fill, edge = (c.primary, c.primary) if ticked else (c.surface, c.field)
        paint.box(painter, box, fill=fill, edge=edge, radius=4)
        if ticked:
            icons.paint(painter, "check", QPointF(box.left() + 2, box.top() + 2), 12, c.on_primary)
        words = area.adjusted(_WORDS, 0, -_SIDE, 0)
        ink = c.text if ticked else c.muted
        amount = text.money(one.net_cents)
        upper = QRectF(words.left(), area.top() + 5, words.width(), 20)
        wide = fonts.width(amount, 13, 500)
        paint.text(painter, upper, amount, px=13, weight=500, colour=ink, align="right")
        when = f"{text.date_time(one.begin)}  "
        room = upper.adjusted(0, 0, -wide - 16, 0)
        used = paint.text(painter, room, when, px=13, weight=500, colour=ink)
        paint.text(painter, room.adjusted(used, 0, 0, 0), one.workstation_name, px=13, colour=ink)
        lower = QRectF(words.left(), area.top() + 24, words.width(), 20)
        aside = session_aside(one)
        paint.text(painter, lower, aside, px=13, colour=c.muted, align="right")
        room = lower.adjusted(0, 0, -fonts.width(aside, 13) - 16, 0)
        if one.obstacles:
            tone = c.red if any(what.blocking for what in one.obstacles) else c.amber
            icons.paint(painter, "warning", QPointF(room.left(), room.top() + 2), 16, tone)
            room.setLeft(room.left() + 22)
        paint.text(painter, room, one.first_line, px=13, colour=c.muted)
        painter.restore()
