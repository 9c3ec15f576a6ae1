"""The drop-down: the look of a field, a chevron, a muted word before the value, a list like a card."""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.line_edit import LineEdit
from laverma_desk.ui.widgets.text_field import paint_field

_CHEVRON = 16


class _RowDelegate(QStyledItemDelegate):
    """Paints the 32-px rows of the list."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(int(fonts.width(text, 14)) + 26, 32)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        c = theme.palette()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        if QStyle.StateFlag.State_Selected in option.state:
            paint.box(painter, area, fill=c.primary_soft, radius=6)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        paint.text(painter, area.adjusted(8, 0, -8, 0), text, px=14, colour=c.text)
        painter.restore()


class _Edit(LineEdit):
    """The line that is typed into. Qt lays it over prefix and chevron whenever an item changes."""

    def __init__(self, owner: ComboBox) -> None:
        super().__init__(owner)
        self._owner = owner

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._owner.arrange()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._owner.arrange()


_VALUE_IS_NAME = sys.platform not in ("win32", "darwin")
"""Elsewhere Qt says the value in the place of a box's name, and leaves the name to the label beside it."""


class ComboBox(QComboBox):
    """A drop-down 32, 40 or 48 px high. `prefix` stands muted before the value ("Auftrag durch").

    `editable` lets a value be typed that is not in the list; `placeholder` shows while nothing is chosen.
    Emits `left` when the focus has gone elsewhere.
    """

    left = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        height: int = 40,
        prefix: str = "",
        placeholder: str = "",
        editable: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._prefix = prefix
        self._invalid = False
        self._px = 13 if height == 32 else 14
        self._weight = 500 if prefix else 400
        self._dressed = False
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(fonts.font(self._px, self._weight))
        self.setPlaceholderText(placeholder)
        self.setMaxVisibleItems(10)
        self._unspoken = (name or prefix) if _VALUE_IS_NAME else ""
        self.setAccessibleName(name or prefix)
        self.setAccessibleDescription("")
        if editable:
            edit = _Edit(self)
            self.setLineEdit(edit)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            edit.setFrame(False)
            edit.setFont(self.font())
            edit.setPlaceholderText(placeholder)
            edit.setAccessibleName(name or prefix)
            edit.editingFinished.connect(self._on_edit_finished)
            self.currentIndexChanged.connect(self._on_index_changed)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the box; where nothing is to be said, by its name if nobody would hear that otherwise."""
        super().setAccessibleDescription(description or self._unspoken)

    def set_invalid(self, invalid: bool) -> None:
        """Show or take back the red edge."""
        if invalid != self._invalid:
            self._invalid = invalid
            self.update()

    def choose(self, data: object) -> bool:
        """Choose the item with that data without any signal; return whether there is one."""
        index = self.findData(data)
        blocked = self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(blocked)
        self.arrange()
        self.update()
        return index >= 0

    def sizeHint(self) -> QSize:
        """Return the width of prefix, longest item and chevron."""
        texts = [self.itemText(row) for row in range(self.count())] + [self.placeholderText()]
        longest = max((fonts.width(text, self._px, self._weight) for text in texts), default=0)
        return QSize(int(self._left() + longest + 8 + _CHEVRON + 13 + 0.99), self.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for prefix, a few letters and chevron."""
        return QSize(int(self._left() + 64 + _CHEVRON), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, prefix, value and chevron."""
        c = theme.palette()
        edit = self.lineEdit()
        focused = self.hasFocus() or (edit is not None and edit.hasFocus())
        paint_field(self, focused=focused, invalid=self._invalid)
        painter = paint.start(self)
        on = self.isEnabled()
        muted, ink = (c.muted, c.text) if on else (c.disabled, c.disabled)
        if self._prefix:
            area = QRectF(13, 0, self.width() - 50, self.height())
            paint.text(painter, area, self._prefix, px=13, colour=muted)
        if edit is None:
            chosen = self.currentIndex() >= 0
            words = self.currentText() if chosen else self.placeholderText()
            area = QRectF(self._left(), 0, self.width() - self._left() - 37, self.height())
            weight = self._weight if chosen else 400
            paint.text(painter, area, words, px=self._px, weight=weight, colour=ink if chosen else muted)
        at = QPointF(self.width() - 13 - _CHEVRON, (self.height() - _CHEVRON) // 2)
        icons.paint(painter, "chevron-down", at, _CHEVRON, muted)
        painter.end()

    def showPopup(self) -> None:
        """Open the list, in the width of the field or wider."""
        view = self.view()
        frame = cast("QWidget", view.parentWidget())
        if not self._dressed:
            self._dressed = True
            view.setItemDelegate(_RowDelegate(view))
            flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint
            frame.setWindowFlags(flags | Qt.WindowType.NoDropShadowWindowHint)
            paint.clear_ground(frame)
        super().showPopup()
        paint.cut_corners(frame)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a value never changes in passing."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the typed text between prefix and chevron."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the typed text between prefix and chevron."""
        super().showEvent(event)
        self.arrange()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, but not for its own list."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.isEditable():
            self.left.emit()

    def _on_edit_finished(self) -> None:
        edit = self.lineEdit()
        if edit is not None and not edit.hasFocus():
            self.left.emit()

    def _on_index_changed(self, _row: int) -> None:
        # Qt has just laid the typed text over the prefix again.
        self.arrange()

    def _left(self) -> float:
        return 13 + (round(fonts.width(self._prefix, 13)) + 8 if self._prefix else 0)

    def arrange(self) -> None:
        """Keep the typed text between prefix and chevron."""
        edit = self.lineEdit()
        if edit is not None:
            left = int(self._left()) - 2
            edit.setGeometry(left, 2, self.width() - left - 35, self.height() - 4)
