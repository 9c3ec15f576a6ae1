"""Paints the cells of the table: days on the page's ground, sessions on the surface, no zebra."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.history.columns import GAP, Column
from laverma_desk.ui.history.history_model import WORDS, HistoryModel
from laverma_desk.ui.history.words import LineWords, SumWords
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.row_view import EDGE, RowDelegate, paint_ground, paint_ring

Index = QModelIndex | QPersistentModelIndex


class HistoryDelegate(RowDelegate):
    """Draws each cell from the words of its whole row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        words = index.data(WORDS)
        column = Column(index.column())
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(words, SumWords):
            paint_ground(painter, area, "window")
            paint_sums(painter, words, column, _inner(area, column))
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = index.row() == self.hovered_row
            paint_ground(painter, area, "primary_soft" if chosen else "subtle" if hovered else "surface")
            if words is not None:
                _paint_line(painter, words, column, _inner(area, column))
            elif column is Column.PARTNER and _is_late(index):
                paint.text(painter, _inner(area, column), _("Loading …"), px=13, colour=theme.palette().muted)
            if chosen and self.is_walked(option):
                paint_ring(painter, area, first=column is Column.DAY, last=column is Column.INVOICE)
        painter.restore()


def _is_late(index: Index) -> bool:
    model = index.model()
    return isinstance(model, HistoryModel) and model.is_late


def _inner(area: QRectF, column: Column) -> QRectF:
    """Return the box of a cell's words: the first column has the page's edge, the last one too."""
    left = EDGE if column is Column.DAY else 0
    right = EDGE if column is Column.INVOICE else 0 if column is Column.REPORT else GAP
    return area.adjusted(left, 0, -right, -1)


def paint_sums(painter: QPainter, words: SumWords, column: Column, cell: QRectF) -> None:
    """Draw one cell of a row of sums. No sum is ever cut: it takes room from the column before it."""
    c = theme.palette()
    if column is Column.DAY:
        paint.text(painter, cell.adjusted(0, 0, 64, 0), words.title, px=13, weight=600, colour=c.text)
    elif column is Column.BEGIN:
        painter.setClipRect(cell.adjusted(0, 0, GAP, 0))
        whole = cell.adjusted(-88, 0, 0, 0)
        paint.text(painter, whole, words.title, px=13, weight=600, colour=c.text)
    elif column is Column.DURATION:
        over = max(0.0, fonts.width(words.duration, 13, 600) - cell.width())
        room = cell.adjusted(-over, 0, 0, 0)
        paint.text(painter, room, words.duration, px=13, weight=600, colour=c.text)
    elif column is Column.PARTNER:
        paint.text(painter, cell, words.count, px=13, colour=c.muted)
    elif column is Column.NOTES:
        paint.text(painter, cell, words.billed, px=13, colour=c.muted)
    elif column is Column.BILLING:
        over = max(0.0, fonts.width(words.net, 13, 600) - cell.width())
        room = cell.adjusted(-over, 0, 0, 0)
        paint.text(painter, room, words.net, px=13, weight=600, colour=c.text, align="right")


def _paint_line(painter: QPainter, words: LineWords, column: Column, cell: QRectF) -> None:
    c = theme.palette()
    if column is Column.DAY:
        paint.text(painter, cell, words.day, px=13, colour=c.muted)
    elif column is Column.BEGIN:
        paint.text(painter, cell, words.begin, px=13, colour=c.text)
    elif column is Column.DURATION:
        paint.text(painter, cell, words.duration, px=13, colour=c.text)
    elif column is Column.PARTNER:
        _paint_partner(painter, words, cell)
    elif column is Column.SUPPORTER:
        paint.text(painter, cell, words.supporter, px=13, colour=c.text)
    elif column is Column.NOTES:
        _paint_note(painter, words, cell)
    elif column is Column.BILLING:
        ink = c.muted if words.free else c.text
        paint.text(painter, cell, words.billing, px=13, colour=ink, align="right")
    elif column is Column.REPORT:
        at = QPointF(round(cell.center().x() - 8), cell.top() + 8)
        icons.paint(painter, words.report.icon, at, 16, getattr(c, words.report.tone))
    else:
        paint.text(painter, cell, words.invoice, px=13, colour=c.text if words.invoiced else c.muted)


def _paint_partner(painter: QPainter, words: LineWords, cell: QRectF) -> None:
    """Draw the partner, and behind it the marks of what somebody has to know of the session."""
    c = theme.palette()
    marks = []
    if words.flag:
        marks.append(("shield-missing", c.amber))
    if words.corrected:
        marks.append(("pencil", c.muted))
    room = cell.adjusted(0, 0, -24 * len(marks), 0)
    wide = paint.text(painter, room, words.partner, px=13, colour=c.text)
    for place, (icon, ink) in enumerate(marks):
        at = QPointF(round(cell.left() + wide) + 8 + 24 * place, cell.top() + 8)
        icons.paint(painter, icon, at, 16, ink)


def _paint_note(painter: QPainter, words: LineWords, cell: QRectF) -> None:
    c = theme.palette()
    if not words.more:
        paint.text(painter, cell, words.note, px=13, colour=c.text)
        return
    rest, blank = fonts.width(words.more, 13), fonts.width(" ", 13)
    wide = paint.text(painter, cell.adjusted(0, 0, -rest - blank, 0), words.note, px=13, colour=c.text)
    after = QRectF(cell.left() + wide + blank, cell.top(), rest + 1, cell.height())
    paint.text(painter, after, words.more, px=13, colour=c.muted)
