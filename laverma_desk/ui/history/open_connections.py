"""Keeps the history's way to the reconciliation up to date: how many connections have no session."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import Desk
from laverma_desk.services.reconciling.matching import match_again
from laverma_desk.services.reconciling.overview import open_count
from laverma_desk.ui.history.reconcile_button import ReconcileButton
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.surroundings import Surroundings

_CONCERNED = frozenset({Topic.CONNECTIONS, Topic.SESSIONS, Topic.CUSTOMERS})


class OpenConnections(QObject):
    """Counts when the history comes to the front and while it is there."""

    def __init__(self, surroundings: Surroundings, button: ReconcileButton, parent: QObject) -> None:
        """Count nothing before the page is looked at."""
        super().__init__(parent)
        self._desk, self._button = surroundings.desk, button
        self._stale, self._looked_at = True, False
        self._reader = LatestRead(surroundings, self)
        self._reader.loaded.connect(button.show_count)
        self._reader.failed.connect(self._on_failed)
        surroundings.bus.changed.connect(self._on_bus_changed)

    def look(self, *, at: bool) -> None:
        """Count if the page is looked at and something has changed."""
        self._looked_at = at
        if at and self._stale:
            self._stale = False
            self._reader.start(partial(_count, self._desk))

    def _on_failed(self, error: Exception) -> None:
        # A desk that cannot be read just now is said by the rows beside; the next look counts again.
        if not isinstance(error, DeskError):
            raise error
        self._stale = True

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if topics & _CONCERNED:
            self._stale = True
            self.look(at=self._looked_at)


def _count(desk: Desk) -> int:
    match_again(desk)  # what ended since the log was read may have its connection there
    return open_count(desk)
