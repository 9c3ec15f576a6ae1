"""The log of a session as it is unfolded: who, when, which field, from what to what, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.focus_ring import FocusRing
from laverma_desk.ui.widgets.label import Label
from laverma_desk.ui.widgets.overlay_scroll import OverlayScrollArea

_MOST = 176
_EDGE, _TOP, _GAP, _BETWEEN = 24, 8, 16, 4
_WHEN, _FIELD = 224, 120
_MOVED_SHARE = 0.6

Line = tuple[str, str, str, str]
"""When and who, the field, old → new, why."""


class _Lines(QWidget):
    """The lines below each other, each as high as its longest cell."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._cells = [
            (
                Label(when, self, px=13, tone="muted", wrap=True),
                Label(field, self, px=13, weight=500, wrap=True),
                Label(moved, self, px=13, wrap=True),
                Label(reason, self, px=13, tone="muted", wrap=True),
            )
            for when, field, moved, reason in lines
        ]

    def arrange(self, width: int) -> int:
        """Place the cells in that width and return the height that they need."""
        rest = max(64, width - 2 * _EDGE - 3 * _GAP - _WHEN - _FIELD)
        moved = round(rest * _MOVED_SHARE)
        top = _TOP
        for row in self._cells:
            left, high = _EDGE, 0
            for cell, wide in zip(row, (_WHEN, _FIELD, moved, rest - moved), strict=True):
                tall = cell.heightForWidth(wide)
                cell.setGeometry(left, top, wide, tall)
                left, high = left + wide + _GAP, max(high, tall)
            top += high + _BETWEEN
        self.setFixedHeight(top - _BETWEEN + _TOP)
        return self.height()


class _Area(OverlayScrollArea):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring = FocusRing(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ring.setGeometry(self.rect())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring.show()
        self.ring.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ring.hide()


class ChangeList(QWidget):
    """Lines of four cells; more than fit are scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = _Area(self)
        self.area.setAccessibleName(_("Changes"))
        self.area.viewport().setAutoFillBackground(False)
        self.lines: tuple[Line, ...] = ()
        self._inside = _Lines(())
        self.area.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(self.area)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, the oldest first."""
        if tuple(lines) == self.lines:
            return
        self.lines = tuple(lines)
        self._inside = _Lines(lines)
        self.area.setWidget(self._inside)
        # setWidget makes the inside paint the window's ground.
        self._inside.setAutoFillBackground(False)
        self.area.setAccessibleDescription("; ".join(", ".join(filter(None, one)) for one in lines))
        self._arrange()

    def _arrange(self) -> None:
        self.setFixedHeight(min(_MOST, self._inside.arrange(self.width()) + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass the focus on to the lines."""
        self.area.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line above it."""
        c = theme.palette()
        painter = paint.start(self)
        painter.fillRect(self.rect(), c.window)
        paint.rule(painter, 0, 0, self.width(), c.border)
        painter.end()
