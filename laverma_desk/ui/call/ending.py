"""The end of a call: stopping is never blocked and never asked about; sending asks for what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from laverma_desk.domain.errors import DeskError, OutsideTrouble, Rule, RuleBroken
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.services.alone import is_alone
from laverma_desk.services.calls import timekeeping, vigilance
from laverma_desk.services.changes import Done
from laverma_desk.services.desk import Desk
from laverma_desk.ui.call.call_panel import CallPanel
from laverma_desk.ui.call.clock_controller import ClockController
from laverma_desk.ui.call.fields_controller import FieldsController
from laverma_desk.ui.call.notes_controller import NotesController
from laverma_desk.ui.call.open_call import OpenCall
from laverma_desk.ui.call.timer_reading import state_words
from laverma_desk.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from laverma_desk.services.mails.queueing import QueuedReport


class RefusedReport(NamedTuple):
    """A report that could not be queued after its session had ended, and why."""

    session_id: int
    error: DeskError


class _Attempt(NamedTuple):
    session_id: int
    queued: Done[QueuedReport] | None = None
    error: DeskError | None = None


def _queue(desk: Desk, session_id: int) -> _Attempt:
    from laverma_desk.services.mails import queueing  # noqa: PLC0415 (loaded while the call lasts)

    try:
        return _Attempt(session_id, queueing.queue_report(desk, session_id))
    except DeskError as error:
        return _Attempt(session_id, error=error)


class Ending(QObject):
    """Ends the session shown in one of three ways.

    Emits `report_wanted(session id)`, `report_queued(QueuedReport)`, `session_closed(session id)`, and
    before a `report_wanted` that comes from a failure `report_refused(RefusedReport)`.
    """

    report_wanted = Signal(int)
    report_queued = Signal(object)
    report_refused = Signal(object)
    session_closed = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        call: OpenCall,
        panel: CallPanel,
        parts: tuple[ClockController, FieldsController, NotesController],
        parent: QObject,
        *,
        has_own_words: Callable[[int], bool],
    ) -> None:
        super().__init__(parent)
        self._has_own_words = has_own_words
        self._surroundings, self._call, self._panel = surroundings, call, panel
        self._clock, self._fields, self._notes = parts
        self._sending: set[int] = set()
        bar = panel.column.bar
        bar.close_pressed.connect(self.end_only)
        bar.send_pressed.connect(self.end_and_send)
        panel.column.timer.end_pressed.connect(self.end_and_show)
        call.changed.connect(self._on_call_changed)

    def end_and_show(self) -> None:
        """End, and show the report to be looked at (Ctrl+E)."""
        ended = self._end(self.end_and_show)
        if ended is not None:
            self.report_wanted.emit(ended.id)

    def end_only(self) -> None:
        """End without a report. A gap that nobody has decided about is still asked about."""
        ended = self._end(self.end_only)
        if ended is None:
            return
        # Whether there is a gap is known only now: a laptop that has just woken up is noticed by the end.
        if ended.open_gap is None and self._close_report(ended.id):
            self.session_closed.emit(ended.id)
        else:
            self.report_wanted.emit(ended.id)

    def is_sending(self, session_id: int) -> bool:
        """Return whether the report of a session is being made."""
        return session_id in self._sending

    def keep_typed(self) -> None:
        """Keep what is half typed before a session ends."""
        self._clock.commit_start()
        self._fields.commit()
        self._notes.flush()

    def _close_report(self, session_id: int) -> bool:
        try:
            self._surroundings.bus.publish(timekeeping.close_report(self._surroundings.desk, session_id))
        except OutsideTrouble:
            return False  # It has ended; its report stays to be decided on.
        return True

    def end_and_send(self) -> None:
        """End and queue the report, if nothing is missing; else go to what is (Ctrl+Enter)."""
        shown = self._call.shown
        if shown is None or shown.session.id in self._sending or not self._is_complete():
            return
        ended = self._end(self.end_and_send)
        if ended is None:
            return
        mail = shown.house.mail
        # Words written before the call went on may be out of date: neither they nor others leave unseen.
        looked_at = mail.always_preview or self._has_own_words(ended.id)
        whole = self._notes.is_saved(ended.id)
        waits = is_alone(self._surroundings.desk)
        if ended.open_gap is not None or looked_at or not mail.complete or not whole or waits:
            self.report_wanted.emit(ended.id)
            return
        self._sending.add(ended.id)
        self._panel.column.bar.set_sending(sending=True)
        self._surroundings.background.run(
            self,
            partial(_queue, self._surroundings.desk, ended.id),
            self._on_report_attempted,
            self._on_report_crashed,
        )

    def _end(self, again: Callable[[], object]) -> SupportSession | None:
        """End the session shown, after what is half typed; None where the machine refused."""
        shown = self._call.shown
        if shown is None or shown.session.id in self._sending:
            return None
        number = shown.session.id
        # Read first: a busy file may keep the notes waiting for seconds, which nobody is to pay for.
        pressed = vigilance.read_clocks(self._surroundings.desk)
        self.keep_typed()
        try:
            work = partial(timekeeping.end_session, self._surroundings.desk, number, pressed=pressed)
            ended = self._call.write(work, again)
        except RuleBroken as error:
            if error.code is not Rule.SESSION_ENDED:
                raise
            return timekeeping.read_session(self._surroundings.desk, number)
        if ended is not None:
            self._panel.announce(state_words(ended.state))
        return ended

    def _is_complete(self) -> bool:
        """Tell whether the report could be sent; else say at the first field what it lacks, and go there."""
        start_kept = self._clock.commit_start()
        self._fields.commit()
        if not start_kept:
            self._clock.edit_start()
            return False
        return self._is_connected() and self._is_written() and self._is_addressed()

    def _is_connected(self) -> bool:
        connection = self._panel.column.timer.connection
        if connection.error():
            connection.focus_partner_id()
            return False
        return True

    def _is_written(self) -> bool:
        from laverma_desk.services.mails.reporting import check_written  # noqa: PLC0415 (see _queue)

        column, shown = self._panel.column, self._call.shown
        notes, _internal = self._notes.texts()
        try:
            if shown is not None:
                check_written(replace(shown.session, notes=notes))
        except RuleBroken as error:
            if error.code is Rule.NOTES_MISSING:
                column.notes.show_error(explain(error))
                column.notes.focus_notes()
            else:
                column.billing.show_error(_("Please choose a reason."))
                column.billing.focus_reason()
            return False
        return True

    def _is_addressed(self) -> bool:
        line, shown = self._panel.column.bar.recipient, self._call.shown
        if line.error():
            line.edit()
            return False
        if shown is not None and not shown.session.recipient.strip():
            line.show_error(explain(RuleBroken(Rule.RECIPIENT_MISSING)))
            return False
        return True

    def _on_report_attempted(self, attempt: _Attempt) -> None:
        self._release(attempt.session_id)
        if attempt.queued is not None:
            self.report_queued.emit(self._surroundings.bus.publish(attempt.queued))
        elif attempt.error is not None:
            self._refuse(attempt.session_id, attempt.error)

    def _on_report_crashed(self, error: Exception) -> None:
        for session_id in tuple(self._sending):
            self._release(session_id)
            if session_id == self._call.session_id:
                self.report_wanted.emit(session_id)
        raise error

    def _refuse(self, session_id: int, error: DeskError) -> None:
        self.report_refused.emit(RefusedReport(session_id, error))
        # Somebody who has gone on to another call is not taken away from it: the tab keeps its square.
        if session_id == self._call.session_id and self._panel.isVisible():
            self.report_wanted.emit(session_id)

    def _release(self, session_id: int) -> None:
        self._sending.discard(session_id)
        self._on_call_changed()

    def _on_call_changed(self) -> None:
        self._panel.column.bar.set_sending(sending=self._call.session_id in self._sending)
