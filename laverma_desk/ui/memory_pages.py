"""The desk's memory beside the call: history and customers, and the ways between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.customers.controller import CustomersController
    from laverma_desk.ui.history.controller import HistoryController


class MemoryPages(QObject):
    """Owns both pages. Emits what only the stage can do.

    `history_wanted` asks for the history in front, `start_wanted(workstation)` for a new session,
    `report_queued(QueuedReport)` says that a report leaves, `settings_wanted(page)` asks for the settings.
    """

    history_wanted = Signal()
    start_wanted = Signal(int)
    report_queued = Signal(object)
    settings_wanted = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Load and make no page before somebody wants it: while the phone rings there is no time for them."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._history: HistoryController | None = None
        self._customers: CustomersController | None = None

    @property
    def history(self) -> HistoryController:
        """Return the page of ended sessions."""
        if self._history is None:
            from laverma_desk.ui.history.controller import HistoryController  # noqa: PLC0415 (see __init__)

            self._history = made = HistoryController(self._surroundings, self)
            made.session_wanted.connect(self.start_wanted)
            made.report_queued.connect(self.report_queued)
        return self._history

    @property
    def customers(self) -> CustomersController:
        """Return the page of customers."""
        if self._customers is None:
            from laverma_desk.ui.customers.controller import CustomersController  # noqa: PLC0415 (see __init__)

            self._customers = made = CustomersController(self._surroundings, self)
            made.start_wanted.connect(self.start_wanted)
            made.settings_wanted.connect(self.settings_wanted)
            made.history_wanted.connect(self._on_history_wanted)
        return self._customers

    @Slot(int)
    def _on_history_wanted(self, customer_id: int) -> None:
        self.history.show_customer(customer_id)
        self.history_wanted.emit()
