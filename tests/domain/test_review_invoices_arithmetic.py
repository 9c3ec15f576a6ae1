"""Single lines of an invoice's arithmetic that nothing else would miss."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.einvoice_needs import EAS_EMAIL, buyer_address
from laverma_desk.domain.interest import default_begins
from laverma_desk.domain.invoice import Invoice
from laverma_desk.domain.invoice_record import dump, load
from laverma_desk.domain.invoice_sums import SumsDisagree, check_sums, summed
from laverma_desk.domain.late_session import owes_reason
from laverma_desk.domain.support_session import Origin
from laverma_desk.domain.tariff import Rounding
from tests.support.invoice_makers import sample_cancellation, sample_invoice, session_line


def test_a_line_that_is_not_quantity_times_price_is_never_issued():
    sound = sample_invoice()
    check_sums(sound)
    wrong = replace(sound.lines[0], net_cents=sound.lines[0].net_cents + 1)
    counted = summed(replace(sound, lines=(wrong, *sound.lines[1:])))
    with pytest.raises(SumsDisagree):
        check_sums(counted)


def test_a_cancellation_waits_for_no_money_and_takes_the_minutes_back():
    original = sample_invoice()
    back = sample_cancellation(original)
    assert (original.payment_days, original.minutes) == (14, 66)
    assert (back.payment_days, back.due_on, back.minutes) == (0, None, -66)
    by_second = sample_invoice((session_line(rounding=Rounding.EXACT_SECOND),))
    assert sample_cancellation(by_second).minutes is None


def test_half_a_cent_of_vat_is_taken_back_as_it_was_asked():
    line = session_line(seconds=60, price_cents=50)
    asked = sample_invoice((line,))
    assert (asked.net_cents, asked.vat_cents) == (50, 10)
    assert sample_cancellation(asked).vat_cents == -10


def test_the_text_of_a_record_does_not_depend_on_the_order_of_its_fields():
    keys = list(json.loads(dump(sample_invoice())))
    assert keys == sorted(keys)


def test_what_a_newer_program_wrote_beside_is_passed_over():
    record = sample_invoice()
    values = json.loads(dump(record))
    values["of_tomorrow"] = 1
    values["buyer"]["of_tomorrow"] = "x"
    assert load(Invoice, json.dumps(values)) == record


@pytest.mark.parametrize(
    "damage",
    [
        None,
        [],
        "RE-2022-0031",
        {"company": None},
        {"lines": [None]},
        {"lines": None},
        {"net_cents": "14850"},
        {"net_cents": 148.5},
        {"net_cents": True},
        {"number": 31},
        {"issued_on": 20220301},
        {"groups": [{"category": "S", "rate": "viel", "net_cents": 1, "vat_cents": 1}]},
    ],
)
def test_a_damaged_record_is_refused_in_one_way(damage):
    values = json.loads(dump(sample_invoice()))
    text = json.dumps(values | damage if isinstance(damage, dict) else damage)
    with pytest.raises((ValueError, KeyError, TypeError)):
        load(Invoice, text)


def test_a_deadline_before_the_due_day_brings_no_default():
    due = date(2022, 3, 15)
    usual = default_begins(due)
    assert usual == date(2022, 4, 15)
    assert default_begins(due, [due - timedelta(days=5), due]) == usual
    monday = due + timedelta(days=6)
    assert default_begins(due, [monday]) == monday + timedelta(days=1)


@pytest.mark.parametrize("entry", ["0204:", ":991-12345-67", ":", "ohne"])
def test_half_an_electronic_address_is_none(entry):
    one = sample_invoice()
    buyer = replace(one.buyer, electronic_address=entry)
    assert buyer_address(replace(one, buyer=buyer)) == (EAS_EMAIL, one.buyer.email)


def test_an_exception_that_was_given_is_not_asked_for_again():
    agreements = [Agreement(1, 1, date(2022, 1, 1), None)]
    before, within = date(2021, 12, 31), date(2022, 1, 1)
    assert owes_reason(Origin.IMPORT, False, before, agreements)
    assert not owes_reason(Origin.IMPORT, True, before, agreements)
    assert not owes_reason(Origin.STOPWATCH, False, before, agreements)
    assert not owes_reason(Origin.IMPORT, False, within, agreements)
