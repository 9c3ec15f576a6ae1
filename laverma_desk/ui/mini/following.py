"""Which of the open sessions mini timer and tray speak of, and the two things that they do with it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import SessionState, SupportSession
from laverma_desk.explain import explain
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.setup import house
from laverma_desk.services.setup.house import House
from laverma_desk.ui.call.notes_controller import NotesController
from laverma_desk.ui.call.timer_reading import Billing
from laverma_desk.ui.mini.reading import MiniReading, read_mini
from laverma_desk.ui.strip_controller import StripController
from laverma_desk.ui.surroundings import Surroundings


class Following(QObject):
    """Follows the session that was chosen, else the newest running one, else the newest that is paused.

    Emits `changed` when it may be another one or another state.
    """

    changed = Signal()

    def __init__(
        self, surroundings: Surroundings, strip: StripController, notes: NotesController, parent: QObject
    ) -> None:
        """Read what is open; the strip hears of a change before this does, and is not read twice."""
        super().__init__(parent)
        self._surroundings, self._strip, self._notes = surroundings, strip, notes
        self._wanted: int | None = None
        self._known = {one.id for one in self.sessions}
        self._house: House | None = None
        self._billing: Billing | None = None
        self._billed: SupportSession | None = None
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def sessions(self) -> list[SupportSession]:
        """Return the sessions that have not ended, in the order of the strip."""
        return [one for one in self._strip.sessions if one.state is not SessionState.ENDED]

    @property
    def session(self) -> SupportSession | None:
        """Return the session that is followed, None where none is open."""
        found = self.sessions
        wanted = next((one for one in found if one.id == self._wanted), None)
        running = [one for one in found if one.state is SessionState.RUNNING]
        return wanted or next(reversed(running or found), None)

    def house(self) -> House:
        """Return the settings of the house, read once until they change."""
        if self._house is None:
            self._house = house.read_house(self._surroundings.desk)
        return self._house

    def follow(self, session_id: int | None) -> None:
        """Follow this session as long as it is open; None follows the newest running one again."""
        self._wanted = session_id
        self.changed.emit()

    def follow_shown(self) -> None:
        """Follow the session whose page is in front in the window, where it is open."""
        self.follow(self._strip.current)

    def follow_running(self) -> None:
        """Follow the session in front in the window if its time runs, else the newest whose time does."""
        running = {one.id for one in self.sessions if one.state is SessionState.RUNNING}
        self.follow(self._strip.current if self._strip.current in running else None)

    def step(self, by: int) -> None:
        """Follow the next open session (1) or the one before (-1), wrapping around."""
        found, now = self.sessions, self.session
        if now is not None:
            keys = [one.id for one in found]
            self.follow(keys[(keys.index(now.id) + by) % len(keys)])

    def reading(self) -> MiniReading | None:
        """Return what there is to show now, None where no session is open."""
        session = self.session
        if session is None:
            return None
        desk = self._surroundings.desk
        if self._billing is None or self._billed is not session:
            known = self.house()
            reason = next((one for one in known.free_reasons if one.id == session.free_reason_id), None)
            tariff = timekeeping.current_tariff(desk, session.customer_id, session.begin)
            self._billing = Billing(tariff, known.company.small_business, reason)
            self._billed = session
        return read_mini(session, self._billing, desk.clock.now())

    def pause_or_resume(self) -> str:
        """Stop the time of the session followed, or let it go on; return why not, else nothing."""
        session = self.session
        if session is None:
            return ""
        paused = session.state is SessionState.PAUSED
        service = timekeeping.resume_session if paused else timekeeping.pause_session
        try:
            result = service(self._surroundings.desk, session.id)
        except DeskError as error:
            return explain(error)
        self._wanted = session.id  # Whoever pauses it here wants to let it go on here.
        self._surroundings.bus.publish(result)
        return ""

    def add_note(self, line: str) -> bool:
        """Write a line below the notes of the session followed; tell whether it is on the disk."""
        session = self.session
        return session is None or self._notes.add_line(session.id, line)

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if topics & {Topic.SESSIONS, Topic.CUSTOMERS, Topic.HOUSE}:
            self._billing = None
            if Topic.HOUSE in topics:
                self._house = None
            known, self._known = self._known, {one.id for one in self.sessions}
            if self._known - known:
                self._wanted = None  # What has just begun is what is being done.
            self.changed.emit()
