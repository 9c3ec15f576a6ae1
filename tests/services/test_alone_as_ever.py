"""Whatever happens to the wire, a call ends up as it would have on a file: nothing lost, nothing twice."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laverma_desk.domain.customer import Channel
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.calls.carrying import OFFLINE
from laverma_desk.services.desk import Desk
from laverma_desk.storage.aside_rows import state_of
from tests.support.desks import add_bohrer, make_desk
from tests.support.fake_clock import FakeClock
from tests.support.kept_desks import drop_passing
from tests.support.wired_desks import wired_desk

pytestmark = pytest.mark.files("it is about a server alone")

COMMIT = "COMMIT\0"
STEPS = ("pause", "resume", "notes", "order", "free", "end", "start", "beat", "wait", "sleep")
WIRES = ("cut", "mend", "settle", "lost question", "lost answer", "lost answer and cut")


def step(desk: Desk, number: int, what: str, count: int) -> None:
    """Do one step of a call that has not ended, as the window would."""
    if what == "notes":
        call_sheet.save_notes(desk, number, f"Zeile {count}", "")
    elif what == "order":
        call_sheet.save_order(desk, number, f"Frau {count}", Channel.EMAIL)
    elif what == "free":
        call_sheet.save_billing(desk, number, billable=count % 2 == 0, free_reason_id=None)
    elif what == "pause":
        timekeeping.pause_session(desk, number)
    elif what == "resume":
        timekeeping.resume_session(desk, number)
    elif what == "start":
        timekeeping.set_start(desk, number, timekeeping.read_session(desk, number).begin)
    elif what == "end":
        timekeeping.end_session(desk, number)
    elif what == "beat":
        vigilance.beat(desk, vigilance.read_clocks(desk))


def pass_time(clock: FakeClock, what: str) -> None:
    clock.advance(seconds={"wait": 40, "sleep": 400}.get(what, 1))


@given(st.lists(st.sampled_from(STEPS + WIRES), min_size=4, max_size=14))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_a_call_is_as_on_a_file(steps):
    with tempfile.TemporaryDirectory() as folder:
        clock, file_clock = FakeClock(), FakeClock()
        plain = make_desk(Path(folder) / "file", file_clock)
        place = add_bohrer(plain).reception
        on_file = timekeeping.start_session(plain, place).value.id
        with wired_desk(Path(folder), clock) as wired:
            number = timekeeping.start_session(wired.here, wired.bohrer.reception).value.id
            for desk in (wired.here, plain):
                vigilance.beat(desk, vigilance.read_clocks(desk))
            for count, what in enumerate(steps):
                pass_time(clock, what)
                pass_time(file_clock, what)
                if what == "cut":
                    wired.cut()
                elif what == "mend":
                    wired.wire.mend()
                elif what == "settle":
                    wired.mend()
                elif what == "lost question":
                    wired.wire.lose(COMMIT)
                elif what.startswith("lost answer"):
                    wired.wire.lose_answer_to(COMMIT, refuse=what.endswith("cut"))
                else:
                    step(wired.here, number, what, count)
                    step(plain, on_file, what, count)
                if what == "end":
                    break
            wired.mend()
            with wired.there.database.read() as connection:
                found = state_of(connection, number)
            with plain.database.read() as connection:
                expected = state_of(connection, on_file)
        plain.close()
    drop_passing()
    assert found is not None
    assert expected is not None
    own = [line for line in found.changes if line[2] != OFFLINE]
    assert (found.values, found.segments, found.gaps, tuple(own)) == (
        expected.values, expected.segments, expected.gaps, expected.changes,
    )  # fmt: skip
