"""What the panel beside a call leads to: an attempt that was not possible, a visit, what was before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.calls import vigilance
from laverma_desk.services.calls.not_possible import end_as_not_possible
from laverma_desk.services.calls.recurring import sessions_lately
from laverma_desk.ui.call.call_panel import CallPanel
from laverma_desk.ui.call.ending import Ending
from laverma_desk.ui.call.notes_controller import NotesController
from laverma_desk.ui.call.open_call import OpenCall
from laverma_desk.ui.call.timer_reading import state_words
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.talking import talking_here
from laverma_desk.ui.visit_wish import VisitWish

if TYPE_CHECKING:
    from laverma_desk.ui.together.hand_over_menu import HandOverMenu


class ContextController(QObject):
    """Emits `attempt_ended(SupportSession)`, `visit_wanted(VisitWish)` and `history_wanted(customer)`."""

    attempt_ended = Signal(object)
    visit_wanted = Signal(object)
    history_wanted = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        call: OpenCall,
        panel: CallPanel,
        ending: Ending,
        notes: NotesController,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._call, self._panel = surroundings.desk, call, panel
        self._ending, self._notes = ending, notes
        link = panel.on_site.not_possible
        link.reason_chosen.connect(self.end)
        link.visit_wanted.connect(self._on_visit_wanted)
        link.menu_closed.connect(self._on_menu_closed)
        self.hand_over: HandOverMenu | None = None
        if surroundings.desk.database.shared:
            self._offer_hand_over(surroundings)
        panel.last_sessions.all_pressed.connect(self._on_all_pressed)
        call.changed.connect(self._on_call_changed)

    def open_menu(self) -> None:
        """Offer the reasons why this call cannot be helped from afar (Alt+M)."""
        if self._call.shown is not None:
            self._panel.on_site.not_possible.open_menu(self._panel.column.bar)

    def _offer_hand_over(self, surroundings: Surroundings) -> None:
        from laverma_desk.ui.together.hand_over_menu import HandOverMenu  # noqa: PLC0415 (a server's alone)

        link = self._panel.column.billing.hand_over
        self.hand_over = menu = HandOverMenu(surroundings, link, self._shown_id, self._keep_typed, self)
        menu.failed.connect(self._on_hand_over_failed)
        menu.closed.connect(self._on_menu_closed)

    def open_hand_over(self) -> None:
        """Offer the colleagues who can take this call, where desks share a server (Alt+U)."""
        if self.hand_over is not None:
            self.hand_over.open()

    def _shown_id(self) -> int | None:
        shown = self._call.shown
        return None if shown is None or self._ending.is_sending(shown.session.id) else shown.session.id

    def _keep_typed(self) -> bool:
        shown = self._call.shown
        self._ending.keep_typed()
        return shown is not None and self._notes.is_saved(shown.session.id)

    def _on_hand_over_failed(self, error: DeskError) -> None:
        self._call.reload()
        self._call.troubled.emit(explain(error))

    def end(self, reason: NotPossible) -> None:
        """End the session shown as an attempt; where a note is needed for it, go there."""
        shown = self._call.shown
        if shown is None or self._ending.is_sending(shown.session.id):
            return
        # Read first: a busy file may keep the notes waiting for seconds, which nobody is to pay for.
        pressed = vigilance.read_clocks(self._desk)
        self._ending.keep_typed()
        work = partial(end_as_not_possible, self._desk, shown.session.id, reason, pressed=pressed)
        try:
            ended = self._call.write(work, partial(self.end, reason))
        except RuleBroken as error:
            if error.code is Rule.NOTES_MISSING:
                self._panel.column.notes.show_error(_("Say in the notes why it was not possible."))
            else:
                self._call.reload()
                self._panel.column.notes.show_error(explain(error))
            self._panel.column.notes.focus_notes()
            return
        if ended is not None:
            self._panel.announce(state_words(ended.state))
            self.attempt_ended.emit(ended)

    def _on_menu_closed(self) -> None:
        # The menu gives the focus back after it has closed, and what was chosen may lead to another page.
        QTimer.singleShot(0, self, self._focus_notes)

    def _focus_notes(self) -> None:
        if self._panel.isVisible():
            self._panel.column.notes.focus_notes()

    def _on_visit_wanted(self) -> None:
        shown = self._call.shown
        if shown is not None:
            self._notes.flush()
            one = shown.session
            self.visit_wanted.emit(VisitWish(one.customer_id, one.workstation_id, one.id))

    def _on_all_pressed(self) -> None:
        if self._call.shown is not None:
            self.history_wanted.emit(self._call.shown.customer.card.customer.id)

    def _on_call_changed(self) -> None:
        shown = self._call.shown
        if shown is None:
            return
        self._panel.customer.show_others(talking_here(self._desk, shown.session.customer_id))
        try:
            count = sessions_lately(self._desk, shown.session.workstation_id, shown.session)
        except DeskError:
            return  # What could not be read is said where the call itself is read.
        self._panel.last_sessions.show_recurring(recurring_words(count))


def recurring_words(count: int) -> str:
    """Return that a session is the n-th at one machine lately; "" for 0."""
    if not count:
        return ""
    return _("Session no. %(n)s at this PC in 30 days") % {"n": text.number(count)}
