"""Money on the wrong invoice stops letters; what a letter asks on top may come in with the invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.invoicing import payments, reminders
from laverma_desk.services.invoicing import reminder_settings as decisions
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.register import find_invoice
from laverma_desk.ui.invoices.payment.words import result_of
from tests.support.invoice_houses import add_practice
from tests.support.late_payers import make_late_payers

FIRST = date(2022, 3, 1)
LATE = date(2022, 5, 2)


@pytest.fixture
def late(tmp_path):
    """A house with a practice that is billed on 1 March 2022."""
    payers = make_late_payers(tmp_path / "desk")
    yield payers
    payers.desk.close()


def refusal(late):
    with pytest.raises(RuleBroken) as caught:
        reminders.prepare_reminder(late.desk, late.place.customer_id)
    return caught.value


def test_who_paid_before_the_correction_is_not_reminded_of_it(late):
    first = late.bill(FIRST, 600)
    entry = payments.add_payment(late.desk, first.row.id, 2678, FIRST).value
    cancel_invoice(late.desk, first.row.id, "falsche Anschrift")
    second = late.bill(date(2022, 3, 2), 600)
    late.be_on(LATE)
    error = refusal(late)
    assert error.code is Rule.PAYMENT_UNASSIGNED
    assert error.parameters["number"] == first.row.number
    (listed,) = reminders.overdue(late.desk)
    assert listed.surplus_on == first.row.number
    with pytest.raises(RuleBroken, match="payment_unassigned"):
        reminders.issue_reminder(late.desk, late.place.customer_id)
    payments.take_back(late.desk, entry.id, "gehört zur neuen Rechnung")
    payments.add_payment(late.desk, second.row.id, 2000, date(2022, 3, 2))
    assert reminders.prepare_reminder(late.desk, late.place.customer_id).record.open_cents == 678
    assert [one.surplus_on for one in reminders.overdue(late.desk)] == [""]


def test_too_much_on_one_invoice_stops_the_letter_about_another_one(late):
    first = late.bill(FIRST, 600)
    late.bill(FIRST, 60)
    late.be_on(LATE)
    payments.add_payment(late.desk, first.row.id, 2778, LATE)
    assert refusal(late).code is Rule.PAYMENT_UNASSIGNED
    payments.add_payment(late.desk, first.row.id, -100, LATE)
    assert reminders.prepare_reminder(late.desk, late.place.customer_id).record.open_cents == 268


def test_the_list_names_the_oldest_surplus_also_one_from_before_a_merge(late):
    other = add_practice(late.desk, "10018", name="MVZ Nord")
    first = late.bill(FIRST, 600, place=other)
    second = late.bill(date(2022, 3, 2), 600)
    late.bill(date(2022, 3, 3), 60)
    for one in (second, first):
        payments.add_payment(late.desk, one.row.id, 2700, date(2022, 3, 3))
    merge(late.desk, late.place.customer_id, other.customer_id, {}, "dieselbe Praxis")
    late.be_on(LATE)
    assert [one.surplus_on for one in reminders.overdue(late.desk)] == [first.row.number]


def test_a_fee_that_was_asked_may_come_in_with_the_invoice(late):
    settings = decisions.read_reminder_settings(late.desk)
    decisions.save_reminder_settings(late.desk, replace(settings, fees=(0, 500, 1000)))
    first = late.bill(FIRST, 600)
    late.be_on(LATE)
    asked = reminders.issue_reminder(late.desk, late.place.customer_id, 2).value.record
    assert asked.total_cents == 2678 + 500
    standing = payments.balance(late.desk, first.row.id)
    assert standing.charged_cents == 500
    assert result_of(standing, 3178)[1] == "green"
    assert result_of(standing, 3179)[1] == "amber"
    payments.add_payment(late.desk, first.row.id, 3178, LATE)
    assert find_invoice(late.desk, first.row.number).surplus_cents == 0
    late.bill(LATE, 60)
    late.be_on(date(2022, 6, 1))
    assert reminders.prepare_reminder(late.desk, late.place.customer_id).record.open_cents == 268
