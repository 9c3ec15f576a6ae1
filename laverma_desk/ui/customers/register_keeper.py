"""Keeps the list of customers fresh: read beside the window's work, and again when one has changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.customer_register import Register, load_register
from laverma_desk.ui.surroundings import Surroundings


class RegisterKeeper(QObject):
    """Holds the register; the old one serves until the new one is there.

    Emits `loaded`, and `failed(DeskError)` where the desk cannot be read; the next `want` tries again.
    """

    loaded = Signal()
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Read nothing before it is wanted."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._register: Register | None = None
        self._stale = True
        self._loading = False
        surroundings.bus.changed.connect(self._on_bus_changed)

    def register(self) -> Register | None:
        """Return the register, which judges agreements on this day; None before the first reading."""
        if self._register is not None:
            self._register.judge_on(local_day(self._surroundings.desk.clock.now()))
        return self._register

    def want(self) -> None:
        """See to it that the register will be fresh."""
        if self._stale and not self._loading:
            self._loading, self._stale = True, False
            work = partial(load_register, self._surroundings.desk)
            self._surroundings.background.run(self, work, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, register: Register) -> None:
        self._loading = False
        self._register = register
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
