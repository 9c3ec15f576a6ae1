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
        self._visible = True
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.ticked)

    def set_running(self, running: bool) -> None:
        """Say whether any session's time is running."""
        self._running = running
        self._settle()

    def set_visible(self, visible: bool) -> None:
        """Say whether anyone can see the time; on becoming visible it ticks at once."""
        became_visible = visible and not self._visible
        self._visible = visible
        self._settle()
        if became_visible and self._running:
            self.ticked.emit()

    def _settle(self) -> None:
        wanted = self._running and self._visible
        if wanted and not self._timer.isActive():
            self._timer.start()
        elif not wanted:
            self._timer.stop()
