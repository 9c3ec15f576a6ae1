"""Opens the report of a session in the page's place, prints it, and saves a copy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.message import MessageState
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.mails import resend
from laverma_desk.services.mails.resend import Paper
from laverma_desk.ui.history import detail_words
from laverma_desk.ui.history.detail_words import Detail, ReportLine
from laverma_desk.ui.history.panel import HistoryPanel
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.surroundings import Surroundings


@dataclass(frozen=True)
class _Brought:
    detail: Detail
    paper: Paper


class PaperController(QObject):
    """Emits `closed` when the table is in front again."""

    closed = Signal()

    def __init__(self, surroundings: Surroundings, panel: HistoryPanel, parent: QObject) -> None:
        """Show no paper yet."""
        super().__init__(parent)
        self._surroundings, self._panel, self._sheet = surroundings, panel, panel.sheet
        self._reading = LatestRead(surroundings, self)
        self._actions = PaperActions(surroundings, panel, self)
        self._reading.loaded.connect(self._on_brought)
        self._reading.failed.connect(self._on_failed)
        self._reading.slow.connect(self._sheet.show_loading)
        self._actions.told.connect(self._on_actions_told)
        self._sheet.closed.connect(self.close)
        self._sheet.print_wanted.connect(self._actions.print)
        self._sheet.copy_wanted.connect(self._actions.save)

    @property
    def is_open(self) -> bool:
        """Return whether a report stands in the page's place."""
        return self._panel.currentWidget() is self._sheet

    def open(self, detail: Detail) -> None:
        """Bring the report of a session as it was sent, else as it would be sent now."""
        self._sheet.clear()
        self._panel.show_sheet()
        self._sheet.setFocus()
        self._reading.start(partial(_brought, self._surroundings.desk, detail))

    def close(self) -> None:
        """Bring the table back."""
        self._reading.stop()
        if self.is_open:
            self._panel.show_list()
            self.closed.emit()

    def print(self) -> None:
        """Ask for a printer."""
        self._actions.print()

    def _on_brought(self, brought: _Brought) -> None:
        paper, session = brought.paper, brought.detail.session
        self._actions.set_paper(paper.name, paper.pdf)
        words = {"number": session.number, "partner": session.partner}
        title = _("Report %(number)s, %(partner)s") % words
        self._sheet.show_paper(title, _line_of(brought), paper.pdf)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self.close()
        self._panel.detail.tell(explain(error))

    def _on_actions_told(self, sentence: str, _went_well: bool) -> None:
        self._sheet.tell(sentence)


def _brought(desk: Desk, detail: Detail) -> _Brought:
    return _Brought(detail, resend.paper_of(desk, detail.session.id))


def _line_of(brought: _Brought) -> ReportLine:
    mail = brought.paper.message
    if mail is None:
        return ReportLine("warning", _("not sent, as it would be now"), "amber")
    line = detail_words.report_of(brought.detail)
    if mail.state is MessageState.HANDED_OVER:
        words = {"sent": line.words, "recipient": mail.recipient}
        return ReportLine(line.icon, _("%(sent)s to %(recipient)s") % words, line.tone)
    return line
