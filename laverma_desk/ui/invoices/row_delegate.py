"""Paints the rows of the invoice lists, and knows where in them a click means something."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.invoices.row_model import KEY, ROW, Index
from laverma_desk.ui.invoices.rows import HEIGHTS, Kind, Row, RowKey, Tick
from laverma_desk.ui.invoices.tick import SIZE, paint_tick
from laverma_desk.ui.look import Look
from laverma_desk.ui.widgets import paint

EDGE = 24
_INDENT = 32  # of what is folded into a row
_BESIDE_TICK = 32
_GAP = 16
_LINE = 20
_ICON = 20  # a 16-px drawing and the gap behind it


class RowDelegate(QStyledItemDelegate):
    """One line or two, with box, amount and state; the view asks it what stands at a point."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return 64 px for a customer, 48 for a session in it, 32 for what stands in the way."""
        key: RowKey = index.data(KEY)
        return QSize(200, HEIGHTS[key.kind])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        c = theme.palette()
        row: Row = index.data(ROW)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = QStyle.StateFlag.State_Selected in option.state
        hovered = QStyle.StateFlag.State_MouseOver in option.state
        focused = QStyle.StateFlag.State_HasFocus in option.state
        folded_in = row.key.kind in (Kind.SESSION, Kind.HINT)
        ground = c.window if folded_in else c.surface
        painter.fillRect(area, c.primary_soft if chosen else c.subtle if hovered else ground)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        if focused:
            paint.box(painter, area.adjusted(0, 0, 0, -1), edge=c.primary, width=2, radius=0)
        if row.key.kind is Kind.HINT:
            self._paint_hint(painter, row, area)
        else:
            self._paint_lines(painter, row, area, chevron=hovered or focused or bool(row.opened))
        painter.restore()

    def _paint_lines(self, painter: QPainter, row: Row, area: QRectF, *, chevron: bool) -> None:
        c = theme.palette()
        small = row.key.kind is Kind.SESSION
        px = 13 if small else 14
        left = area.left() + _words_left(row)
        right = area.right() - EDGE
        top = area.top() + (area.height() - 2 * _LINE) // 2
        if row.tick is not Tick.NONE:
            place = QPointF(left - _BESIDE_TICK, area.top() + (area.height() - SIZE) // 2)
            paint_tick(painter, place, row.tick)
        muted = row.tick is Tick.OFF and small
        ink = c.muted if muted else c.text
        wide = fonts.width(row.amount, px, 600) if row.amount else -_GAP
        line = QRectF(left, top, right - left, _LINE)
        paint.text(painter, line, row.amount, px=px, weight=500 if small else 600, colour=ink, align="right")
        title = line.adjusted(0, 0, -wide - _GAP, 0)
        paint.text(painter, title, row.title, px=px, weight=400 if small else 500, colour=ink)
        line.translate(0, _LINE)
        taken = self._paint_aside(painter, row, line)
        rest = line.adjusted(0, 0, -taken - (_GAP if taken else 0), 0)
        used = _paint_look(painter, rest.adjusted(0, 0, -_ICON, 0) if chevron else rest, row.below)
        if chevron and row.opened is not None:
            name = "chevron-up" if row.opened else "chevron-down"
            icons.paint(painter, name, QPointF(line.left() + used + 4, line.top() + 2), 16, c.muted)

    def _paint_aside(self, painter: QPainter, row: Row, line: QRectF) -> float:
        """Set the state at the right end; return how wide it is."""
        c = theme.palette()
        wide = _look_width(row.aside)
        _paint_look(painter, QRectF(line.right() - wide, line.top(), wide + 1, line.height()), row.aside)
        if row.sent:
            wide += 16 + (8 if wide else 0)
            icons.paint(painter, "send", QPointF(line.right() - wide, line.top() + 2), 16, c.muted)
        return wide

    def _paint_hint(self, painter: QPainter, row: Row, area: QRectF) -> None:
        c = theme.palette()
        words, link = _hint_places(row, area)
        _paint_look(painter, words, row.below)
        paint.text(painter, link, row.link, px=13, weight=500, colour=c.primary)

    def is_tick_at(self, index: Index, area: QRectF, place: QPointF) -> bool:
        """Return whether the box of a row, with some room around it, stands at a point."""
        row: Row = index.data(ROW)
        if row.tick is Tick.NONE:
            return False
        left = area.left() + _words_left(row)
        return left - _BESIDE_TICK - 12 <= place.x() <= left - 4

    def is_fold_at(self, index: Index, area: QRectF, place: QPointF) -> bool:
        """Return whether the words that unfold a row stand at a point."""
        row: Row = index.data(ROW)
        if row.opened is None:
            return False
        left = area.left() + _words_left(row)
        second = area.top() + area.height() / 2
        wide = _look_width(row.below) + 24
        return left <= place.x() <= left + wide and second <= place.y() <= second + _LINE

    def is_link_at(self, index: Index, area: QRectF, place: QPointF) -> bool:
        """Return whether the words that lead elsewhere stand at a point."""
        row: Row = index.data(ROW)
        return bool(row.link) and _hint_places(row, area)[1].contains(place)


def _words_left(row: Row) -> float:
    left = EDGE + (_INDENT if row.key.kind in (Kind.SESSION, Kind.HINT) else 0)
    return left + (_BESIDE_TICK if row.tick is not Tick.NONE or row.key.kind is Kind.HINT else 0)


def _hint_places(row: Row, area: QRectF) -> tuple[QRectF, QRectF]:
    """Return where the sentence and where the link of a hint stand."""
    left = area.left() + _words_left(row) - _BESIDE_TICK
    right = area.right() - EDGE
    link = fonts.width(row.link, 13, 500) + 1 if row.link else 0.0
    top = area.top() + (area.height() - 1 - _LINE) // 2
    end = min(left + _look_width(row.below), right - link - 8)
    return QRectF(left, top, end - left + 1, _LINE), QRectF(end + 8, top, link + 1, _LINE)


def _look_width(look: Look) -> float:
    if not look.words:
        return 16.0 if look.icon else 0.0
    return fonts.width(look.words, 13, _weight(look)) + (_ICON if look.icon else 0)


def _weight(look: Look) -> int:
    return 400 if look.tone == "muted" else 500


def _paint_look(painter: QPainter, room: QRectF, look: Look) -> float:
    """Set words with their drawing; return how much room they take."""
    ink = getattr(theme.palette(), look.tone)
    used = 0.0
    if look.icon:
        icons.paint(painter, look.icon, QPointF(room.left(), room.top() + 2), 16, ink)
        used = _ICON
    words = room.adjusted(used, 0, 0, 0)
    return used + paint.text(painter, words, look.words, px=13, weight=_weight(look), colour=ink)
