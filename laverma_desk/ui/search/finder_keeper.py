"""Keeps the finder fresh: read beside the window's work, and again when a customer has changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.search import Finder, load_finder
from laverma_desk.ui.surroundings import Surroundings


class FinderKeeper(QObject):
    """Holds the finder; the old one serves until the new one is there.

    Emits `loaded`, `went_stale` and, where the desk cannot be read just now, `failed(DeskError)`; the next
    `want` tries again.
    """

    loaded = Signal()
    went_stale = Signal()
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Read nothing before it is wanted."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._finder: Finder | None = None
        self._stale = True
        self._loading = False
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def fresh(self) -> bool:
        """Return whether the finder knows the customers as they are."""
        return self._finder is not None and not self._stale and not self._loading

    def finder(self) -> Finder | None:
        """Return the finder, which judges agreements on the day it is now; None before the first reading."""
        if self._finder is not None:
            self._finder.judge_on(local_day(self._surroundings.desk.clock.now()))
        return self._finder

    def want(self) -> None:
        """See to it that the finder will be fresh."""
        if self._stale and not self._loading:
            self._loading = True
            self._stale = False
            work = partial(load_finder, self._surroundings.desk)
            self._surroundings.background.run(self, work, self._on_finder_read, self._on_reading_failed)

    @Slot(object)
    def _on_finder_read(self, finder: Finder) -> None:
        self._loading = False
        self._finder = finder
        self.loaded.emit()
        self.want()

    @Slot(object)
    def _on_reading_failed(self, error: Exception) -> None:
        self._loading = False
        self._stale = True
        if not isinstance(error, DeskError):
            raise error
        self.failed.emit(error)

    @Slot(object)
    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.CUSTOMERS in topics:
            self._stale = True
            self.went_stale.emit()
