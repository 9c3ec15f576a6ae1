"""Paints the rows of the outbox: one line, and a second one where somebody has to decide."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.outbox.message_model import MESSAGE, Row
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.painted_rows import Index, PaintedRow

ROW, TASK_ROW = 32, 64
EDGE = 24
_GAP = 8
_FIXED = (96, 88)
_SHARES = (224, 336, 312)
_STATE = 300  # the next attempt is still read in the narrowest window
_SECOND_LINE = 31
_TASK = 500  # the weight of the second line
_SUBJECT = 3  # subjects begin alike, their ends tell them apart


def columns(width: float) -> list[tuple[float, float]]:
    """Return left edge and width of the five columns in a table of that width."""
    room = width - 2 * EDGE - sum(_FIXED)
    state = max(_STATE, round(room * _SHARES[2] / sum(_SHARES)))
    address = round((room - state) * _SHARES[0] / sum(_SHARES[:2]))
    wides = [*map(float, _FIXED), address, room - state - address, state]
    left, found = float(EDGE), []
    for wide in wides:
        found.append((left, wide))
        left += wide
    return found


class MessageDelegate(PaintedRow):
    """A row with its state; the second line of a task ends with the words that lead on."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return 32 px, or 64 for a row that waits for somebody."""
        return QSize(200, TASK_ROW if index.data(MESSAGE).task else ROW)

    def paint_row(self, painter: QPainter, area: QRectF, index: Index, *, selected: bool) -> None:  # noqa: ARG002
        """Draw the cells, the state, and what somebody has to decide."""
        c = theme.palette()
        row: Row = index.data(MESSAGE)
        places = columns(self._view.width())
        for number, (words, (left, wide)) in enumerate(zip(row.cells, places, strict=False)):
            cell = QRectF(area.left() + left, area.top(), wide - _GAP, ROW - 1)
            cut = "middle" if number == _SUBJECT else "right"
            paint.text(painter, cell, words, px=13, colour=c.text, cut=cut)
        left, wide = places[-1]
        self._paint_state(painter, row, QRectF(area.left() + left, area.top(), wide, ROW - 1))
        if row.task:
            self._paint_task(painter, row, area)

    def _paint_state(self, painter: QPainter, row: Row, cell: QRectF) -> None:
        c = theme.palette()
        ink = getattr(c, row.look.tone)
        icons.paint(painter, row.look.icon, QPointF(cell.left(), cell.top() + 8), 16, ink)
        rest = cell.adjusted(24, 0, 0, 0)
        wide = paint.text(painter, rest, row.look.words, px=13, weight=600, colour=ink)
        paint.text(painter, rest.adjusted(wide + _GAP, 0, 0, 0), row.aside, px=13, colour=c.muted)

    def _paint_task(self, painter: QPainter, row: Row, area: QRectF) -> None:
        c = theme.palette()
        if row.task is None:
            return
        line, link = self._task_places(row, area)
        ink = getattr(c, row.task.tone)
        wide = paint.text(painter, line, row.task.sentence, px=13, weight=_TASK, colour=ink)
        if row.task.more:
            paint.text(painter, line.adjusted(wide + _GAP, 0, 0, 0), row.task.more, px=13, colour=c.text)
        paint.text(painter, link, row.task.link, px=13, weight=_TASK, colour=c.primary)

    def _task_places(self, row: Row, area: QRectF) -> tuple[QRectF, QRectF]:
        """Return where the sentence and where the link of a task row stands."""
        task = row.task
        left = area.left() + columns(self._view.width())[2][0]
        top, right = area.top() + _SECOND_LINE, area.left() + self._view.width() - EDGE
        link = fonts.width(task.link, 13, _TASK) + 1 if task and task.link else 0.0
        words = fonts.width(task.sentence, 13, _TASK) if task else 0.0
        gap = _GAP
        if task and task.more:
            words += _GAP + fonts.width(task.more, 13)
            gap = 4
        end = min(left + words, right - link - gap)
        return QRectF(left, top, end - left + 1, 24), QRectF(end + gap, top, link + 1, 24)

    def link_place(self, index: Index, area: QRectF) -> QRectF | None:
        """Return where the words that lead on stand in a row that waits for somebody."""
        row: Row = index.data(MESSAGE)
        return self._task_places(row, area)[1] if row.task and row.task.link else None
