"""One template on its way to one customer: queued beside the window's work, taken back for ten seconds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.message import TAKE_BACK_SECONDS
from laverma_desk.services.changes import Done
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.agreements.template import QueuedTemplate


class TemplateSending(QObject):
    """Queues the house's template for whoever shows the address.

    Emits `queued(QueuedTemplate)`, `refused(DeskError)` when nothing was queued, and `settled` when the
    last one can be taken back no more: it was, or its seconds are over.
    """

    queued = Signal(object)
    refused = Signal(object)
    settled = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Have nothing on its way yet."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._pending: QueuedTemplate | None = None
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TAKE_BACK_SECONDS * 1000)
        self._timer.timeout.connect(self.forget)

    @property
    def pending(self) -> QueuedTemplate | None:
        """Return the template that can still be taken back."""
        return self._pending

    @property
    def busy(self) -> bool:
        """Return whether one is being queued."""
        return self._busy

    def send(self, customer_id: int, address: str) -> None:
        """Queue the template for a customer at an address; a second press meanwhile does nothing."""
        if self._busy:
            return
        from laverma_desk.services.agreements.template import send_template  # noqa: PLC0415 (no start needs it)

        self._busy = True
        work = partial(send_template, self._surroundings.desk, customer_id, address)
        self._surroundings.background.run(self, work, self._on_queued, self._on_refused)

    @Slot()
    def take_back(self) -> None:
        """Withdraw the template that was queued last, if its seconds are not over."""
        if self._pending is not None:
            from laverma_desk.services.mails import outbox  # noqa: PLC0415 (see send)

            number = self._pending.message_id
            try:
                self._surroundings.bus.publish(outbox.take_back(self._surroundings.desk, number))
            except DeskError as error:
                self.refused.emit(error)
                return
            self.forget()

    @Slot()
    def forget(self) -> None:
        """Let the one that was queued go."""
        self._timer.stop()
        if self._pending is not None:
            self._pending = None
            self.settled.emit()

    def _on_queued(self, done: Done[QueuedTemplate]) -> None:
        self._busy = False
        self._pending = done.value
        self._timer.start()
        self._surroundings.bus.publish(done)
        self.queued.emit(done.value)

    def _on_refused(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, DeskError):
            raise error
        self.refused.emit(error)
