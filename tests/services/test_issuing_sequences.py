"""No order of drafting, issuing and cancelling leaves a gap, a double number or a session billed twice."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.invoice import DraftItem, LineKind, Unit
from laverma_desk.services.invoicing import cancelling, drafts, issuing, items, register, verifying
from laverma_desk.services.invoicing.open_sessions import open_customers
from laverma_desk.services.invoicing.register import InvoiceTab
from tests.support.fake_clock import FakeClock
from tests.support.invoice_houses import FEBRUARY, UNTIL, add_practice, add_sessions, make_house, wish

which = st.integers(0, 9)


class Billing(RuleBasedStateMachine):
    """A house that bills two practices; `billed` is what we know of each session."""

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FakeClock()
        self.desk = make_house(self.folder / "desk", self.clock)
        self.places = [add_practice(self.desk), add_practice(self.desk, "10018", "Praxis Dr. Weiß")]
        self.billed: dict[int, str | None] = {}
        self.papers: dict[str, bytes] = {}

    def teardown(self):
        if hasattr(self, "desk"):
            assert verifying.verify(self.desk) == ()
            self.desk.close()
            shutil.rmtree(self.folder)

    def open_of(self, place):
        found = open_customers(self.desk, UNTIL)
        mine = [one for one in found if one.customer_id == self.places[place % 2].customer_id]
        return [session.id for session in mine[0].sessions] if mine else []

    def took(self, made, session_ids):
        self.papers[made.row.number] = made.pdf
        for number in session_ids:
            assert self.billed[number] is None
            self.billed[number] = made.row.number

    @rule(place=which, seconds=st.lists(st.integers(1, 7200), min_size=1, max_size=3))
    def work(self, place, seconds):
        begin = FEBRUARY + timedelta(minutes=len(self.billed))
        added = add_sessions(self.desk, self.places[place % 2], *seconds, begin=begin)
        self.billed |= dict.fromkeys(added)

    @rule(place=which, some=st.booleans())
    def draft(self, place, some):
        found = self.open_of(place)
        if found:
            drafts.create_drafts(
                self.desk, [wish(self.places[place % 2], found[: 1 if some else None])], UNTIL
            )

    @rule(place=which, cents=st.integers(0, 9999))
    def put_item(self, place, cents):
        waiting = drafts.drafts(self.desk)
        if waiting:
            one = DraftItem(0, LineKind.TRAVEL, UNTIL, "Anfahrt", Decimal(1), Unit.LUMP_SUM, cents)
            items.put_item(self.desk, waiting[place % len(waiting)].id, one)

    @rule(place=which)
    def issue(self, place):
        waiting = drafts.drafts(self.desk)
        if waiting:
            chosen = waiting[place % len(waiting)].id
            held = drafts.read_draft(self.desk, chosen).session_ids
            with contextlib.suppress(RuleBroken):
                self.took(issuing.issue_invoice(self.desk, chosen).value, held)

    @rule(place=which)
    def issue_at_once(self, place):
        found = self.open_of(place)
        if found:
            made = issuing.issue_open(self.desk, wish(self.places[place % 2], found), UNTIL).value
            self.took(made, found)

    @precondition(lambda self: self.papers)
    @rule(place=which)
    def cancel(self, place):
        """Any document: a second time, and for a cancellation, it is refused."""
        number = sorted(self.papers)[place % len(self.papers)]
        row = register.find_invoice(self.desk, number)
        refused = bool(row.cancelled_by or row.cancels)
        try:
            back = cancelling.cancel_invoice(self.desk, row.id, "falsch").value
        except RuleBroken:
            assert refused
            return
        assert not refused
        self.papers[back.row.number] = back.pdf
        self.billed = {one: None if mine == number else mine for one, mine in self.billed.items()}

    @rule()
    def a_year_goes_by(self):
        self.clock.advance(days=370)

    @invariant()
    def every_number_once_and_none_left_out(self):
        if not hasattr(self, "desk"):
            return
        with self.desk.database.read() as connection:
            ranges = connection.exec_driver_sql("SELECT kind, year, last FROM number_range").all()
        mark = {"invoice": "RE", "cancellation": "ST"}
        given = {
            f"{mark[kind]}-{year}-{count:04}"
            for kind, year, last in ranges
            if kind in mark
            for count in range(1, last + 1)
        }
        assert given == set(self.papers)

    @invariant()
    def sessions_are_locked_by_one_invoice_or_none(self):
        if not hasattr(self, "desk"):
            return
        with self.desk.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT id, invoice_number FROM session").all()
        assert {row[0]: row[1] for row in rows} == self.billed

    @invariant()
    def the_lists_hold_every_document_once(self):
        if not hasattr(self, "desk"):
            return
        listed = [row.number for tab in InvoiceTab for row in register.invoices(self.desk, tab)]
        assert sorted(listed) == sorted(self.papers)


def test_whatever_the_order_nothing_is_billed_twice():
    run_state_machine_as_test(
        Billing, settings=settings(max_examples=6, stateful_step_count=14, deadline=None)
    )
