"""Sends what is due, one mail at a time, and sleeps until the next one is."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from datetime import datetime
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, Trouble
from laverma_desk.domain.message import Failure, Message, MessageState
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.mails import delivery
from laverma_desk.ui.background import Lane
from laverma_desk.ui.surroundings import Surroundings

LONGEST_SLEEP = 60_000
"""Milliseconds after which a waiting mail is looked at again: timers stand still while a machine sleeps."""

_SHORT_SLEEP = 500
"""Milliseconds after which another desk, which was faster, has noted that it sends a mail."""

_UNREACHABLE = frozenset({Failure.NO_NETWORK, Failure.NO_ANSWER, Failure.CANCELLED})


class Dispatcher(QObject):
    """Hands mails to the server when their time comes; call `start` once the event loop is there.

    Emits `handed_over(Message)`, `failed(Message)` for every other end of an attempt,
    `offline_changed(datetime or None)`: since when (UTC) there is no net, and `left_to_others(DeskError)`
    when this desk has no password and others share its outbox. A demo sends nothing.
    """

    handed_over = Signal(object)
    failed = Signal(object)
    offline_changed = Signal(object)
    left_to_others = Signal(object)
    _begun = Signal()

    def __init__(self, surroundings: Surroundings, parent: QObject | None = None) -> None:
        """Stay at rest until `start`."""
        super().__init__(parent)
        self._surroundings = surroundings
        self._desk = surroundings.desk
        self._wanted: dict[int, bool] = {}
        self._running: Future[None] | None = None
        self._stranded = False
        self._unwritten: delivery.OutcomeUnwritten | None = None
        self._leaves_it = False
        self._offline_since: datetime | None = None
        self._net: QObject | None = None
        self._closing = Event()
        self._started = self._unsorted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._begun.connect(self._on_attempt_begun, Qt.ConnectionType.QueuedConnection)
        surroundings.bus.changed.connect(self._on_bus_changed)

    @property
    def demo(self) -> bool:
        """Return whether this desk holds sample data, so that nothing ever leaves."""
        return self._desk.demo

    @property
    def leaves_it(self) -> bool:
        """Return whether what waits is left to other desks, since this one has no password."""
        return self._leaves_it

    @property
    def offline_since(self) -> datetime | None:
        """Return since when (UTC) there is no net, None while nothing says so."""
        return self._offline_since

    def start(self) -> None:
        """Sort what the last run left halfway, and begin to send what is due."""
        self._started = True
        self._recover()
        self._arrange()

    def _recover(self) -> None:
        """Sort what the last run left halfway; with the server away that waits until it is back."""
        self._unsorted = True
        try:
            sorted_out = delivery.recover_deliveries(self._desk)
        except OutsideTrouble as error:
            if error.code is not Trouble.SERVER_AWAY:
                raise
            return
        self._unsorted = False
        self._surroundings.bus.publish(sorted_out)

    def check_now(self) -> None:
        """Try at once every mail that waits after a failed attempt."""
        self._surroundings.bus.publish(delivery.hurry(self._desk))
        self._leaves_it = False
        self._send_next()

    def send_now(self, message_id: int, *, force: bool = False) -> None:
        """Try a mail at once, after the attempt that may run; `force` for a failed or unclear one."""
        self._wanted[message_id] = force
        self._send_next()

    def close(self, *, patience: float = 2.0) -> bool:
        """Send what only waits for its seconds, then begin nothing more; return whether all attempts ended.

        Who closes the window takes nothing back any more, and counts on the report being gone. Each of the
        two gets `patience` seconds. An attempt is called off before the mail's text; after that the mail is
        sorted out at the next start.
        """
        self._timer.stop()
        attempts = self._send_ordered(patience)
        self._closing.set()
        if self._running is not None:
            attempts.append(self._running)
        for attempt in attempts:
            attempt.cancel()
        if self._unwritten is not None:
            with suppress(OutsideTrouble):
                self._unwritten.settle()
        return not wait(attempts, timeout=patience).not_done

    def _send_ordered(self, patience: float) -> list[Future[None]]:
        """Try every mail once that nobody has tried yet; return the attempts."""
        if self._desk.demo or not self._started or self._closing.is_set():
            return []
        try:
            ordered = delivery.untried_messages(self._desk)
        except OutsideTrouble:
            return []
        attempts = [
            self._surroundings.background.run(
                self, self._attempt(number), self._on_last_ended, self._on_last_ended, Lane.NETWORK
            )
            for number in ordered
        ]
        wait(attempts, timeout=patience)
        return attempts

    def _on_last_ended(self, _outcome: object) -> None:
        """Leave it to the next start to say what became of it: the window is closed."""

    # --- what comes next

    def _arrange(self) -> None:
        """Sleep until the next mail is due, or not at all."""
        self._timer.stop()
        if self._running is not None or self._closing.is_set() or self._desk.demo or not self._started:
            return
        if self._stranded:
            self._timer.start(LONGEST_SLEEP)
            return
        if self._leaves_it:
            return
        try:
            due = delivery.next_due_at(self._desk)
        except OutsideTrouble:
            self._timer.start(LONGEST_SLEEP)
            return
        if due is None:
            self._set_offline(None)
            return
        left = (due - self._desk.clock.now()).total_seconds() * 1000
        self._timer.start(max(0, min(int(left) + 1, LONGEST_SLEEP)))

    def _send_next(self) -> None:
        if self._running is not None or self._closing.is_set() or self._desk.demo:
            return
        try:
            self._free_stranded()
            due = delivery.due_messages(self._desk)
        except OutsideTrouble:
            self._timer.start(LONGEST_SLEEP)
            return
        if self._wanted:
            number = next(iter(self._wanted))
            self._try(number, force=self._wanted.pop(number))
        elif due and not self._leaves_it:
            self._try(due[0], force=False)
        else:
            self._arrange()

    def _try(self, number: int, *, force: bool) -> None:
        self._timer.stop()
        self._running = self._surroundings.background.run(
            self,
            self._attempt(number, force=force),
            self._on_attempt_ended,
            self._on_attempt_impossible,
            Lane.NETWORK,
        )

    def _attempt(self, number: int, *, force: bool = False) -> Callable[[], Done[Message]]:
        return partial(
            delivery.send_message,
            self._desk,
            number,
            force=force,
            cancelled=self._closing.is_set,
            begun=self._begun.emit,
        )

    def _free_stranded(self) -> None:
        """Sort out the mail whose outcome could not be written (the disk was full): no attempt runs now.

        On a server those of desks that died are sorted out too, as soon as anybody looks.
        """
        if self._unwritten is not None:
            message = self._surroundings.bus.publish(self._unwritten.settle())
            self._unwritten = None
            self._tell_outcome(message)
        if self._stranded or self._desk.database.shared:
            self._surroundings.bus.publish(delivery.recover_deliveries(self._desk))
            self._stranded = False

    # --- what came of it

    def _on_timer_timeout(self) -> None:
        self._send_next()

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        if Topic.HOUSE in topics:
            self._leaves_it = False  # Perhaps there is another account now, or a password.
        if Topic.OUTBOX in topics:
            if self._unsorted:
                self._recover()
            self._arrange()

    def _on_attempt_begun(self) -> None:
        # It comes from the other thread, perhaps only after the desk was closed: a reader would open it anew.
        if not self._closing.is_set():
            self._surroundings.bus.announce(Topic.OUTBOX)

    def _on_attempt_ended(self, result: Done[Message]) -> None:
        self._running = None
        self._leaves_it = False
        self._tell_outcome(self._surroundings.bus.publish(result))
        self._send_next()

    def _tell_outcome(self, message: Message) -> None:
        failure = message.last_attempt.failure if message.last_attempt else None
        if failure is Failure.NO_NETWORK:
            self._set_offline(self._offline_since or self._desk.clock.now())
        elif failure not in _UNREACHABLE:
            self._set_offline(None)
        if message.state is MessageState.HANDED_OVER:
            self.handed_over.emit(message)
        else:
            self.failed.emit(message)

    def _on_attempt_impossible(self, error: Exception) -> None:
        self._running = None
        self._stranded = not isinstance(error, DeskError) or isinstance(error, OutsideTrouble)
        if isinstance(error, delivery.OutcomeUnwritten):
            self._unwritten = error
        if isinstance(error, DeskError) and error.code is Rule.MAIL_PASSWORD_ELSEWHERE:
            self._leaves_it = True
            self.left_to_others.emit(error)
        # Also where another program was faster: the row still shows what was true before.
        self._surroundings.bus.announce(Topic.OUTBOX)
        if self._desk.database.shared:
            self._timer.start(LONGEST_SLEEP if self._stranded or self._leaves_it else _SHORT_SLEEP)
        elif not self._stranded:
            self._send_next()
        if not isinstance(error, DeskError):
            raise error

    def _set_offline(self, since: datetime | None) -> None:
        if since == self._offline_since:
            return
        self._offline_since = since
        if since is not None and self._net is None:
            # Only who was without a net once pays for the import and the system's connection.
            from laverma_desk.ui.outbox.net_watch import NetWatch  # noqa: PLC0415

            watch = NetWatch(self)
            watch.came_back.connect(self.check_now)
            self._net = watch
        self.offline_changed.emit(since)
