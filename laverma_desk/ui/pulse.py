"""One tick a second for everything that shows running time, and none when nobody looks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class Pulse(QObject):
    """Ticks on the full second while it is wanted. It owns no time: listeners ask the clock."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin at rest."""
        super().__init__(parent)
        self._running = False
        self._onlookers = {"window"}
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.ticked)

    def set_running(self, running: bool) -> None:
        """Say whether any session's time is running."""
        self._running = running
        self._settle()

    def set_visible(self, visible: bool) -> None:
        """Say whether anyone can see the time in the window; on becoming visible it ticks at once."""
        self.set_seen_in("window", seen=visible)

    def set_seen_in(self, place: str, *, seen: bool) -> None:
        """Say the same of another place where the time may be looked at, as the mini timer."""
        became_visible = seen and place not in self._onlookers
        if seen:
            self._onlookers.add(place)
        else:
            self._onlookers.discard(place)
        self._settle()
        if became_visible and self._running:
            self.ticked.emit()

    def _settle(self) -> None:
        wanted = self._running and bool(self._onlookers)
        if wanted and not self._timer.isActive():
            self._timer.start()
        elif not wanted:
            self._timer.stop()
