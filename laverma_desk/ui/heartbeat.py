"""Beats while a session runs, so that standby, a set clock and a crash are noticed afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.timekeeping import BEAT_SECONDS
from laverma_desk.services.calls import vigilance
from laverma_desk.ui.surroundings import Surroundings


class Heartbeat(QObject):
    """Compares both clocks every 30 seconds while time runs; at rest it costs nothing."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Read both clocks once, to have something to compare with."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._last = vigilance.read_clocks(surroundings.desk)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(BEAT_SECONDS * 1000)
        self._timer.timeout.connect(self.beat)

    def set_running(self, running: bool) -> None:
        """Begin to beat when time begins to run, stop when it stops."""
        if running and not self._timer.isActive():
            self._last = vigilance.read_clocks(self._surroundings.desk)
            self._timer.start()
        elif not running:
            self._timer.stop()

    def beat(self) -> None:
        """Beat once. A disk that refuses is no reason to stop: the next beat tries again."""
        try:
            result = vigilance.beat(self._surroundings.desk, self._last)
        except DeskError:
            return
        self._last = self._surroundings.bus.publish(result)
