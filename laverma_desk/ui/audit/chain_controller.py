"""The check at work: begun, called off, and its result shown, copied and saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.tax_audit.check_report import report_text
from laverma_desk.services.tax_audit.checking import CheckResult, check_books, last_check
from laverma_desk.ui.audit.chain_part import ChainPart
from laverma_desk.ui.audit.exports import result_wish
from laverma_desk.ui.audit.reading import check_reading
from laverma_desk.ui.file_export import FileExport
from laverma_desk.ui.long_job import Advance, LongJob
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.notice_bar import NoticeBar


class ChainController(QObject):
    """Runs the check beside everything else; it goes on while another page is in front. Emits `checked`."""

    checked = Signal()

    def __init__(
        self,
        surroundings: Surroundings,
        part: ChainPart,
        notice: NoticeBar,
        exports: FileExport,
        parent: QObject,
    ) -> None:
        """Connect the part; nothing is read yet."""
        super().__init__(parent)
        self._desk = surroundings.desk
        self._background = surroundings.background
        self._part, self._notice, self._exports = part, notice, exports
        self._job = LongJob(surroundings.background, self)
        self._result: CheckResult | None = None
        part.check_wanted.connect(self.check)
        part.cancelled.connect(self._job.cancel)
        part.copy_wanted.connect(self._on_copy_wanted)
        part.save_wanted.connect(self._on_save_wanted)
        self._job.progressed.connect(self._on_job_progressed)
        self._job.stopped.connect(self._on_job_stopped)

    def load(self) -> None:
        """Read the result that was kept last, unless one is known or on its way."""
        if self._result is None and not self._job.running:
            work = partial(last_check, self._desk)
            self._background.run(self, work, self._on_last_read, self._on_failed)

    def check(self) -> None:
        """Begin a check; one runs at a time."""
        if self._job.running:
            return
        self._notice.clear()
        self._part.show_running(running=True)
        self._job.run(partial(check_books, self._desk), self._on_checked, self._on_failed)

    def _on_last_read(self, result: CheckResult | None) -> None:
        if self._result is None:
            self._show(result)

    def _on_job_progressed(self, advance: Advance) -> None:
        if advance.total:
            self._part.progress.show_progress(advance.done, advance.total)

    def _on_job_stopped(self) -> None:
        self._part.show_running(running=False)
        self._notice.show_notice(_("Check stopped. The last result stays."), icon="info")

    def _on_checked(self, result: CheckResult) -> None:
        self._part.show_running(running=False)
        self._show(result)
        self.checked.emit()

    def _on_failed(self, error: Exception) -> None:
        self._part.show_running(running=False)
        if not isinstance(error, DeskError):
            raise error
        self._notice.show_notice(explain(error), icon="warning", tone="red")

    def _show(self, result: CheckResult | None) -> None:
        self._result = result
        self._part.show_result(None if result is None else check_reading(result))

    def _on_copy_wanted(self) -> None:
        if self._result is not None:
            QGuiApplication.clipboard().setText(report_text(self._desk, self._result))
            self._notice.show_notice(_("Copied."), icon="check", tone="green")

    def _on_save_wanted(self) -> None:
        if self._result is not None:
            self._exports.ask(result_wish(self._desk, self._result))
