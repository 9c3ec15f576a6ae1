"""A short list of sessions or connections, two lines each, to assign one to the chosen row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from laverma_desk.ui import fonts, theme
from laverma_desk.ui.reconciling.row_popup import RowPopup
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.painted_rows import Index

_ROW, _MOST_ROWS, _WIDE = 56, 6, 520
_LINE = 20
_NOWHERE = QModelIndex()
_OPTION = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Option:
    """Something to choose: its key, two lines, and a word at the right that tells it from the others."""

    key: object
    title: str
    below: str
    aside: str = ""


class _Options(QAbstractListModel):
    def __init__(self, options: Sequence[Option], parent: QWidget) -> None:
        super().__init__(parent)
        self._options = tuple(options)

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self._options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self._options[index.row()]
        if role == _OPTION:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(filter(None, (one.title, one.below, one.aside)))
        return None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        one: Option = index.data(_OPTION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if QStyle.StateFlag.State_Selected in option.state:
            paint.box(painter, area, fill=c.primary_soft, radius=6)
        elif QStyle.StateFlag.State_MouseOver in option.state:
            paint.box(painter, area, fill=c.subtle, radius=6)
        top = area.top() + (_ROW - 2 * _LINE) / 2
        aside = min(fonts.width(one.aside, 13), area.width() / 3)
        line = QRectF(area.left() + 12, top, area.width() - 24, _LINE)
        room = line.adjusted(0, 0, -(aside + 16 if one.aside else 0), 0)
        paint.text(painter, room, one.title, px=13, weight=500, colour=c.text)
        paint.text(painter, line, one.aside, px=13, colour=c.muted, align="right")
        line.translate(0, _LINE)
        paint.text(painter, line, one.below, px=13, colour=c.muted)
        painter.restore()


class _List(QListView):
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class OptionPopup(RowPopup):
    """Emits `option_taken(Option)` and closes. Without options it says why there is none."""

    option_taken = Signal(object)

    def __init__(self, owner: QWidget, title: str, options: Sequence[Option], nothing: str) -> None:
        super().__init__(owner)
        self.options = tuple(options)
        self.list = _List(self)
        self.list.setAccessibleName(title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setModel(_Options(options, self))
        self.list.setFixedSize(_WIDE, max(1, min(_MOST_ROWS, len(options))) * _ROW)
        self.list.setVisible(bool(options))
        self._head = Label(title if options else nothing, self, px=13, tone="muted", line=28)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self._head)
        self.body.addLayout(head)
        self.body.addWidget(self.list)
        self.list.taken.connect(self._on_taken)
        self.list.clicked.connect(self._on_list_clicked)

    def open_below(self) -> None:
        """Show it with the nearest one chosen."""
        super().open_below()
        if self.options:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
            self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def head(self) -> str:
        """Return what is said above the list, or in its place."""
        return self._head.text()

    def take(self, place: int) -> None:
        """Take the option at a place. Raises IndexError."""
        option = self.options[place]
        self.close()
        self.option_taken.emit(option)

    def _on_taken(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.take(index.row())

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self.take(index.row())
