"""Shows who else is on the phone, and says when a session comes to this desk or goes from it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, OutsideTrouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services import presence
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import handing_over, timekeeping
from laverma_desk.services.presence import OnThePhone
from laverma_desk.services.setup import house
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.stage import Stage
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.together.last_words import AGAIN_MS, LastWords
from laverma_desk.ui.together.passing_notice import PassingNotice
from laverma_desk.ui.together.session_card import CardWords, SessionCard
from laverma_desk.ui.together.words import aside_of, presence_words, talks, time_of
from laverma_desk.ui.widgets.choice_popup import Choice, ChoicePopup


class Together(QObject):
    """The strip's right end at work, and the notices; made only where desks share a server."""

    def __init__(
        self, surroundings: Surroundings, stage: Stage, shell: Shell, pulse: Pulse, parent: QObject
    ) -> None:
        """Listen to the strip."""
        super().__init__(parent)
        self._surroundings, self._stage, self._strip = surroundings, stage, shell.strip
        self.notice = PassingNotice(shell.notice, self)
        self.notice.session_wanted.connect(stage.show_session)
        self._last_words = LastWords(surroundings, self.notice, self)
        self._gone: list[SupportSession] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._on_again_timeout)
        self._card: SessionCard | None = None
        self._looked_at: OnThePhone | None = None
        self._chosen: int | None = None
        shell.strip.others.other_chosen.connect(self.look_at)
        shell.strip.others.list_wanted.connect(self.open_list)
        stage.strip.came.connect(self._on_session_came)
        stage.strip.went.connect(self._on_session_went)
        pulse.ticked.connect(self._on_pulse_ticked)

    @property
    def card(self) -> SessionCard | None:
        """Return the card that is open."""
        return self._card

    def stop(self) -> None:
        """Say nothing more."""
        self.notice.stop()
        self._last_words.stop()
        self._again.stop()

    def unsaved(self) -> list[str]:
        """Return the names of what was typed on sessions of others by now, and cannot be written yet."""
        return self._last_words.unsaved()

    # --- looking at what others do

    def open_list(self) -> None:
        """List those who are folded into one button."""
        now = self._surroundings.desk.clock.now()
        choices = [
            Choice(one.id, f"{one.supporter_name} · {one.customer_name}", aside_of(one, now))
            for one in self._stage.strip.others
        ]
        button = self._strip.others.folded_button()
        popup = ChoicePopup(button, choices, None, name=button.accessibleName())
        self._chosen = None
        popup.choice_taken.connect(self._on_listed_taken)
        # Not before the list is gone: the focus goes back with it, and whatever popup is open then, closes.
        popup.destroyed.connect(self._on_list_gone)
        popup.open_below()

    def _on_listed_taken(self, choice: Choice) -> None:
        self._chosen = choice.key if isinstance(choice.key, int) else None

    def _on_list_gone(self) -> None:
        if self._chosen is not None:
            QTimer.singleShot(0, self, self._look_at_chosen)

    def _look_at_chosen(self) -> None:
        chosen, self._chosen = self._chosen, None
        if chosen is not None:
            self.look_at(chosen)

    def look_at(self, session_id: int) -> None:
        """Open the card of a session of somebody else, as it is now."""
        try:
            found = presence.look_at(self._surroundings.desk, session_id)
            taking = presence.can_take_over(self._surroundings.desk)
        except DeskError as error:
            self.notice.say(explain(error))
            return
        if found is None:
            self._stage.strip.reload()
            return
        self._looked_at = found
        self._card = card = SessionCard(
            self._strip.others.anchor(session_id), self._words(found, taking=taking)
        )
        card.history_wanted.connect(self._on_history_wanted)
        card.take_over_confirmed.connect(self._on_take_over_confirmed)
        card.destroyed.connect(self._on_card_destroyed)
        card.open_below()

    def _words(self, found: OnThePhone, *, taking: bool) -> CardWords:
        one = found.session
        return CardWords(
            title=one.partner,
            state=talks(one),
            time=time_of(one, self._surroundings.desk.clock.now()),
            facts=(
                (_("Number"), one.number),
                (_("Start"), text.date_time(one.begin)),
                (_("Requested by"), one.requested_by),
            ),
            notes=one.notes,
            warning=presence_words(found) if taking else "",
        )

    def _on_card_destroyed(self) -> None:
        self._card = None

    def _on_pulse_ticked(self) -> None:
        if self._card is not None and self._looked_at is not None:
            now = self._surroundings.desk.clock.now()
            self._card.show_time(time_of(self._looked_at.session, now))

    def _on_history_wanted(self) -> None:
        if self._looked_at is not None:
            self._stage.memory.show_history_of(self._looked_at.session.customer_id)

    def _on_take_over_confirmed(self) -> None:
        if self._looked_at is None:
            return
        session_id = self._looked_at.session.id
        try:
            result = handing_over.take_over(self._surroundings.desk, session_id)
        except DeskError as error:
            self.notice.say(explain(error))
            self._stage.strip.reload()
            return
        self._surroundings.bus.publish(result)
        self._stage.show_session(session_id)

    # --- what changes hands

    def _on_session_came(self, session: SupportSession) -> None:
        """Say who handed a session over; one that was begun or taken over here needs no word."""
        desk = self._surroundings.desk
        try:
            giver = handing_over.giver_of(desk, session.id)
            own = house.read_house(desk).supporter_name
        except DeskError:
            return  # The tab is there, and what cannot be read is said elsewhere.
        if giver and giver != own:
            values = {"name": giver, "practice": session.customer_name}
            sentence = _("%(name)s has handed over the session with %(practice)s.") % values
            self.notice.say(sentence, _("To the session"), session.id)

    def _on_session_went(self, session: SupportSession) -> None:
        """Say who has a session now that ran here, and leave its page."""
        try:
            now = timekeeping.read_session(self._surroundings.desk, session.id)
        except OutsideTrouble:
            self._gone.append(session)  # What was typed stays with its page until it is known whose it is.
            self._again.start()
            return
        except DeskError as error:
            kept = self._stage.call.notes.let_go(session.id)
            self._stage.leave_session(session.id)
            if kept is not None:
                self._last_words.give_back(kept.stored, error)
            return
        if now.supporter_id == session.supporter_id:
            return  # It has ended, and its report is done with.
        kept = self._stage.call.notes.let_go(session.id)
        values = {"name": now.supporter_name, "practice": session.customer_name}
        self.notice.say(_("%(name)s has the session with %(practice)s now.") % values)
        self._stage.leave_session(session.id)
        if kept is not None:
            self._last_words.bring(session, kept.stored)

    def _on_again_timeout(self) -> None:
        if is_alone(self._surroundings.desk):
            self._again.start()  # What is kept here does not say whose it is.
            return
        gone, self._gone = self._gone, []
        for session in gone:
            self._on_session_went(session)
