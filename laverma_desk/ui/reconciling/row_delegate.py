"""Paints the rows of the reconciliation, and knows where in them something can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.reconciling.row_model import KIND, ROW
from laverma_desk.ui.reconciling.rows import Act, Kind, Offer, Place, Row, RowKey, Section
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.painted_rows import Index, PaintedRow

EDGE = 24
GROUP_ROW, TWO_LINES = 32, 64
_LINE = 20
_ICON = 20  # a 16-px drawing and the gap behind it
_PAD = 13  # inside of a box, with its edge
_BOX = 32
_LEFTS, _NARROW_LEFTS = (24, 176, 264, 392), (24, 148, 220, 328)
_NARROW = 1000
_NO_ROW = Row(RowKey(Kind.GROUP, 0), Section.OPEN)
_RIGHTS = {Place.BOX: 172, Place.WIDE_BOX: 84, Place.MIDDLE: 84, Place.LAST: -_PAD}
"""How far the right end of each action is from the right edge of what is printed."""


def columns(width: float) -> list[tuple[float, float]]:
    """Return left edge and width of the four columns in a table of that width."""
    lefts = _NARROW_LEFTS if width < _NARROW else _LEFTS
    ends = (*lefts[1:], width - EDGE)
    return [(left, end - left) for left, end in zip(lefts, ends, strict=True)]


class RowDelegate(PaintedRow):
    """A group in one line; a connection or session in two, with its actions at the right end.

    Emits `act_chosen(number, Act)`. `pointer` is where the mouse is, in the view.
    """

    act_chosen = Signal(int, object)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.pointer: QPointF | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return 32 px for a group or a line of the file, 64 for the rest."""
        low = index.data(KIND) in (Kind.GROUP, Kind.UNREADABLE)
        return QSize(200, GROUP_ROW if low else TWO_LINES)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row; a group stands on the page itself."""
        row: Row = index.data(ROW)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if row.key.kind is not Kind.GROUP or chosen:
            super().paint(painter, option, index)
            return
        c = theme.palette()
        area = QRectF(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, c.subtle if hovered else c.window)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        self.paint_row(painter, area, index, selected=False)
        painter.restore()

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, *, selected: bool) -> None:
        """Draw what a row says."""
        row: Row = index.data(ROW)
        if row.key.kind is Kind.GROUP:
            _paint_group(painter, row, area)
            for offer, rect in self.places(row, area, shown=True):
                self._paint_offer(painter, offer, rect)
            return
        pointed = self.pointer is not None and area.contains(self.pointer)
        places = self.places(row, area, shown=selected or pointed)
        if row.key.kind is Kind.UNREADABLE:
            self._paint_line(painter, row, area)
            return
        end = self._end(row, area, places)
        if row.state.words:
            self._paint_state(painter, row, area, end)
        self._paint_cells(painter, row, area, end - _state_width(row) - 16)
        for offer, rect in places:
            self._paint_offer(painter, offer, rect)

    def places(self, row: Row, area: QRectF, *, shown: bool) -> list[tuple[Offer, QRectF]]:
        """Return where each action stands; those that are quiet only where the row is `shown`."""
        right = area.left() + self._view.width() - EDGE
        high = min(_BOX, area.height() - 5)
        top = area.top() + (area.height() - 1 - high) // 2 + 1
        found: list[tuple[Offer, QRectF]] = []
        for offer in row.offers:
            if offer.quiet and not shown:
                continue
            wide = fonts.width(offer.words, 13, 500) + 2 * _PAD + (_ICON + 4 if offer.icon else 0)
            first = min((rect.left() for _one, rect in found), default=right) - 4
            end = first if offer.place is Place.FRONT else right - _RIGHTS[offer.place]
            found.append((offer, QRectF(round(end - wide), top, round(wide), high)))
        return found

    def _end(self, row: Row, area: QRectF, places: list[tuple[Offer, QRectF]]) -> float:
        """Return where the words of a row, and behind them its state, have to end."""
        right = area.left() + self._view.width() - EDGE
        end = min((rect.left() for _offer, rect in places), default=right)
        return min(right - _RIGHTS[Place.BOX], end - 4) if row.state.words else end

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the words of a row where they are cut off, and only there."""
        row: Row = index.data(ROW) if index.isValid() else _NO_ROW
        area = QRectF(option.rect)
        end = self._end(row, area, self.places(row, area, shown=True)) - _state_width(row) - 16
        room = end - columns(self._view.width())[-1][0] - (_ICON if row.place.icon else 0)
        wide = max(fonts.width(row.place.words, 13, 500), fonts.width(row.below, 13))
        if wide <= room + 0.5:
            QToolTip.hideText()
            return True
        return super().helpEvent(event, view, option, index)

    def act_at(self, index: Index, area: QRectF, place: QPointF) -> Act | None:
        """Return what a press at a point does; anywhere else in a group's row it folds."""
        row: Row = index.data(ROW)
        found = self.places(row, area, shown=True)
        other = Act.FOLD if row.key.kind is Kind.GROUP else None
        return next((offer.act for offer, rect in found if rect.contains(place)), other)

    def is_link_at(self, index: Index, area: QRectF, place: QPointF) -> bool:
        """Return whether something can be pressed at a point."""
        return self.act_at(index, area, place) is not None

    def editorEvent(
        self, event: QEvent, _model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Do what is pressed."""
        if (
            event.type() != QEvent.Type.MouseButtonRelease
            or not isinstance(event, QMouseEvent)
            or event.button() is not Qt.MouseButton.LeftButton
        ):
            return False
        act = self.act_at(index, QRectF(option.rect), event.position())
        if act is None:
            return False
        row: Row = index.data(ROW)
        self.act_chosen.emit(row.key.number, act)
        return True

    # --- strokes

    def _paint_cells(self, painter: QPainter, row: Row, area: QRectF, end: float) -> None:
        c = theme.palette()
        lefts = [area.left() + left for left, _wide in columns(self._view.width())]
        top = area.top() + (area.height() - 2 * _LINE) // 2
        middle = area.top() + (area.height() - _LINE) // 2
        for number, words in enumerate(row.lines):
            cell = QRectF(lefts[0], top + number * _LINE, lefts[1] - lefts[0] - 8, _LINE)
            paint.text(painter, cell, words, px=13, colour=c.muted if number else c.text)
        cell = QRectF(lefts[1], middle, lefts[2] - lefts[1] - 8, _LINE)
        paint.text(painter, cell, row.duration, px=13, colour=c.text)
        cell = QRectF(lefts[2], middle, lefts[3] - lefts[2] - 8, _LINE)
        digits = row.partner_id[:1].isdigit()
        paint.text(painter, cell, row.partner_id, px=13, colour=c.text if digits else c.muted)
        line = QRectF(lefts[3], top, end - lefts[3], _LINE)
        if row.place.icon:
            ink = getattr(c, row.place.tone)
            icons.paint(painter, row.place.icon, QPointF(line.left(), top + 2), 16, ink)
            line.adjust(_ICON, 0, 0, 0)
        paint.text(painter, line, row.place.words, px=13, weight=500, colour=getattr(c, row.place.tone))
        below = QRectF(lefts[3], top + _LINE, end - lefts[3], _LINE)
        paint.text(painter, below, row.below, px=13, colour=c.muted)

    def _paint_line(self, painter: QPainter, row: Row, area: QRectF) -> None:
        """Draw a line of the file: its number, what is wrong, and the line as it stands there."""
        c = theme.palette()
        lefts = [area.left() + left for left, _wide in columns(self._view.width())]
        height = area.height() - 1
        number = QRectF(lefts[0], area.top(), lefts[1] - lefts[0] - 8, height)
        paint.text(painter, number, row.lines[0], px=13, colour=c.text)
        problem = QRectF(lefts[1], area.top(), area.right() - EDGE - lefts[1], height)
        wide = paint.text(painter, problem, row.place.words, px=13, weight=500, colour=c.amber)
        left = max(lefts[3], lefts[1] + wide + 16)
        raw = QRectF(left, area.top(), area.right() - EDGE - left, height)
        paint.text(painter, raw, row.below, px=13, colour=c.muted)

    def _paint_state(self, painter: QPainter, row: Row, area: QRectF, right: float) -> None:
        """Set the state before the actions."""
        ink = getattr(theme.palette(), row.state.tone)
        wide = round(fonts.width(row.state.words, 13, 500))
        top = area.top() + (area.height() - 1 - _LINE) // 2 + 1
        paint.text(
            painter,
            QRectF(right - wide, top, wide + 1, _LINE),
            row.state.words,
            px=13,
            weight=500,
            colour=ink,
        )
        icons.paint(painter, row.state.icon, QPointF(right - wide - _ICON, top + 2), 16, ink)

    def _paint_offer(self, painter: QPainter, offer: Offer, rect: QRectF) -> None:
        c = theme.palette()
        over = self.pointer is not None and rect.contains(self.pointer)
        boxed = offer.place in (Place.BOX, Place.WIDE_BOX)
        if boxed:
            paint.box(painter, rect, fill=c.subtle if over else c.surface, edge=c.field)
        elif over:
            paint.box(painter, rect, fill=c.subtle)
        ink = c.text if boxed else c.muted if offer.place is Place.LAST else c.primary
        words = rect.adjusted(_PAD, 0, 0, 0)
        if offer.icon:
            icons.paint(painter, offer.icon, QPointF(words.left(), rect.top() + 8), 16, ink)
            words.adjust(_ICON + 4, 0, 0, 0)
        paint.text(painter, words, offer.words, px=13, weight=500, colour=ink)


def _state_width(row: Row) -> float:
    return round(fonts.width(row.state.words, 13, 500)) + _ICON if row.state.words else 0


def _paint_group(painter: QPainter, row: Row, area: QRectF) -> None:
    c = theme.palette()
    name = "chevron-down" if row.opened else "chevron-right"
    icons.paint(painter, name, QPointF(area.left() + EDGE, area.top() + 8), 16, c.muted)
    line = QRectF(area.left() + EDGE + 24, area.top(), area.width() - 2 * EDGE - 24, area.height() - 1)
    wide = paint.text(painter, line, row.title, px=13, weight=600, colour=c.text)
    paint.text(painter, line.adjusted(wide + 8, 0, 0, 0), row.aside, px=13, colour=c.muted)
