"""Carries out what is decided about a mail: sent, readdressed, opened, discarded, brought back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.domain.message import Message, MessageState
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import files
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import outbox
from laverma_desk.ui.outbox.choosing import Action
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.outbox.panel import OutboxPanel
from laverma_desk.ui.surroundings import Surroundings

UNDO_SECONDS = 10


class Deciding(QObject):
    """What goes wrong is said beside the mail.

    Emits `discard_forgotten` when the latest discard can no longer be brought back, `bringing_back(number)`
    before that mail is there again, and `bring_back_refused` where it does not come.
    """

    discard_forgotten = Signal()
    bringing_back = Signal(int)
    bring_back_refused = Signal()

    def __init__(
        self, surroundings: Surroundings, dispatcher: Dispatcher, panel: OutboxPanel, parent: QObject
    ) -> None:
        """Connect the address that is typed and the undo."""
        super().__init__(parent)
        self._surroundings, self._desk, self._dispatcher = surroundings, surroundings.desk, dispatcher
        self._panel, self._detail = panel, panel.detail
        self._readdressed = 0
        self._discarded: tuple[int, MessageState] | None = None
        self._undo_timer = QTimer(self)
        self._undo_timer.setSingleShot(True)
        self._undo_timer.setInterval(UNDO_SECONDS * 1000)
        self._undo_timer.timeout.connect(self._forget_discard)
        self._detail.undo_wanted.connect(self.bring_back)
        self._detail.facts.address_entered.connect(self._on_address_entered)
        self._detail.facts.address_given_up.connect(self._end_address_edit)

    def do(self, action: Action, message: Message) -> None:
        """Carry out what a button says."""
        self._detail.tell("")
        {
            Action.SEND: self._send,
            Action.READDRESS: self._edit_address,
            Action.DRAFT: self._open_draft,
            Action.DISCARD: self._discard,
        }[action](message)

    def _send(self, message: Message) -> None:
        if message.state is MessageState.FAILED:
            try:
                self._surroundings.bus.publish(outbox.renew_sender(self._desk, message.id))
            except DeskError as error:
                self._detail.tell(explain(error))
                return
        self._dispatcher.send_now(message.id, force=message.state is not MessageState.WAITING)

    # --- another address

    def _edit_address(self, message: Message) -> None:
        self._readdressed = message.id
        self._detail.facts.show_address_edit(message.recipient)

    def _on_address_entered(self, typed: str) -> None:
        try:
            done = outbox.readdress(self._desk, self._readdressed, typed)
        except DeskError as error:
            if error.field == "recipient":
                self._detail.facts.show_address_edit(typed, explain(error))
            else:
                self._end_address_edit()
                self._detail.tell(explain(error))
            return
        self._end_address_edit()
        self._surroundings.bus.publish(done)

    def _end_address_edit(self) -> None:
        self._detail.facts.show_address_edit(None)
        self._panel.messages.setFocus()

    # --- files for other programs

    def open_attachment(self, message: Message, place: int) -> None:
        """Show an attachment as it was stored, counted from 0."""
        self._open_written(partial(_attachment_file, self._desk, message, place))

    def _open_draft(self, message: Message) -> None:
        self._open_written(partial(outbox.draft_of_message, self._desk, message.id))

    def _open_written(self, write: Callable[[], Path]) -> None:
        self._surroundings.background.run(self, write, self._on_file_written, self._on_file_refused)

    def _on_file_written(self, path: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            return
        if path.suffix == ".eml":
            self._on_file_refused(OutsideTrouble(Trouble.MAIL_PROGRAM_MISSING, file=str(path)))
            return
        sentence = _("No program opened the file. It lies here: %(file)s") % {"file": str(path)}
        self._detail.tell(sentence)

    def _on_file_refused(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._detail.tell(explain(error))

    # --- discarded, and brought back

    @property
    def can_bring_back(self) -> bool:
        """Return whether a discarded mail can still be brought back."""
        return self._discarded is not None

    def _discard(self, message: Message) -> None:
        try:
            done = outbox.discard(self._desk, message.id)
        except DeskError as error:
            self._detail.tell(explain(error))
            return
        self._discarded = (message.id, done.value)
        self._undo_timer.start()
        self._detail.offer_undo(_("Discarded: %(subject)s") % {"subject": message.subject})
        self._surroundings.bus.publish(done)

    def bring_back(self) -> None:
        """Take the latest discard back, while its ten seconds last."""
        if self._discarded is None:
            return
        number, state = self._discarded
        self._forget_discard()
        self.bringing_back.emit(number)
        try:
            self._surroundings.bus.publish(outbox.restore(self._desk, number, state))
        except DeskError as error:
            self.bring_back_refused.emit()
            self._detail.tell(explain(error))
            self._detail.show()
        self._panel.messages.setFocus()

    def _forget_discard(self) -> None:
        self._undo_timer.stop()
        self._discarded = None
        self._detail.offer_undo("")
        self.discard_forgotten.emit()


def _attachment_file(desk: Desk, message: Message, place: int) -> Path:
    content = outbox.attachment_bytes(desk, message.id, place)
    return files.copy_to_look_at(desk, message.attachments[place].name, content)
