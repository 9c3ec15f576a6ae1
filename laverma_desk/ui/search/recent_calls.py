"""The last three calls on their cards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.customers.callers import recent_sessions
from laverma_desk.services.customers.search import Finder, Hit
from laverma_desk.ui.search.panel import Mode, SearchPanel
from laverma_desk.ui.search.reading import recent_of
from laverma_desk.ui.surroundings import Surroundings


class RecentCalls(QObject):
    """Fills the cards. Emits `chosen(Hit)` for a click or Alt+1 to Alt+3."""

    chosen = Signal(object)

    def __init__(self, surroundings: Surroundings, panel: SearchPanel, parent: QObject) -> None:
        """Connect the cards."""
        super().__init__(parent)
        self._desk, self._panel = surroundings.desk, panel
        self._hits: list[Hit] = []
        panel.recents.chosen.connect(self._on_recents_chosen)

    def show(self, finder: Finder | None, moving: SupportSession | None) -> None:
        """Read the latest sessions; those whose machine is gone are left out."""
        if finder is None:
            return
        try:
            latest = recent_sessions(self._desk)
        except OutsideTrouble as error:
            if error.code is not Trouble.SERVER_AWAY:
                raise
            return  # The window says so; the cards stay as they are until it is back.
        found = [(one, finder.hit_of_workstation(one.workstation_id)) for one in latest]
        known = [(session, hit) for session, hit in found if hit is not None]
        self._hits = [hit for _session, hit in known]
        now = self._desk.clock.now()
        self._panel.recents.show_recents([recent_of(session, hit, moving, now) for session, hit in known])

    @Slot(int)
    def _on_recents_chosen(self, place: int) -> None:
        if place < len(self._hits) and self._panel.mode() is not Mode.FORM:
            self.chosen.emit(self._hits[place])

    def press_first(self) -> None:
        """Take the latest call."""
        self._on_recents_chosen(0)

    def press_second(self) -> None:
        """Take the call before the latest one."""
        self._on_recents_chosen(1)

    def press_third(self) -> None:
        """Take the third call."""
        self._on_recents_chosen(2)
