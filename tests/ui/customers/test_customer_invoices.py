"""What the record of a practice shows of its invoices, and where they lead."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt

from laverma_desk.domain.clock import local_day
from laverma_desk.services.changes import Done, Topic
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.invoicing.drafts import DraftWish
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.invoicing.payments import add_payment
from laverma_desk.services.privacy.erasure import preview_erasure
from laverma_desk.ui.customers.privacy.words import going_lines, kept_lines
from tests.support.billing_desks import set_up_to_bill
from tests.support.report_desks import end_session


@pytest.fixture
def bill(desk, bohrer, clock):
    """Hold a session and bill it at once."""
    set_up_to_bill(desk)

    def issue():
        session = end_session(desk, bohrer, clock)
        today = local_day(clock.now())
        return issue_open(desk, DraftWish(bohrer.customer_id, (session,)), today).value.row

    return issue


def test_without_invoices_the_card_says_so(shown):
    card = shown.cards.invoices
    assert card.lines() == []
    assert card._none.text() == "Noch keine Rechnung."
    assert not card._none.isHidden()


def test_the_last_invoices_stand_with_day_amount_and_state(hand, desk, bohrer, clock, bill):
    first = bill()
    add_payment(desk, first.id, first.gross_cents, date(2022, 3, 1))
    for day in range(2, 6):
        clock.set_wall(datetime(2022, 3, day, 12, tzinfo=UTC))
        bill()
    clock.set_wall(datetime(2022, 3, 17, 12, tzinfo=UTC))
    hand.bring()
    hand.controller.show_customer(bohrer.customer_id)
    hand.settle()
    amount = "34,81\u00a0€"
    assert hand.cards.invoices.lines() == [
        ("RE-2022-0005", "05.03.2022", amount, "offen"),
        ("RE-2022-0004", "04.03.2022", amount, "offen"),
        ("RE-2022-0003", "03.03.2022", amount, "offen"),
        ("RE-2022-0002", "02.03.2022", amount, "überfällig"),
    ]


def test_a_line_and_the_statement_lead_on_by_keyboard(hand, bohrer, bill):
    bill()
    hand.bring()
    hand.controller.show_customer(bohrer.customer_id)
    hand.settle()
    invoices, statements = [], []
    hand.controller.invoice_wanted.connect(invoices.append)
    hand.controller.statement_wanted.connect(statements.append)
    hand.cards.invoices.links[0].setFocus()
    hand.press(Qt.Key.Key_Return)
    hand.cards.invoices.statement.setFocus()
    hand.press(Qt.Key.Key_Space)
    assert (invoices, statements) == (["RE-2022-0001"], [bohrer.customer_id])


def test_a_payment_shows_at_once(hand, desk, bohrer, bill):
    row = bill()
    hand.bring()
    hand.controller.show_customer(bohrer.customer_id)
    hand.settle()
    done = add_payment(desk, row.id, row.gross_cents, date(2022, 3, 1))
    assert isinstance(done, Done)
    assert done.changed == {Topic.INVOICES}
    hand._surroundings.bus.publish(done)
    hand.settle()
    assert hand.cards.invoices.lines()[0][-1] == "bezahlt"


def test_invoices_of_a_merged_record_stand_with_the_one_it_went_into(hand, desk, bohrer, weiss, bill):
    bill()
    merge(desk, weiss, bohrer.customer_id, {}, "Doppelt")
    hand.bring()
    hand.controller.show_customer(weiss)
    hand.settle()
    assert [line[0] for line in hand.cards.invoices.lines()] == ["RE-2022-0001"]


def test_the_plan_of_an_erasure_names_the_last_invoice_and_its_day(desk, bohrer, bill, hand):
    bill()
    bill()
    kept = [
        (what, why.replace("\u00a0", " "))
        for what, why in kept_lines(preview_erasure(desk, bohrer.customer_id))
    ]
    assert (
        "2 Rechnungen",
        "die letzte, RE-2022-0002, bis 31.12.2030 (8 Jahre, § 147 AO, § 14b UStG)",
    ) in kept
    assert (
        "2 abgerechnete Sitzungen",
        "mit ihrer Rechnung, RE-2022-0002 bis 31.12.2030 (§ 147 AO, § 14b UStG)",
    ) in kept


def test_when_their_time_is_over_the_plan_counts_the_invoices_that_go(desk, bohrer, clock, bill, hand):
    bill()
    clock.set_wall(datetime(2031, 1, 2, 12, tzinfo=UTC))
    assert "Worte und Dateien von 1 Rechnung" in going_lines(preview_erasure(desk, bohrer.customer_id))
