"""Reminders at work: from the list of late customers to the letter, issued and sent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.rights import Right
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import checks
from laverma_desk.services.changes import Topic
from laverma_desk.services.invoicing import figures, reminders
from laverma_desk.services.invoicing.reminders import IssuedReminder, OverdueCustomer, PreparedReminder
from laverma_desk.services.rights_words import missing
from laverma_desk.ui.invoices.dunning import words
from laverma_desk.ui.invoices.dunning.letter_panel import LetterPanel
from laverma_desk.ui.invoices.dunning.letter_work import Issuing, Result
from laverma_desk.ui.invoices.dunning.overdue_panel import OverduePanel
from laverma_desk.ui.invoices.form.outcome import Outcome
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.surroundings import Surroundings


class DunningController(QObject):
    """Emits `finished(Outcome)` when the list was left after letters were issued, else `closed`.

    The sentence and the mail of the Outcome are those of the last letter.
    """

    finished = Signal(object)
    closed = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build list and letter; `show_overdue` fills the list."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = QStackedWidget()
        self.list, self.letter = OverduePanel(), LetterPanel()
        self._panel.addWidget(self.list)
        self._panel.addWidget(self.letter)
        self._papers = PaperActions(surroundings, self._panel, self)
        self._customer: OverdueCustomer | None = None
        self._issued: IssuedReminder | None = None
        self._outcome: Outcome | None = None
        self._read = LatestRead(surroundings, self)
        self._busy = False
        self._connect()

    def _connect(self) -> None:
        self.list.customer_opened.connect(self._on_customer_opened)
        self.list.left.connect(self.close)
        letter = self.letter
        reason = missing(self._surroundings.rights, Right.BILLING)
        letter.issue.forbid(reason)
        letter.step.forbid(reason)
        letter.level_chosen.connect(self._on_level_chosen)
        letter.issue_wanted.connect(self.issue)
        letter.stepped.connect(self.step)
        letter.left.connect(self.close)
        letter.preview.print_wanted.connect(self._papers.print)
        letter.preview.download_wanted.connect(self._papers.save)
        self._read.loaded.connect(self._on_prepared)
        self._read.failed.connect(self._on_failed)
        self._papers.told.connect(self._on_papers_told)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def panel(self) -> QWidget:
        """Return list and letter in one."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while this is in front."""
        keys = {"Ctrl+Return": self.step, "Escape": self.close}
        return {**keys, "Ctrl+P": self._papers.print} if self._is_letter() else keys

    def show_overdue(self, customer_id: int = 0) -> None:
        """Show who is late, from the list on; the focus is on a customer that is among them."""
        self._outcome = None
        self.list.tell("")
        self._show_list(customer_id)

    def show_for(self, customer_id: int) -> None:
        """Show the letter to one late customer, or the list where that one is not late."""
        self.show_overdue()
        if any(row.customer.customer_id == customer_id for row in self.list.rows):
            self._on_customer_opened(customer_id)

    # --- the ways on and back

    def step(self) -> None:
        """Open the letter of the current row; in the letter issue and send it."""
        if not self._is_letter():
            self.list.open_current()
        elif not self._busy and self._customer is not None and self.letter.preview.view.page_count():
            self._send()

    def issue(self) -> None:
        """Give the letter its number without sending it."""
        if self._customer is not None and self._issued is None and not self._busy:
            self._work(None, _("Issuing …"))

    def close(self) -> None:
        """Go back to the list, or leave it."""
        if self._busy:
            return
        if self._is_letter():
            customer = self._customer.customer_id if self._customer else 0
            self._show_list(customer)
            return
        if self._outcome is not None:
            outcome, self._outcome = self._outcome, None
            self.finished.emit(outcome)
        else:
            self.closed.emit()

    def _is_letter(self) -> bool:
        return self._panel.currentWidget() is self.letter

    def _show(self, part: QWidget) -> None:
        self._panel.setCurrentWidget(part)
        self._panel.setFocusProxy(part)

    def _show_list(self, customer_id: int) -> None:
        self._customer = self._issued = None
        self._read.stop()
        self._reload()
        self._show(self.list)
        self.list.focus_row(customer_id)

    def _reload(self) -> None:
        try:
            found = reminders.overdue(self._desk)
        except DeskError as error:
            self.list.tell(explain(error))
        else:
            self.list.show_customers(found)

    # --- the letter before it is issued

    def _on_customer_opened(self, customer_id: int) -> None:
        found = next(
            (row.customer for row in self.list.rows if row.customer.customer_id == customer_id), None
        )
        if found is None:
            return
        self._customer, self._issued = found, None
        self.list.tell("")
        addresses = figures.invoice_addresses(self._desk, customer_id)
        self.letter.begin(found.name, addresses, found.next_level)
        self._show(self.letter)
        self.letter.levels.setFocus()
        self._prepare(found.next_level)

    def _on_level_chosen(self, level: int) -> None:
        if self._issued is None and self._customer is not None:
            self._prepare(level)

    def _prepare(self, level: int) -> None:
        if self._customer is None:
            return
        self.letter.tell(words.waiting(self._customer), "amber")
        self.letter.preview.show_loading(True)
        self._read.start(partial(reminders.prepare_reminder, self._desk, self._customer.customer_id, level))

    def _on_prepared(self, found: PreparedReminder) -> None:
        if self._issued is not None:
            return
        self.letter.show_letter(found.record, found.pdf)
        self._papers.set_paper(f"{_('Preview')}.pdf", found.pdf)
        missing = words.missing_rates(found.missing_rates)
        if missing:
            self.letter.tell(missing, "amber")

    # --- issued and sent

    def _send(self) -> None:
        self.letter.show_recipient_error("")
        try:
            recipient = checks.email(checks.required(self.letter.typed_recipient(), "recipient"), "recipient")
        except DeskError as error:
            self.letter.show_recipient_error(explain(error))
            return
        self._work(recipient, _("Sending …"))

    def _work(self, recipient: str | None, busy: str) -> None:
        if self._customer is None:
            return
        self._show_busy(busy)
        number = self._issued.row.id if self._issued else 0
        level = int(self.letter.levels.current())
        work = Issuing(self._desk, self._customer.customer_id, level, number, recipient)
        self._surroundings.background.run(self, work, self._on_issued, self._on_failed)

    def _on_issued(self, result: Result) -> None:
        self._show_busy(None)
        found, number = result.issued, result.issued.row.number
        self._issued = found
        self._surroundings.bus.announce(*result.changed)
        customer = self._customer
        sentence, tone = words.issued(number), "green"
        if result.refused is not None:
            sentence, tone = words.not_sent(number, explain(result.refused)), "amber"
        elif result.message_id:
            sentence = words.sent(number, result.recipient)
        customer_id = customer.customer_id if customer else 0
        self._outcome = Outcome(sentence, customer_id=customer_id, message_id=result.message_id)
        if result.message_id:
            self._show_list(customer_id)
            self.list.tell(sentence, tone)
            return
        self.letter.show_issued(number, customer.name if customer else "")
        self.letter.show_letter(found.record, found.pdf)
        self._papers.set_paper(found.file_name, found.pdf)
        self.letter.tell(sentence, tone)
        if result.refused is not None and result.refused.field == "recipient":
            self.letter.show_recipient_error(explain(result.refused))

    def _on_failed(self, error: Exception) -> None:
        self._show_busy(None)
        self.letter.preview.show_loading(False)
        if not isinstance(error, DeskError):
            raise error
        self.letter.tell(explain(error))

    def _show_busy(self, busy: str | None) -> None:
        self._busy = busy is not None
        self.letter.show_busy(busy)

    def _on_papers_told(self, sentence: str, went_well: bool) -> None:
        self.letter.tell(sentence, "green" if went_well else "red")

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self.list.isVisible() and topics & {Topic.INVOICES, Topic.CUSTOMERS}:
            self._reload()
