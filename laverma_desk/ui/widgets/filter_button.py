"""A filter as it stands in the row: what is filtered by, the value, and a popup below it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.card import Card
from laverma_desk.ui.widgets.text_field import paint_field

_HEIGHT = 32
_CHEVRON = 16


class FilterButton(QPushButton):
    """A field 32 px high. Emits `popup_wanted` for a click, Enter, Space or the arrow down."""

    popup_wanted = Signal()

    def __init__(self, parent: QWidget, *, prefix: str = "", icon: str = "", name: str = "") -> None:
        super().__init__(parent)
        self._prefix, self._icon, self._name, self._value = prefix, icon, name or prefix, ""
        self.setAutoDefault(False)
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.popup_wanted)

    def show_value(self, value: str) -> None:
        """Show what is chosen; what does not fit stands in the tooltip."""
        self._value = value
        self.setAccessibleName(f"{self._name}: {value}")
        self.updateGeometry()
        self.update()

    def value(self) -> str:
        """Return what is shown."""
        return self._value

    def sizeHint(self) -> QSize:
        """Return the width of all parts."""
        return QSize(int(self._left() + fonts.width(self._value, 13, 500) + _CHEVRON + 17.99), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        return QSize(int(self._left()) + 48 + _CHEVRON, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter and the arrow down as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_F4):
            self.popup_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, prefix, value and chevron."""
        c = theme.palette()
        paint_field(self, focused=self.hasFocus())
        painter = paint.start(self)
        if self._icon:
            icons.paint(painter, self._icon, QPointF(13, 8), 16, c.muted)
        if self._prefix:
            area = QRectF(13, 0, self.width() - 50, self.height())
            paint.text(painter, area, self._prefix, px=13, colour=c.muted)
        room = QRectF(self._left(), 0, self.width() - self._left() - _CHEVRON - 13, self.height())
        paint.text(painter, room, self._value, px=13, weight=500, colour=c.text)
        self.setToolTip(self._value if fonts.width(self._value, 13, 500) > room.width() + 0.5 else "")
        at = QPointF(self.width() - 9 - _CHEVRON, (self.height() - _CHEVRON) // 2)
        icons.paint(painter, "chevron-down", at, _CHEVRON, c.muted)
        painter.end()

    def _left(self) -> float:
        if self._icon:
            return 37.0
        return 13 + (round(fonts.width(self._prefix, 13)) + 8 if self._prefix else 0)


class FilterPopup(Card):
    """What opens below a filter; it goes when something outside is clicked, or with Escape."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, popup=True, padding=7)
        self._owner = owner
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paint.clear_ground(self)

    def open_below(self) -> None:
        """Show it below its filter, or above where the screen ends."""
        self.adjustSize()
        paint.cut_corners(self)
        below = self._owner.mapToGlobal(QPoint(0, self._owner.height() + 4))
        area = self._owner.screen().availableGeometry()
        if below.y() + self.height() > area.bottom():
            below = self._owner.mapToGlobal(QPoint(0, -4 - self.height()))
        below.setX(max(area.left(), min(below.x(), area.right() - self.width())))
        self.move(below)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
