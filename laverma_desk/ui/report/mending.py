"""Lets the technician write on the report page what the report still lacks: notes, a reason, the gap."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.support_session import GapDecision, SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.calls import call_sheet, vigilance
from laverma_desk.services.setup import house
from laverma_desk.ui.call.gap_reading import read_gap
from laverma_desk.ui.report.agreement_mending import AgreementMending
from laverma_desk.ui.report.notes_mending import NotesMending
from laverma_desk.ui.report.panel import ReportPanel
from laverma_desk.ui.report.patient_watch import PatientWatch
from laverma_desk.ui.surroundings import Surroundings


class Mending(QObject):
    """Shows what a session lacks and writes it down. Emits `mended` when the paper has to be made anew."""

    mended = Signal()

    def __init__(self, surroundings: Surroundings, panel: ReportPanel, parent: QObject) -> None:
        """Take over the upper part of a page."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel, self._needs = panel, panel.needs
        self._session: SupportSession | None = None
        self._notes = NotesMending(surroundings, panel.needs, self)
        self._agreement = AgreementMending(surroundings, panel, self)
        self._patients = PatientWatch(surroundings, panel, self)
        self._notes.mended.connect(self.mended)
        self._agreement.mended.connect(self.mended)
        self._needs.reason_chosen.connect(self._on_reason_chosen)
        panel.gap_bar.decided.connect(self._on_gap_decided)

    def begin(self, session: SupportSession) -> None:
        """Start over with another session: only what it lacks is shown."""
        self._needs.hide_notes()
        self._needs.show_reasons(None)
        self._needs.show_sentence("")
        self.follow(session)

    def follow(self, session: SupportSession) -> None:
        """Show the session as it is now; a field that is in use stays."""
        self._session = session
        self._notes.follow(session)
        self._agreement.follow(session)
        self._patients.follow(session)
        if session.tariff is not None:
            self._panel.show_gap(read_gap(session, session.tariff, self._desk.clock.now()))
        if session.open_gap is None and self._needs.sentence() == explain(RuleBroken(Rule.GAP_OPEN)):
            self._needs.show_sentence("")
        if not session.notes.strip() and self._notes.unsaved(session.id) is None:
            if not self._needs.shows_notes():
                self._needs.show_notes(session.notes)
            self._needs.notes_field.set_error(explain(RuleBroken(Rule.NOTES_MISSING)))
        self._follow_reason(session)
        self._follow_account()

    def _follow_reason(self, session: SupportSession) -> None:
        missing = not session.billable and session.free_reason_id is None
        if not missing and not self._needs.shows_reasons():
            return
        known = house.read_house(self._desk).free_reasons
        reasons = None if session.billable else [(one.id, one.name) for one in known]
        self._needs.show_reasons(reasons, session.free_reason_id)
        self._needs.reason_field.set_error(explain(RuleBroken(Rule.FREE_WITHOUT_REASON)) if missing else "")

    def _follow_account(self) -> None:
        missing = explain(RuleBroken(Rule.MAIL_ACCOUNT_MISSING))
        if not house.read_house(self._desk).mail.complete:
            self._needs.show_sentence(missing, link=_("Set up mail account"), tone="amber")
            self._panel.block_sending(missing)
            return
        if self._needs.sentence() == missing:
            self._needs.show_sentence("")
        self._panel.block_sending(None)

    def flush(self) -> bool:
        """Save what is half typed; tell whether all of it is on the disk."""
        self._agreement.flush()
        return self._notes.flush()

    def show_problem(self, error: DeskError) -> bool:
        """Say at its place what keeps the report here; return whether that place is one of these."""
        if error.field == "notes":
            self.edit_notes()
            self._needs.notes_field.set_error(explain(error))
        elif error.field == "free_reason":
            self.focus_reason()
        elif self._agreement.show_problem(error):
            return True
        elif error.code is Rule.GAP_OPEN:
            # No answer takes the focus: an Enter that comes too late must not decide.
            self._needs.show_sentence(explain(error))
        else:
            return False
        return True

    def focus_first(self) -> bool:
        """Put the focus onto the first thing that is missing; return whether anything is."""
        session = self._session
        if session is not None and not session.notes.strip():
            self.edit_notes()
        elif session is not None and not session.billable and session.free_reason_id is None:
            self.focus_reason()
        else:
            return self._agreement.focus()
        return True

    def edit_notes(self) -> None:
        """Let the notes be written here, unless an invoice bills them."""
        if self._session is not None and self._session.invoice_number is not None:
            invoice = self._session.invoice_number
            self._needs.show_sentence(explain(RuleBroken(Rule.SESSION_BILLED, invoice=invoice)))
            return
        if self._session is not None and not self._needs.shows_notes():
            self._needs.show_notes(self._session.notes)
            self._needs.notes_field.clear_error()
        self._panel.show_field(self._needs.notes)

    def focus_reason(self) -> None:
        """Put the focus onto the reason, where one is asked for."""
        if self._needs.shows_reasons():
            self._panel.show_field(self._needs.reason)

    def decide(self, decision: GapDecision) -> None:
        """Answer the question about the gap, where that answer is offered."""
        if self._panel.gap_bar.offers(decision):
            self._on_gap_decided(decision)

    def _on_reason_chosen(self, reason: int) -> None:
        if self._session is None:
            return
        try:
            done = call_sheet.save_billing(
                self._desk, self._session.id, billable=False, free_reason_id=reason
            )
        except DeskError as error:
            self._needs.reason_field.set_error(explain(error))
            return
        self._surroundings.bus.publish(done)
        self.mended.emit()

    def _on_gap_decided(self, decision: GapDecision) -> None:
        gap = self._session.open_gap if self._session else None
        if self._session is None or gap is None:
            return
        try:
            done = vigilance.decide_gap(self._desk, self._session.id, gap.id, decision)
        except DeskError as error:
            self._needs.show_sentence(explain(error))
            return
        self._surroundings.bus.publish(done)
        self.mended.emit()
