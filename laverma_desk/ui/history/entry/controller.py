"""The form at work: a session recorded afterwards or corrected, saved with one key, never half."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import corrections
from laverma_desk.services.changes import Done
from laverma_desk.services.corrections import Advice, Correctable, LateReason, SessionEntry, Times
from laverma_desk.services.setup.house import House, read_house
from laverma_desk.ui.history.entry import filling, words
from laverma_desk.ui.history.entry.moments import read_moment
from laverma_desk.ui.history.entry.panel import FIELDS, EntryPanel
from laverma_desk.ui.history.entry.place_finding import ChosenPlace, PlaceFinding
from laverma_desk.ui.history.entry.versions import EntryVersions, Settled
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.surroundings import Surroundings


class EntryController(QObject):
    """A form in the page's place. Emits `finished(SupportSession | None)`: saved, or left with Escape.

    What was typed when Escape was pressed is there again when the same form is begun once more.
    """

    finished = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Build the form; `begin_new` or `begin_correction` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = EntryPanel()
        self._finding = PlaceFinding(surroundings, self._panel.details.place, self)
        self._house: House | None = None
        self._session: SupportSession | None = None
        self._over: Correctable | None = None
        self.versions = EntryVersions(self._desk, self._panel, self)
        self.versions.settled.connect(self._on_versions_settled)
        self._advice: Advice | None = None
        self._shown = self._panel.draft()
        self._begun = self._typed = self._long_confirmed = False
        self._connect()

    def _connect(self) -> None:
        panel = self._panel
        panel.edited.connect(self._on_panel_edited)
        panel.times_edited.connect(self._on_panel_times_edited)
        panel.bar.saved.connect(self.save)
        panel.bar.cancelled.connect(self.cancel)
        panel.billing.popup_closed.connect(self._focus_notes)
        panel.billing.confirmed.connect(self._focus_notes)
        self._finding.chosen.connect(self._on_place_chosen)
        self._finding.emptied.connect(self._on_panel_times_edited)

    # --- what the page asks for

    @property
    def typed(self) -> bool:
        """Return whether a person has typed something that is not saved."""
        return self._begun and self._typed

    @property
    def panel(self) -> QWidget:
        """Return the form."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return what keys do while the form is in front."""
        return {
            "Ctrl+Return": self.save,
            "Ctrl+S": self.save,
            "Escape": self.cancel,
            "Ctrl+B": self._panel.billing.toggle,
            "Ctrl+F": self._panel.details.place.focus,
            "Ctrl+K": self._panel.details.place.focus,
            "Alt+N": self._focus_notes,
            "Alt+P": self._focus_partner_id,
            "Alt+A": self._focus_requested_by,
            "Alt+G": self._panel.billing.focus_reason,
            "Alt+I": self._open_internal_note,
        }

    def begin_new(self, customer_id: int | None = None) -> None:
        """Ask for a session that nobody stopped, of that customer if one is named."""
        if not (self._begun and self._typed and self._session is None and self._is_of(customer_id)):
            self._fill(None)
        self._finding.want()
        if self._finding.place is None and customer_id is not None:
            self._finding.offer_customer(customer_id)
        if self._finding.place is None:
            self._panel.details.place.focus()
        else:
            self._panel.focus("begin")
        self._panel.scroll_up()

    def begin_correction(self, session_id: int) -> None:
        """Show an ended session to be corrected.

        Raises RuleBroken SESSION_BILLED, SESSION_NOT_ENDED, SESSION_UNKNOWN.
        """
        found = corrections.read_correctable(self._desk, session_id)
        # Also where somebody else has written since: what is typed stays, and saving shows both versions.
        if not (self.typed and self._session is not None and self._session.id == session_id):
            self._fill(found)
        self._finding.want()
        self._panel.focus("begin")
        self._panel.scroll_up()

    def _is_of(self, customer_id: int | None) -> bool:
        """Return whether what was typed before can be meant for a customer."""
        place = self._finding.place
        return customer_id is None or place is None or place.customer_id == customer_id

    def _fill(self, over: Correctable | None) -> None:
        self._over, self._session = over, over.session if over else None
        found = self._session
        self._house = read_house(self._desk)
        self._begun, self._typed, self._long_confirmed = True, False, False
        filling.fill(self._panel, self._house, found, local_day(self._desk.clock.now()))
        place = filling.place_of(found) if found else None
        self._finding.show_place(place)
        requested = found.requested_by if found else ""
        self._panel.details.show_requested_by(requested, self._names())
        self._panel.clear_errors()
        self._shown = self._panel.draft()
        self._advise()

    def _names(self) -> list[str]:
        return [one.name for one in self._finding.contacts()]

    # --- while it is typed

    def _on_panel_edited(self) -> None:
        self._typed = True
        self._panel.bar.show_words("")

    def _on_panel_times_edited(self) -> None:
        self._typed, self._long_confirmed = True, False
        self._advise()

    def _on_place_chosen(self, place: ChosenPlace) -> None:
        details = self._panel.details
        details.show_connection(place.tool, place.partner_id)
        names = self._names()
        typed = self._panel.draft().requested_by
        details.show_requested_by(typed or (names[0] if names else ""), names)
        self._on_panel_times_edited()
        self._panel.focus("begin")

    def _times(self, *, strict: bool) -> tuple[datetime, datetime] | None:
        details = self._panel.details
        begin = read_moment(details.begin, "begin", strict=strict)
        end = read_moment(details.end, "end", strict=strict)
        return (begin, end) if begin is not None and end is not None else None

    def _advise(self) -> None:
        details, times = self._panel.details, self._times(strict=False)
        self._advice = None
        draft, place = self._panel.draft(), self._finding.place
        attempt = draft.not_possible
        if times is None or times[1] < times[0] or (times[1] == times[0] and attempt is None):
            details.show_result("", _("Duration and amount follow from begin and end."))
            details.remarks.show_sentences([])
            details.late.show_sentences([])
            return
        machine = place.workstation_id if place else None
        typed = Times(*times, machine, draft.supporter_id, took_place=attempt is None)
        number = self._session.id if self._session else None
        self._advice = advice = corrections.advise(self._desk, typed, number)
        small = self._house.company.small_business if self._house else False
        reason = filling.reason_name(self._house, self._session, draft.free_reason_id)
        amount = words.amount_words(advice, billable=draft.billable, reason=reason, small_business=small)
        amount = text.not_possible(attempt) if attempt else amount
        details.show_result(text.duration(advice.seconds), amount)
        details.remarks.show_sentences(words.remarks(*times, advice))
        owed = advice.agreement if advice.owes_reason else None
        details.late.show_sentences([words.agreement_sentence(owed, times[0])] if owed else [])

    # --- what the technician decides

    def save(self) -> None:
        """Go to the first wrong field, or write what was typed."""
        if self._finding.place is None:
            self._finding.take_current()
        self._panel.clear_errors()
        times = self._times(strict=True)
        if self._finding.place is None:
            self._panel.show_error("place", _("Choose customer and workstation."))
        elif self._panel.draft().supporter_id is None:
            self._panel.show_error("supporter", explain(RuleBroken(Rule.SUPPORTER_MISSING)))
        wrong = next((key for key in FIELDS[:4] if self._panel.error(key)), None)
        if wrong is not None or times is None:
            self._panel.focus(wrong or "begin")
        elif self._advice is not None and self._advice.too_long and not self._long_confirmed:
            self._long_confirmed = True
            self._panel.bar.show_words(_("More than 24 hours. Save once more if that is right."), "amber")
        else:
            self._write(*times)

    def _write(self, begin: datetime, end: datetime) -> None:
        draft, place = self._panel.draft(), self._finding.place
        if place is None or draft.supporter_id is None:
            return
        written = filling.written(draft, self._shown, self._session)
        self._keep(SessionEntry(place.workstation_id, draft.supporter_id, begin, end, **written), self._over)

    def _keep(self, entry: SessionEntry, over: Correctable | None) -> None:
        """Record a session, or write an entry over a version of one; the typed reason goes along."""
        draft = self._panel.draft()
        late = LateReason(draft.late_reason, draft.decided_by) if draft.late_reason else None
        try:
            if over is None:
                done = corrections.record_session(self._desk, entry, late)
            else:
                done = corrections.correct_session(
                    self._desk, over.session.id, entry, draft.change_reason, late, version=over.version
                )
        except DeskError as error:
            if error.code is Rule.RECORD_CHANGED:
                self._meet(entry)
            else:
                self._show_problem(error)
        else:
            self._finish(done)

    def _meet(self, entry: SessionEntry) -> None:
        place = self._finding.place
        if self._over is None or place is None:
            return
        try:
            self.versions.meet(self._over, entry, place.words, self._house)
        except DeskError as error:
            self._show_problem(error)

    def _on_versions_settled(self, settled: Settled) -> None:
        self._keep(settled.entry, settled.over)

    def _finish(self, done: Done[SupportSession]) -> None:
        self._begun = self._typed = False
        self.finished.emit(self._surroundings.bus.publish(done))

    def _show_problem(self, error: DeskError) -> None:
        if error.field in FIELDS or error.field == "internal_note":
            self._panel.show_error(error.field, explain(error))
            self._panel.focus(error.field)
        else:
            self._panel.bar.show_words(explain(error), "red")

    def cancel(self) -> None:
        """Close the list of hits if it is open, else go back; what was typed is kept."""
        if self._panel.details.place.close_list():
            return
        self.finished.emit(None)

    def _focus_notes(self) -> None:
        self._panel.focus("notes")

    def _open_internal_note(self) -> None:
        self._panel.internal.set_open(True)

    def _focus_partner_id(self) -> None:
        self._panel.focus("partner_id")

    def _focus_requested_by(self) -> None:
        self._panel.focus("requested_by")
