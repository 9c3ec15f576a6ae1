"""The chain of documents, their numbers, and the seals on every table, held against single missing lines."""

# ruff: noqa: S608 (statements of this file)

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from laverma_desk.domain.invoice_register import InvoiceTab
from laverma_desk.services.invoicing import cancelling, issuing, payments, register, reminders, storing
from laverma_desk.services.invoicing.verifying import FindingKind, verify
from laverma_desk.services.setup import house
from laverma_desk.storage import invoices as stored
from tests.support.foreign_deeds import do
from tests.support.invoice_desks import invoicing_desk  # noqa: F401 (fixtures)
from tests.support.invoice_houses import COMPANY, FEBRUARY, add_sessions, draft_of, rows
from tests.support.invoice_houses import add_practice as practice
from tests.support.late_payers import make_late_payers
from tests.support.raw_words import lift_seal, say

SEALED = r"never changed|only taken back"


@pytest.fixture
def late(tmp_path):
    """A house on 1 May 2022 with an invoice, a part of it paid, and a letter about the rest."""
    payers = make_late_payers(tmp_path / "desk")
    one = payers.bill(date(2022, 3, 1), 600, 1200)
    payers.be_on(date(2022, 5, 1))
    payments.take_back(
        payers.desk, payments.add_payment(payers.desk, one.row.id, 100, date(2022, 4, 1)).value.id, "falsch"
    )
    cancelled = payers.bill(date(2022, 5, 1), 60)
    cancelling.cancel_invoice(payers.desk, cancelled.row.id, "falsch")
    reminders.issue_reminder(payers.desk, payers.place.customer_id)
    yield payers
    payers.desk.close()


def test_a_document_is_bound_to_the_one_issued_before_it_whatever_its_date(desk):
    place = practice(desk)
    for day, issued_on in enumerate((None, date(2022, 2, 20), None)):
        sessions = add_sessions(desk, place, 600, begin=FEBRUARY + timedelta(days=day))
        issuing.issue_invoice(desk, draft_of(desk, place, sessions, issued_on=issued_on))
    assert verify(desk) == ()


def test_no_invoice_gets_the_number_of_a_letter(late):
    with late.desk.database.read() as connection:
        assert stored.number_exists(connection, "ZE-2022-0001")
        assert stored.number_exists(connection, "RE-2022-0001")
        assert not stored.number_exists(connection, "RE-2022-0099")


@contextmanager
def _without_foreign_keys(desk):
    if desk.database.shared:
        with desk.database.write() as connection:
            for table, key in say(
                connection, "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
            ).all():
                say(connection, f"ALTER TABLE {table} DROP CONSTRAINT {key}")
            yield connection
        return
    with desk.database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            raw.rollback()
            raw.execute("PRAGMA foreign_keys = ON")


@pytest.mark.parametrize("table", ["invoice", "invoice_line", "payment", "reminder", "reminder_invoice"])
@pytest.mark.parametrize(
    "deed", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"]
)
def test_each_seal_holds_by_itself(late, table, deed):
    """Without foreign keys, which would refuse some of it too: a seal must not lean on them."""
    before = rows(late.desk, table)
    assert before
    with pytest.raises(IntegrityError, match=SEALED), _without_foreign_keys(late.desk) as connection:
        do(connection, deed.format(table, table))
    assert rows(late.desk, table) == before


@pytest.mark.parametrize(
    ("table", "column", "key"),
    [
        ("invoice", "number", "id"),
        ("invoice", "cancels_id", "id"),
        ("reminder", "number", "id"),
        ("payment", "takes_back_id", "id"),
    ],
)
def test_no_row_is_replaced_through_another_unique_column(late, table, column, key):
    before = rows(late.desk, table)
    with late.desk.database.read() as connection:
        names = [f'"{one["name"]}"' for one in inspect(connection).get_columns(table)]
    taken = ", ".join(f"{name} + 1000" if name == f'"{key}"' else name for name in names)
    statement = f"INSERT OR REPLACE INTO {table} SELECT {taken} FROM {table} WHERE {column} IS NOT NULL"
    with (
        pytest.raises(IntegrityError, match=SEALED),
        late.desk.database.write() as connection,
    ):
        do(connection, statement, column)
    assert rows(late.desk, table) == before


def test_a_cancelled_invoice_stands_in_one_list_alone(late):
    listed = {tab: {one.number for one in register.invoices(late.desk, tab)} for tab in InvoiceTab}
    assert listed == {
        InvoiceTab.ISSUED: {"RE-2022-0001"},
        InvoiceTab.PAID: set(),
        InvoiceTab.CANCELLED: {"RE-2022-0002", "ST-2022-0001"},
    }
    counted = register.counts(late.desk, date(2022, 5, 1))
    assert (counted.issued, counted.paid, counted.cancelled) == (1, 0, 2)


def test_a_record_whose_sums_do_not_follow_is_named(late):
    with late.desk.database.write() as connection:
        lift_seal(connection, "invoice_no_update")
        (record,) = say(connection, "SELECT record FROM invoice WHERE id = 1").one()
        wrong = record.replace('"gross_cents":', '"gross_cents":1')
        assert wrong != record
        say(connection, "UPDATE invoice SET record = ? WHERE id = 1", (wrong,))
    named = [one.detail for one in verify(late.desk) if one.kind is FindingKind.FIGURES]
    assert named == ["gross_cents, sums"]


def test_what_changes_while_an_invoice_is_drawn_is_on_it(desk, monkeypatch):
    drawn = []

    def move_meanwhile(invoice, judge):
        drawn.append(invoice.company.street)
        if len(drawn) == 1:
            house.save_company(desk, replace(COMPANY, street="Neue Straße 2"))
        return make_papers(invoice, judge)

    make_papers = storing.make_papers
    monkeypatch.setattr(storing, "make_papers", move_meanwhile)
    place = practice(desk)
    one = issuing.issue_invoice(desk, draft_of(desk, place, add_sessions(desk, place, 600))).value
    assert drawn == [COMPANY.street, "Neue Straße 2"]
    assert one.invoice.company.street == "Neue Straße 2"
