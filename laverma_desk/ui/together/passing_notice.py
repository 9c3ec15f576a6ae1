"""Says under the strip that a session has changed hands; what has to be said waits until the bar is free."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk.ui.widgets.notice_bar import NoticeBar

SHOWN_MS = 30_000
READ_MS = 8000
"""So long nothing else takes the place of what is said: it is read, and its link pressed."""
_WAITING_MS = 1000


@dataclass(frozen=True)
class _Notice:
    sentence: str
    link: str
    session_id: int


class PassingNotice(QObject):
    """Emits `session_wanted(session id)` for the link of what is said."""

    session_wanted = Signal(int)

    def __init__(self, bar: NoticeBar, parent: QObject) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._bar = bar
        self._waiting: list[_Notice] = []
        self._shown: _Notice | None = None
        self._read = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        bar.link_activated.connect(self._on_bar_link_activated)

    def say(self, sentence: str, link: str = "", session_id: int = 0) -> None:
        """Say a sentence for a while; with a `link`, that leads to a session."""
        self._waiting.append(_Notice(sentence, link, session_id))
        if self._shown is None or not self._is_mine():
            self._go_on()
        elif self._read:
            self._timer.start(_WAITING_MS)

    def stop(self) -> None:
        """Say nothing more."""
        self._timer.stop()

    def _is_mine(self) -> bool:
        return self._shown is not None and self._bar.sentence() == self._shown.sentence

    def _on_bar_link_activated(self) -> None:
        shown = self._shown
        if shown is not None and shown.link and self._is_mine():
            self._take_away()
            self.session_wanted.emit(shown.session_id)

    def _take_away(self) -> None:
        if self._is_mine():
            self._bar.clear()
        self._shown = None

    def _on_timer_timeout(self) -> None:
        if self._is_mine() and not self._read and not self._waiting:
            self._read = True
            self._timer.start(SHOWN_MS - READ_MS)
        else:
            self._go_on()

    def _go_on(self) -> None:
        self._take_away()
        if not self._waiting:
            return
        if not self._bar.isHidden():
            self._timer.start(_WAITING_MS)
            return
        notice = self._waiting.pop(0)
        self._shown, self._read = notice, False
        self._bar.show_notice(notice.sentence, icon="users", link=notice.link, tone="green")
        self._timer.start(READ_MS)
