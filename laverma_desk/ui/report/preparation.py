"""The paper and the words of a report, made beside everything else; what is wished meanwhile waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from laverma_desk import text
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.mails import reporting
from laverma_desk.services.mails.reporting import ReportMail
from laverma_desk.ui.latest_read import LatestRead
from laverma_desk.ui.report.panel import ReportPanel
from laverma_desk.ui.report.paper_actions import PaperActions
from laverma_desk.ui.report.printed import printed
from laverma_desk.ui.report.wording import Wording
from laverma_desk.ui.surroundings import Surroundings


class Preparation(QObject):
    """Shows what would be sent. Emits `failed(Exception)` where there is no report."""

    failed = Signal(object)

    def __init__(
        self,
        surroundings: Surroundings,
        panel: ReportPanel,
        paper: PaperActions,
        wording: Wording,
        parent: QObject,
    ) -> None:
        """Take over the preview and the attachment."""
        super().__init__(parent)
        self._desk, self._panel, self._paper, self._wording = surroundings.desk, panel, paper, wording
        self.read = LatestRead(surroundings, self)
        self.mail: ReportMail | None = None
        self._prepared_for: object = None
        self._when_ready: Callable[[], None] | None = None
        self.read.loaded.connect(self._on_read_loaded)
        self.read.failed.connect(self._on_read_failed)
        self.read.slow.connect(self._on_read_slow)

    def begin(self, *, another: bool) -> None:
        """Forget a wish, and, for another session, the paper of the one before."""
        self._when_ready = None
        if another:
            self.mail = None
            self._panel.preview.clear()
            self._panel.form.attachment.hide()

    def make(self, session: SupportSession) -> None:
        """Make paper and words of a session anew."""
        self._prepared_for = printed(session)
        self.read.start(partial(reporting.prepare_report, self._desk, session.id))

    def is_for(self, session: SupportSession) -> bool:
        """Return whether the latest paper says what it would say now of a session."""
        return printed(session) == self._prepared_for

    def is_ready_for(self, wish: Callable[[], None]) -> bool:
        """Return whether paper and words are there; while they are made, the wish waits for them."""
        if self.read.running:
            self._when_ready = wish
            return False
        return self.mail is not None

    def stop(self) -> None:
        """Drop what is being made."""
        self.read.stop()

    def _on_read_loaded(self, mail: ReportMail) -> None:
        preview, form = self._panel.preview, self._panel.form
        preview.show_loading(loading=False)
        if self.mail is None or self.mail.pdf != mail.pdf:
            preview.show_pdf(mail.pdf)
        self.mail = mail
        self._paper.set_paper(mail.attachment_name, mail.pdf)
        self._wording.show_mail(mail)
        form.attachment.show_file(mail.attachment_name, text.file_size(len(mail.pdf)))
        form.attachment.show()
        wish, self._when_ready = self._when_ready, None
        if wish is not None:
            wish()

    def _on_read_failed(self, error: Exception) -> None:
        self._when_ready = None
        self._panel.preview.show_loading(loading=False)
        self.failed.emit(error)

    def _on_read_slow(self) -> None:
        self._panel.preview.show_loading(loading=True)
