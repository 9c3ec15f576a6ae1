"""Shows the chosen session, and carries out what is decided about it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.history import HistoryRow
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services import corrections
from laverma_desk.services.changes import Done
from laverma_desk.services.mails import resend
from laverma_desk.services.mails.queueing import QueuedReport
from laverma_desk.services.setup.house import read_house
from laverma_desk.text.session_log import change_words
from laverma_desk.ui.history import detail_words
from laverma_desk.ui.history.detail import Action, SessionDetail
from laverma_desk.ui.history.detail_reading import read_detail
from laverma_desk.ui.history.detail_words import Detail
from laverma_desk.ui.surroundings import Surroundings


class DetailController(QObject):
    """Emits `session_wanted(workstation)`, `report_queued(QueuedReport)`, `report_wanted(Detail)`.

    `focus_wanted`: a drawer was closed, the table is wanted again.
    """

    session_wanted = Signal(int)
    report_queued = Signal(object)
    report_wanted = Signal(object)
    focus_wanted = Signal()

    def __init__(self, surroundings: Surroundings, view: SessionDetail, parent: QObject) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._surroundings, self._desk, self._view = surroundings, surroundings.desk, view
        self.detail: Detail | None = None
        view.action_wanted.connect(self.do)
        view.reason_wanted.connect(self._ask_for_reason)
        view.drawer_closed.connect(self.focus_wanted)
        view.billing.accepted.connect(self._on_billing_accepted)
        view.resend.accepted.connect(self._on_resend_accepted)
        view.reason.accepted.connect(self._on_reason_accepted)

    # --- what is shown

    def show_row(self, row: HistoryRow | None) -> None:
        """Show the session of a row; an open drawer stays only where it is the same session still."""
        before = self.detail.session.id if self.detail else None
        if row is None or row.id != before:
            self._view.open_drawer(None)
            self._view.tell("")
        self.detail = None
        if row is None:
            return
        try:
            self.detail = read_detail(self._desk, row)
        except DeskError as error:
            self._view.tell(explain(error))
            return
        self._show(self.detail)

    def _show(self, detail: Detail) -> None:
        session, columns = detail.session, self._view.columns
        count = len(detail.changes)
        changes = ngettext("%(n)d entry", "%(n)d entries", count) % {"n": count} if count else ""
        columns.facts.show_facts(session.partner, detail_words.facts_of(session), changes)
        columns.notes.show_notes(session.notes.strip())
        columns.bill.show_bill(
            detail_words.amount_of(session),
            detail_words.invoice_of(session),
            detail_words.report_of(detail),
            detail_words.changeable_of(session),
            locked=session.billed,
        )
        self._view.changes.show_lines([change_words(one) for one in detail.changes])
        if not count and self._view.opened() is self._view.changes:
            self._view.open_drawer(None)
        reasons = {
            Action.SEND: detail_words.why_not_again(detail),
            Action.BILLING: detail_words.why_locked(session),
        }
        blocked = {action: reason for action, reason in reasons.items() if reason is not None}
        self._view.show_actions(blocked, send_label=detail_words.send_label(detail))
        self._view.show_notices(
            detail_words.agreement_sentence(detail),
            detail_words.overlap_sentence(detail),
            may_give_reason=detail.owes_reason and not session.billed,
        )

    # --- what is decided

    def do(self, action: Action) -> None:
        """Do what a button says, unless it is blocked."""
        detail = self.detail
        if detail is None or self._view.button(action).is_blocked():
            return
        self._view.tell("")
        if action is Action.OPEN:
            self.report_wanted.emit(detail)
        elif action is Action.START:
            self.session_wanted.emit(detail.session.workstation_id)
        elif action is Action.SEND:
            self._ask_for_address(detail)
        else:
            self._ask_for_billing(detail)

    def change_billing(self) -> None:
        """Ask how the session shall be billed."""
        self.do(Action.BILLING)

    def _ask_for_address(self, detail: Detail) -> None:
        address = detail.newest.recipient if detail.newest else detail.session.recipient
        drawer, sent = self._view.resend, detail.sent is not None
        hint = _("The report goes out exactly as it was sent.") if sent else ""
        self._view.open_drawer(drawer)
        changed = detail.changed_since_sent
        drawer.begin(address, "" if changed else hint, sent=sent, corrected=changed)

    def _ask_for_billing(self, detail: Detail) -> None:
        reasons = read_house(self._desk).free_reasons
        session = detail.session
        self._view.open_drawer(self._view.billing)
        self._view.billing.begin(reasons, session.free_reason_id, billable=session.billable)

    def _ask_for_reason(self) -> None:
        self._view.open_drawer(self._view.reason)
        self._view.reason.begin(read_house(self._desk).supporter_name)

    def _on_billing_accepted(self) -> None:
        if self.detail is None:
            return
        drawer, number = self._view.billing, self.detail.session.id
        billable, reason_id = drawer.billable(), drawer.free_reason_id()
        try:
            if not billable and reason_id is None:
                # The fields are asked for in the order in which they stand there.
                raise RuleBroken(Rule.FREE_WITHOUT_REASON, field="free_reason")
            done = corrections.change_billing(self._desk, number, billable, reason_id, drawer.reason.text())
        except DeskError as error:
            drawer.show_error(error.field, explain(error))
            return
        self._view.close_drawer()
        self._surroundings.bus.publish(done)

    def _on_reason_accepted(self) -> None:
        if self.detail is None:
            return
        drawer, number = self._view.reason, self.detail.session.id
        try:
            done = corrections.give_reason(self._desk, number, drawer.reason.text(), drawer.decided_by.text())
        except DeskError as error:
            drawer.show_error(error.field, explain(error))
            return
        self._view.close_drawer()
        self._surroundings.bus.publish(done)

    def _on_resend_accepted(self) -> None:
        drawer = self._view.resend
        if self.detail is None or drawer.ok.is_blocked():
            return
        drawer.clear_errors()
        drawer.show_running(_("Queueing …"))
        work = partial(
            resend.send_again,
            self._desk,
            self.detail.session.id,
            drawer.recipient.text(),
            as_sent=drawer.as_sent(),
        )
        self._surroundings.background.run(self, work, self._on_queued, self._on_refused)

    def _on_queued(self, done: Done[QueuedReport]) -> None:
        self._view.resend.show_running(None)
        if self._view.opened() is self._view.resend:
            self._view.close_drawer()
        self.report_queued.emit(self._surroundings.bus.publish(done))

    def _on_refused(self, error: Exception) -> None:
        self._view.resend.show_running(None)
        if not isinstance(error, DeskError):
            raise error
        if self._view.opened() is not self._view.resend:
            self._view.tell(explain(error))
        elif error.field == "recipient":
            self._view.resend.show_error(error.field, explain(error))
        else:
            self._view.close_drawer()
            self._view.tell(explain(error))
