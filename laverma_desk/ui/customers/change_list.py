"""The history of a record: who changed what, line by line, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.customers.change_words import ChangeLine
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.link import Link

ROW = 32
EDGE = 24
_ITEM = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[ChangeLine] = []

    def show_lines(self, lines: Sequence[ChangeLine]) -> None:
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == _ITEM:
            return line
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            glue = "\n" if role == Qt.ItemDataRole.ToolTipRole else ", "
            return glue.join(part for part in (line.at, line.who, line.field, line.change) if part)
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        line: ChangeLine = index.data(_ITEM)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, c.surface)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        if QStyle.StateFlag.State_HasFocus in option.state:
            paint.box(painter, area.adjusted(0, 0, 0, -1), edge=c.primary, width=2, radius=0)
        room = area.width() - 2 * EDGE
        field = min(240.0, room * 0.3)
        left = area.left() + EDGE
        cells = ((line.at, 144.0, c.muted), (line.who, 128.0, c.text), (line.field, field, c.muted))
        for words, wide, ink in cells:
            paint.text(painter, QRectF(left, area.top(), wide - 8, ROW - 1), words, px=13, colour=ink)
            left += wide
        rest = QRectF(left, area.top(), area.right() - EDGE - left, ROW - 1)
        paint.text(painter, rest, line.change, px=13, colour=c.text)
        painter.restore()


class ChangeList(QWidget):
    """The lines below a heading with the way back. Emits `close_requested`."""

    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Link(_("Back to the record"), self, px=13, icon="chevron-left")
        self.title = Label("", self, px=20, weight=600)
        self.empty = Label(_("Nothing has been changed yet."), self, tone="muted")
        self.lines = QListView(self)
        self._model = _Model()
        self._model.setParent(self)
        self.lines.setModel(self._model)
        self.lines.setItemDelegate(_Delegate(self.lines))
        self.lines.setUniformItemSizes(True)
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setAccessibleName(_("Changes"))
        self.lines.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QVBoxLayout()
        head.setContentsMargins(EDGE, 16, EDGE, 16)
        head.setSpacing(4)
        across = QHBoxLayout()
        across.addWidget(self.back)
        across.addStretch(1)
        head.addLayout(across)
        head.addWidget(self.title)
        head.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        column.addStretch(0)
        self._column = column
        self.setFocusProxy(self.lines)
        self.back.clicked.connect(self.close_requested)

    def show_lines(self, name: str, lines: Sequence[ChangeLine]) -> None:
        """Show the history of a customer."""
        self.title.setText(_("Changes: %(name)s") % {"name": name})
        self._model.show_lines(lines)
        self.empty.setVisible(not lines)
        self.lines.setVisible(bool(lines))
        self._column.setStretch(2, 0 if lines else 1)
        self.setFocusProxy(self.lines if lines else self.back)

    def count(self) -> int:
        """Return how many lines are shown."""
        return self._model.rowCount()

    def line(self, place: int) -> ChangeLine:
        """Return a line."""
        found: ChangeLine = self._model.index(place).data(_ITEM)
        return found
