"""Makes the paper and the template's words in the background, the latest wish last."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import reporting
from laverma_desk.services.mails.reporting import ReportMail
from laverma_desk.ui.latest_read import LOADING_AFTER
from laverma_desk.ui.surroundings import Surroundings


class Preparation(QObject):
    """Emits `prepared(ReportMail)` or `failed(Exception)` for the latest start, `slow` after 300 ms."""

    prepared = Signal(object)
    failed = Signal(object)
    slow = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject) -> None:
        """Be at rest."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._turn = 0
        self.running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOADING_AFTER)
        self._timer.timeout.connect(self.slow)

    def start(self, session_id: int) -> None:
        """Prepare the report of a session; what an earlier start brings is dropped."""
        self._turn += 1
        self.running = True
        self._timer.start()
        work = partial(_prepared, self._surroundings.desk, session_id, self._turn)
        self._surroundings.background.run(self, work, self._on_prepared, self._on_failed)

    def stop(self) -> None:
        """Drop what is under way."""
        self._turn += 1
        self.running = False
        self._timer.stop()

    def _on_prepared(self, result: tuple[int, ReportMail]) -> None:
        turn, mail = result
        if turn == self._turn:
            self.stop()
            self.prepared.emit(mail)

    def _on_failed(self, error: Exception) -> None:
        self.stop()
        self.failed.emit(error)


def _prepared(desk: Desk, session_id: int, turn: int) -> tuple[int, ReportMail]:
    return turn, reporting.prepare_report(desk, session_id)


def printed(session: SupportSession) -> object:
    """Return what of a session stands in its report and may still change after the end."""
    return replace(session, internal_note="", recipient="", report_open=False, invoice_number=None)
