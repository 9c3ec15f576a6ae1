"""Says under the strip that an attempt is kept, takes it back with F8, and offers the visit."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.errors import DeskError
from laverma_desk.domain.support_session import Origin, SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.calls import timekeeping
from laverma_desk.ui.key_names import key_name
from laverma_desk.ui.surroundings import Surroundings
from laverma_desk.ui.visit_wish import VisitWish
from laverma_desk.ui.widgets.notice_bar import NoticeBar

SHOWN_MS = 60_000


class AttemptNotice(QObject):
    """Emits `visit_wanted(VisitWish)` for its link and `taken_back(session id)`."""

    visit_wanted = Signal(object)
    taken_back = Signal(int)

    def __init__(self, surroundings: Surroundings, bar: NoticeBar, parent: QObject) -> None:
        """Say nothing before there is an attempt."""
        super().__init__(parent)
        self._surroundings, self._bar = surroundings, bar
        self._attempt: SupportSession | None = None
        self._said = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.clear)
        bar.link_activated.connect(self._on_bar_link_activated)

    def show_attempt(self, attempt: SupportSession) -> None:
        """Say of an attempt that it is kept, and why it was one."""
        if attempt.not_possible is None:
            return
        self._attempt = attempt
        why = {"reason": text.not_possible_reason(attempt.not_possible)}
        if attempt.origin is Origin.STOPWATCH:
            self._said = _("Not possible: %(reason)s. Kept without time, take it back with F8.") % why
        else:
            self._said = _("Not possible: %(reason)s. Kept without time.") % why
        link = _("Create on-site appointment (%(key)s)") % {"key": key_name("Alt+O")}
        self._bar.show_notice(self._said, icon="info", link=link)
        self._timer.start()

    def take_back(self) -> None:
        """Let the clock of the attempt that is spoken of run again."""
        attempt = self._attempt
        if attempt is None or attempt.origin is not Origin.STOPWATCH:
            return
        try:
            done = timekeeping.reopen_session(self._surroundings.desk, attempt.id)
        except DeskError as error:
            self._attempt, self._said = None, explain(error)
            self._bar.show_notice(self._said, tone="red")
            return
        self.clear()
        self.taken_back.emit(self._surroundings.bus.publish(done).id)

    def clear(self) -> None:
        """Speak of no attempt any more."""
        self._timer.stop()
        if self._said and self._bar.sentence() == self._said:
            self._bar.clear()
        self._attempt, self._said = None, ""

    def want_visit(self) -> None:
        """Ask for the visit that is offered, for as long as it is."""
        attempt = self._attempt
        if attempt is not None and self._bar.sentence() == self._said:
            self.clear()
            self.visit_wanted.emit(VisitWish(attempt.customer_id, attempt.workstation_id, attempt.id))

    def _on_bar_link_activated(self) -> None:
        self.want_visit()
