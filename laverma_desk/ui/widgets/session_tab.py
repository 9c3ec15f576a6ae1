"""One tab of the strip: the state of a session, whose it is, and its time."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.pressable import PageButton

State = Literal["running", "paused", "ended"]
HEIGHT = 40
_SIDE = 17


class StripTab(NamedTuple):
    """What a tab shows; `key` names the session, `moon` tells of a gap that waits for an answer."""

    key: int
    title: str
    time_text: str
    state: State
    moon: bool = False
    state_text: str = ""


class StripButton(PageButton):
    """The box that both kinds of tab share: joined to the page below while it is the current one."""

    focus_reached = Signal()
    steps = (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask to be scrolled into sight, and know the name that is read now."""
        self.name_anew()
        super().focusInEvent(event)
        self.focus_reached.emit()

    def name_anew(self) -> None:
        """Let the name follow what is shown now; a tab of fixed words has nothing to do."""

    def paint_ground(self, painter: QPainter) -> None:
        """Draw the tab's outline over the strip's lower line, its hover and its focus."""
        c = theme.palette()
        wide, high = self.width(), HEIGHT
        if self.is_current():
            shape = QPainterPath(QPointF(0.5, high))
            shape.lineTo(0.5, 8)
            shape.arcTo(QRectF(0.5, 0.5, 15, 15), 180, -90)
            shape.lineTo(wide - 8, 0.5)
            shape.arcTo(QRectF(wide - 15.5, 0.5, 15, 15), 90, -90)
            shape.lineTo(wide - 0.5, high)
            painter.fillPath(shape, c.window)
            painter.strokePath(shape, QPen(c.border, 1))
        elif self.underMouse():
            paint.box(painter, QRectF(1, 1, wide - 2, high - 4), fill=c.subtle)
        if self.hasFocus():
            paint.box(painter, QRectF(2, 2, wide - 4, high - 5), edge=c.primary, width=2, radius=7)


class SessionTab(StripButton):
    """A session in the strip. Emits `session_chosen(key)`."""

    session_chosen = Signal(int)

    def __init__(self, tab: StripTab, parent: QWidget) -> None:
        super().__init__(parent)
        self.tab = tab
        self.name_anew()
        self.clicked.connect(self._on_clicked)

    def show_tab(self, tab: StripTab) -> bool:
        """Show another state of the session; return whether the tab's width changes.

        A new second repaints the time alone.
        """
        old, self.tab = self.tab, tab
        if old == tab:
            return False
        if (old.title, old.state, old.moon) == (tab.title, tab.state, tab.moon) and len(old.time_text) == len(
            tab.time_text
        ):
            self.update(self._time_area().toAlignedRect())
            return False
        self.name_anew()
        self.update()
        return True

    def sizeHint(self) -> QSize:
        """Return the tab's width with the whole title, in its heavier weight while it is current."""
        title = fonts.width(self.tab.title, 14, self._weight())
        return QSize(int(self._fixed() + title + 0.99), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tab."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        x = _SIDE + self._paint_state(painter) + 8.0
        ink = c.text if self.is_current() or self.tab.state == "running" else c.muted
        area = self._time_area()
        room = QRectF(x, 0, area.left() - 8 - x + 1, HEIGHT)
        paint.text(painter, room, self.tab.title, px=14, weight=self._weight(), colour=ink)
        paint.text(painter, area, self.tab.time_text, px=14, weight=self._time_weight(), colour=ink)
        if self.tab.moon:
            icons.paint(painter, "moon", QPointF(self.width() - _SIDE - 16, 12), 16, c.amber)
        painter.end()

    def _paint_state(self, painter: QPainter) -> int:
        c = theme.palette()
        if self.tab.state == "running":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.green_line)
            painter.drawEllipse(QRectF(_SIDE, 16, 8, 8))
            return 8
        name, ink = ("pause", c.amber_line) if self.tab.state == "paused" else ("stop", self._ink())
        icons.paint(painter, name, QPointF(_SIDE, 12), 16, ink)
        return 16

    def _ink(self) -> QColor:
        c = theme.palette()
        return c.text if self.is_current() else c.muted

    def _time_area(self) -> QRectF:
        wide = fonts.width(self.tab.time_text, 14, self._time_weight())
        right = self.width() - _SIDE - (24 if self.tab.moon else 0)
        return QRectF(right - wide, 0, wide + 1, HEIGHT)

    def _fixed(self) -> float:
        dot = 8 if self.tab.state == "running" else 16
        time = fonts.width(self.tab.time_text, 14, self._time_weight())
        return 2 * _SIDE + dot + 8 + 8 + time + (24 if self.tab.moon else 0)

    def _weight(self) -> int:
        return 600 if self.is_current() else 500

    def _time_weight(self) -> int:
        return 600 if self.is_current() or self.tab.state == "running" else 500

    def name_anew(self) -> None:
        """Name whose session it is, how it stands and its time, which is not said again as it goes on."""
        parts = (self.tab.title, self.tab.state_text, self.tab.time_text)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(self.tab.title)

    def _on_clicked(self) -> None:
        self.session_chosen.emit(self.tab.key)


class NewTab(StripButton):
    """The last tab, which starts a new session; its shortcut is shown while another one is current."""

    def __init__(self, text: str, shortcut_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._shortcut = text, shortcut_text
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return the tab's width."""
        wide = 2 * _SIDE + 24 + fonts.width(self._words, 14, 600 if self.is_current() else 500)
        if not self.is_current() and self._shortcut:
            wide += 8 + fonts.width(self._shortcut, 12)
        return QSize(int(wide + 0.99), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tab."""
        c = theme.palette()
        painter = paint.start(self)
        self.paint_ground(painter)
        on = self.is_current()
        ink = c.text if on or self.underMouse() else c.muted
        icons.paint(painter, "plus", QPointF(_SIDE, 12), 16, ink)
        room = QRectF(_SIDE + 24, 0, self.width() - _SIDE - 24, HEIGHT)
        wide = paint.text(painter, room, self._words, px=14, weight=600 if on else 500, colour=ink)
        if not on and self._shortcut:
            area = QRectF(_SIDE + 32 + wide, 0, self.width() - _SIDE - 32 - wide, HEIGHT)
            paint.text(painter, area, self._shortcut, px=12, colour=c.muted)
        painter.end()
