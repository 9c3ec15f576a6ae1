"""The first rows of the file as they would be stored; what is wrong stands in red."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from laverma_desk import text
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.importing.customer_columns import COLUMNS
from laverma_desk.services.importing.preview import PreviewRow
from laverma_desk.ui import fonts, theme
from laverma_desk.ui.customers.exchange.words import meaning
from laverma_desk.ui.widgets import paint

_ROW, _PAD, _NARROWEST, _WIDEST = 32, 12, 72, 240
_FAULTY = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """The line of the file, then each column that any of the rows fills."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[PreviewRow, ...] = ()
        self.columns: list[str] = []

    def show_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.columns = [one for one in COLUMNS if any(one in row.cells for row in rows)]
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return len(self._rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return how many columns there are, the line among them."""
        return 1 + len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return what a column is called."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _("Line") if section == 0 else meaning(self.columns[section - 1])

    def data(self, index: Index, role: int = 0) -> Any:
        """Return a value, its error as tooltip and description, and whether it is faulty."""
        row = self._rows[index.row()]
        cell = row.cells.get(self.columns[index.column() - 1]) if index.column() else None
        error = row.error if index.column() == 0 else cell.error if cell else None
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return text.number(row.line)
            return (cell.shown or (_("missing") if cell.error else "")) if cell else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return explain(error) if error else None
        if role == _FAULTY:
            return error is not None or (index.column() == 0 and row.faulty)
        return None


class _CellDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        wide = fonts.width(str(index.data() or ""), 13) + 2 * _PAD + 1
        return QSize(int(min(_WIDEST, max(_NARROWEST, wide))), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        area = QRectF(option.rect)
        faulty = bool(index.data(_FAULTY))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, c.red_soft if faulty else c.surface)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, area.adjusted(0, 0, 0, -1), edge=c.primary, width=2, radius=0)
        ink = c.red if faulty else c.muted if index.column() == 0 else c.text
        inner = area.adjusted(_PAD, 0, -_PAD, -1)
        paint.text(painter, inner, str(index.data() or ""), px=13, weight=500 if faulty else 400, colour=ink)
        painter.restore()


class _Head(QHeaderView):
    """A header 32 px high in the soft grey of tables."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(_ROW)
        self.setSectionsClickable(False)
        self.setStretchLastSection(True)

    def sectionSizeFromContents(self, section: int) -> QSize:
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        return QSize(int(fonts.width(words, 12, 500)) + 2 * _PAD + 1, _ROW)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        c = theme.palette()
        area = QRectF(rect)
        painter.save()
        painter.fillRect(area, c.subtle)
        paint.rule(painter, area.left(), area.bottom() - 1, area.width(), c.border)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        paint.text(painter, area.adjusted(_PAD, 0, -4, 0), words, px=12, weight=500, colour=c.muted)
        painter.restore()


class _Corner(QWidget):
    """Lies where the scroll bars meet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.start(self)
        painter.fillRect(event.rect(), theme.palette().surface)
        painter.end()


class PreviewTable(QTableView):
    """Rows and columns to be looked at; the arrow keys go from cell to cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_CellDelegate(self))
        self.setHorizontalHeader(_Head(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerWidget(_Corner(self))
        self.setAccessibleName(_("First rows of the file"))

    def show_rows(self, rows: Sequence[PreviewRow]) -> None:
        """Show rows, each column as wide as it needs."""
        self.rows.show_rows(rows)
        self.resizeColumnsToContents()
        self.scrollToTop()
        if rows:
            self.setCurrentIndex(self.rows.index(0, 0))
