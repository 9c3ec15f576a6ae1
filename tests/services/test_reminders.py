"""Letters to those who are late: what they count, when they cost, and which comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.errors import RuleBroken
from laverma_desk.domain.interest import BaseRate
from laverma_desk.domain.reminder import CountedPayment
from laverma_desk.domain.reminder_settings import ReminderWords
from laverma_desk.services.invoicing import payments, reminders
from laverma_desk.services.invoicing import reminder_settings as decisions
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from tests.support.late_payers import letters_to, make_late_payers

FIRST = date(2022, 3, 1)
"""Issued on this day, invoices are due on 15 March."""
RATES = (BaseRate(date(2022, 1, 1), Decimal("-0.88")),)


@pytest.fixture
def late(tmp_path):
    """A house with a practice that is billed for February 2022 on 1 March."""
    payers = make_late_payers(tmp_path / "desk")
    yield payers
    payers.desk.close()


def decide(late, **changes):
    settings = decisions.read_reminder_settings(late.desk)
    decisions.save_reminder_settings(late.desk, replace(settings, **changes))


def issue(late, day, level=None):
    late.be_on(day)
    return reminders.issue_reminder(late.desk, late.place.customer_id, level).value


def test_nobody_is_late_on_the_due_day(late):
    invoice = late.bill(FIRST, 600)
    late.be_on(date(2022, 3, 15))
    assert invoice.row.due_on == date(2022, 3, 15)
    assert reminders.overdue(late.desk) == ()
    with pytest.raises(RuleBroken, match="reminder_not_due"):
        reminders.prepare_reminder(late.desk, late.place.customer_id)
    late.be_on(date(2022, 3, 16))
    (customer,) = reminders.overdue(late.desk)
    (line,) = customer.invoices
    assert (line.number, line.days_overdue, line.open_cents) == (invoice.row.number, 1, 2678)
    assert line.service == "Fernwartung Februar 2022"
    assert (customer.level, customer.reminded_on, customer.next_level) == (0, None, 1)


def test_only_what_is_still_owed_is_overdue(late):
    paid, part, cancelled, open_ = (late.bill(FIRST, 600) for _ in range(4))
    payments.add_payment(late.desk, paid.row.id, 2678, FIRST)
    payments.add_payment(late.desk, part.row.id, 1000, FIRST)
    cancel_invoice(late.desk, cancelled.row.id, "doppelt")
    late.be_on(date(2022, 3, 20))
    (customer,) = reminders.overdue(late.desk)
    assert [one.id for one in customer.invoices] == [part.row.id, open_.row.id]
    assert customer.open_cents == 1678 + 2678
    record = reminders.prepare_reminder(late.desk, customer.customer_id).record
    assert [(one.number, one.paid_cents, one.open_cents) for one in record.lines] == [
        (part.row.number, 1000, 1678),
        (open_.row.number, 0, 2678),
    ]
    assert record.payments == (CountedPayment(FIRST, 1000),)
    assert (record.gross_cents, record.open_cents, record.total_cents) == (5356, 4356, 4356)


def test_the_first_letter_costs_nothing_and_threatens_nobody(late):
    late.bill(FIRST, 600)
    decide(late, fees=(0, 500, 1000), interest=True, lump_sum=True, base_rates=RATES)
    letter = issue(late, date(2022, 6, 1))
    record = letter.record
    assert (record.number, record.level) == ("ZE-2022-0001", 1)
    assert (record.fee_cents, record.interest_cents, record.lump_cents) == (0, 0, 0)
    assert record.texts.title == "Zahlungserinnerung"
    assert record.due_on == date(2022, 6, 11)
    assert record.counted_until == date(2022, 5, 31)
    assert "Mahnbescheid" not in record.texts.closing
    assert record.texts.request.splitlines()[0] == "Bitte überweisen Sie 26,78\u00a0€ bis zum 11.06.2022."
    assert "ZE-2022-0001" in record.texts.request


def test_what_came_in_today_is_counted_today(late):
    invoice = late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    payments.add_payment(late.desk, invoice.row.id, 2000, date(2022, 4, 1))
    record = reminders.prepare_reminder(late.desk, late.place.customer_id).record
    assert record.counted_until == date(2022, 4, 1)
    assert record.open_cents == 678
    late.be_on(date(2022, 4, 2))
    record = reminders.prepare_reminder(late.desk, late.place.customer_id).record
    assert record.counted_until == date(2022, 4, 1)


def test_an_entry_that_was_taken_back_leaves_no_trace(late):
    invoice = late.bill(FIRST, 600)
    entry = payments.add_payment(late.desk, invoice.row.id, 2000, FIRST).value
    payments.take_back(late.desk, entry.id, "falsch")
    late.be_on(date(2022, 4, 1))
    record = reminders.prepare_reminder(late.desk, late.place.customer_id).record
    assert (record.payments, record.open_cents) == ((), 2678)


def test_the_levels_follow_each_other(late):
    invoice = late.bill(FIRST, 600)
    numbers = []
    for day, waits, proposed in (
        (date(2022, 3, 20), date(2022, 3, 30), 2),
        (date(2022, 4, 1), date(2022, 4, 11), 3),
        (date(2022, 5, 1), date(2022, 5, 8), 3),
    ):
        numbers.append(issue(late, day).record.number)
        (customer,) = reminders.overdue(late.desk)
        assert (customer.reminded_on, customer.waits_until) == (day, waits)
        assert customer.next_level == proposed
    assert numbers == ["ZE-2022-0001", "MA-2022-0001", "MA-2022-0002"]
    late.be_on(date(2022, 5, 9))
    (customer,) = reminders.overdue(late.desk)
    assert (customer.level, customer.waits_until) == (3, None)
    listed = letters_to(late.desk, late.place.customer_id)
    assert [one.number for one in listed] == numbers[::-1]
    payments.add_payment(late.desk, invoice.row.id, 2678, date(2022, 5, 9))
    assert reminders.overdue(late.desk) == ()


def test_no_fee_before_default(late):
    late.bill(FIRST, 600)
    decide(late, fees=(0, 500, 1000))
    late.be_on(date(2022, 4, 1))  # 17 days after the due day, and no letter before
    prepared = reminders.prepare_reminder(late.desk, late.place.customer_id, 2)
    assert prepared.record.fee_cents == 0
    late.be_on(date(2022, 4, 15))  # 31 days after it
    prepared = reminders.prepare_reminder(late.desk, late.place.customer_id, 2)
    assert (prepared.record.fee_cents, prepared.record.total_cents) == (500, 3178)


def test_a_letter_brings_default_about_sooner(late):
    late.bill(FIRST, 600)
    decide(late, fees=(0, 500, 1000))
    assert issue(late, date(2022, 3, 16)).record.due_on == date(2022, 3, 26)
    late.be_on(date(2022, 3, 28))  # the deadline is a Saturday: the Monday counts
    assert reminders.prepare_reminder(late.desk, late.place.customer_id).record.fee_cents == 0
    late.be_on(date(2022, 3, 29))
    assert reminders.prepare_reminder(late.desk, late.place.customer_id).record.fee_cents == 500


def test_interest_is_counted_from_default_to_the_counted_day(late):
    invoice = late.bill(FIRST, *[3600] * 10)
    assert invoice.row.gross_cents == 160_650
    decide(late, interest=True, base_rates=RATES)
    payments.add_payment(late.desk, invoice.row.id, 60_650, FIRST)
    late.be_on(date(2022, 5, 15))
    prepared = reminders.prepare_reminder(late.desk, late.place.customer_id, 2)
    # Due on 15 March; 30 days later is 14 April; 15 April to 14 May are 30 days.
    (span,) = prepared.record.lines[0].spans
    assert (span.first, span.last, span.days) == (date(2022, 4, 15), date(2022, 5, 14), 30)
    assert prepared.record.interest_cents == round(100_000 * 0.0812 * 30 / 365) == 667
    assert prepared.record.total_cents == 100_667
    assert prepared.missing_rates == ()


def test_a_half_year_without_a_base_rate_means_no_interest(late):
    late.bill(FIRST, 3600)
    decide(late, interest=True, base_rates=RATES)
    late.be_on(date(2022, 8, 1))
    prepared = reminders.prepare_reminder(late.desk, late.place.customer_id, 2)
    assert prepared.missing_rates == (date(2022, 7, 1),)
    assert prepared.record.interest_cents == 0
    assert all(line.spans == () for line in prepared.record.lines)


def test_the_lump_sum_swallows_the_fee(late):
    late.bill(FIRST, 600)
    decide(late, fees=(0, 500, 5000), lump_sum=True)
    late.be_on(date(2022, 5, 1))
    second = reminders.prepare_reminder(late.desk, late.place.customer_id, 2).record
    third = reminders.prepare_reminder(late.desk, late.place.customer_id, 3).record
    assert (second.lump_cents, second.fee_cents, second.total_cents) == (4000, 0, 6678)
    assert (third.lump_cents, third.fee_cents, third.total_cents) == (4000, 1000, 7678)


def test_words_count_from_their_day(late):
    late.bill(FIRST, 600)
    words = ReminderWords(
        1, "de", date(2022, 4, 1), "Erinnerung", "offen:", "{amount} bis {due}\n{number}", "Tel. {phone}"
    )
    decide(late, words=(*decisions.read_reminder_settings(late.desk).words, words))
    late.be_on(date(2022, 3, 31))
    prepared = reminders.prepare_reminder(late.desk, late.place.customer_id)
    assert prepared.record.texts.title == "Zahlungserinnerung"
    letter = issue(late, date(2022, 4, 1))
    assert letter.record.texts.title == "Erinnerung"
    assert letter.record.texts.request == "26,78\u00a0€ bis 11.04.2022\nZE-2022-0001"
    decide(late, words=())
    assert reminders.read_reminder(late.desk, letter.row.id).record == letter.record
    late.be_on(date(2022, 4, 2))
    again = reminders.prepare_reminder(late.desk, late.place.customer_id, 1)
    assert again.record.texts.title == "Zahlungserinnerung"


def test_a_letter_speaks_the_customers_language(tmp_path):
    late = make_late_payers(tmp_path / "desk", language="en")
    late.bill(FIRST, 600)
    record = issue(late, date(2022, 4, 1)).record
    assert (record.language, record.texts.title) == ("en", "Payment reminder")
    assert record.lines[0].service == "Remote support February 2022"
    assert record.texts.salutation == "Dear Ms Lorenz,"
    late.desk.close()


def test_two_invoices_about_one_month_are_told_apart(late):
    late.bill(FIRST, 600)
    late.bill(FIRST, 60)
    late.be_on(date(2022, 4, 1))
    record = reminders.prepare_reminder(late.desk, late.place.customer_id).record
    assert [line.service for line in record.lines] == [
        "Fernwartung Februar 2022",
        "Fernwartung Februar 2022, Nachtrag",
    ]


def test_a_letter_speaks_of_earlier_ones_only_where_there_were_any(late):
    """An invoice that became late meanwhile waits for a first letter of its own."""
    old = late.bill(FIRST, 600)
    issue(late, date(2022, 3, 16))
    new = late.bill(date(2022, 3, 16), 600)
    late.be_on(date(2022, 4, 4))
    (customer,) = reminders.overdue(late.desk)
    assert [one.number for one in customer.invoices] == [old.row.number, new.row.number]
    second = issue(late, date(2022, 4, 4))
    assert (second.record.level, [one.number for one in second.record.lines]) == (2, [old.row.number])
    first = reminders.prepare_reminder(late.desk, late.place.customer_id, 1).record
    assert [one.number for one in first.lines] == [old.row.number, new.row.number]
