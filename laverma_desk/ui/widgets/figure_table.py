"""The table behind a chart: the same rows in words, to be walked through and read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.row_view import ROW, dress_rows

_HEAD, _LINE, _PAD, _EDGE = 40, 16, 6, 16
_NARROWEST, _WIDEST, _MEASURED = 56, 200, 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class TableWords:
    """What a table says. `numbers` tells of each column whether its values stand at the right.

    `rows` may word a row when it is looked at: there can be as many as a house has workstations.
    """

    headings: Sequence[str] = ()
    numbers: Sequence[bool] = ()
    rows: Sequence[Sequence[str]] = ()


class FigureTableModel(QAbstractTableModel):
    """Rows and columns of words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = TableWords()

    def take(self, words: TableWords) -> None:
        """Hold other words."""
        self.beginResetModel()
        self.words = words
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return len(self.words.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return len(self.words.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return what a column is called."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.words.headings[section]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return a value, and on which side it stands."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if self.words.numbers[index.column()] else None
        return None


class _Cell(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(int(fonts.width(str(index.data()), 13)) + 2 * _PAD + 1, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self.parent()
        walked = isinstance(view, QTableView) and view.hasFocus()
        selected = walked and bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, c.primary_soft if selected else c.surface)
        paint.rule(painter, area.left(), area.bottom(), area.width(), c.border)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, area, edge=c.primary, width=2, radius=0)
        edge = _EDGE if index.column() == 0 else _PAD
        right = index.data(Qt.ItemDataRole.TextAlignmentRole) is not None
        inner = area.adjusted(edge, 0, -_PAD, -1)
        align = "right" if right else "left"
        paint.text(painter, inner, str(index.data()), px=13, colour=c.text, align=align)
        painter.restore()


class _Head(QHeaderView):
    """The names of the columns, in two lines where that is narrower, on the soft grey of tables."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(_HEAD)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        c = theme.palette()
        area = QRectF(rect)
        model = self.model()
        numbers = model.words.numbers if isinstance(model, FigureTableModel) else ()
        painter.save()
        painter.fillRect(area, c.subtle)
        paint.rule(painter, area.left(), area.bottom(), area.width(), c.border)
        words = str(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
        inner = area.adjusted(_PAD if section else _EDGE, 0, -_PAD, 0)
        align = "right" if section < len(numbers) and numbers[section] else "left"
        lines = _lines(words)
        top = area.top() + (_HEAD - _LINE * len(lines)) // 2
        for place, line in enumerate(lines):
            one = QRectF(inner.left(), top + place * _LINE, inner.width(), _LINE)
            paint.text(painter, one, line, px=12, weight=500, colour=c.muted, align=align)
        painter.restore()


def _lines(heading: str) -> Sequence[str]:
    """Return a heading in the two lines of which the longer one is shortest, or in one."""
    words = heading.split(" ")
    ways = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    return min(ways, key=lambda one: max(map(_wide, one)), default=(heading,))


def _wide(words: str) -> float:
    return fonts.width(words, 12, 500)


class _Corner(QWidget):
    """Lies where the scroll bars meet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.start(self)
        painter.fillRect(event.rect(), theme.palette().surface)
        painter.end()


class FigureTable(QTableView):
    """Emits `row_chosen(place)` for Enter or a double click; the arrow keys go from cell to cell."""

    row_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FigureTableModel(self)
        self._needed: list[int] = []
        self.setItemDelegate(_Cell(self))
        self.setHorizontalHeader(_Head(self))
        dress_rows(self, ROW)
        self.setModel(self.rows)
        self.setCornerWidget(_Corner(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_words(self, words: TableWords) -> None:
        """Show other words, each column as wide as its first rows need; the first one takes what is left."""
        if words == self.rows.words:
            return
        self.rows.take(words)
        measured = list(islice(words.rows, _MEASURED))
        self._needed = []
        for column, heading in enumerate(words.headings):
            values = max((fonts.width(one[column], 13) for one in measured), default=0.0)
            wide = max(values, *map(_wide, _lines(heading))) + _PAD + (_PAD if column else _EDGE) + 1
            self._needed.append(int(min(_WIDEST, max(_NARROWEST, wide))))
        self._arrange()
        self.scrollToTop()
        if words.rows:
            self.setCurrentIndex(self.rows.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        spare = max(0, self.viewport().width() - sum(self._needed))
        for column, wide in enumerate(self._needed):
            self.setColumnWidth(column, wide if column else wide + spare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter; what is pressed with Ctrl or Alt belongs to the window."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held:
            event.ignore()
        elif event.key() in _ENTER:
            if self.currentIndex().isValid() and not event.isAutoRepeat():
                self.row_chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.row())
