"""The mail of an invoice at work: seen before it goes, and then it waits in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.invoicing import register, sending
from laverma_desk.services.mails.letters import ReportWords
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.invoices.send.panel import SendPanel
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class _Shown:
    invoice_id: int
    number: str


class SendFormController(QObject):
    """Emits `finished(Outcome)` when the mail waits in the outbox, `closed` when the form was left.

    What was typed when the form was left is there again when the same invoice is shown once more.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_for` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = SendPanel()
        self._shown: _Shown | None = None
        self._begun = ("", "", "")
        self._kept: dict[int, tuple[str, str, str]] = {}
        self._sending = False
        self._panel.stepped.connect(self.send)
        self._panel.left.connect(self.close)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {"Ctrl+Return": self.send, "Escape": self.close}

    def show_for(self, invoice_id: int) -> None:
        """Show the mail of an invoice. Raises RuleBroken INVOICE_UNKNOWN, OutsideTrouble DOCUMENT_ALTERED."""
        mail = sending.invoice_mail(self._desk, invoice_id)
        row = register.read_invoice(self._desk, invoice_id).row
        self._shown = _Shown(invoice_id, row.number)
        title = _("Send %(number)s") % {"number": row.number}
        words = {"customer": row.customer_name, "amount": text.money(row.gross_cents)}
        self._panel.show_heading(title, _("%(customer)s, %(amount)s") % words)
        self._panel.show_mail(mail.recipients, mail.recipient, mail.subject, mail.body)
        self._panel.show_attachments(mail.attachment_names)
        self._begun = self._panel.words()
        kept = self._kept.pop(invoice_id, None)
        if kept is not None:
            self._panel.show_mail(mail.recipients, *kept)
        self._panel.scroll_up()
        if row.sent:
            self._panel.tell(_("This invoice was sent before."), "amber")
        self._panel.recipient.setFocus()

    def send(self) -> None:
        """Put the mail into the outbox; what is wrong is said at its field."""
        if self._shown is None or self._sending:
            return
        self._panel.clear_errors()
        self._sending = True
        self._panel.step.set_busy(_("Sending …"))
        words = ReportWords(*self._panel.words())
        work = partial(sending.queue_invoice, self._desk, self._shown.invoice_id, words)
        # Making the mail reads papers and may draw reports: nothing for the thread that paints.
        self._surroundings.background.run(self, work, self._on_queued, self._on_failed)

    def close(self) -> None:
        """Leave the form; what was typed is kept."""
        if self._sending:
            return
        if self._shown is not None and self._panel.words() != self._begun:
            self._kept[self._shown.invoice_id] = self._panel.words()
        self._shown = None
        self.closed.emit()

    def _on_queued(self, done: Done[int]) -> None:
        self._rest()
        shown, self._shown = self._shown, None
        if shown is None:
            return
        sentence = _("The mail with %(number)s is in the outbox and leaves in a moment.")
        outcome = Outcome(sentence % {"number": shown.number}, shown.invoice_id, message_id=done.value)
        self._surroundings.bus.publish(done)
        self.finished.emit(outcome)

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, DeskError):
            raise error
        if not (error.field and self._panel.show_error(error.field, explain(error))):
            self._panel.tell(explain(error))

    def _rest(self) -> None:
        self._sending = False
        self._panel.step.set_busy(None)
