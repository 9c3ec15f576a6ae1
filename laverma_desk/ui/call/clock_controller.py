"""Keeps the timer card and the meter in step with the clock, and takes the keys that move time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.onsite import visit_cents
from laverma_desk.domain.support_session import GapDecision, SessionState
from laverma_desk.explain import explain
from laverma_desk.services.calls import timekeeping, vigilance
from laverma_desk.services.calls.start_time import typed_start
from laverma_desk.ui.call.call_panel import CallPanel
from laverma_desk.ui.call.gap_reading import read_gap
from laverma_desk.ui.call.notes_controller import NotesController
from laverma_desk.ui.call.on_site_reading import read_on_site
from laverma_desk.ui.call.open_call import OpenCall
from laverma_desk.ui.call.timer_reading import read_timer, state_words
from laverma_desk.ui.pulse import Pulse
from laverma_desk.ui.surroundings import Surroundings

_MINUTE = 60


class ClockController(QObject):
    """Pause, go on, adjust the start, answer a gap. Owns no time: every tick asks the clock.

    Emits `session_split(session id)` when the second part of a split session goes on.
    """

    session_split = Signal(int)

    def __init__(
        self,
        surroundings: Surroundings,
        pulse: Pulse,
        call: OpenCall,
        panel: CallPanel,
        *,
        notes: NotesController,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._surroundings, self._call, self._panel, self._notes = surroundings, call, panel, notes
        self._timer_card = panel.column.timer
        self._gap: int | None = None
        self._dearer: set[int] = set()
        self._read_on = local_day(surroundings.desk.clock.now())
        # The pulse rests while no time runs; a pause needs only a look each minute.
        self._pause_timer = QTimer(self)
        self._pause_timer.setSingleShot(True)
        self._pause_timer.timeout.connect(self.tick)
        pulse.ticked.connect(self.tick)
        panel.seen_changed.connect(self._on_panel_seen_changed)
        call.changed.connect(self._on_call_changed)
        self._timer_card.pause_pressed.connect(self.pause_or_resume)
        self._timer_card.start.start_typed.connect(self._on_start_typed)
        self._timer_card.gap_bar.decided.connect(self.decide)

    @property
    def pause_timer(self) -> QTimer:
        """Return the timer that looks at a pause."""
        return self._pause_timer

    def tick(self) -> None:
        """Show the time as it is now; while nobody looks this costs nothing."""
        if self._panel.isVisible():
            self._draw()

    def _draw(self) -> None:
        shown = self._call.shown
        if shown is None:
            return
        now = self._surroundings.desk.clock.now()
        if local_day(now) != self._read_on:
            self._read_on = local_day(now)
            self._call.reload()  # over midnight an agreement may have run out
            return
        session = shown.session
        self._timer_card.show_reading(read_timer(session, shown.billing, now))
        gap = session.open_gap
        self._timer_card.gap_bar.show_reading(read_gap(session, shown.tariff, now))
        if (gap.id if gap else None) != self._gap:
            self._gap = gap.id if gap else None
            self._panel.column.fit()
        price = visit_cents(shown.customer.card.customer)
        reading = read_on_site(session, shown.tariff, price, now)
        self._panel.on_site.show_reading(reading)
        if reading is not None and reading.dearer and session.state is SessionState.RUNNING:
            self._say_dearer(session.id, reading.dearer)
        self._watch_pause(now)

    def _say_dearer(self, session_id: int, sentence: str) -> None:
        """Say once in a session that a visit would cost less by now; the headline goes on saying it."""
        if session_id not in self._dearer:
            self._dearer.add(session_id)
            self._panel.announce(sentence)

    def _watch_pause(self, now: datetime) -> None:
        shown = self._call.shown
        paused = shown is not None and shown.session.state is SessionState.PAUSED
        if shown is None or not paused or shown.session.end is None or not self._panel.isVisible():
            self._pause_timer.stop()
            return
        passed = int((now - shown.session.end).total_seconds())
        self._pause_timer.start((_MINUTE - passed % _MINUTE) * 1000)

    def pause_or_resume(self) -> None:
        """Stop the time, or let it go on."""
        shown = self._call.shown
        if shown is None or shown.session.state is SessionState.ENDED:
            return
        paused = shown.session.state is SessionState.PAUSED
        service = timekeeping.resume_session if paused else timekeeping.pause_session
        changed = self._call.try_write(
            partial(service, self._surroundings.desk, shown.session.id), self.pause_or_resume
        )
        if changed is not None:
            self._panel.announce(state_words(changed.state))

    # --- the start

    def edit_start(self) -> None:
        """Open the start for typing (F2)."""
        self._timer_card.start.edit()

    def commit_start(self) -> bool:
        """Keep a start that is half typed; False if it cannot be one, with the reason at the field."""
        line = self._timer_card.start
        if line.is_changed():
            self._on_start_typed(line.typed())
        return not line.error()

    def _on_start_typed(self, typed: str) -> None:
        shown, line = self._call.shown, self._timer_card.start
        if shown is None:
            return
        desk = self._surroundings.desk
        try:
            begin = typed_start(typed, desk.clock.now())
            changed = self._call.write(
                partial(timekeeping.set_start, desk, shown.session.id, begin), self.commit_start
            )
        except RuleBroken as error:
            line.show_error(explain(error))
            return
        if changed is not None:
            line.close_edit()
            self._call.reload()  # another day may have another tariff

    # --- gaps

    def keep_gap(self) -> None:
        """Answer the gap: it was work."""
        self.decide(GapDecision.KEEP)

    def deduct_gap(self) -> None:
        """Answer the gap: it was none."""
        self.decide(GapDecision.DEDUCT)

    def split_gap(self) -> None:
        """Answer the gap: it parts two sessions."""
        self.decide(GapDecision.SPLIT)

    def decide(self, decision: GapDecision) -> None:
        """Decide about the first open gap, if this answer is offered."""
        shown = self._call.shown
        gap = shown.session.open_gap if shown else None
        if shown is None or gap is None or not self._timer_card.gap_bar.offers(decision):
            return
        self._notes.flush()
        desk, before = self._surroundings.desk, shown.session.id
        again = {
            GapDecision.KEEP: self.keep_gap,
            GapDecision.DEDUCT: self.deduct_gap,
            GapDecision.SPLIT: self.split_gap,
        }[decision]
        work = partial(vigilance.decide_gap, desk, before, gap.id, decision)
        going_on = self._call.try_write(work, again)
        if going_on is not None and going_on.id != before:
            self.session_split.emit(going_on.id)

    def _on_call_changed(self) -> None:
        shown = self._call.shown
        if shown is not None:
            begin = shown.session.begin
            self._timer_card.start.set_editable_text(f"{text.date(local_day(begin))} {text.time(begin)}")
            self._draw()

    def _on_panel_seen_changed(self, seen: bool) -> None:
        if seen:
            self._draw()
        else:
            self._pause_timer.stop()
