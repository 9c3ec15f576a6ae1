"""A day at a real desk, played by hypothesis: calls, pauses, sleep, clocks that are set, crashes, DST.

Whatever happens in whatever order, each session is what a stopwatch on the wall would say (`day_model`).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from laverma_desk.domain import support_session
from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.support_session import Gap, GapDecision, SessionState, SupportSession
from laverma_desk.domain.tariff import Rounding, Tariff
from laverma_desk.paths import DataDir
from laverma_desk.services import history
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.desk import open_desk
from laverma_desk.services.setup import house
from laverma_desk.services.upkeep import check_desk
from tests.nothing_lost.day_model import (
    DAYS,
    JUMPS,
    PRICES,
    Day,
    Piece,
    Price,
    Stopwatch,
    counted_through,
    house_day,
)
from tests.support.desks import add_bohrer, make_desk, memory_secrets
from tests.support.fake_clock import FakeClock

LENGTH = 24 * 3600
BEAT = 120
MOST_SESSIONS = 6


class DayMachine(RuleBasedStateMachine):
    """Plays with a desk and a clock until 24 hours of real time are over; `tally` counts what was played."""

    tally: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="laverma-desk-day-")
        self.lives = 0

    @initialize(name=st.sampled_from(list(DAYS)), first=PRICES, second=PRICES)
    def get_up(self, name: str, first: Price, second: Price) -> None:
        """Begin the day with one price list, and another from midnight on."""
        self.clock = FakeClock(DAYS[name])
        self.desk = make_desk(self._root(), self.clock)
        rows = add_bohrer(self.desk)
        self.places = [rows.reception, rows.server]
        tomorrow = house_day(self.clock.now()) + timedelta(days=1)
        self.day = Day({date(2020, 1, 1): first, tomorrow: second})
        for day, one in self.day.prices.items():
            tariff = Tariff(
                day, one.cents, Rounding(one.counting), minimum_seconds=one.least, free_seconds=one.free
            )
            house.save_tariff(self.desk, tariff)
        self.left, self.phase = LENGTH, 0
        self.heart = vigilance.beat(self.desk, vigilance.read_clocks(self.desk)).value
        self.tally[f"days: {name}"] += 1
        for place in (0, 1):  # A day without a call is soon told.
            self.start(place)

    def teardown(self) -> None:
        """Let the rest of the day pass, look at it as a whole, and put everything away."""
        try:
            if sys.exc_info()[0] is None and hasattr(self, "left"):
                self._go_home()
        finally:
            if hasattr(self, "desk"):
                self.desk.close()
            self.folder.cleanup()

    def _root(self) -> Path:
        return Path(self.folder.name) / f"life-{self.lives}"

    def _pass(self, passed: int) -> None:
        passed = min(passed, self.left)
        self.left -= passed
        self.clock.advance(seconds=passed)
        self.day.unseen += passed

    def _beat(self) -> None:
        self.heart = vigilance.beat(self.desk, self.heart).value
        self.day.look()

    @rule(amount=st.integers(1, 2400))
    def work(self, amount: int) -> None:
        """Let time pass while the heart beats."""
        amount = min(amount, self.left)
        while amount:
            passed = min(amount, BEAT - self.phase)
            self._pass(passed)
            amount -= passed
            self.phase = (self.phase + passed) % BEAT
            if self.phase == 0:
                self._beat()

    @precondition(lambda self: self.left >= 200)
    @rule(amount=st.integers(200, 5400))
    def sleep(self, amount: int) -> None:
        """Close the lid."""
        self._pass(max(200, min(amount, self.left)))
        self.tally["sleeps"] += 1

    @rule(amount=st.sampled_from([*JUMPS, *(-one for one in JUMPS)]))
    def set_clock(self, amount: int) -> None:
        """Set the clock on the wall, as a person or a time server does."""
        self.clock.set_wall(self.clock.now() + timedelta(seconds=amount))
        self.day.step += amount
        self.tally["clocks set"] += 1

    @precondition(lambda self: self.day.step == 0)
    @rule(away=st.integers(0, 5000), reboot=st.booleans(), clock_lost=st.booleans())
    def crash(self, away: int, reboot: bool, clock_lost: bool) -> None:
        """Leave nothing of the program but its files as they are, and start it again after a while."""
        before = self._root()
        self.lives += 1
        shutil.copytree(before, self._root(), ignore=shutil.ignore_patterns("*-shm", "*.lock"))
        self.desk.close()
        shutil.rmtree(before)
        self._pass(away)
        if reboot:
            self.clock._uptime = 7.0
        if clock_lost:
            self.clock.set_wall(self.clock.now() - timedelta(seconds=self.day.unseen + 1000))
        self.desk = open_desk(DataDir(self._root()), self.clock, memory_secrets())
        going_on = {one.id for one in vigilance.recover(self.desk).value}
        assert going_on == {row for row, one in self.day.sessions.items() if one.state != "ended"}
        self.day.start_again(clock_lost=clock_lost)
        self.phase = 0
        self.heart = vigilance.beat(self.desk, vigilance.read_clocks(self.desk)).value
        self.tally["crashes"] += 1

    @precondition(lambda self: len(self.day.sessions) < MOST_SESSIONS)
    @rule(place=st.integers(0, 1))
    def start(self, place: int) -> None:
        """Start the clock; where the agreement has run out, with a reason."""
        begin = self.clock.now()
        valid = house_day(begin) <= date(2026, 12, 31)
        if not valid:
            with pytest.raises(RuleBroken):
                timekeeping.start_session(self.desk, self.places[place])
        more: dict[str, Any] = {} if valid else {"exception_reason": "Notfall", "exception_by": "Klaus"}
        found = timekeeping.start_session(self.desk, self.places[place], **more).value
        self.day.look()
        self.day.sessions[found.id] = Stopwatch(begin)
        self.tally["sessions"] += 1

    @rule(place=st.integers(0, 9), words=st.text(max_size=20))
    def write_notes(self, place: int, words: str) -> None:
        """Write something down."""
        row = self._pick(place, "running", "paused", "ended")
        if row is not None:
            notes = "".join(one for one in words if one.isprintable()).strip()
            call_sheet.save_notes(self.desk, row, notes, "")
            self.day.look()
            self.day.sessions[row].notes = notes

    @rule(place=st.integers(0, 9))
    def pause(self, place: int) -> None:
        """Stop the time."""
        self._press(place, timekeeping.pause_session, "paused", "running", "paused")

    @rule(place=st.integers(0, 9))
    def resume(self, place: int) -> None:
        """Let it go on."""
        self._press(place, timekeeping.resume_session, "running", "running", "paused")

    @rule(place=st.integers(0, 9))
    def end(self, place: int) -> None:
        """Hang up."""
        self._press(place, timekeeping.end_session, "ended", "running", "paused")

    @rule(place=st.integers(0, 9))
    def reopen(self, place: int) -> None:
        """Take the end back."""
        self._press(place, timekeeping.reopen_session, "running", "ended")

    def _pick(self, place: int, *states: str) -> int | None:
        found = [row for row, one in self.day.sessions.items() if one.state in states]
        return found[place % len(found)] if found else None

    def _press(self, place: int, call: Any, wanted: str, *states: str) -> None:
        row = self._pick(place, *states)
        if row is None:
            return
        call(self.desk, row)
        self.day.look()
        one = self.day.sessions[row]
        stands = wanted == "running" and one.state != "running"
        if stands and one.stopped_at and self.clock.now() < one.stopped_at:
            one.pieces.append(Piece(0, "back", "keep"))  # Set back while it stood still: not asked.
        if wanted != "running" and one.state == "running":
            # Where the clock shows less than at the start, the end is the start.
            one.stopped_at = timekeeping.read_session(self.desk, row).end
        one.state = wanted

    @rule(place=st.integers(0, 99), answer=st.sampled_from(["keep", "deduct", "split"]))
    def decide(self, place: int, answer: str) -> None:
        """Answer what was asked about a gap."""
        asked = [(row, at) for row, one in self.day.sessions.items() for at in one.questions]
        if not asked:
            return
        row, at = asked[place % len(asked)]
        one = self.day.sessions[row]
        stored = timekeeping.read_session(self.desk, row)
        gap = stored.gaps[one.questions.index(at)]
        if not one.can(answer, at):
            with pytest.raises(RuleBroken):
                vigilance.decide_gap(self.desk, row, gap.id, GapDecision(answer))
            return
        if self.day.step == 0:
            self._check_what_is_offered(one, stored, gap, at)
        going_on = vigilance.decide_gap(self.desk, row, gap.id, GapDecision(answer)).value
        piece, before, after = one.pieces[at], one.pieces[:at], one.pieces[at + 1 :]
        piece.answer = answer
        self.tally[f"gaps: {answer}"] += 1
        if answer != "split":
            assert going_on.id == row
            return
        self.day.sessions[going_on.id] = Stopwatch(going_on.begin, one.state, "", one.stopped_at, after)
        # The gap itself belongs to neither half.
        one.state, one.pieces = "ended", [*before, Piece(0, piece.kind, piece.answer)]
        one.stopped_at = timekeeping.read_session(self.desk, row).end

    def _check_what_is_offered(self, one: Stopwatch, stored: SupportSession, gap: Gap, at: int) -> None:
        more = self.day.unseen if one.state == "running" else 0
        others = sum(each.counts for place, each in enumerate(one.pieces) if place != at) + more
        piece = one.pieces[at]
        found = support_session.gap_outcomes(stored, gap, self.clock.now())
        assert found.keep == others + piece.seconds
        assert found.deduct == others + (piece.seconds if piece.kind == "back" else 0)
        first = sum(each.counts for each in one.pieces[:at])
        if piece.answer != "split":
            assert found.split == (first, others - first)

    @invariant()
    def the_desk_agrees(self) -> None:
        """Hold each session against its stopwatch."""
        if not hasattr(self, "left"):
            return
        now = self.clock.now()
        for row, one in self.day.sessions.items():
            found = timekeeping.read_session(self.desk, row)
            assert found.state == SessionState(one.state)
            assert found.notes == one.notes
            assert found.begin == one.begin
            assert len(found.gaps) == len(one.questions)
            if one.state == "ended":
                assert found.charge is not None
                minutes, net, vat = self.day.price_of(one.begin).minutes_and_cents(one.total)
                assert found.charge.seconds == one.total
                charge = (found.charge.billed_minutes, found.charge.net_cents, found.charge.vat_cents)
                assert charge == (minutes, net, vat)
            else:
                assert found.charge is None
            if self.day.step == 0:  # A clock that was set shows another time until somebody looks.
                more = self.day.unseen if one.state == "running" else 0
                assert support_session.seconds(found, now) == one.total + more

    def _go_home(self) -> None:
        """Sleep until the 24 hours are over, end what runs, and hold the history's sums against the model."""
        self.tally["simulated seconds"] += LENGTH
        self._pass(self.left)
        while self._pick(0, "running", "paused") is not None:
            self._press(0, timekeeping.end_session, "ended", "running", "paused")
        self.the_desk_agrees()
        found = history.overview(self.desk, history.HistoryFilter(None, None))
        every = self.day.sessions.values()
        sums = [self.day.price_of(one.begin).minutes_and_cents(one.total) for one in every]
        assert found.total.sessions == len(every)
        assert found.total.seconds == sum(one.total for one in every)
        assert found.total.billed_minutes == sum(minutes for minutes, _net, _vat in sums)
        assert found.total.net_cents == sum(net for _minutes, net, _vat in sums)
        by_day: Counter[date] = Counter()
        for one in every:
            by_day[house_day(one.begin)] += one.total
        assert {one.day: one.sums.seconds for one in found.days} == by_day
        numbers = [timekeeping.read_session(self.desk, row).number for row in self.day.sessions]
        assert counted_through(numbers), numbers
        assert check_desk(self.desk).sound
