"""What the desktop says of its own accord, each thing once: forgotten pause, long session, mail not sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from laverma_desk import text
from laverma_desk.domain.message import Failure, Message, MessageState
from laverma_desk.domain.support_session import SessionState, SupportSession, seconds
from laverma_desk.explain import failure_sentence
from laverma_desk.i18n import _, ngettext
from laverma_desk.ui.call.timer_reading import LONG_PAUSE_MINUTES
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.mini.following import Following
from laverma_desk.ui.outbox.dispatcher import Dispatcher
from laverma_desk.ui.surroundings import Surroundings

_LONGEST_SLEEP_MS = 600_000
"""After which it is looked again: timers stand still while a machine sleeps."""

_LOST = frozenset({MessageState.FAILED, MessageState.UNCLEAR})


class Notifications(QObject):
    """Looks when the next thing could be due, and sleeps until then; without an open session it never wakes.

    `say` takes a title and a sentence.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        following: Following,
        dispatcher: Dispatcher,
        say: Callable[[str, str], object],
        parent: QObject,
    ) -> None:
        """Listen; nothing is said before `set_wanted`."""
        super().__init__(parent)
        self._surroundings, self._following, self._say = surroundings, following, say
        self._wanted = False
        self._told: set[tuple[str, int, datetime | None]] = set()
        self._mails_told: set[int] = set()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.CoarseTimer)
        self.timer.timeout.connect(self.look)
        following.changed.connect(self.look)
        dispatcher.failed.connect(self._on_dispatcher_failed)
        dispatcher.handed_over.connect(self._on_dispatcher_handed_over)

    def set_wanted(self, wanted: bool) -> None:
        """Begin to say what is due, or say nothing any more."""
        self._wanted = wanted
        self.look()

    def stop(self) -> None:
        """Say nothing more: the desk is closing."""
        self._wanted = False
        self.timer.stop()

    def look(self) -> None:
        """Say what has become due, and sleep until the next thing may."""
        self.timer.stop()
        if not self._wanted:
            return
        found = self._following.sessions
        if not found:
            return
        now = self._surroundings.desk.clock.now()
        hours = self._following.house().remote.long_session_hours
        waits = [left for one in found for left in (self._look_at(one, hours, now),) if left is not None]
        if waits:
            self.timer.start(min(int(min(waits).total_seconds() * 1000) + 1, _LONGEST_SLEEP_MS))

    def _look_at(self, session: SupportSession, hours: int, now: datetime) -> timedelta | None:
        """Say what is due of a session; return how long until something is, None where nothing will be."""
        key: tuple[str, int, datetime | None]
        if session.state is SessionState.PAUSED and session.end is not None:
            key = ("pause", session.id, session.end)
            left = session.end + timedelta(minutes=LONG_PAUSE_MINUTES) - now
            minutes = int((now - session.end).total_seconds()) // 60
            sentence = _("Paused for %(time)s.") % {"time": text.minutes(minutes)}
        else:
            key = ("long", session.id, None)
            left = timedelta(hours=hours, seconds=-seconds(session, now))
            sentence = ngettext(
                "The time has been running for more than %(count)s hour.",
                "The time has been running for more than %(count)s hours.",
                hours,
            ) % {"count": text.number(hours)}
        if key in self._told:
            return None
        if left > timedelta(0):
            return left
        self._told.add(key)
        self._say(session.partner, sentence)
        return None

    @Slot(str)
    def say_caller(self, sentence: str) -> None:
        """Say who calls while the window with the bar that says it is out of sight."""
        if self._wanted:
            self._say(sentence, _("Accept in the window with %(key)s.") % {"key": key_name("F9")})

    def _on_dispatcher_failed(self, message: Message) -> None:
        if not self._wanted or message.state not in _LOST or message.id in self._mails_told:
            return
        self._mails_told.add(message.id)
        if message.state is MessageState.UNCLEAR or message.last_attempt is None:
            sentence = _("Connection lost after the data. Not sent again.")
        else:
            failure = message.last_attempt.failure or Failure.REFUSED
            sentence = failure_sentence(failure, message.recipient)
        self._say(_("Mail not sent"), sentence)

    def _on_dispatcher_handed_over(self, message: Message) -> None:
        self._mails_told.discard(message.id)
