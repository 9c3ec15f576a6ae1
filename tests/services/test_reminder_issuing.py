"""Letters that are issued: one number each, kept as they were, to those who may get one."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError

from laverma_desk.documents import reminder_pdf
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken
from laverma_desk.domain.invoice_record import dump, load
from laverma_desk.domain.reminder import Reminder
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.invoicing import payments, reminders
from laverma_desk.storage import customers
from laverma_desk.storage import reminders as stored
from laverma_desk.storage.database import Database
from laverma_desk.storage.postgresql.server import Server
from tests.documents.invoice_pages import said
from tests.support.invoice_houses import add_practice
from tests.support.late_payers import letters_to, make_late_payers
from tests.support.raw_words import lift_seal, say

FIRST = date(2022, 3, 1)
"""Issued on this day, invoices are due on 15 March."""


@pytest.fixture
def late(tmp_path):
    """A house with a practice that is billed for February 2022 on 1 March."""
    payers = make_late_payers(tmp_path / "desk")
    yield payers
    payers.desk.close()


def issue(late, day, level=None):
    late.be_on(day)
    return reminders.issue_reminder(late.desk, late.place.customer_id, level).value


def test_numbers_begin_anew_with_the_year(late):
    late.bill(date(2022, 12, 1), 600)
    assert issue(late, date(2022, 12, 31), 1).record.number == "ZE-2022-0001"
    assert issue(late, date(2023, 1, 1), 1).record.number == "ZE-2023-0001"


def test_record_and_bytes_are_kept_as_they_were(late):
    invoice = late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    done = reminders.issue_reminder(late.desk, late.place.customer_id)
    assert Topic.INVOICES in done.changed
    letter = done.value
    assert letter.file_name == "ZE-2022-0001.pdf"
    assert letter.pdf.startswith(b"%PDF-")
    with late.desk.database.read() as connection:
        found = stored.find(connection, letter.row.id)
        rows = say(connection, "SELECT reminder_id, invoice_id, open_cents FROM reminder_invoice").all()
        digest = say(connection, "SELECT sha256 FROM document WHERE id = ?", (letter.row.pdf_id,)).scalar()
    assert load(Reminder, found.record) == letter.record
    assert found.record == dump(letter.record)
    assert rows == [(letter.row.id, invoice.row.id, 2678)]
    assert digest == hashlib.sha256(letter.pdf).hexdigest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reminder SET fee_cents = 0",
        "DELETE FROM reminder_invoice",
        "DELETE FROM reminder",
        "UPDATE reminder_invoice SET open_cents = 1",
    ],
)
def test_the_database_keeps_every_letter(late, statement):
    late.bill(FIRST, 600)
    letter = issue(late, date(2022, 4, 1))
    with pytest.raises((DatabaseError, OutsideTrouble)), late.desk.database.write() as connection:
        connection.exec_driver_sql(statement)
    assert reminders.read_reminder(late.desk, letter.row.id) == letter


def test_altered_bytes_are_noticed(late):
    late.bill(FIRST, 600)
    letter = issue(late, date(2022, 4, 1))
    with late.desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        say(connection, "UPDATE document SET content = ? WHERE id = ?", (b"\0", letter.row.pdf_id))
    with pytest.raises(OutsideTrouble, match="document_altered"):
        reminders.read_reminder(late.desk, letter.row.id)


def test_merged_records_are_reminded_together(late):
    late.bill(FIRST, 600)
    other = add_practice(late.desk, "10018", "Praxis Dr. Bohrer")
    late.bill(FIRST, 60, place=other)
    merge(late.desk, late.place.customer_id, other.customer_id, {}, "dieselbe Praxis")
    late.be_on(date(2022, 4, 1))
    (customer,) = reminders.overdue(late.desk)
    assert len(customer.invoices) == 2
    letter = reminders.issue_reminder(late.desk, other.customer_id).value
    assert letter.row.customer_id == customer.customer_id
    assert len(letter.record.lines) == 2


def test_a_locked_customer_gets_no_letter(late):
    late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    with late.desk.database.write() as connection:
        one = customers.find(connection, late.place.customer_id)
        customers.update_customer(connection, replace(one, restricted_at=late.clock.now()))
    assert reminders.overdue(late.desk) == ()
    for refused in (reminders.prepare_reminder, reminders.issue_reminder):
        with pytest.raises(RuleBroken) as caught:
            refused(late.desk, late.place.customer_id)
        assert caught.value.code is Rule.CUSTOMER_RESTRICTED


def test_a_level_that_there_is_not(late):
    late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    with pytest.raises(RuleBroken, match="number_invalid"):
        reminders.prepare_reminder(late.desk, late.place.customer_id, 4)
    with pytest.raises(RuleBroken, match="customer_unknown"):
        reminders.prepare_reminder(late.desk, 4711)
    with pytest.raises(RuleBroken, match="reminder_unknown"):
        reminders.read_reminder(late.desk, 4711)


def test_a_second_key_press_makes_no_second_letter(late):
    late.bill(FIRST, 600)
    letter = issue(late, date(2022, 4, 1))
    for level in (None, 1, 2):
        with pytest.raises(RuleBroken) as caught:
            issue(late, date(2022, 4, 1), level)
        assert caught.value.code is Rule.REMINDER_ISSUED_TODAY
        assert caught.value.parameters["number"] == letter.record.number
    assert len(letters_to(late.desk, late.place.customer_id)) == 1
    assert issue(late, date(2022, 4, 2), 1).record.number == "ZE-2022-0002"


def test_two_windows_give_no_number_twice_and_leave_no_gap(late):
    places = [late.place, *(add_practice(late.desk, f"2000{one}", f"Praxis {one}") for one in range(5))]
    for place in places:
        late.bill(FIRST, 600, place=place)
    late.be_on(date(2022, 4, 1))
    ours = late.desk.database
    theirs = Server(ours.address, lambda: None) if ours.shared else Database(ours.file)
    other = replace(late.desk, database=theirs)
    try:
        with ThreadPoolExecutor(2) as pool:
            done = list(
                pool.map(
                    lambda one: reminders.issue_reminder(one[0], one[1].customer_id).value,
                    zip([late.desk, other] * 3, places, strict=True),
                )
            )
    finally:
        other.close()
    assert sorted(one.record.number for one in done) == [f"ZE-2022-000{one}" for one in range(1, 7)]
    for one in done:
        assert one.record.number in said(one.pdf)
        assert reminders.read_reminder(late.desk, one.row.id) == one


def test_what_changes_while_the_letter_is_drawn_is_on_it(late, monkeypatch):
    invoice = late.bill(FIRST, 600)
    late.be_on(date(2022, 4, 1))
    drawn = []

    def pay_meanwhile(record):
        drawn.append(record.open_cents)
        if len(drawn) == 1:
            payments.add_payment(late.desk, invoice.row.id, 1000, FIRST)
        return render(record)

    render = reminder_pdf.render_reminder
    monkeypatch.setattr(reminder_pdf, "render_reminder", pay_meanwhile)
    letter = reminders.issue_reminder(late.desk, late.place.customer_id).value
    assert drawn == [2678, 1678]
    assert letter.record.number == "ZE-2022-0001"
    assert letter.row.open_cents == 1678
    assert "16,78 €" in said(letter.pdf)
