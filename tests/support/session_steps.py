"""Steps of a session as tests take them, and a house whose heart beats while somebody works."""

from __future__ import annotations

from datetime import timedelta

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import (
    GapDecision,
    seconds,
)
from laverma_desk.services.calls import timekeeping, vigilance
from laverma_desk.storage import customers, outbox, sessions, stored_documents


def broken(rule: Rule, call, *values, **more) -> RuleBroken:
    """Check that a call breaks a rule and leaves the sessions as they were; return what was raised."""
    desk = values[0]
    with desk.database.read() as connection:
        before = sessions.on_the_strip(connection), sessions.count(connection)
    with pytest.raises(RuleBroken) as found:
        call(*values, **more)
    assert found.value.code is rule
    with desk.database.read() as connection:
        assert (sessions.on_the_strip(connection), sessions.count(connection)) == before
    return found.value


def machine_of(desk, customer_id: int) -> int:
    with desk.database.read() as connection:
        return customers.workstations_of(connection, customer_id)[0].id


def start(desk, place: int) -> int:
    return timekeeping.start_session(desk, place).value.id


def read(desk, number: int):
    return timekeeping.read_session(desk, number)


def mail(desk, session_id: int, state: MessageState) -> int:
    """Put a mail of a session into the outbox, as reports do."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        content = stored_documents.store(
            connection, kind="mail", name="mail.eml", mime_type="message/rfc822", content=b"x", at=now
        )
        return outbox.insert_message(
            connection, kind="report", session_id=session_id, sender="a@b.example", recipient="c@d.example",
            subject="Bericht", body="", content_id=content, state=state.value, created_at=now, due_at=now,
        )  # fmt: skip


def state_of(desk, message_id: int) -> MessageState:
    with desk.database.read() as connection:
        return outbox.find(connection, message_id).state


class House:
    """A desk whose heart beats every two minutes while somebody works: as rarely as nobody asks about."""

    def __init__(self, desk, clock, place: int):
        self.desk, self.clock, self.place = desk, clock, place
        self.last = vigilance.read_clocks(desk)

    def start(self) -> int:
        number = timekeeping.start_session(self.desk, self.place).value.id
        self.last = vigilance.beat(self.desk, self.last).value
        return number

    def beat(self):
        done = vigilance.beat(self.desk, self.last)
        self.last = done.value
        return done

    def work(self, minutes: int) -> None:
        for done in range(0, minutes, 2):
            self.clock.advance(minutes=min(2, minutes - done))
            self.beat()

    def sleep(self, minutes: float) -> None:
        self.clock.advance(minutes=minutes)
        self.beat()

    def set_clock(self, minutes: float) -> None:
        self.clock.set_wall(self.clock.now() + timedelta(minutes=minutes))
        self.beat()

    def restart(self, minutes: float) -> None:
        self.clock.advance(minutes=minutes)
        vigilance.recover(self.desk)
        self.last = vigilance.read_clocks(self.desk)

    def read(self, number: int):
        return timekeeping.read_session(self.desk, number)

    def minutes(self, number: int) -> float:
        return seconds(self.read(number), self.clock.now()) / 60

    def decide(self, number: int, decision: GapDecision, place: int = -1):
        gap = self.read(number).gaps[place]
        return vigilance.decide_gap(self.desk, number, gap.id, decision).value

    def frozen(self, number: int) -> float:
        return self.read(number).charge.seconds / 60
