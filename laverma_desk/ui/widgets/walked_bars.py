"""What all charts have in common: one bar is looked at, by mouse or keyboard, said aloud, and leads on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from laverma_desk.ui.announcing import announce

_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class WalkedBars(QWidget):
    """A painted chart whose bars the arrow keys walk through. Emits `bar_chosen(place)`.

    A bar is chosen by a click, Enter or Space; a chart whose bars lead nowhere chooses none.
    """

    bar_chosen = Signal(int)

    def __init__(
        self, name: str, steps: Mapping[Qt.Key, int], parent: QWidget | None = None, *, leads: bool = True
    ) -> None:
        """Take how far each arrow key walks; `leads` says whether bars can be chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._steps, self._leads = dict(steps), leads
        self._current = 0
        self._over = self._pressed = -1
        self._words: Sequence[str] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @abstractmethod
    def place_of(self, place: int) -> QRectF:
        """Return the area that belongs to a bar."""

    def set_steps(self, steps: Mapping[Qt.Key, int]) -> None:
        """Let the arrow keys walk otherwise."""
        self._steps = dict(steps)

    def show_words(self, words: Sequence[str], essence: str) -> None:
        """Hold a sentence for each bar, and what all of them say together."""
        self._words = tuple(words)
        self._current = min(self._current, max(len(words) - 1, 0))
        self._over = self._pressed = -1
        self.setAccessibleDescription(essence)
        self.updateGeometry()
        self.update()

    def sentence(self, place: int) -> str:
        """Return what a bar says. Raises IndexError."""
        return self._words[place]

    def count(self) -> int:
        """Return how many bars there are."""
        return len(self._words)

    def current(self) -> int:
        """Return the bar that the keys have come to."""
        return self._current

    def walked(self) -> int:
        """Return the bar that is marked because the keys walk here, -1 for none."""
        return self._current if self.hasFocus() and self._words else -1

    def hovered(self) -> int:
        """Return the bar below the mouse where a click leads on, -1 for none."""
        return self._over if self._leads else -1

    def bar_at(self, point: QPointF) -> int:
        """Return the bar at a point, -1 where there is none."""
        return next((one for one in range(len(self._words)) if self.place_of(one).contains(point)), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, or choose."""
        key = Qt.Key(event.key())
        last = len(self._words) - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._words:
            event.ignore()
        elif key in ends:
            self._go_to(ends[key])
        elif key in self._steps:
            aim = self._current + self._steps[key]
            self._go_to(aim if 0 <= aim <= last else self._current)
        elif key in _PRESS and self._leads:
            if not event.isAutoRepeat():
                self.bar_chosen.emit(self._current)
        else:
            event.ignore()

    def _go_to(self, place: int) -> None:
        self._current = place
        announce(self, self._words[place])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a bar leads on."""
        over = self.bar_at(event.position())
        if over != self._over:
            self._over = over
            hand = self._leads and over >= 0
            self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Mark none."""
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the bar that is pressed: who lets go elsewhere chooses none, nor who meets new bars."""
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self.bar_at(event.position()) if left else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the bar that is clicked."""
        place = self.bar_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and 0 <= place == self._pressed and self._leads:
            self._current = place
            self.bar_chosen.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the bar that the keys have come to."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark none."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show what a bar says as its tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.bar_at(QPointF(event.pos()))
            if place >= 0:
                area = self.place_of(place).toAlignedRect()
                QToolTip.showText(event.globalPos(), self._words[place], self, area)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)
