"""Says once under the strip that the watched log holds connections without a session; then it goes again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk import settings, text
from laverma_desk.domain.errors import DeskError
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.changes import Topic
from laverma_desk.services.desk import Desk
from laverma_desk.settings import MachineSettings
from laverma_desk.ui.reconciling.log_watch import LogWatch
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.widgets.notice_bar import NoticeBar

SHOWN_MS = 120_000
WAITING_MS = 5_000


class LogNotice(QObject):
    """Keeps the watch, and tells of more open connections than before. Emits `wanted` for its link.

    The bar is used when nobody else does; what was told once is told again only where it has become more.
    The count itself stands in the history all the time.
    """

    wanted = Signal()

    def __init__(
        self, surroundings: Surroundings, machine: MachineSettings, bar: NoticeBar, parent: QObject
    ) -> None:
        """Watch what this machine's settings say."""
        super().__init__(parent)
        self._surroundings, self._bar = surroundings, bar
        self._told, self._waiting, self._said = 0, 0, ""
        self._attended = False
        self.watch = LogWatch(surroundings, self)
        self.watch.read.connect(self._on_log_read)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        bar.link_activated.connect(self._on_bar_link_activated)
        surroundings.background.closing.connect(self._timer.stop)
        surroundings.bus.changed.connect(self._on_bus_changed)
        self.use(machine)

    def use(self, machine: MachineSettings) -> None:
        """Follow this machine's settings, also when they change."""
        self.watch.follow(machine.watched_log)

    def attend(self, attended: bool) -> None:
        """Know whether the page that shows the connections is in front: there is nothing to tell then."""
        self._attended = attended
        if attended:
            self._waiting = 0
            self._timer.stop()
            self._take_away()

    def _on_bus_changed(self, topics: frozenset[Topic]) -> None:
        # Saved with the page of the remote tools, which announces the house's part of it.
        if Topic.HOUSE in topics and not self._surroundings.desk.demo:
            self.use(settings.load())

    def _on_log_read(self, _reading: object) -> None:
        work = partial(_count, self._surroundings.desk)
        self._surroundings.background.run(self, work, self._on_counted, self._on_failed)

    def _on_counted(self, count: int) -> None:
        more, self._told = count > self._told, count
        if self._attended:
            return
        self._waiting = count if more else min(self._waiting, count)
        if self._waiting and not self._said:
            self._on_timer_timeout()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DeskError):
            raise error

    def _on_timer_timeout(self) -> None:
        self._take_away()
        if not self._waiting:
            return
        if not self._bar.isHidden():
            self._timer.start(WAITING_MS)
            return
        sentence = ngettext(
            "%(n)s connection without a session", "%(n)s connections without a session", self._waiting
        )
        self._said = sentence % {"n": text.number(self._waiting)}
        self._waiting = 0
        self._bar.show_notice(self._said, icon="reconcile", link=_("Reconcile"))
        self._timer.start(SHOWN_MS)

    def _take_away(self) -> None:
        if self._said and self._bar.sentence() == self._said:
            self._bar.clear()
        self._said = ""

    def _on_bar_link_activated(self) -> None:
        if self._said and self._bar.sentence() == self._said:
            self._timer.stop()
            self._take_away()
            self.wanted.emit()


def _count(desk: Desk) -> int:
    # What reads logs is loaded with the first of them: most machines have none.
    from laverma_desk.services.reconciling.overview import open_count  # noqa: PLC0415

    return open_count(desk)
