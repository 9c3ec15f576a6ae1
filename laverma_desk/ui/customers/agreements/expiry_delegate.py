"""Paints a row of the list of ending agreements: who, the badge, the address, and the words that send."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.customers.agreements.expiry_model import WORDS
from laverma_desk.ui.customers.agreements.expiry_words import ExpiryWords
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.badge import paint_badge

ROW, EDGE = 56, 24
_GAP = 16
_BADGE, _LINK = 224, 150
_SHARES = (50, 50)

Index = QModelIndex | QPersistentModelIndex


def columns(width: float) -> list[tuple[float, float]]:
    """Return left edge and width of customer, badge, address and link."""
    room = width - 2 * EDGE - _BADGE - _LINK
    name, address = (room * share / sum(_SHARES) for share in _SHARES)
    left, found = float(EDGE), []
    for wide in (name, float(_BADGE), address, float(_LINK)):
        found.append((left, wide))
        left += wide
    return found


class ExpiryDelegate(QStyledItemDelegate):
    """Emits `link_chosen(int)` with the customer whose words „AVV-Vorlage senden“ were clicked."""

    link_chosen = Signal(int)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return 56 px."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        c = theme.palette()
        words: ExpiryWords = index.data(WORDS)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, c.primary_soft if selected else c.subtle if hovered else c.surface)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, area.adjusted(0, 0, 0, -1), edge=c.primary, width=2, radius=0)
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
        if words.link:
            place = self._link_place(words, area)
            paint.text(painter, place, words.link, px=13, weight=500, colour=c.primary)
        painter.restore()

    def _link_place(self, words: ExpiryWords, area: QRectF) -> QRectF:
        wide = fonts.width(words.link, 13, 500)
        return QRectF(area.left() + self._view.width() - EDGE - wide, area.top(), wide + 1, ROW - 1)

    def is_link_at(self, index: Index, area: QRectF, place: QPointF) -> bool:
        """Return whether the words that send stand at a point of the row."""
        words: ExpiryWords = index.data(WORDS)
        return bool(words.link) and self._link_place(words, area).contains(place)

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Follow the words of a row that is clicked."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and self.is_link_at(index, QRectF(option.rect), event.position())
        ):
            self.link_chosen.emit(index.data(WORDS).customer_id)
            return True
        return False
