"""The pages that no call needs before it ends: report, outbox and settings, made when they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.services.mails.counting import count_open
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.pieces import Pieces
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.outbox.controller import OutboxController
    from laverma_desk.ui.outbox.dispatcher import Dispatcher
    from laverma_desk.ui.report.controller import ReportController
    from laverma_desk.ui.settings.controller import SettingsController


def load_parts() -> None:
    """Load what is behind the first report, mail, call and locked row; no page, for any thread may do it."""
    from laverma_desk.services import corrections, telephone  # noqa: F401, PLC0415 (while nobody waits)
    from laverma_desk.services.agreements import reading  # noqa: F401, PLC0415
    from laverma_desk.services.mails import outbox, reporting  # noqa: PLC0415, F401

    reporting.warm_up()


class LaterPages(QObject):
    """Owns these pages, and says what they say: see their controllers.

    `session_done(session id)` stands for a report that was put off or closed, `open_count_changed(int)` for
    the mails that are not done with, also while nobody has looked into the outbox; `page_made(Page)` comes
    once for each page.
    """

    page_made = Signal(object)
    report_queued = Signal(object)
    session_resumed = Signal(int)
    session_done = Signal(int)
    settings_wanted = Signal(str)
    open_count_changed = Signal(int)
    appearance_changed = Signal(object)
    restart_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(
        self, surroundings: Surroundings, dispatcher: Dispatcher, machine: MachineSettings, parent: QObject
    ) -> None:
        """Load and make no page before somebody wants it; the mails are counted as soon as there is time."""
        super().__init__(parent)
        self._surroundings, self._dispatcher, self._machine = surroundings, dispatcher, machine
        self._report: ReportController | None = None
        self._outbox: OutboxController | None = None
        self._settings: SettingsController | None = None
        self._pieces = Pieces(self)
        surroundings.bus.changed.connect(self._on_bus_changed)
        QTimer.singleShot(0, self, self._count)

    @property
    def report(self) -> ReportController:
        """Return the page of an ended session."""
        return self._make_report() if self._report is None else self._report

    def _make_report(self) -> ReportController:
        from laverma_desk.ui.report.controller import ReportController  # noqa: PLC0415 (see __init__)

        self._report = made = ReportController(self._surroundings, self)
        made.report_queued.connect(self.report_queued)
        made.session_resumed.connect(self.session_resumed)
        made.postponed.connect(self.session_done)
        made.finished.connect(self.session_done)
        made.settings_wanted.connect(self.settings_wanted)
        self.page_made.emit(made)
        return made

    @property
    def outbox(self) -> OutboxController:
        """Return the page of all mails."""
        return self._make_outbox() if self._outbox is None else self._outbox

    def _make_outbox(self) -> OutboxController:
        from laverma_desk.ui.outbox.controller import OutboxController  # noqa: PLC0415 (see __init__)

        self._outbox = made = OutboxController(self._surroundings, self._dispatcher, self)
        made.settings_wanted.connect(self.settings_wanted)
        self.page_made.emit(made)
        return made

    @property
    def settings(self) -> SettingsController:
        """Return the page of the settings."""
        return self._make_settings() if self._settings is None else self._settings

    def _make_settings(self) -> SettingsController:
        from laverma_desk.ui.settings.controller import SettingsController  # noqa: PLC0415 (see __init__)

        self._settings = made = SettingsController(self._surroundings, self._machine, self)
        made.appearance_changed.connect(self.appearance_changed)
        made.restart_wanted.connect(self.restart_wanted)
        made.restore_wanted.connect(self.restore_wanted)
        self.page_made.emit(made)
        return made

    def make_report(self) -> None:
        """Make the report's page, which a session that runs leads to, in two pieces."""
        self._pieces.begin([self._load_report, self._made_report])

    def make(self) -> None:
        """Make report and outbox while nobody waits, in pieces: no key waits for all. See `load_parts`."""
        self._pieces.begin([self._load_report, self._made_report, self._load_outbox, self._made_outbox])

    def _load_report(self) -> None:
        from laverma_desk.ui.report import controller  # noqa: F401, PLC0415 (see __init__)

    def _made_report(self) -> None:
        if self._report is None:
            self._make_report()

    def _load_outbox(self) -> None:
        from laverma_desk.ui.outbox import controller  # noqa: F401, PLC0415 (see __init__)

    def _made_outbox(self) -> None:
        if self._outbox is None:
            self._make_outbox()

    def is_report(self, page: object) -> bool:
        """Return whether a page is the report."""
        return page is not None and page is self._report

    def holds_own_words(self, session_id: int) -> bool:
        """Return whether somebody wrote a subject or text of their own into a session's report."""
        return self._report is not None and self._report.wording.holds(session_id)

    def flush(self) -> bool:
        """Save typed notes of a report at once; False where the machine refused."""
        return self._report is None or self._report.flush()

    def unsaved(self) -> list[str]:
        """Return the name of the settings where something is typed there and not saved."""
        return [_("Settings")] if self._settings is not None and self._settings.changes() else []

    def close(self) -> None:
        """Let go of the paper that is shown."""
        if self._report is not None:
            self._report.close()

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.OUTBOX in topics:
            self._count()

    def _count(self) -> None:
        try:
            count = count_open(self._surroundings.desk)
        except OutsideTrouble as error:
            if error.code is not Trouble.SERVER_AWAY:
                raise
            return  # What was counted last stands until the server is back.
        self.open_count_changed.emit(count)
