"""Points out on the report page what looks like data of a patient, in the notes or in the mail."""

from __future__ import annotations

from PySide6.QtCore import QObject

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.patient_hint import find_patient_data
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.ui.report.panel import ReportPanel
from laverma_desk.ui.surroundings import Surroundings


class PatientWatch(QObject):
    """Looks at what would leave the house. It is shown only, kept nowhere, and never keeps a report back."""

    def __init__(self, surroundings: Surroundings, panel: ReportPanel, parent: QObject) -> None:
        """Look at a page."""
        super().__init__(parent)
        self._clock, self._panel = surroundings.desk.clock, panel
        self._notes = ""
        panel.form.body.textChanged.connect(self.look)

    def follow(self, session: SupportSession) -> None:
        """Look at a session's notes."""
        self._notes = session.notes
        self.look()

    def look(self) -> None:
        """Look at notes and mail as they stand."""
        today = local_day(self._clock.now())
        # The mail usually repeats the notes: each find is named once.
        found = [*find_patient_data(self._notes, today)]
        found += find_patient_data(self._panel.form.body.text(), today)
        self._panel.patient.show_hints(found)
