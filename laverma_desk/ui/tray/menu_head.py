"""The first two entries of the tray's menu, which are text: whose session it is, and its time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget, QWidgetAction

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.mini.reading import MiniReading
from laverma_desk.ui.widgets import paint

_TEXT, _HIGH, _END = 40, 32, 8
_NARROWEST, _WIDEST = 248, 400


class _Row(QWidget):
    """One line of the menu's head: words at the left, perhaps others at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._aside, self._sign = "", "", ""

    def show_words(self, words: str, aside: str = "", sign: str = "") -> None:
        if (words, aside, sign) != (self._words, self._aside, self._sign):
            self._words, self._aside, self._sign = words, aside, sign
            self.setAccessibleName(f"{words} {aside}".strip())
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        wide = fonts.width(self._words, 14, 600)
        if self._aside:
            wide += 24 + fonts.width(self._aside, 13)
        return QSize(min(_WIDEST, max(_NARROWEST, int(_TEXT + wide + _END + 1))), _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.palette()
        painter = paint.start(self)
        if self._sign == "dot":
            paint.box(painter, QRectF(14, 12, 8, 8), fill=c.green_line, radius=4)
        elif self._sign:
            icons.paint(painter, self._sign, QPointF(8, 6), 20, c.amber_line)
        right = float(self.width() - _END)
        if self._aside:
            wide = fonts.width(self._aside, 13)
            area = QRectF(right - wide, 0, wide + 1, _HIGH)
            paint.text(painter, area, self._aside, px=13, colour=c.muted)
            right -= wide + 8
        room = QRectF(_TEXT, 0, right - _TEXT + 1, _HIGH)
        paint.text(painter, room, self._words, px=14, weight=600, colour=c.text)
        painter.end()


class MenuHead:
    """Two actions that cannot be pressed. Where the desktop draws the menu itself it takes their texts."""

    def __init__(self, parent: QWidget) -> None:
        self._rows = _Row(), _Row()
        self.actions = QWidgetAction(parent), QWidgetAction(parent)
        for action, row in zip(self.actions, self._rows, strict=True):
            action.setDefaultWidget(row)
            action.setEnabled(False)

    def show_reading(self, reading: MiniReading | None, nothing: str) -> None:
        """Show a session; without one the sentence that says so, and no second line."""
        place, time = self.actions
        time.setVisible(reading is not None)
        if reading is None:
            place.setText(nothing)
            self._rows[0].show_words(nothing)
            return
        place.setText(reading.place.replace("&", "&&"))
        time.setText(f"{reading.digits} · {reading.cost}")
        self._rows[0].show_words(reading.place, sign="dot" if reading.running else "pause")
        self._rows[1].show_words(reading.digits, reading.cost)
