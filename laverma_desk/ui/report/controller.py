"""Leads from an ended session to a mail in the outbox, or to a draft, or back to the running clock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, Trouble
from laverma_desk.domain.support_session import GapDecision, SessionState, SupportSession
from laverma_desk.explain import explain
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.mails import queueing
from laverma_desk.services.mails.queueing import QueuedReport
from laverma_desk.ui.page import KeyMap
from laverma_desk.ui.report.mending import Mending
from laverma_desk.ui.report.panel import ReportPanel
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.report.preparation import Preparation
from laverma_desk.ui.report.wording import Wording
from laverma_desk.ui.report.words import summarise
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.ui.together.hand_over_menu import HandOverMenu


class ReportController(QObject):
    """The page of one ended session; what was typed on another one, or on one taken back, is kept.

    Emits `report_queued(QueuedReport)`, `session_resumed(session id)`, `postponed(session id)` (the tab
    stays), `finished(session id)` (nothing more to send) and `settings_wanted(page)`.
    """

    report_queued = Signal(object)
    session_resumed = Signal(int)
    postponed = Signal(int)
    finished = Signal(int)
    settings_wanted = Signal(str)

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Make the page; `show_report` fills it."""
        super().__init__(parent)
        self._surroundings, self._desk = surroundings, surroundings.desk
        self._panel = ReportPanel()
        self._paper = PaperActions(surroundings, self._panel, self)
        self._mending = Mending(surroundings, self._panel, self)
        self.wording = Wording(surroundings, self._panel.form, self)
        self._preparation = Preparation(surroundings, self._panel, self._paper, self.wording, self)
        self._session: SupportSession | None = None
        self._problems: dict[int, DeskError] = {}
        self._busy: int | None = None
        self.hand_over: HandOverMenu | None = None
        self._connect()
        if self._desk.database.shared:
            self._offer_hand_over()

    def _connect(self) -> None:
        panel, form = self._panel, self._panel.form
        panel.send_wanted.connect(self.send)
        panel.draft_wanted.connect(self.open_draft)
        panel.later_wanted.connect(self.postpone)
        panel.resume_wanted.connect(self.resume)
        panel.preview.print_wanted.connect(self._paper.print)
        panel.preview.download_wanted.connect(self._paper.save)
        panel.needs.link_activated.connect(self._on_needs_link_activated)
        form.attachment_opened.connect(self._paper.open_copy)
        form.notes_wanted.connect(self._mending.edit_notes)
        self._mending.mended.connect(self._prepare)
        self._paper.told.connect(self._on_paper_told)
        self._preparation.failed.connect(self._show_or_raise)
        self._surroundings.bus.changed.connect(self._on_bus_changed)

    def _offer_hand_over(self) -> None:
        from laverma_desk.ui.together.hand_over_menu import HandOverMenu  # noqa: PLC0415 (a server's alone)

        self.hand_over = menu = HandOverMenu(
            self._surroundings, self._panel.hand_over, self._handed_id, self._mending.flush, self
        )
        menu.failed.connect(self._show_problem)

    def open_hand_over(self) -> None:
        """Offer the colleagues who can take this session, where desks share a server (Alt+U)."""
        if self.hand_over is not None:
            self.hand_over.open()

    # --- what the window asks for

    @property
    def panel(self) -> QWidget:
        """Return the page."""
        return self._panel

    def keys(self) -> KeyMap:
        """Return the keys of this page."""
        return {
            "Ctrl+Return": self.send,
            "F8": self.resume,
            "Alt+S": self.postpone,
            "Alt+E": self.open_draft,
            "Alt+N": self._mending.edit_notes,
            "Alt+G": self._mending.focus_reason,
            "Alt+B": partial(self._mending.decide, GapDecision.KEEP),
            "Alt+Z": partial(self._mending.decide, GapDecision.DEDUCT),
            "Alt+T": partial(self._mending.decide, GapDecision.SPLIT),
            "Alt+U": self.open_hand_over,
            "Ctrl+P": self._paper.print,
            "Ctrl+S": self.flush,
            "Ctrl+Shift+E": self.close_without_report,
        }

    def activate(self) -> None:
        """Put the focus onto what is still missing, else into the text."""
        form = self._panel.form
        if self._mending.focus_first():
            return
        faulty = form.recipient_error() or not form.recipient.currentText()
        self._panel.show_field(form.recipient if faulty else form.body)

    def leave(self) -> None:
        """Save the notes that may be half typed; address, subject and text stay in memory."""
        self.flush()

    def flush(self) -> bool:
        """Save typed notes at once; False where the machine refused: they are kept and tried again."""
        return self._mending.flush()

    def areas(self) -> list[QWidget]:
        """Return the mail and the paper."""
        return [self._panel.left, self._panel.preview]

    def show_report(self, session_id: int, problem: Exception | None = None) -> None:
        """Show the report of an ended session, and what kept it from being sent, if anything did."""
        self._mending.flush()
        session = timekeeping.read_session(self._desk, session_id)
        self._preparation.begin(another=self._session is None or self._session.id != session_id)
        self._session = session
        self._panel.summary.show_summary(summarise(session))
        self.wording.begin(session)
        self._mending.begin(session)
        found = problem or self._problems.pop(session_id, None)
        if isinstance(found, DeskError):
            self._show_problem(found)
        self._prepare()

    def close(self) -> None:
        """Let the document in the preview go, which the PDF engine wants closed before it ends."""
        self._preparation.stop()
        self._panel.preview.clear()

    def keep_problem(self, session_id: int, error: DeskError) -> None:
        """Remember what kept a session's report from being queued; it is said when the report is shown."""
        self._problems[session_id] = error

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._session is None or not topics & {Topic.SESSIONS, Topic.HOUSE}:
            return
        session = timekeeping.read_session(self._desk, self._session.id)
        if session.state is not SessionState.ENDED:
            self._session = None
            self._preparation.stop()
            return
        self._session = session
        self.wording.follow(session)
        self._panel.summary.show_summary(summarise(session))
        self._mending.follow(session)
        if Topic.HOUSE in topics or not self._preparation.is_for(session):
            self._prepare()

    def _prepare(self) -> None:
        if self._session is not None:
            self._preparation.make(self._session)

    # --- what the technician decides

    def send(self) -> None:
        """Put the report into the outbox with the words that are shown."""
        if self._panel.sending_blocked() and self._busy is None:
            self._panel.needs.focus_link()
        elif self._is_ready_for(self.send) and self._session is not None:
            work = partial(queueing.queue_report, self._desk, self._session.id, self.wording.words())
            self._run(work, self._on_queued)

    def open_draft(self) -> None:
        """Hand the report to the mail program as a draft."""
        if self._is_ready_for(self.open_draft) and self._session is not None:
            work = partial(queueing.draft_of_report, self._desk, self._session.id, self.wording.words())
            self._run(work, self._on_draft_written)

    def _is_ready_for(self, wish: Callable[[], None]) -> bool:
        """Return whether the words shown are those of the session; if not yet, the wish comes true then."""
        if self._session is None or self._busy is not None or not self._mending.flush():
            return False
        return self._preparation.is_ready_for(wish)

    def _run(self, work: Callable[[], object], on_success: Callable[..., None]) -> None:
        self._busy = self._session.id if self._session else None
        self._panel.show_sending(sending=True)
        self._surroundings.background.run(self, work, on_success, self._on_refused)

    def _end_run(self) -> int:
        number, self._busy = self._busy or 0, None
        self._panel.show_sending(sending=False)
        return number

    def _on_queued(self, done: Done[QueuedReport]) -> None:
        self._end_run()
        self.report_queued.emit(self._surroundings.bus.publish(done))

    def _on_draft_written(self, done: Done[Path]) -> None:
        number = self._end_run()
        path = self._surroundings.bus.publish(done)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._show_problem(OutsideTrouble(Trouble.MAIL_PROGRAM_MISSING, file=str(path)))
            return
        self.wording.forget(number)
        self._close(number)

    def _on_refused(self, error: Exception) -> None:
        number = self._end_run()
        if isinstance(error, DeskError) and (self._session is None or self._session.id != number):
            self._problems[number] = error
            return
        self._show_or_raise(error)

    def _handed_id(self) -> int | None:
        return None if self._session is None or self._busy is not None else self._session.id

    def resume(self) -> None:
        """Take the end of the session back."""
        if self._session is None or self._busy is not None:
            return
        self._mending.flush()
        number = self._session.id
        try:
            done = timekeeping.reopen_session(self._desk, number)
        except DeskError as error:
            self._show_problem(error)
            return
        self._surroundings.bus.publish(done)
        self.session_resumed.emit(number)

    def postpone(self) -> None:
        """Leave the report open on the strip."""
        if self._session is not None and self._busy is None:
            self._mending.flush()
            self.postponed.emit(self._session.id)

    def close_without_report(self) -> None:
        """Take the session off the strip without a report."""
        if self._session is not None and self._busy is None:
            self._mending.flush()
            self._close(self._session.id)

    def _close(self, number: int) -> None:
        try:
            self._surroundings.bus.publish(timekeeping.close_report(self._desk, number))
        except DeskError as error:
            self._show_problem(error)
        else:
            self.finished.emit(number)

    def _show_problem(self, error: DeskError) -> None:
        form = self._panel.form
        if self.wording.show_problem(error):
            self._panel.show_field(form.recipient if error.field == "recipient" else form.subject)
        elif not self._mending.show_problem(error) and error.code is not Rule.MAIL_ACCOUNT_MISSING:
            self._panel.needs.show_sentence(explain(error))

    def _show_or_raise(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error
        self._show_problem(error)

    def _on_paper_told(self, sentence: str, went_well: bool) -> None:
        self._panel.needs.show_sentence(sentence, tone="muted" if went_well else "red")

    def _on_needs_link_activated(self) -> None:
        self.settings_wanted.emit("mail")
