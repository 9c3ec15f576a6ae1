"""Issued documents are listed by how they stand, found again, and sealed in the file itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.invoice import InvoiceKind
from laverma_desk.services.invoicing import issuing, register
from laverma_desk.services.invoicing.register import InvoiceTab
from tests.support.foreign_deeds import do
from tests.support.invoice_desks import invoicing_desk, practice_to_bill  # noqa: F401 (fixtures)
from tests.support.invoice_houses import (
    FEBRUARY,
    UNTIL,
    add_practice,
    add_sessions,
    draft_of,
    rows,
    wish,
)
from tests.support.raw_words import lift_seal, say


def test_altered_bytes_are_not_shown(desk, place):
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 60)), UNTIL).value
    assert register.read_invoice(desk, one.row.id) == one
    with desk.database.write() as connection:
        lift_seal(connection, "document_no_update")
        say(connection, "UPDATE document SET content = ?", (bytes(3),))
    with pytest.raises(OutsideTrouble) as caught:
        register.read_invoice(desk, one.row.id)
    assert caught.value.code is Trouble.DOCUMENT_ALTERED


def test_numbers_are_found_however_they_are_typed(desk, place):
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 60)), UNTIL).value.row
    assert register.find_invoice(desk, " re-2022-0001 ") == one
    with pytest.raises(RuleBroken) as caught:
        register.find_invoice(desk, "RE-2022-0002")
    assert caught.value.code is Rule.INVOICE_UNKNOWN


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoice SET gross_cents = gross_cents",
        "UPDATE invoice SET customer_name = ''",
        "DELETE FROM invoice",
        "INSERT OR REPLACE INTO invoice SELECT * FROM invoice",
        "UPDATE invoice_line SET net_cents = 0",
        "DELETE FROM invoice_line",
        "INSERT OR REPLACE INTO invoice_line SELECT * FROM invoice_line",
        "UPDATE payment SET cents = 1",
        "DELETE FROM payment",
        "INSERT OR REPLACE INTO payment SELECT * FROM payment",
        "UPDATE session SET notes = 'anders'",
        "UPDATE document SET content = ''",
    ],
)
def test_the_file_itself_refuses_to_change_what_was_issued(desk, place, statement):
    one = issuing.issue_open(desk, wish(place, add_sessions(desk, place, 60)), UNTIL).value
    with desk.database.write() as connection:
        say(
            connection,
            "INSERT INTO payment (invoice_id, paid_on, cents, created_at) "
            "VALUES (?, '2022-03-01', 100, '2022-03-01 09:22:00')",
            (one.row.id,),
        )
    before = {
        table: rows(desk, table) for table in ("invoice", "invoice_line", "payment", "session", "document")
    }
    with pytest.raises(IntegrityError), desk.database.write() as connection:
        do(connection, statement)
    assert {table: rows(desk, table) for table in before} == before


def test_lists_by_state_with_payments(desk, place, clock):
    def pay(number, cents):
        with desk.database.write() as connection:
            say(
                connection,
                "INSERT INTO payment (invoice_id, paid_on, cents, created_at) "
                "SELECT id, '2022-03-01', ?, '2022-03-01 09:22:00' FROM invoice WHERE number = ?",
                (cents, number),
            )

    def shown(tab, text=""):
        return {row.number: (row.state.value, row.open_cents) for row in register.invoices(desk, tab, text)}

    other = add_practice(desk, "10018", "Praxis Dr. Weiß")
    for one in (place, place, other):
        begin = FEBRUARY + timedelta(days=len(rows(desk, "invoice")))
        issuing.issue_open(desk, wish(one, add_sessions(desk, one, 600, begin=begin)), UNTIL)
    pay("RE-2022-0001", 1000)
    pay("RE-2022-0002", 2678)
    assert shown(InvoiceTab.ISSUED) == {
        "RE-2022-0003": ("open", 2678),
        "RE-2022-0001": ("part_paid", 1678),
    }
    assert shown(InvoiceTab.PAID) == {"RE-2022-0002": ("paid", 0)}
    assert list(shown(InvoiceTab.ISSUED, "weiss")) == ["RE-2022-0003"]
    assert list(shown(InvoiceTab.ISSUED, "10017")) == ["RE-2022-0001"]
    assert list(shown(InvoiceTab.ISSUED, "0003")) == ["RE-2022-0003"]
    clock.advance(days=14)
    assert shown(InvoiceTab.ISSUED)["RE-2022-0001"][0] == "part_paid"
    clock.advance(days=1)
    assert {state for state, _open in shown(InvoiceTab.ISSUED).values()} == {"overdue"}
    add_sessions(desk, other, 600, 600, begin=FEBRUARY + timedelta(days=9))
    assert register.counts(desk, UNTIL).open == 1
    assert register.counts(desk, UNTIL - timedelta(days=30)).open == 0
    draft_of(desk, other, [4, 5])
    found = register.counts(desk, UNTIL)
    assert (found.open, found.drafts, found.issued, found.paid, found.cancelled) == (0, 1, 2, 1, 0)
    assert all(row.kind is InvoiceKind.INVOICE for row in register.invoices(desk, InvoiceTab.ISSUED))
