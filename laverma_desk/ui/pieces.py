"""Work that can wait, done in pieces while nobody waits: no key press waits for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

BREATH_MS = 40
"""Between two pieces the window does what was asked of it meanwhile."""


class Pieces(QObject):
    """Runs pieces one after the other in the event loop; a later `begin` takes the place of the rest."""

    def __init__(self, parent: QObject) -> None:
        """Have nothing to do."""
        super().__init__(parent)
        self._waiting: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def waiting(self) -> int:
        """Return how many pieces are still to be done."""
        return len(self._waiting)

    def begin(self, pieces: Iterable[Callable[[], object]], *, after: int = 0) -> None:
        """Do these, the first one `after` milliseconds."""
        self._waiting = list(pieces)
        self._timer.start(after)

    def stop(self) -> None:
        """Do no more of them."""
        self._waiting.clear()
        self._timer.stop()

    def _on_timer_timeout(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
        if self._waiting:
            self._timer.start(BREATH_MS)
