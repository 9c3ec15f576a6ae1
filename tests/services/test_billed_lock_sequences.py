"""No sequence of what people and programs do changes a billed session or loses a line of a log."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import settings, stateful
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.message import MessageState
from laverma_desk.domain.support_session import GapDecision, GapKind, SessionState
from laverma_desk.services import corrections
from laverma_desk.services.calls import call_sheet, timekeeping, vigilance
from laverma_desk.services.corrections import SessionEntry, entry_of
from laverma_desk.services.corrections.change_lines import logged_fields
from laverma_desk.services.customers import merging
from laverma_desk.services.mails import outbox
from laverma_desk.services.setup import house
from laverma_desk.storage import billing, gaps, sessions
from tests.support.desks import add_bohrer, add_customer, make_desk
from tests.support.engines import on_server
from tests.support.fake_clock import FakeClock
from tests.support.raw_words import say
from tests.support.session_steps import machine_of, mail

FREE = ("report_open", "recipient", "invoice_number", "version")
SQL = (
    "UPDATE session SET notes = notes || 'x'",
    "UPDATE session SET net_cents = 0, billed_seconds = 0",
    "UPDATE session SET begin = '2020-01-01 00:00:00.000000', day = '2020-01-01'",
    "UPDATE session SET invoice_number = 'RE-0'",
    "DELETE FROM session",
    "DELETE FROM segment",
    "DELETE FROM gap",
    "UPDATE segment SET position = position + 1000",
    "UPDATE gap SET decision = 'keep'",
    """UPDATE segment SET "end" = begin""",
    "DELETE FROM session_change",
    "UPDATE session_change SET reason = ''",
    "UPDATE session_change SET new = 'x'",
)
REPLACING = (
    """UPDATE OR REPLACE segment SET "end" = begin""",
    "INSERT OR REPLACE INTO session SELECT * FROM session", "INSERT OR REPLACE INTO gap SELECT * FROM gap",
    "INSERT OR REPLACE INTO session_change SELECT * FROM session_change",
)  # fmt: skip


def _words():
    return SQL if on_server() else SQL + REPLACING


places = st.integers(0, 2)
minutes = st.integers(-90, 90)
which = st.integers(0, 99)


class BilledSessions(RuleBasedStateMachine):
    """A desk at work, and what must be true of it after each step."""

    @initialize()
    def open_desk(self):
        self.folder = tempfile.TemporaryDirectory()
        self.clock = FakeClock()
        self.desk = make_desk(Path(self.folder.name), self.clock)
        bohrer = add_bohrer(self.desk)
        weiss = add_customer(self.desk, "10002", "Weiß", "PC", has_agreement=False)
        self.practices = (bohrer.customer_id, weiss)
        self.machines = (bohrer.reception, bohrer.server, machine_of(self.desk, weiss))
        self.supporter = house.read_house(self.desk).supporter.id
        self.reason = house.read_house(self.desk).free_reasons[0].id
        self.locked: dict[int, object] = {}
        self.log: list[tuple] = []
        self.known: set[int] = set()
        self.invoices = 0

    def teardown(self):
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()

    # --- what is looked at

    def rows(self, statement: str) -> list[tuple]:
        with self.desk.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement).all()]

    def everyone(self):
        with self.desk.database.read() as connection:
            return [sessions.find(connection, number) for number in sorted(self.known)]

    def pick(self, place: int, *, ended: bool):
        found = [one for one in self.everyone() if (one.state is SessionState.ENDED) is ended]
        return found[place % len(found)] if found else None

    def snapshot(self, number: int) -> object:
        with self.desk.database.read() as connection:
            row = say(connection, "SELECT * FROM session WHERE id = ?", (number,)).mappings().one()
            asked = f"WHERE session_id = {number} ORDER BY 1, 2"
            parts = [say(connection, f"SELECT * FROM {table} {asked}") for table in ("segment", "gap")]  # noqa: S608
            kept = {name: value for name, value in row.items() if name not in FREE}
            return kept, [[tuple(one) for one in part.all()] for part in parts]

    @contextlib.contextmanager
    def allowed(self, number: int):
        """Let a step be refused; where an invoice is named, it is the one that bills the session."""
        self.clock.advance(seconds=7)
        refusals: list[RuleBroken] = []
        try:
            yield
        except RuleBroken as error:
            refusals.append(error)
        for refusal in refusals:
            if refusal.code is Rule.SESSION_BILLED:
                assert refusal.parameters["invoice"] == self.locked[number][0]

    # --- what people do

    @rule(place=places, begin=st.integers(10, 3000), length=st.integers(1, 90), billable=st.booleans())
    def record(self, place, begin, length, billable):
        start = self.clock.now() - timedelta(minutes=begin + length)
        entry = SessionEntry(
            self.machines[place], self.supporter, start, start + timedelta(minutes=length), notes="Arbeit",
            billable=billable, free_reason_id=None if billable else self.reason,
        )  # fmt: skip
        self.known.add(corrections.record_session(self.desk, entry).value.id)

    @rule(place=st.integers(0, 1))
    def start(self, place):
        self.clock.advance(seconds=3)
        self.known.add(timekeeping.start_session(self.desk, self.machines[place]).value.id)

    @rule(place=which, pause=st.integers(1, 9), gap=st.booleans())
    def work_and_end(self, place, pause, gap):
        found = self.pick(place, ended=False)
        if found is None:
            return
        self.clock.advance(minutes=1)
        timekeeping.pause_session(self.desk, found.id)
        self.clock.advance(minutes=pause)
        timekeeping.resume_session(self.desk, found.id)
        self.clock.advance(minutes=1)
        call_sheet.save_notes(self.desk, found.id, "Neustart", "")
        timekeeping.end_session(self.desk, found.id)
        if gap:
            last = timekeeping.read_session(self.desk, found.id).segments[-1]
            with self.desk.database.write() as connection:
                middle = last.begin + (last.end - last.begin) / 2
                gaps.add_gap(
                    connection, found.id, GapKind.SLEEP, last.begin + (middle - last.begin) / 2, middle
                )

    @rule(place=which, begin=minutes, end=minutes, machine=places, notes=st.sampled_from(["", "A", "B"]))
    def correct(self, place, begin, end, machine, notes):
        found = self.pick(place, ended=True)
        if found is None:
            return
        entry = replace(
            entry_of(found), begin=found.begin + timedelta(minutes=begin),
            end=found.end + timedelta(minutes=end), workstation_id=self.machines[machine], notes=notes,
        )  # fmt: skip
        before = len(self.rows("SELECT id FROM session_change"))
        with self.allowed(found.id):
            after = corrections.correct_session(self.desk, found.id, entry, "Nachtrag").value
            assert found.id not in self.locked
            old, new = logged_fields(found), logged_fields(after)
            lines = self.rows("SELECT field, old, new FROM session_change ORDER BY id")[before:]
            assert sorted(lines) == sorted((key, old[key], new[key]) for key in old if old[key] != new[key])

    @rule(place=which, billable=st.booleans())
    def change_billing(self, place, billable):
        if found := self.pick(place, ended=True):
            with self.allowed(found.id):
                corrections.change_billing(self.desk, found.id, billable, self.reason, "Kulanz")
                assert found.id not in self.locked

    @rule(place=which)
    def give_reason(self, place):
        if found := self.pick(place, ended=True):
            with self.allowed(found.id):
                corrections.give_reason(self.desk, found.id, "Notfall", "Jana")
                assert found.id not in self.locked

    @rule(place=which, decision=st.sampled_from(GapDecision))
    def decide_gap(self, place, decision):
        found = self.pick(place, ended=True)
        if found is None or not found.gaps:
            return
        with self.allowed(found.id):
            going_on = vigilance.decide_gap(self.desk, found.id, found.gaps[0].id, decision).value
            assert found.id not in self.locked
            self.known.add(going_on.id)

    @rule(place=which)
    def reopen(self, place):
        if found := self.pick(place, ended=True):
            with self.allowed(found.id):
                timekeeping.reopen_session(self.desk, found.id)
                assert found.id not in self.locked

    @rule(place=which, words=st.sampled_from(["Nachtrag", "", "Neustart"]))
    def write_on_it(self, place, words):
        if found := self.pick(place, ended=True):
            for call in (
                lambda: call_sheet.save_notes(self.desk, found.id, words, words),
                lambda: call_sheet.save_order(self.desk, found.id, words, found.channel),
                lambda: call_sheet.save_connection(self.desk, found.id, found.tool, ""),
                lambda: call_sheet.save_billing(self.desk, found.id, billable=True, free_reason_id=None),
                lambda: call_sheet.save_recipient(self.desk, found.id, "neu@weiss.example"),
                lambda: timekeeping.close_report(self.desk, found.id),
            ):
                with self.allowed(found.id):
                    call()

    @rule(place=which, state=st.sampled_from(MessageState), back=st.booleans())
    def mail(self, place, state, back):
        if found := self.pick(place, ended=True):
            number = mail(self.desk, found.id, state)
            with self.allowed(found.id):
                (outbox.take_back if back else outbox.discard)(self.desk, number)

    @rule(places=st.sets(which, min_size=1, max_size=3))
    def bill(self, places):
        free = [
            one.id for one in self.everyone() if one.state is SessionState.ENDED and one.id not in self.locked
        ]
        chosen = sorted({free[place % len(free)] for place in places} if free else ())
        self.invoices += 1
        with self.desk.database.write() as connection:
            billing.bill(connection, chosen, f"RE-{self.invoices}")
        self.locked |= {number: (f"RE-{self.invoices}", self.snapshot(number)) for number in chosen}

    @rule(back=st.booleans())
    def merge(self, back):
        """Make one practice of two, in either direction; the second time it is refused."""
        keep, other = reversed(self.practices) if back else self.practices
        with contextlib.suppress(RuleBroken):
            merging.merge(self.desk, keep, other, {}, "eine Praxis")

    @precondition(lambda self: self.locked)
    @rule(place=which)
    def release(self, place):
        issued = sorted({invoice for invoice, _snapshot in self.locked.values()})
        invoice = issued[place % len(issued)]
        with self.desk.database.write() as connection:
            freed = billing.release(connection, invoice)
        assert freed == sorted(number for number, (one, _was) in self.locked.items() if one == invoice)
        for number in freed:
            assert self.snapshot(number) == self.locked.pop(number)[1]

    @rule(
        statement=st.deferred(lambda: st.sampled_from(SQL if on_server() else SQL + REPLACING)), place=which
    )
    def raw_sql(self, statement, place):
        """Try it on everything at once, and on one billed session where there is one."""
        if not self.locked:
            return
        number = sorted(self.locked)[place % len(self.locked)]
        column = "session_id" if any(f" {one} " in f"{statement} " for one in ("segment", "gap")) else "id"
        if "session_change" in statement:
            column = "session_id"
        before = self.rows("SELECT * FROM session")
        with contextlib.suppress(IntegrityError), self.desk.database.write() as connection:
            say(connection, f"{statement} WHERE {column} = ?", (number,))
        assert self.rows("SELECT * FROM session") == before

    # --- what is always true

    @invariant()
    def billed_sessions_are_as_they_were(self):
        for number, (invoice, was) in getattr(self, "locked", {}).items():
            assert self.snapshot(number) == was
            assert (invoice,) in self.rows(f"SELECT invoice_number FROM session WHERE id = {number}")  # noqa: S608

    @invariant()
    def the_log_only_grows(self):
        if hasattr(self, "log"):
            lines = self.rows("SELECT * FROM session_change ORDER BY id")
            assert lines[: len(self.log)] == self.log
            self.log = lines

    @invariant()
    def no_session_is_lost(self):
        if hasattr(self, "known"):
            assert {number for (number,) in self.rows("SELECT id FROM session")} == self.known


def test_no_sequence_changes_a_billed_session():
    wanted = settings(max_examples=20, stateful_step_count=25, deadline=None)
    stateful.run_state_machine_as_test(BilledSessions, settings=wanted)
