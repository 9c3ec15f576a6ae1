"""Keeps the strip in step with the sessions: which tabs there are, what time each shows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SessionState, SupportSession, seconds
from laverma_desk.i18n import _
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.ui.call.timer_reading import state_words
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.session_strip import SessionStrip
from laverma_desk.ui.widgets.session_tab import StripTab


class StripController(QObject):
    """Fills the strip. Emits `chosen(session id)`, `new_requested` and `mini_requested`.

    Where desks share a server also `came(SupportSession)` and `went(SupportSession)`, for a tab that is new
    or gone since the last look, whoever made it so.
    """

    chosen = Signal(int)
    new_requested = Signal()
    mini_requested = Signal()
    running_changed = Signal(bool)
    came = Signal(object)
    went = Signal(object)

    def __init__(
        self, surroundings: Surroundings, strip: SessionStrip, pulse: Pulse, parent: QObject
    ) -> None:
        """Take over a strip; `reload` fills it."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._strip = strip
        self._pulse = pulse
        self._sessions: list[SupportSession] = []
        self._others: list[SupportSession] = []
        self._seen: list[SupportSession] | None = None
        self._current: int | None = None
        self._session_page = True
        strip.session_chosen.connect(self.chosen)
        strip.new_session_requested.connect(self.new_requested)
        strip.mini_requested.connect(self.mini_requested)
        pulse.ticked.connect(self._on_pulse_ticked)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def sessions(self) -> list[SupportSession]:
        """Return the sessions on the strip, in the order of the tabs."""
        return list(self._sessions)

    @property
    def others(self) -> list[SupportSession]:
        """Return the sessions that others are on the phone with, where desks share a server."""
        return list(self._others)

    @property
    def current(self) -> int | None:
        """Return the session whose page was last in front, None for the search of a new one."""
        return self._current

    def show_current(self, session_id: int | None, *, session_page: bool) -> None:
        """Mark a session's tab, or the new one, as the page below; on other pages no tab is joined."""
        self._current, self._session_page = session_id, session_page
        self._draw()

    def neighbour(self, step: int) -> int | None:
        """Return the session `step` tabs further, wrapping around; None where there is none."""
        keys = [one.id for one in self._sessions]
        if not keys:
            return None
        if self._current not in keys:
            return keys[0] if step > 0 else keys[-1]
        return keys[(keys.index(self._current) + step) % len(keys)]

    def reload(self) -> None:
        """Read the sessions anew."""
        desk = self._surroundings.desk
        self._sessions = timekeeping.strip_sessions(desk)
        running = any(one.state is SessionState.RUNNING for one in self._sessions)
        self._read_others()
        self._pulse.set_running(running or any(one.state is SessionState.RUNNING for one in self._others))
        self.running_changed.emit(running)
        self._draw()
        if desk.database.shared and not is_alone(desk):
            # What the server does not say now has neither come nor gone.
            before, self._seen = self._seen, self._sessions
            if before is not None:
                self._tell(before)

    def _read_others(self) -> None:
        if not self._surroundings.desk.database.shared:
            return
        from laverma_desk.services import presence  # noqa: PLC0415 (a server's alone)

        try:
            self._others = presence.others_on_the_phone(self._surroundings.desk)
        except DeskError:
            self._others = []  # Away, the server says nothing of them; the own sessions go on.

    def _tell(self, before: list[SupportSession]) -> None:
        known, here = {one.id for one in before}, {one.id for one in self._sessions}
        new = [one for one in self._sessions if one.id not in known]
        for one in new:
            self.came.emit(one)
        for one in before:
            if one.id not in here:
                self.went.emit(one)

    def _draw(self) -> None:
        if self._surroundings.desk.database.shared:
            self._draw_others()
        tabs = [self._tab(one) for one in self._sessions]
        self._strip.show_tabs(
            tabs,
            current=self._current if self._session_page else None,
            new_current=self._session_page and self._current is None,
        )
        self._strip.offer_mini(any(one.state is not SessionState.ENDED for one in self._sessions))
        if self._surroundings.desk.demo:
            self._strip.set_aside(_("Sample data, nothing is sent"), _("Sample data"))

    def _draw_others(self) -> None:
        from laverma_desk.ui.together.words import folded_words, others_of  # noqa: PLC0415 (a server's alone)

        others = others_of(self._others, self._surroundings.desk.clock.now())
        self._strip.show_others(others, folded_words(len(others)))

    def _tab(self, one: SupportSession) -> StripTab:
        return StripTab(
            key=one.id,
            title=one.customer_name,
            time_text=self._time_of(one),
            state=one.state.value,
            moon=one.open_gap is not None,
            state_text=_state_words(one),
        )

    def _time_of(self, one: SupportSession) -> str:
        return text.duration(seconds(one, self._surroundings.desk.clock.now()))

    def _on_pulse_ticked(self) -> None:
        for one in self._sessions:
            if one.state is SessionState.RUNNING:
                self._strip.set_time(one.id, self._time_of(one))
        if self._others:
            self._tick_others()

    def _tick_others(self) -> None:
        from laverma_desk.ui.together.words import others_of  # noqa: PLC0415 (a server's alone)

        for other in others_of(self._others, self._surroundings.desk.clock.now()):
            if not other.paused:
                self._strip.set_other_time(other)

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if topics & {Topic.SESSIONS, Topic.CUSTOMERS}:
            self.reload()


def _state_words(one: SupportSession) -> str:
    words = state_words(one.state)
    return f"{words}, {_('a gap is undecided')}" if one.open_gap is not None else words
