"""Whether the window may close: what would be lost is asked about first, then the time that runs on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from laverma_desk.ui.closing.farewell import FarewellQuestion, SessionManager
from laverma_desk.ui.closing.loss_question import LossQuestion
from laverma_desk.ui.shell import Shell


class Closing(QObject):
    """Emits `accepted` when somebody wants the window to close after all.

    `save` saves what is half typed, and returns a sentence where something would be lost all the same.
    """

    accepted = Signal()

    def __init__(self, shell: Shell, save: Callable[[], str], parent: QObject) -> None:
        """Ask nothing yet; `say_farewell_with` comes with the pages on which time can run."""
        super().__init__(parent)
        self._save = save
        self._farewell: FarewellQuestion | None = None
        self._loss_accepted = False
        self._question = LossQuestion(shell)
        self._question.loss_accepted.connect(self._on_loss_accepted)

    def say_farewell_with(self, farewell: FarewellQuestion) -> None:
        """Let this say from now on that time runs."""
        self._farewell = farewell
        farewell.close_accepted.connect(self.accepted)

    def may_close(self, *, wanted: bool) -> bool:
        """Return whether the window may close now; where it may not, a question is open.

        `wanted`: the program starts again by itself, so that nobody needs to hear that time runs on.
        """
        if self._loss_accepted:
            return True
        loss = self._save()
        if loss and not (self._farewell and self._farewell.leaving):
            self._question.ask("\n\n".join(filter(None, (loss, self._running_time()))))
            return False
        return wanted or self._farewell is None or not self._farewell.holds()

    def on_log_off(self, manager: SessionManager) -> None:
        """Save at the log-off, and say what is to be said if the desktop allows it."""
        loss = self._save()
        if self._farewell is not None:
            self._farewell.ask_at_log_off(manager, loss)

    def _running_time(self) -> str:
        return self._farewell.sentence() if self._farewell is not None else ""

    def _on_loss_accepted(self) -> None:
        self._loss_accepted = True
        self.accepted.emit()
