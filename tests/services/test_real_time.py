"""Whatever happens to a desk in whatever order, the time is what a stopwatch on the wall would say."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.support_session import GapDecision, SessionState, gap_outcomes, seconds
from laverma_desk.paths import DataDir
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.desk import open_desk
from tests.support.desks import add_bohrer, make_desk, memory_secrets
from tests.support.fake_clock import FakeClock

BEAT = 30


@dataclass
class Piece:
    """Some seconds of a session; a question, if there was one, and its answer."""

    seconds: int
    kind: str = ""
    answer: str = ""

    @property
    def counts(self) -> int:
        return 0 if self.answer == "deduct" else self.seconds


@dataclass
class Stopwatch:
    """What a session must be, kept in real seconds by someone who sees everything."""

    state: str = "running"
    stopped_at: datetime | None = None
    pieces: list[Piece] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(piece.counts for piece in self.pieces)

    @property
    def questions(self) -> list[int]:
        return [place for place, piece in enumerate(self.pieces) if piece.kind]


class DeskInRealLife(RuleBasedStateMachine):
    """Plays with a desk and a clock, and keeps the true time beside it in whole seconds."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        self.root = Path(self.folder.name) / "desk"
        self.desk = make_desk(self.root, self.clock)
        self.place = add_bohrer(self.desk).reception
        self.sessions: dict[int, Stopwatch] = {}
        self.since_look = self.step = self.phase = 0
        self.heart = vigilance.beat(self.desk, vigilance.read_clocks(self.desk)).value

    def teardown(self):
        self.desk.close()
        self.folder.cleanup()

    def _looked(self) -> None:
        """Both clocks were compared: sort what has passed since the last time."""
        for one in self.sessions.values():
            if one.state != "running":
                continue
            one.pieces.append(Piece(self.since_look, "sleep" if self.since_look >= 150 else ""))
            if self.step:
                one.pieces.append(Piece(max(0, self.step), "forward" if self.step > 0 else "back"))
        self.since_look = self.step = 0

    def _pass(self, passed: int) -> None:
        self.clock.advance(seconds=passed)
        self.since_look += passed

    def _pick(self, place: int, *states: str) -> int | None:
        found = [number for number, one in self.sessions.items() if one.state in states]
        return found[place % len(found)] if found else None

    @rule(amount=st.integers(1, 100))
    def work(self, amount):
        while amount:
            passed = min(amount, BEAT - self.phase)
            self._pass(passed)
            amount -= passed
            self.phase = (self.phase + passed) % BEAT
            if self.phase == 0:
                self.heart = vigilance.beat(self.desk, self.heart).value
                self._looked()

    @rule(amount=st.integers(200, 9000))
    def sleep(self, amount):
        self._pass(amount)

    @rule(amount=st.integers(-30, 30).filter(bool))
    def set_clock(self, amount):
        self.clock.set_wall(self.clock.now() + timedelta(seconds=200 * amount))
        self.step += 200 * amount

    @precondition(lambda self: self.step == 0)
    @rule(away=st.integers(0, 5000), reboot=st.booleans(), clock_lost=st.booleans())
    def crash(self, away, reboot, clock_lost):
        self.desk.close()
        self._pass(away)
        if reboot:
            self.clock._uptime = 7.0
        if clock_lost:
            self.clock.set_wall(self.clock.now() - timedelta(seconds=self.since_look + 1000))
        self.desk = open_desk(DataDir(self.root), self.clock, memory_secrets())
        going_on = [one.id for one in vigilance.recover(self.desk).value]
        assert going_on == [number for number, one in self.sessions.items() if one.state != "ended"]
        for one in self.sessions.values():
            if one.state == "running":
                asked = "back" if clock_lost else "away" if self.since_look >= 120 else ""
                one.pieces.append(Piece(0 if clock_lost else self.since_look, asked))
        self.since_look = self.phase = 0
        self.heart = vigilance.beat(self.desk, vigilance.read_clocks(self.desk)).value

    @precondition(lambda self: len(self.sessions) < 4)
    @rule()
    def start(self):
        number = timekeeping.start_session(self.desk, self.place).value.id
        self._looked()
        self.sessions[number] = Stopwatch()

    @rule(place=st.integers(0, 9))
    def write_notes(self, place):
        number = self._pick(place, "running", "paused", "ended")
        if number is not None:
            call_sheet.save_notes(self.desk, number, f"{number}", "")
            self._looked()

    def _press(self, place: int, call, wanted: str, *states: str) -> None:
        number = self._pick(place, *states)
        if number is not None:
            call(self.desk, number)
            self._looked()
            one, now = self.sessions[number], self.clock.now()
            if wanted == "running" and one.state != "running" and now < one.stopped_at:
                one.pieces.append(Piece(0, "back", "keep"))  # Set back while it stood still: not asked.
            if wanted != "running" and one.state == "running":
                one.stopped_at = now
            one.state = wanted

    @rule(place=st.integers(0, 9))
    def pause(self, place):
        self._press(place, timekeeping.pause_session, "paused", "running", "paused")

    @rule(place=st.integers(0, 9))
    def resume(self, place):
        self._press(place, timekeeping.resume_session, "running", "running", "paused")

    @rule(place=st.integers(0, 9))
    def end(self, place):
        self._press(place, timekeeping.end_session, "ended", "running", "paused")

    @rule(place=st.integers(0, 9))
    def reopen(self, place):
        self._press(place, timekeeping.reopen_session, "running", "ended")

    @rule(place=st.integers(0, 99), answer=st.sampled_from(["keep", "deduct", "split"]))
    def decide(self, place, answer):
        asked = [(number, at) for number, one in self.sessions.items() for at in one.questions]
        if not asked:
            return
        number, at = asked[place % len(asked)]
        one = self.sessions[number]
        stored = timekeeping.read_session(self.desk, number)
        gap = stored.gaps[one.questions.index(at)]
        piece, before, after = one.pieces[at], one.pieces[:at], one.pieces[at + 1 :]
        possible = piece.answer != "split" and not (answer == "deduct" and piece.kind == "back")
        if answer == "split":
            holds_before = sum(each.seconds for each in before) > 0
            holds_after = one.state == "running" or sum(each.seconds for each in after) > 0
            possible = possible and holds_before and holds_after
        if not possible:
            with pytest.raises(RuleBroken):
                vigilance.decide_gap(self.desk, number, gap.id, GapDecision(answer))
            return
        if self.step == 0:
            self._check_what_is_offered(one, stored, gap, at)
        going_on = vigilance.decide_gap(self.desk, number, gap.id, GapDecision(answer)).value
        piece.answer = answer
        if answer == "split":
            self.sessions[going_on.id] = Stopwatch(one.state, one.stopped_at, after)
            one.state, one.pieces = "ended", [*before, replace_seconds(piece)]
            one.stopped_at = timekeeping.read_session(self.desk, number).end
        else:
            assert going_on.id == number

    def _check_what_is_offered(self, one, stored, gap, at) -> None:
        more = self.since_look if one.state == "running" else 0
        others = sum(each.counts for place, each in enumerate(one.pieces) if place != at) + more
        found = gap_outcomes(stored, gap, self.clock.now())
        assert found.keep == others + one.pieces[at].seconds
        assert found.deduct == others + (one.pieces[at].seconds if one.pieces[at].kind == "back" else 0)
        first = sum(each.counts for each in one.pieces[:at])
        if one.pieces[at].answer != "split":
            assert found.split == (first, others - first)

    @invariant()
    def the_desk_agrees(self):
        now = self.clock.now()
        stored = {number: timekeeping.read_session(self.desk, number) for number in self.sessions}
        expected = [f"S-2022-{place:04}" for place in range(1, len(stored) + 1)]
        assert sorted(found.number for found in stored.values()) == expected
        for number, one in self.sessions.items():
            found = stored[number]
            assert found.state == SessionState(one.state)
            assert len(found.gaps) == len(one.questions)
            if one.state == "ended":
                assert found.charge.seconds == one.total
                assert found.charge.net_cents == (one.total + 59) // 60 * 225
            else:
                assert found.charge is None
            if self.step == 0:  # A clock that was set shows another time until somebody looks.
                assert seconds(found, now) == one.total + (self.since_look if one.state == "running" else 0)


def replace_seconds(piece: Piece) -> Piece:
    """Return the gap at which a session was split: it belongs to neither half."""
    return Piece(0, piece.kind, piece.answer)


TestDeskInRealLife = pytest.mark.filterwarnings("default")(DeskInRealLife.TestCase)
TestDeskInRealLife.settings = settings(
    max_examples=6, stateful_step_count=25, suppress_health_check=list(HealthCheck)
)
