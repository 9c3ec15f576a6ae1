"""The rows of the changes and the keys that walk through them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.audit import columns
from laverma_desk.ui.audit.change_model import LINE, ChangeModel, Index, cell
from laverma_desk.ui.audit.columns import GAP, Column
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.row_view import EDGE, RowDelegate, RowView, paint_ground, paint_ring

_MUTED = (Column.WHEN, Column.WHO, Column.REASON)


class _Delegate(RowDelegate):
    """Draws each cell from the words of its row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        column, area = Column(index.column()), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self.hovered_row
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, area, "primary_soft" if chosen else "subtle" if hovered else "surface")
        line = index.data(LINE)
        if line is not None:
            left = EDGE if column is Column.WHEN else 0
            right = EDGE if column is Column.REASON else GAP
            ink = c.muted if column in _MUTED else c.text
            room = area.adjusted(left, 0, -right, -1)
            weight = 500 if column is Column.FIELD else 400
            paint.text(painter, room, cell(line, column), px=13, weight=weight, colour=ink)
        if chosen and self.is_walked(option):
            paint_ring(painter, area, first=column is Column.WHEN, last=column is Column.REASON)
        painter.restore()


class ChangeView(RowView):
    """Every row is a change."""

    def __init__(self, model: ChangeModel, parent: QWidget) -> None:
        super().__init__(model, _Delegate(), columns.places, _("Changes"), parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the rows."""
        row, last = self.current(), self.model().rowCount() - 1
        page = self.page_rows()
        steps = {
            Qt.Key.Key_Up: row - 1,
            Qt.Key.Key_Down: row + 1,
            Qt.Key.Key_PageUp: row - page,
            Qt.Key.Key_PageDown: row + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif last >= 0:
            self.choose(min(max(step, 0), last))
