"""Brings the news of other desks into the window: what they change is shown here within a second."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from laverma_desk.services.changes import Topic
from laverma_desk.services.news import listen
from laverma_desk.ui.surroundings import Surroundings

GATHER_MS = 60
"""What is told so close together is shown at once: the writes of one step arrive one by one."""

REST_MS = 500
"""Between two looks: who types while two others do so too reads no page three times a second."""


class News(QObject):
    """Announces on the bus what other desks have changed; everything, after a time of silence.

    On a file there is nobody else, and nothing runs.
    """

    _arrived = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Listen from now on, until `close`."""
        super().__init__(parent)
        self._bus = surroundings.bus
        self._lock = threading.Lock()
        self._topics: set[Topic] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._listening = listen(surroundings.desk, self._hear, self._return)

    def close(self) -> None:
        """Hear nothing any more, at once."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        self._timer.stop()

    # --- in the thread that listens

    def _hear(self, topic: Topic) -> None:
        self._keep({topic})

    def _return(self) -> None:
        self._keep(set(Topic))

    def _keep(self, topics: set[Topic]) -> None:
        with self._lock:
            told, self._topics = bool(self._topics), self._topics | topics
        if not told:
            self._arrived.emit()

    # --- in the window's thread

    @Slot()
    def _on_arrived(self) -> None:
        if self._listening is not None and not self._timer.isActive():
            self._timer.start(GATHER_MS)

    @Slot()
    def _on_timer_timeout(self) -> None:
        with self._lock:
            topics, self._topics = self._topics, set()
        if topics:
            # A view that fails to read says so itself; the next news come all the same.
            self._timer.start(REST_MS)
            self._bus.announce(*topics)
