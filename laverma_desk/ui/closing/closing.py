"""Whether the window may close: what would be lost is asked about first, then the time that runs on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from laverma_desk.ui.closing.loss_question import LossQuestion
from laverma_desk.ui.shell import Shell

if TYPE_CHECKING:
    from laverma_desk.ui.closing.farewell import FarewellQuestion, SessionManager


class Closing(QObject):
    """Emits `accepted` when somebody accepts a loss and wants the window to close after all.

    `save` saves what is half typed, and returns a sentence where something would be lost all the same.
    """

    accepted = Signal()

    def __init__(self, shell: Shell, save: Callable[[], str], parent: QObject) -> None:
        """Ask nothing yet; `say_farewell_with` comes with the pages on which time can run."""
        super().__init__(parent)
        self._save = save
        self._farewell_of: Callable[[], FarewellQuestion] | None = None
        self._loss_accepted = False
        self._question = LossQuestion(shell)
        self._question.loss_accepted.connect(self._on_loss_accepted)

    def say_farewell_with(self, farewell_of: Callable[[], FarewellQuestion]) -> None:
        """Let what this gives say from now on that time runs; it is asked for when the window is to close.

        Whoever makes it hears its own `close_accepted`.
        """
        self._farewell_of = farewell_of

    @property
    def _farewell(self) -> FarewellQuestion | None:
        return self._farewell_of() if self._farewell_of is not None else None

    def may_close(self, *, wanted: bool) -> bool:
        """Return whether the window may close now; where it may not, a question is open.

        `wanted`: the program starts again by itself, so that nobody needs to hear that time runs on.
        """
        if self._loss_accepted:
            return True
        loss = self._save()
        farewell = self._farewell
        if loss and not (farewell and farewell.leaving):
            self._question.ask("\n\n".join(filter(None, (loss, farewell.sentence() if farewell else ""))))
            return False
        return wanted or farewell is None or not farewell.holds()

    def on_log_off(self, manager: SessionManager) -> None:
        """Save at the log-off, and say what is to be said if the desktop allows it."""
        loss = self._save()
        farewell = self._farewell
        if farewell is not None:
            farewell.ask_at_log_off(manager, loss)

    def _on_loss_accepted(self) -> None:
        self._loss_accepted = True
        self.accepted.emit()
