"""Says under the strip that the server is away, for as long as it is, and what came of it afterwards."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError, Trouble
from laverma_desk.domain.support_session import SessionState
from laverma_desk.i18n import _
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import timekeeping
from laverma_desk.services.changes import Topic
from laverma_desk.services.server_news import ServerNews, listen, obstacle
from laverma_desk.ui.offline.logging_in import LoggingIn
from laverma_desk.ui.offline.login_card import LoginCard
from laverma_desk.ui.offline.words import away_sentence, back_sentence
from laverma_desk.ui.shell import Shell
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.notice_bar import NoticeBar

GOOD_NEWS_MS = 12_000
BAD_NEWS_MS = 300_000


class OfflineBanner(QObject):
    """A bar of its own below the notice; it goes by itself, and wants an answer only for a password.

    When the server is back all views read anew. Emits `went_away` with each time that it goes, and
    `report_wanted(session id)` for an ended session whose report had to wait.
    """

    report_wanted = Signal(int)
    went_away = Signal()
    _heard = Signal(object)

    def __init__(self, surroundings: Surroundings, shell: Shell, parent: QObject) -> None:
        """Listen to the server; a desk in a file has none, and no bar is made."""
        super().__init__(parent)
        self._surroundings, self._shell = surroundings, shell
        self._bar: NoticeBar | None = None
        self._since: datetime | None = None
        self._waiting: int | None = None
        self._logging_in = LoggingIn(surroundings, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        # News comes from the thread that finds out.
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        self._end = listen(surroundings.desk, self._heard.emit)
        surroundings.bus.changed.connect(self._on_bus_changed)
        if is_alone(surroundings.desk):
            self._show_away()

    @property
    def bar(self) -> NoticeBar | None:
        """Return the bar, None before it was needed."""
        return self._bar

    @property
    def login_card(self) -> LoginCard | None:
        """Return the card that asks for the password, None while it is closed."""
        return self._logging_in.card

    def says(self, error: DeskError) -> bool:
        """Return whether a trouble is what the bar says already."""
        return error.code is Trouble.SERVER_AWAY and is_alone(self._surroundings.desk)

    def stop(self) -> None:
        """Listen no more."""
        self._end()
        self._timer.stop()

    def _on_heard(self, news: ServerNews) -> None:
        if is_alone(self._surroundings.desk):
            # Also for news that the next one has overtaken.
            self._show_away()
        elif not news.away:
            self._show_back(news)

    def _show_away(self, *, quiet: bool = False) -> None:
        self._timer.stop()
        if self._since is None:
            self._since = self._surroundings.desk.clock.now()
            self.went_away.emit()
        kept = timekeeping.strip_sessions(self._surroundings.desk)
        since = _("since %(time)s") % {"time": text.clock_time(self._since)}
        found = obstacle(self._surroundings.desk)
        wants_password = found is not None and found.code is Trouble.SERVER_LOGIN
        self._made().show_notice(
            away_sentence(kept, found),
            icon="lock" if wants_password else "offline",
            aside=since,
            link=_("Log in") if wants_password else "",
            quiet=quiet,
        )
        if not wants_password:
            self._logging_in.close()

    def _show_back(self, news: ServerNews) -> None:
        was_away, self._since = self._since is not None, None
        self._logging_in.close()
        # First: what is said below is read anew, too.
        self._surroundings.bus.announce(*Topic)
        if not was_away and not (news.sessions or news.written or news.unwritten):
            return  # It was back before anybody saw that it was away.
        ended = [
            one
            for one in timekeeping.strip_sessions(self._surroundings.desk)
            if one.id in news.sessions and one.state is SessionState.ENDED and one.report_open
        ]
        self._waiting = ended[0].id if ended else None
        bad = bool(news.apart or news.unwritten)
        self._made().show_notice(
            back_sentence(news),
            icon="warning" if bad else "check-circle",
            tone="amber" if bad else "green",
            link=_("Open the report") if ended else "",
        )
        self._timer.start(BAD_NEWS_MS if bad or ended else GOOD_NEWS_MS)

    def _made(self) -> NoticeBar:
        if self._bar is None:
            self._bar = NoticeBar()
            self._bar.link_activated.connect(self._on_bar_link_activated)
            self._shell.add_server_bar(self._bar)
        return self._bar

    def _on_bar_link_activated(self) -> None:
        if self._since is not None:
            self._logging_in.ask(self._made())
        elif self._waiting is not None:
            self.report_wanted.emit(self._waiting)
            self._on_timer_timeout()

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if self._since is not None and Topic.SESSIONS in topics and is_alone(self._surroundings.desk):
            self._show_away(quiet=True)

    def _on_timer_timeout(self) -> None:
        self._timer.stop()
        self._waiting = None
        if self._bar is not None and self._since is None:
            self._bar.clear()
