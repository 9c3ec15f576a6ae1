"""One hit: who, which machine, the phone, the agreement, and why it is locked if it is."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from laverma_desk.i18n import _
from laverma_desk.ui import fonts, icons, theme
from laverma_desk.ui.search.lock_line import LockLine
from laverma_desk.ui.search.result import Marks, Result, Run, runs
from laverma_desk.ui.widgets import paint
from laverma_desk.ui.widgets.badge import paint_badge

HEIGHT = 56
LOCKED_HEIGHT = 86
_PAD, _TEXT, _BADGE, _PHONE = 16, 48, 192, 104
_LEAST_PLACE = 0.4
"""How much of the room a machine's name keeps beside a long practice name."""


def height_of(result: Result, *, compact: bool) -> int:
    """Return how high the row of a hit is; `compact` leaves the reason of a locked one out."""
    return LOCKED_HEIGHT if result.locked and not compact else HEIGHT


class _Words(NamedTuple):
    """A part of the line: text with marks, and the weight of what is not marked."""

    text: str
    marks: Marks
    weight: int

    def width(self) -> float:
        return sum(fonts.width(run.text, 14, self._weight(run)) for run in runs(self.text, self.marks))

    def paint(self, painter: QPainter, x: float, end: float, ink: QColor) -> float:
        """Set the words, elided at `end`; return where they end."""
        for run in runs(self.text, self.marks):
            if end - x < 1:
                break
            colour = theme.palette().primary if run.marked else ink
            area = QRectF(x, 0, max(0.0, end - x), HEIGHT)
            weight = self._weight(run)
            x += paint.text(painter, area, run.text, px=14, weight=weight, colour=colour)
        return x

    def _weight(self, run: Run) -> int:
        return 600 if run.marked else self.weight


class ResultRow(QWidget):
    """A row 56 px high, 86 with the line that says why it is locked.

    Emits `chosen` on a click, `activated` on a double click, and for its links `exception_wanted`,
    `template_wanted`, `visit_wanted`, `send_confirmed`, `send_given_up`, `take_back_wanted`. It never takes
    the focus: that stays in the search field.
    """

    chosen = Signal()
    activated = Signal()
    exception_wanted = Signal()
    template_wanted = Signal()
    visit_wanted = Signal()
    send_confirmed = Signal()
    send_given_up = Signal()
    take_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = Result("", (), "", (), "", "", "neutral")
        self._first = self._current = self._compact = self._over = False
        self._inset = 0
        self._cut = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lock: LockLine | None = None

    def show_result(self, result: Result, *, first: bool) -> None:
        """Show another hit; `first` has no line above it."""
        self._result, self._first = result, first
        parts = [f"{result.name} – {result.place}", result.phone, result.badge, result.reason]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.show_reason()
        self._settle()

    def show_reason(self) -> None:
        """Show below a locked row why it is locked."""
        result = self._result
        if not result.locked:
            return
        if self._lock is None:
            self._lock = self._make_lock()
        self._lock.show_reason(
            result.reason,
            exception_offered=result.exception_offered,
            visit_offered=result.visit_offered,
        )

    def _make_lock(self) -> LockLine:
        # With the first locked hit here: most rows never show one.
        lock = LockLine(self)
        lock.exception_wanted.connect(self.exception_wanted)
        lock.template_wanted.connect(self.template_wanted)
        lock.visit_wanted.connect(self.visit_wanted)
        lock.send_confirmed.connect(self.send_confirmed)
        lock.send_given_up.connect(self.send_given_up)
        lock.take_back_wanted.connect(self.take_back_wanted)
        return lock

    def lock_line(self) -> LockLine | None:
        """Return the line below a locked row, None where nothing is locked."""
        return self._lock if self._result.locked else None

    def result(self) -> Result:
        """Return the hit that is shown."""
        return self._result

    def set_state(self, *, current: bool, compact: bool) -> None:
        """Mark the row that Enter means; `compact` leaves the reason out, because it stands close by."""
        if (current, compact) != (self._current, self._compact):
            self._current, self._compact = current, compact
            self._settle()

    def set_inset(self, inset: int) -> None:
        """Keep the columns where they are beside a scroll bar of that width."""
        if inset != self._inset:
            self._inset = inset
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height; the width is the list's."""
        return QSize(400, height_of(self._result, compact=self._compact))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the names are elided."""
        return QSize(200, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the whole names as tooltip where they are cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self._cut:
                QToolTip.showText(event.globalPos(), f"{self._result.name} – {self._result.place}", self)
            return True
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Follow the mouse."""
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Follow the mouse."""
        self._over = False
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make this row the one that Enter means."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Do what Enter does."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line of a locked row as wide as the row."""
        super().resizeEvent(event)
        self._place_lock()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the columns, from the right."""
        c = theme.palette()
        painter = paint.start(self)
        ground = c.primary_soft if self._current else c.subtle if self._over else c.surface
        painter.fillRect(self.rect(), ground)
        if not self._first:
            paint.rule(painter, 0, 0, self.width(), c.border)
        result = self._result
        icons.paint(painter, "lock" if result.locked else "monitor", QPointF(_PAD, 18), 20, c.muted)
        right = float(self.width() + self._inset - _PAD - _BADGE)
        at = QPointF(right, 16)
        paint_badge(painter, at, result.badge, result.tone, on_selection=self._current, room=_BADGE)
        right -= 12 + _PHONE
        paint.text(painter, QRectF(right, 0, _PHONE, HEIGHT), result.phone, px=13, colour=c.muted)
        right -= 12 + self._paint_cap(painter, right - 12) + 12
        self._paint_names(painter, right - _TEXT)
        painter.end()

    def _paint_cap(self, painter: QPainter, right: float) -> float:
        words = _("Enter")
        wide = max(24.0, float(int(fonts.width(words, 12, 500) + 14.99)))
        if self._current and not self._compact:
            c = theme.palette()
            area = QRectF(right - wide, 16, wide, 24)
            paint.box(painter, area, fill=c.surface, edge=c.field, radius=6)
            paint.text(painter, area, words, px=12, weight=500, colour=c.text, align="centre")
        return wide

    def _paint_names(self, painter: QPainter, room: float) -> None:
        c = theme.palette()
        result = self._result
        ink = c.muted if result.locked and not self._current else c.text
        name, place = (
            _Words(result.name, result.name_marks, 500),
            _Words(result.place, result.place_marks, 400),
        )
        dash = _Words(" – ", (), 500)
        least = max(room - place.width() - dash.width(), room * (1 - _LEAST_PLACE))
        x, end = float(_TEXT), _TEXT + room
        self._cut = False
        for words, limit in ((name, _TEXT + least), (dash, end), (place, end)):
            whole = words.width() <= limit - x + 0.5
            x = words.paint(painter, x, limit, ink)
            self._cut = self._cut or not whole

    def _settle(self) -> None:
        if self._lock is not None:
            self._lock.setVisible(self._result.locked and not self._compact)
        self._place_lock()
        self.updateGeometry()
        self.update()

    def _place_lock(self) -> None:
        if self._lock is not None:
            self._lock.setGeometry(_TEXT, 54, max(0, self.width() - _TEXT - _PAD), 20)
