"""The form of a cancellation at work: a reason, one document, and the way to the corrected invoice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing import cancelling, correction, register
from laverma_desk.services.invoicing.register import IssuedInvoice
from laverma_desk.ui.invoices.cancel import words
from laverma_desk.ui.invoices.cancel.panel import REASON, CancelPanel
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class CancelFormController(QObject):
    """Emits `finished(Outcome)` after a cancellation, with `draft_id` where a correction was prepared.

    `closed` comes where the form was left without one; the reason that was typed is kept for that invoice.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `show_for` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = CancelPanel()
        self._shown: IssuedInvoice | None = None
        self._made: IssuedInvoice | None = None
        self._kept: dict[int, str] = {}
        self._busy = False
        self._panel.cancel_wanted.connect(self.save)
        self._panel.correction_wanted.connect(self.save)
        self._panel.left.connect(self.close)
        self._panel.form.edited.connect(self._on_form_edited)

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {"Ctrl+Return": self.save, "Ctrl+S": self._save_reason, "Escape": self.close}

    def show_for(self, invoice_id: int) -> None:
        """Ask for the reason. Raises RuleBroken INVOICE_UNKNOWN, INVOICE_ERASED."""
        self._keep_typed()
        self._shown, self._made = register.read_invoice(self._desk, invoice_id), None
        row = self._shown.row
        title = _("Cancel %(number)s") % {"number": row.number}
        self._panel.show_heading(title, _("Issued invoices cannot be changed, only cancelled."))
        self._panel.show_invoice(
            words.facts_of(row), words.consequences(self._shown.invoice), words.payment_warning(row)
        )
        self._panel.form.show_values({REASON: self._kept.pop(invoice_id, "")})
        self._panel.scroll_up()
        self._panel.form.focus_field(REASON)

    def save(self) -> None:
        """Cancel the invoice, or afterwards prepare the corrected one."""
        if self._busy or self._shown is None:
            return
        if self._made is not None:
            self._prepare_correction()
            return
        self._panel.form.clear_errors()
        self._panel.tell("")
        reason = self._panel.form.text(REASON)
        if not reason.strip():
            self._show_problem(RuleBroken(Rule.REASON_MISSING, field=REASON))
            return
        self._show_busy(_("Cancelling …"))
        work = _Cancelling(self._desk, self._shown.row.id, reason)
        self._surroundings.background.run(self, work, self._on_cancelled, self._on_failed)

    def close(self) -> None:
        """Leave the form; while the cancellation is being made, it waits."""
        if self._busy:
            return
        shown, made = self._shown, self._made
        self._keep_typed()
        self._shown = self._made = None
        if shown is not None and made is not None:
            sentence = words.done_sentence(shown.row, made.row.number)
            self.finished.emit(Outcome(sentence, made.row.id, customer_id=made.row.customer_id))
            return
        self.closed.emit()

    def _keep_typed(self) -> None:
        typed = self._panel.form.text(REASON)
        if self._shown is not None and self._made is None and typed:
            self._kept[self._shown.row.id] = typed

    def _save_reason(self) -> None:
        # Ctrl+S saves what is typed; it must not go on to a draft that nobody asked for.
        if self._made is None:
            self.save()

    # --- what came of it

    def _on_cancelled(self, done: Done[IssuedInvoice]) -> None:
        self._show_busy(None)
        made = self._surroundings.bus.publish(done)
        if self._shown is None:
            return
        self._made = made
        number = made.row.number
        self._panel.show_cancelled(
            words.done_sentence(self._shown.row, number), words.following(self._shown.invoice, number)
        )
        self._panel.bring_into_view(self._panel.step)

    def _on_failed(self, error: Exception) -> None:
        self._show_busy(None)
        if not isinstance(error, DeskError):
            raise error
        self._show_problem(error)

    def _prepare_correction(self) -> None:
        if self._shown is None or self._made is None:
            return
        try:
            done = correction.prepare_correction(self._desk, self._shown.row.id)
        except DeskError as error:
            self._panel.tell(explain(error))
            return
        row, cancellation = self._shown.row, self._made.row.number
        self._shown = self._made = None
        draft_id = self._surroundings.bus.publish(done)
        sentence = words.done_sentence(row, cancellation)
        self.finished.emit(Outcome(sentence, draft_id=draft_id, customer_id=row.customer_id))

    def _show_busy(self, words_: str | None) -> None:
        self._busy = words_ is not None
        self._panel.step.set_busy(words_)
        self._panel.back.setEnabled(not self._busy)
        self._panel.reason.setEnabled(not self._busy)

    def _show_problem(self, error: DeskError) -> None:
        if error.field == REASON:
            self._panel.form.show_error(REASON, explain(error))
            self._panel.form.focus_field(REASON)
        else:
            self._panel.tell(explain(error))

    def _on_form_edited(self, _name: str) -> None:
        self._panel.tell("")


class _Cancelling:
    """One cancellation as work for the background: plain data, no widget."""

    def __init__(self, desk: Desk, invoice_id: int, reason: str) -> None:
        self._desk, self._invoice_id, self._reason = desk, invoice_id, reason

    def __call__(self) -> Done[IssuedInvoice]:
        return cancelling.cancel_invoice(self._desk, self._invoice_id, self._reason)
