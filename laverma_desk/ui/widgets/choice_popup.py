"""A list to choose one of; where it is long, one types into it. Ten thousand customers are no burden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from laverma_desk.domain.folding import fold
from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.filter_button import FilterPopup
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.text_field import TextField

_ROW, _MOST_ROWS = 32, 10
_NARROWEST, _WIDEST = 200, 400
_NOWHERE = QModelIndex()
_CHOICE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Choice:
    """Something to choose: its key, its name, a muted word at the right, and what is searched in."""

    key: object
    name: str
    aside: str = ""
    folded: str = ""


class _Choices(QAbstractListModel):
    def __init__(self, choices: Sequence[Choice], chosen: object, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self._all = tuple(choices)
        self.shown = self._all

    def narrow(self, typed: str) -> None:
        words = fold(typed).split()
        self.beginResetModel()
        self.shown = tuple(one for one in self._all if all(word in one.folded for word in words))
        self.endResetModel()

    def rowCount(self, _parent: Index = _NOWHERE) -> int:
        return len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.shown[index.row()]
        if role == _CHOICE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.name}, {one.aside}" if one.aside else one.name
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.palette()
        one: Choice = index.data(_CHOICE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if QStyle.StateFlag.State_Selected in option.state:
            paint.box(painter, area, fill=c.primary_soft, radius=6)
        elif QStyle.StateFlag.State_MouseOver in option.state:
            paint.box(painter, area, fill=c.subtle, radius=6)
        model = index.model()
        chosen = isinstance(model, _Choices) and model.chosen == one.key
        if chosen:
            icons.paint(painter, "check", area.topLeft() + QPointF(8, 8), 16, c.primary)
        aside = min(fonts.width(one.aside, 13), area.width() / 3)
        words = area.adjusted(32, 0, -(aside + 16 if one.aside else 8), 0)
        paint.text(painter, words, one.name, px=14, weight=500 if chosen else 400, colour=c.text)
        if one.aside:
            right = QRectF(area.right() - 8 - aside, area.top(), aside, area.height())
            paint.text(painter, right, one.aside, px=13, colour=c.muted, align="right")
        painter.restore()


class _SearchField(TextField):
    """The search above the list: up and down walk through the list, Enter takes a row."""

    walked = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
        if event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _List(QListView):
    """The rows; Enter and Space take the one that is chosen."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit()
        else:
            super().keyPressEvent(event)


class ChoicePopup(FilterPopup):
    """Emits `choice_taken(Choice)` and closes."""

    choice_taken = Signal(object)

    def __init__(
        self, owner: QWidget, choices: Sequence[Choice], chosen: object, *, name: str, search: str = ""
    ) -> None:
        super().__init__(owner)
        self._model = _Choices(choices, chosen, self)
        self.list = _List(self)
        self.list.setAccessibleName(name)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setModel(self._model)
        self.search: _SearchField | None = None
        self._nothing = Label(_("No match."), self, px=13, tone="muted", line=_ROW)
        self._nothing.hide()
        if search:
            self.search = _SearchField(self, height=32, icon="search", placeholder=search)
            self.search.setAccessibleName(search)
            self.search.textChanged.connect(self._on_search_changed)
            self.search.walked.connect(self._on_search_walked)
            self.search.taken.connect(self._on_taken)
            self.body.addWidget(self.search)
            self.body.addSpacing(8)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.list)
        self.list.taken.connect(self._on_taken)
        self.list.clicked.connect(self._on_list_clicked)
        self._measure()

    def _measure(self) -> None:
        some = self._model.shown[:200]
        widest = max((fonts.width(one.name, 14) + fonts.width(one.aside, 13) for one in some), default=0)
        wide = min(_WIDEST, max(_NARROWEST, self._owner.width() - 16, int(widest) + 72))
        rows = min(_MOST_ROWS, len(self._model.shown))
        self.list.setFixedSize(wide, max(1, rows) * _ROW)

    def open_below(self) -> None:
        """Show it with the chosen row in sight and the focus where one types."""
        super().open_below()
        keys = [one.key for one in self._model.shown]
        self._go_to(keys.index(self._model.chosen) if self._model.chosen in keys else 0)
        (self.search or self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    def _go_to(self, row: int) -> None:
        index = self._model.index(min(max(row, 0), len(self._model.shown) - 1))
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_search_changed(self, typed: str) -> None:
        self._model.narrow(typed)
        self._nothing.setVisible(not self._model.shown)
        self.list.setVisible(bool(self._model.shown))
        self._go_to(0)

    def _on_search_walked(self, step: int) -> None:
        self._go_to(self.list.currentIndex().row() + step)

    def _on_taken(self) -> None:
        self._take(self.list.currentIndex())

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self._take(index)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.choice_taken.emit(index.data(_CHOICE))
            self.close()
