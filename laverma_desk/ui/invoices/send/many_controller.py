"""Many invoices on their way into the outbox: every address is seen before anything goes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import sending
from laverma_desk.services.invoicing.register import InvoiceRow
from laverma_desk.services.invoicing.sending import SendResult
from laverma_desk.services.jobs import Cancelled, Progress, go_on_unless
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.invoices.rows import Kind, Row, RowKey, Tick
from laverma_desk.ui.invoices.send.many_panel import SendManyPanel
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.look import Look
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class SendManyController(QObject):
    """Emits `finished(Outcome)` when all that was ticked waits in the outbox, `closed` when it was left."""

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_for` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = SendManyPanel()
        self._rows: tuple[InvoiceRow, ...] = ()
        self._recipients: dict[int, str] = {}
        self._refused: dict[int, str] = {}
        self._unticked: set[int] = set()
        self._job = LongJob(surroundings.background, self)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)
        self._panel.progress.cancelled.connect(self._job.cancel)
        self._panel.stepped.connect(self.send)
        self._panel.left.connect(self.close)
        self._panel.list.tick_wanted.connect(self._on_tick_wanted)
        self._panel.list.entered.connect(self._on_tick_wanted)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {"Ctrl+Return": self.send, "Ctrl+A": self.toggle_all, "Escape": self.close}

    def show_for(self, invoices: Sequence[InvoiceRow]) -> None:
        """Read where these invoices go; the list is there when that is done."""
        if self._job.running:
            return
        self._rows, self._recipients, self._refused = tuple(invoices), {}, {}
        self._unticked = set()
        self._panel.tell("")
        self._panel.show_heading(_("Send invoices"), _("Each goes to the address that stands here."))
        self._show()
        work = partial(_recipients, self._desk, tuple(one.id for one in invoices))
        self._panel.progress.begin(_("Addresses are read …"))
        self._job.run(work, self._on_read, self._on_failed)
        self._panel.list.setFocus()

    def send(self) -> None:
        """Put the ticked ones into the outbox."""
        chosen = self._chosen()
        if self._job.running or not chosen:
            return
        self._panel.tell("")
        self._panel.progress.begin(_("Mails are made …"))
        self._panel.step.set_blocked(_("Mails are made …"))
        work = partial(sending.queue_many, self._desk, tuple(chosen))
        self._job.run(work, self._on_queued, self._on_failed)

    def close(self) -> None:
        """Leave the form, but not while mails are being made."""
        if self._job.running and self._recipients:
            return
        self._job.cancel()
        self.closed.emit()

    def toggle_all(self) -> None:
        """Tick all that can be sent, or none where all are ticked."""
        able = {number for number, recipient in self._recipients.items() if recipient}
        self._unticked = set() if self._unticked & able else able
        self._show()

    # --- what is shown

    def _chosen(self) -> list[int]:
        return [one.id for one in self._rows if self._tick_of(one) is Tick.ON]

    def _tick_of(self, row: InvoiceRow) -> Tick:
        if not self._recipients.get(row.id):
            return Tick.BLOCKED
        return Tick.OFF if row.id in self._unticked else Tick.ON

    def _row(self, place: int) -> Row:
        one = self._rows[place]
        recipient = self._recipients.get(one.id)
        below = Look(recipient or "")
        if one.id in self._refused:
            below = Look(self._refused[one.id], "warning", "red")
        elif recipient == "":
            below = Look(_("No address for invoices is known."), "warning", "red")
        return Row(
            key=RowKey(Kind.INVOICE, one.id),
            title=one.customer_name,
            amount=text.money(one.gross_cents),
            below=below,
            aside=Look(one.number),
            tick=self._tick_of(one),
        )

    def _show(self) -> None:
        self._panel.show_rows([RowKey(Kind.INVOICE, one.id) for one in self._rows], self._row)
        count = len(self._chosen())
        self._panel.step.set_label(_("Send (%(n)s)") % {"n": text.number(count)})
        self._panel.step.set_blocked(None if count else _("No invoice is selected."))

    def _on_tick_wanted(self, key: RowKey) -> None:
        if self._recipients.get(key.id) and not self._job.running:
            self._unticked ^= {key.id}
            self._show()

    # --- news from the jobs

    def _on_job_progressed(self, advance: Advance) -> None:
        self._panel.progress.show_progress(advance.done, advance.total)

    def _on_read(self, found: dict[int, str]) -> None:
        self._panel.progress.end()
        self._recipients = found
        self._show()
        nowhere = sum(not recipient for recipient in found.values())
        if nowhere:
            sentence = ngettext(
                "%(n)s invoice has no address and stays behind.",
                "%(n)s invoices have no address and stay behind.",
                nowhere,
            )
            self._panel.tell(sentence % {"n": text.number(nowhere)}, "amber")

    def _on_queued(self, done: Done[SendResult]) -> None:
        self._panel.progress.end()
        result = done.value
        count = len(result.queued)
        sentence = ngettext("%(n)s mail is in the outbox.", "%(n)s mails are in the outbox.", count)
        sentence %= {"n": text.number(count)}
        self._refused = {number: explain(error) for number, error in result.refused}
        if not self._refused and not result.cancelled:
            self._surroundings.bus.publish(done)
            self.finished.emit(Outcome(sentence, message_id=result.queued[0] if result.queued else 0))
            return
        gone = set(self._chosen()[: count + len(self._refused)]) - set(self._refused)
        self._rows = tuple(one for one in self._rows if one.id not in gone)
        self._show()
        self._panel.tell(sentence if count else _("Nothing was sent."), "amber" if count else "red")
        self._surroundings.bus.publish(done)

    def _on_failed(self, error: Exception) -> None:
        self._panel.progress.end()
        self._show()
        if not isinstance(error, DeskError):
            raise error
        self._panel.tell(explain(error))

    def _on_job_stopped(self) -> None:
        self._panel.progress.end()


def _recipients(
    desk: Desk, invoices: Sequence[int], progress: Progress, cancelled: Cancelled
) -> dict[int, str]:
    """Return where each invoice goes, an empty text where nobody knows."""
    found: dict[int, str] = {}
    for number in invoices:
        go_on_unless(cancelled)
        found[number] = sending.invoice_mail(desk, number).recipient
        progress(len(found), len(invoices))
    return found
