"""Says under the strip that the copy of the day failed, or what came of a restore; then it goes again."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.backups.plan import News
from laverma_desk.ui.backup_keeper import BackupKeeper
from laverma_desk.ui.widgets.notice_bar import NoticeBar

BAD_NEWS_MS = 300_000
"""Long enough to be seen by somebody who is on the phone."""

GOOD_NEWS_MS = 30_000
WAITING_MS = 5_000


@dataclass(frozen=True)
class _Notice:
    sentence: str
    icon: str
    tone: str
    shown_ms: int
    link: str = ""


class BackupNotice(QObject):
    """Fills the notice bar where nobody else does; what has to be said waits until it is free.

    Emits `settings_wanted(page)` when somebody goes to mend a copy that failed.
    """

    settings_wanted = Signal(str)

    def __init__(self, keeper: BackupKeeper, bar: NoticeBar, parent: QObject) -> None:
        """Listen to the keeper."""
        super().__init__(parent)
        self._bar = bar
        self._waiting: list[_Notice] = []
        self._shown: _Notice | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        bar.link_activated.connect(self._on_bar_link_activated)
        keeper.failed.connect(self._on_keeper_failed)
        keeper.restored.connect(self._on_keeper_restored)

    def stop(self) -> None:
        """Say nothing more."""
        self._timer.stop()

    def _on_keeper_failed(self, error: DeskError) -> None:
        from laverma_desk.ui.settings.backup_words import failure_sentence  # noqa: PLC0415 (hardly ever needed)

        sentence = failure_sentence(explain(error))
        self._say(_Notice(sentence, "warning", "amber", BAD_NEWS_MS, _("Backup")))

    def _on_keeper_restored(self, news: News) -> None:
        from laverma_desk.ui.settings.backup_words import news_sentence  # noqa: PLC0415 (hardly ever needed)

        sentence = news_sentence(news)
        if news.failed:
            self._say(_Notice(sentence, "warning", "red", BAD_NEWS_MS))
        else:
            self._say(_Notice(sentence, "check-circle", "green", GOOD_NEWS_MS))

    def _say(self, notice: _Notice) -> None:
        self._waiting.append(notice)
        if self._shown is None:
            self._on_timer_timeout()

    def _on_bar_link_activated(self) -> None:
        if self._shown is not None and self._shown.link and self._bar.sentence() == self._shown.sentence:
            self.settings_wanted.emit("backup")

    def _on_timer_timeout(self) -> None:
        if self._shown is not None:
            if self._bar.sentence() == self._shown.sentence:
                self._bar.clear()
            self._shown = None
        if not self._waiting:
            return
        if not self._bar.isHidden():
            self._timer.start(WAITING_MS)
            return
        self._shown = notice = self._waiting.pop(0)
        self._bar.show_notice(notice.sentence, icon=notice.icon, link=notice.link, tone=notice.tone)
        self._timer.start(notice.shown_ms)
