"""The one-line field, with an icon before and a word or an action after the text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.line_edit import LineEdit
from laverma_desk.ui.widgets.pressable import Pressable

_QT_INSET = 2  # QLineEdit keeps this much beside its own text margins
_PX = {32: 13, 40: 14, 48: 16, 56: 20}


def paint_field(widget: QWidget, *, focused: bool, invalid: bool = False) -> None:
    """Draw the box of a field in its state: 1-px edge, 2-px with focus or an error, subtle when off."""
    c = theme.palette()
    painter = paint.start(widget)
    if not widget.isEnabled():
        paint.box(painter, widget.rect(), fill=c.subtle, edge=c.border)
    elif invalid:
        paint.box(painter, widget.rect(), fill=c.surface, edge=c.red_line, width=2)
    elif focused:
        paint.box(painter, widget.rect(), fill=c.surface, edge=c.primary, width=2)
    else:
        paint.box(painter, widget.rect(), fill=c.surface, edge=c.field)
    painter.end()


class InnerAction(Pressable):
    """A 16-px icon inside the right end of a field, with a 28-px hit area; Space and Enter press it."""

    def __init__(self, icon: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(28, 28)

    def set_icon(self, icon: str, name: str) -> None:
        """Change drawing and name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, and its ring while it has the focus."""
        c = theme.palette()
        painter = paint.start(self)
        if self.hasFocus():
            paint.box(painter, self.rect(), edge=c.primary, width=2, radius=6)
        ink = c.disabled if not self.isEnabled() else c.text if self.underMouse() else c.muted
        icons.paint(painter, self._icon, QPointF(6, 6), 16, ink)
        painter.end()


class TextField(LineEdit):
    """A one-line field 32, 40, 48 or 56 px high.

    `icon` stands before the text, `trailing` (muted: a unit, a counter, a shortcut) behind it; it gives way
    where the placeholder would be cut. `set_action` puts a pressable icon there instead. Emits `left`
    when the focus has gone elsewhere in the window.
    """

    left = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        height: int = 40,
        icon: str | None = None,
        placeholder: str = "",
        trailing: str = "",
        trailing_px: int = 13,
        px: int | None = None,
        weight: int = 400,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._trailing = trailing
        self._trailing_px = trailing_px
        self._invalid = False
        self._action: InnerAction | None = None
        self._big = height == 56
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setFont(fonts.font(px or _PX[height], weight))
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._on_editing_finished)
        self.textChanged.connect(self._arrange)
        self._arrange()

    def set_trailing(self, text: str) -> None:
        """Change the muted word at the right end; an empty one gives its room back."""
        if text != self._trailing:
            self._trailing = text
            self._arrange()
            self.update()

    def trailing(self) -> str:
        """Return the word at the right end."""
        return self._trailing

    def set_action(self, icon: str, name: str) -> InnerAction:
        """Put a pressable icon at the right end and return it; connect its `clicked`."""
        if self._action is None:
            self._action = InnerAction(icon, name, self)
        else:
            self._action.set_icon(icon, name)
        self._arrange()
        return self._action

    def set_invalid(self, invalid: bool) -> None:
        """Show or take back the red edge. The text is never touched."""
        if invalid != self._invalid:
            self._invalid = invalid
            self.update()

    def is_invalid(self) -> bool:
        """Tell whether the red edge is shown."""
        return self._invalid

    def sizeHint(self) -> QSize:
        """Return a width that layouts may stretch."""
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the inset and a few letters."""
        return QSize(64, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the action at the right end."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box with icon and trailing word, then the text as Qt does."""
        paint_field(self, focused=self.hasFocus(), invalid=self._invalid)
        c = theme.palette()
        painter = paint.start(self)
        if self._icon:
            size = self._icon_size()
            at = QPointF(self._pad(), (self.height() - size) // 2)
            icons.paint(painter, self._icon, at, size, c.muted if self.isEnabled() else c.disabled)
        if self._shows_trailing():
            wide = fonts.width(self._trailing, self._trailing_px)
            right = self.width() - self._pad() - (28 if self._action else 0)
            area = QRectF(right - wide, 0, wide + 1, self.height())
            ink = c.muted if self.isEnabled() else c.disabled
            paint.text(painter, area, self._trailing, px=self._trailing_px, colour=ink)
        painter.end()
        super().paintEvent(event)

    def _on_editing_finished(self) -> None:
        if not self.hasFocus():
            self.left.emit()

    def _pad(self) -> int:
        return 17 if self._big else 13

    def _left(self) -> int:
        return self._pad() + (self._icon_size() + 8 if self._icon else 0)

    def _trailing_room(self) -> int:
        return int(fonts.width(self._trailing, self._trailing_px)) + 9

    def _shows_trailing(self) -> bool:
        """Tell whether there is a trailing word, and room for it beside the placeholder that is seen."""
        if not self._trailing or self.text() or not self.placeholderText():
            return bool(self._trailing)
        room = self.width() - self._left() - self._pad() - self._trailing_room()
        return self.fontMetrics().horizontalAdvance(self.placeholderText()) <= room

    def _icon_size(self) -> int:
        return 24 if self._big else 20 if self.height() >= 48 else 16

    def _arrange(self) -> None:
        left = self._left()
        right = self._pad()
        if self._shows_trailing():
            right += self._trailing_room()
        if self._action:
            right = max(right + 20, 36)
            self._action.move(self.width() - self._pad() - 22, (self.height() - 28) // 2)
        self.setTextMargins(left - _QT_INSET, 0, right - _QT_INSET, 0)
