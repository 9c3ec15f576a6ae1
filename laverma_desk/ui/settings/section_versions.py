"""What happens when somebody else saved the same page of the settings: both versions, and a choice."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.edition import Clash, Side
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import House, read_house
from laverma_desk.services.setup.trace import last_writer
from laverma_desk.ui.meeting_versions import MeetingVersions
from laverma_desk.ui.settings.section import Section


class SectionVersions(QObject):
    """One page at a time. Emits `settled` when it can be saved once more."""

    settled = Signal()

    def __init__(self, desk: Desk, over: QWidget, parent: QObject) -> None:
        """Ask over a widget."""
        super().__init__(parent)
        self._desk = desk
        self.meeting = MeetingVersions(over, self)
        self.meeting.decided.connect(self._on_meeting_decided)
        self._section: Section | None = None
        self._house: House | None = None
        self._found: tuple[Clash, ...] = ()

    def meet(self, section: Section) -> None:
        """Show both versions of a page; where they say the same there is nothing to ask."""
        self._section, self._house = section, read_house(self._desk)
        self._found = section.clashes(self._house)
        if not self._found:
            self._on_meeting_decided({})
            return
        form = section.form
        self.meeting.ask(self._found, last_writer(self._desk), form.label_of, form.words_of)

    def _on_meeting_decided(self, sides: dict[str, Side]) -> None:
        if self._section is None or self._house is None:
            return
        section, self._section = self._section, None
        section.settle(self._house, self._found, sides)
        if section.changes():
            self.settled.emit()
