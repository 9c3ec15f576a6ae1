"""The list of who is late: read in as many statements for five hundred customers as for one."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from laverma_desk.services.customers.merging import merge
from laverma_desk.services.invoicing import reminders
from tests.support.invoice_houses import add_practice
from tests.support.late_payers import make_late_payers


@pytest.fixture
def late(tmp_path):
    """A house on 1 May 2022 whose practice has not paid an invoice of March."""
    payers = make_late_payers(tmp_path / "desk")
    payers.bill(date(2022, 3, 1), 600)
    payers.be_on(date(2022, 5, 1))
    yield payers
    payers.desk.close()


def statements(late):
    asked = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    engine = late.desk.database.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        found = reminders.overdue(late.desk)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(found), len(asked)


def test_more_late_customers_need_no_more_statements(late):
    one = statements(late)
    for number in range(10018, 10022):
        place = add_practice(late.desk, str(number), f"Praxis {number}")
        late.bill(date(2022, 3, 2), 600, place=place)
    late.be_on(date(2022, 5, 1))
    assert one[0] == 1
    assert statements(late) == (5, one[1])


def test_each_customer_has_its_own_letters_and_lines(late):
    other = add_practice(late.desk, "10018", "Praxis Weiß")
    late.bill(date(2022, 3, 2), 1200, place=other)
    late.be_on(date(2022, 5, 1))
    reminders.issue_reminder(late.desk, other.customer_id)
    found = {one.number: one for one in reminders.overdue(late.desk)}
    assert [found[number].level for number in ("10017", "10018")] == [0, 1]
    assert [found[number].reminded_on for number in ("10017", "10018")] == [None, date(2022, 5, 1)]
    assert [found[number].invoices[0].level for number in ("10017", "10018")] == [0, 1]
    merge(late.desk, late.place.customer_id, other.customer_id, {}, "dieselbe Praxis")
    (both,) = reminders.overdue(late.desk)
    assert (both.number, len(both.invoices), both.level) == ("10017", 2, 1)
