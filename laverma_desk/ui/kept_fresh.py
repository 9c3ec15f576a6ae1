"""Keeps in memory what is made of all customers: read in the background, and again when one has changed."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import Desk
from laverma_desk.ui.surroundings import Surroundings


class _Judging(Protocol):
    def judge_on(self, day: date) -> None:
        """Judge the agreements on a day."""


K = TypeVar("K", bound=_Judging)


class KeptFresh(QObject, Generic[K]):
    """Holds what `read` brings; the old one serves until the new one is there.

    Emits `loaded`, `went_stale` and, where the desk cannot be read just now, `failed(DeskError)`; the next
    `want` tries again.
    """

    loaded = Signal()
    went_stale = Signal()
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, read: Callable[[Desk], K], parent: QObject) -> None:
        """Read nothing before it is wanted."""
        super().__init__(parent)
        self._surroundings, self._read = surroundings, read
        self._kept: K | None = None
        self._stale = True
        self._loading = False
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def fresh(self) -> bool:
        """Return whether it knows the customers as they are."""
        return self._kept is not None and not self._stale and not self._loading

    def kept(self) -> K | None:
        """Return it, judging agreements on the day it is now; None before the first reading."""
        if self._kept is not None:
            self._kept.judge_on(local_day(self._surroundings.desk.clock.now()))
        return self._kept

    def want(self) -> None:
        """See to it that it will be fresh."""
        if self._stale and not self._loading:
            self._loading, self._stale = True, False
            work = partial(self._read, self._surroundings.desk)
            self._surroundings.background.run(self, work, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, brought: K) -> None:
        self._loading = False
        if self._kept is None:
            # What stays: no look for what can go shall walk over it.
            gc.freeze()
        self._kept = brought
        self.loaded.emit()
        self.want()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._loading, self._stale = False, True
        if not isinstance(error, DeskError):
            raise error
        self.failed.emit(error)

    @Slot(object)
    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.CUSTOMERS in topics:
            self._stale = True
            self.went_stale.emit()
