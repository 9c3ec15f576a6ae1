"""Says under the strip what becomes of a report that was just sent, and lets it be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.message import Failure, Message, MessageState
from laverma_desk.explain import explain, failure_sentence
from laverma_desk.i18n import _
from laverma_desk.services.changes import Topic
from laverma_desk.ui.announcing import announce
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from laverma_desk.services.mails.queueing import QueuedReport

GOOD_NEWS_SECONDS = 6
BAD_NEWS_SECONDS = 30


class _News(NamedTuple):
    """A sentence for some seconds. `failed` is the mail it is bad news of: as long as that is true, it is."""

    sentence: str
    seconds: int
    icon: str
    tone: str = "amber"
    failed: int | None = None


class SendingNotice(QObject):
    """Fills the notice bar: the report on its way first, else that there is no net.

    Emits `taken_back(session id)` and `outbox_wanted(mail)` (the link of a failure).
    """

    taken_back = Signal(int)
    outbox_wanted = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        dispatcher: Dispatcher,
        notice_bar: NoticeBar,
        parent: QObject | None = None,
    ) -> None:
        """Listen to the dispatcher; the bar stays as it is until there is something to say."""
        super().__init__(parent)
        self._surroundings, self._dispatcher, self._bar = surroundings, dispatcher, notice_bar
        self._clock = surroundings.desk.clock
        self._followed: list[QueuedReport] = []
        self._counted: int | None = None
        self._news: _News | None = None
        self._news_until: datetime | None = None
        self._link_action: Callable[[], object] | None = None
        self._owns_bar = False
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_timer_timeout)
        notice_bar.link_activated.connect(self._on_bar_link_activated)
        surroundings.bus.changed.connect(self._on_bus_changed)
        dispatcher.handed_over.connect(self._on_dispatcher_handed_over)
        dispatcher.failed.connect(self._on_dispatcher_failed)
        dispatcher.left_to_others.connect(self._on_dispatcher_left_to_others)
        dispatcher.offline_changed.connect(self._on_dispatcher_offline_changed)

    def follow(self, queued: QueuedReport) -> None:
        """Show the seconds in which this report can still be taken back, then what came of it."""
        self._followed.append(queued)
        self._forget_good_news()
        self._timer.start()
        self._show_countdown()

    def can_take_back(self) -> bool:
        """Return whether a report still waits for its seconds to pass."""
        return self._latest() is not None

    def take_back(self) -> None:
        """Withdraw the latest report that still waits."""
        latest = self._latest()
        if latest is None:
            return
        from laverma_desk.services.mails import outbox  # noqa: PLC0415 (no start needs it)

        try:
            done = outbox.take_back(self._surroundings.desk, latest.message_id, again=latest.again)
        except DeskError as error:
            self._tell(_News(explain(error), BAD_NEWS_SECONDS, icon="warning", tone="red"))
            return
        self._followed.remove(latest)
        if not self._surroundings.bus.publish(done):
            sentence = _("Too late, the report is already on its way.")
            self._tell(_News(sentence, GOOD_NEWS_SECONDS, icon="send"))
            return
        announce(self._bar, _("Taken back, nothing was sent."))
        if not self._show_countdown():
            self._show_rest()
        if not latest.again:
            self.taken_back.emit(latest.session_id)

    def clear(self) -> None:
        """Follow nothing any more and free the bar, except for the missing net."""
        self._followed.clear()
        self._show_rest()

    # --- what is followed

    def _latest(self) -> QueuedReport | None:
        now = self._clock.now()
        return next((one for one in reversed(self._followed) if one.due_at > now), None)

    def _on_timer_timeout(self) -> None:
        if self._show_countdown():
            return
        if self._show_news():
            return
        if self._followed and not self._dispatcher.demo and not self._dispatcher.leaves_it:
            self._show(_("The report is leaving now."), icon="send")
            return
        self._show_rest()

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.OUTBOX not in topics:
            return
        told_of = self._told_of()
        if not told_of:
            return
        from laverma_desk.services.mails import outbox  # noqa: PLC0415 (no start needs it)

        gone = [one for one in told_of if outbox.is_discarded(self._surroundings.desk, one)]
        for message_id in gone:
            self._drop(message_id)
        if gone:
            self._on_timer_timeout()
        if self._surroundings.desk.database.shared:
            self._hear_of_others()

    def _hear_of_others(self) -> None:
        """Tell what came of reports from here that another desk has sent."""
        from laverma_desk.services.mails import outbox  # noqa: PLC0415 (no start needs it)

        for one in list(self._followed):
            message = outbox.read_message(self._surroundings.desk, one.message_id)
            if message is None or message.state in (MessageState.WAITING, MessageState.SENDING):
                continue
            if message.state is MessageState.HANDED_OVER:
                self._on_dispatcher_handed_over(message)
            else:
                self._on_dispatcher_failed(message)

    def _on_dispatcher_left_to_others(self, error: DeskError) -> None:
        if self._followed:
            self._tell(_News(explain(error), BAD_NEWS_SECONDS, icon="clock"))

    def _on_dispatcher_handed_over(self, message: Message) -> None:
        if self._drop(message.id) and message.last_attempt is not None:
            sentence = _("Report sent at %(time)s.") % {"time": text.clock_time(message.last_attempt.at)}
            self._tell(_News(sentence, GOOD_NEWS_SECONDS, icon="check", tone="green"))

    def _on_dispatcher_failed(self, message: Message) -> None:
        if not self._drop(message.id) or message.last_attempt is None:
            return
        failure = message.last_attempt.failure or Failure.REFUSED
        if message.state is MessageState.UNCLEAR:
            sentence = _("Connection lost after the data. Not sent again.")
        else:
            sentence = failure_sentence(failure, message.recipient)
        lost = message.state is MessageState.FAILED
        icon = "offline" if failure is Failure.NO_NETWORK else "warning"
        tone = "red" if lost else "amber"
        self._tell(_News(sentence, BAD_NEWS_SECONDS, icon=icon, tone=tone, failed=message.id))

    def _told_of(self) -> set[int]:
        """Return the mails that the bar speaks of, or has to speak of yet."""
        followed = {one.message_id for one in self._followed}
        return followed if self._news is None or self._news.failed is None else followed | {self._news.failed}

    def _drop(self, message_id: int) -> bool:
        """Stop speaking of a mail; return whether it was spoken of."""
        known = message_id in self._told_of()
        self._followed = [one for one in self._followed if one.message_id != message_id]
        if self._news is not None and self._news.failed == message_id:
            self._news = None
        return known

    def _forget_good_news(self) -> None:
        if self._news is not None and self._news.failed is None:
            self._news = None

    def _on_dispatcher_offline_changed(self, _since: datetime | None) -> None:
        if not self._timer.isActive():
            self._show_rest()

    # --- what the bar shows

    def _show_countdown(self) -> bool:
        """Show the latest report that can be taken back; return whether there is one."""
        latest = self._latest()
        if latest is None:
            return False
        self._news_until = None  # bad news that the seconds cover is said after them
        left = ceil((latest.due_at - self._clock.now()).total_seconds())
        if self._dispatcher.demo:
            sentence = _("Sample data: nothing is sent.")
        else:
            sentence = _("Report leaves in %(seconds)d s.") % {"seconds": left}
        waiting = sum(one.due_at > self._clock.now() for one in self._followed)
        if waiting > 1:
            sentence = f"{sentence} ({text.number(waiting)})"
        quiet, self._counted = self._counted == latest.message_id, latest.message_id
        self._show(sentence, icon="send", link=_("Take back (F8)"), action=self.take_back, quiet=quiet)
        return True

    def _tell(self, news: _News) -> None:
        """Show news for some seconds; reports that can be taken back come before them."""
        self._news, self._news_until = news, None
        if self._show_countdown():
            self._forget_good_news()
        else:
            self._show_news()
        self._timer.start()

    def _show_news(self) -> bool:
        """Show what there is to tell until its seconds have passed; return whether there is something."""
        news, now = self._news, self._clock.now()
        if news is None:
            return False
        if self._news_until is None:
            self._news_until = now + timedelta(seconds=news.seconds)
        if now >= self._news_until:
            self._news = None
            return False
        action = None if news.failed is None else partial(self.outbox_wanted.emit, news.failed)
        link = "" if action is None else _("Outbox")
        self._show(news.sentence, icon=news.icon, tone=news.tone, link=link, action=action)
        return True

    def _show_rest(self) -> None:
        """Show what is left when no report is followed: that there is no net, or nothing."""
        self._timer.stop()
        self._news = None
        since = self._dispatcher.offline_since
        if since is not None:
            self._show(
                _("No network. Reports are waiting in the outbox."),
                icon="offline",
                aside=_("since %(time)s") % {"time": text.clock_time(since)},
                link=_("Check now"),
                action=self._dispatcher.check_now,
            )
        elif self._owns_bar:
            self._owns_bar, self._link_action = False, None
            self._bar.clear()

    def _show(
        self,
        sentence: str,
        *,
        icon: str,
        tone: str = "amber",
        aside: str = "",
        link: str = "",
        action: Callable[[], object] | None = None,
        quiet: bool = False,
    ) -> None:
        self._owns_bar, self._said, self._link_action = True, sentence, action
        self._bar.show_notice(sentence, icon=icon, aside=aside, link=link, tone=tone, quiet=quiet)

    def _on_bar_link_activated(self) -> None:
        if self._owns_bar and self._bar.sentence() == self._said and self._link_action is not None:
            self._link_action()
