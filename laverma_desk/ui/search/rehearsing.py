"""Makes ready beside the window, while nobody types, what the next letters may need."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from laverma_desk.services.customers.search import Finder, Hit
from laverma_desk.services.desk import Desk
from laverma_desk.ui.search import hit_reading
from laverma_desk.ui.surroundings import Surroundings

_QUIET_MILLISECONDS = 300


class Rehearsal(QObject):
    """Waits until nobody has typed for a moment: a thread that computes takes its time from the window's."""

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be ready; `begin` says for which customers."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._finder: Finder | None = None
        self._hit_rehearsed = False
        self.quiet = QTimer(self)
        self.quiet.setSingleShot(True)
        self.quiet.setInterval(_QUIET_MILLISECONDS)
        self.quiet.timeout.connect(self._on_quiet_timeout)

    def begin(self, finder: Finder) -> None:
        """Rehearse with these customers as soon as it is quiet."""
        self._finder = finder
        self.quiet.start()

    def put_off(self) -> None:
        """Wait again from here on if it waits at all: somebody typed."""
        if self.quiet.isActive():
            self.quiet.start()

    @Slot()
    def _on_quiet_timeout(self) -> None:
        finder, self._finder = self._finder, None
        if finder is None:
            return
        hit = None if self._hit_rehearsed else finder.first()
        self._hit_rehearsed = self._hit_rehearsed or hit is not None
        work = partial(_rehearse, self._surroundings.desk, finder, hit)
        self._surroundings.background.run(self, work, self._on_rehearsed, self._on_rehearsed)

    def _on_rehearsed(self, _outcome: object) -> None:
        """Take no notice: what went wrong is said when somebody types."""


def _rehearse(desk: Desk, finder: Finder, hit: Hit | None) -> None:
    """Read what the first hit shows, and make ready what a number and a misspelt word need."""
    if hit is not None:
        hit_reading.rehearse(desk, hit)
    finder.prepare()
