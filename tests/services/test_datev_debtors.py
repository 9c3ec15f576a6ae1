"""Debtors' accounts and what the tax adviser says: kept, given out, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.services.changes import Topic
from laverma_desk.services.customers.customer_record import record_history
from laverma_desk.services.customers.debtor_account import FIELD, checked_debtor_account
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.datev.debtors import (
    Debtor,
    assign_debtor_accounts,
    debtors,
    set_debtor_account,
)
from laverma_desk.services.datev.settings import bookkeeping, save_bookkeeping, ways_of_taxing
from laverma_desk.services.privacy.collecting import of_customer
from laverma_desk.services.privacy.erasure import erase
from laverma_desk.storage import customers
from laverma_desk.storage import house as stored_house
from tests.support import datev_desks
from tests.support.datev_desks import add_debtor, book, keep, pay, take_back
from tests.support.invoice_makers import sample_invoice

desk = datev_desks.desk

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)


def account_of(desk, row):
    with desk.database.read() as connection:
        found = customers.find(connection, row)
    assert found is not None
    return found.debtor_account


def broken(work):
    with pytest.raises(RuleBroken) as caught:
        work()
    return caught.value


def test_nothing_is_set_at_first(desk):
    assert bookkeeping(desk) == BookkeepingSettings()


def test_what_is_saved_comes_back(desk):
    settings = BookkeepingSettings(
        consultant=29_098,
        client=55_003,
        chart=Chart.SKR04,
        account_length=5,
        fiscal_month=7,
        revenue=(
            RevenueAccount(VatCategory.STANDARD, Decimal("5.5"), 43_000),
            RevenueAccount(VatCategory.EXEMPT, Decimal(0), 41_840),
        ),
        bank=18_100,
        first_debtor=200_000,
        payments=True,
        service_dates=False,
        committed=True,
    )
    assert save_bookkeeping(desk, settings).changed == {Topic.HOUSE}
    assert bookkeeping(desk) == settings


def test_what_cannot_be_is_not_saved(desk):
    keep(desk)
    assert broken(lambda: save_bookkeeping(desk, BookkeepingSettings(client=0))).field == "client"
    assert bookkeeping(desk).client == 55_003


def test_settings_of_a_newer_program_are_left_out(desk):
    keep(desk)
    with desk.database.write() as connection:
        values = stored_house.read_section(connection, "bookkeeping") | {"something": 1}
        stored_house.write_section(connection, "bookkeeping", values)
    assert bookkeeping(desk).client == 55_003


def test_ways_of_taxing_are_those_that_the_house_knows(desk):
    keep(desk, revenue=(RevenueAccount(VatCategory.STANDARD, Decimal(7), 8300),))
    assert [(category.value, rate) for category, rate in ways_of_taxing(desk)] == [
        ("S", 19), ("S", 16), ("AE", 0), ("E", 0), ("S", 7),
    ]  # fmt: skip


def test_debtors_of_a_period_stand_there_with_what_they_were_billed(desk):
    keep(desk)
    one = add_debtor(desk, "10017", "ZAP Dr. Bohrer", 10_500)
    wide = add_debtor(desk, "10018", "Praxis Dr. Weiß", 100_500)
    bare = add_debtor(desk, "10020", "KFO Dr. Lindner")
    add_debtor(desk, "10021", "Praxis ohne Rechnung", 10_501)
    bill = sample_invoice()
    row = book(desk, one, bill)
    take_back(desk, row, bill, "ST-2022-0001")
    book(desk, one, number="RE-2")
    book(desk, wide, number="RE-3")
    book(desk, bare, number="RE-4")
    book(desk, bare, number="RE-5", issued_on=date(2023, 1, 1))
    assert debtors(desk, FIRST, LAST) == (
        Debtor(bare, "10020", "KFO Dr. Lindner", None, fits=False, documents=1, gross_cents=17_672),
        Debtor(one, "10017", "ZAP Dr. Bohrer", 10_500, fits=True, documents=3, gross_cents=17_672),
        Debtor(wide, "10018", "Praxis Dr. Weiß", 100_500, fits=False, documents=1, gross_cents=17_672),
    )


def test_whoever_paid_belongs_to_them_where_payments_are_wanted(desk):
    one = add_debtor(desk, "10017", "ZAP Dr. Bohrer")
    pay(desk, book(desk, one), 100, date(2023, 1, 2))
    january = (date(2023, 1, 1), date(2023, 1, 31))
    assert debtors(desk, *january) == ()
    (found,) = debtors(desk, *january, payments=True)
    assert (found.customer_id, found.documents, found.gross_cents) == (one, 0, 0)


def test_merged_records_count_together(desk):
    keep(desk)
    one, other = add_debtor(desk, "10017", "ZAP Dr. Bohrer"), add_debtor(desk, "10018", "Bohrer", 10_018)
    book(desk, one, number="RE-1")
    book(desk, other, number="RE-2")
    merge(desk, one, other, {}, "dieselbe")
    (found,) = debtors(desk, FIRST, LAST)
    assert (found.customer_id, found.name, found.account, found.documents) == (
        one,
        "ZAP Dr. Bohrer",
        10_018,
        2,
    )


def test_an_account_is_set_changed_and_taken_away_and_the_history_tells(desk):
    keep(desk)
    row = add_debtor(desk, "10017", "ZAP Dr. Bohrer")
    done = set_debtor_account(desk, row, 10_017)
    assert done.changed == {Topic.CUSTOMERS}
    assert done.value.debtor_account == account_of(desk, row) == 10_017
    set_debtor_account(desk, row, 10_017)
    set_debtor_account(desk, row, 69_999)
    set_debtor_account(desk, row, None)
    assert account_of(desk, row) is None
    told = [(one.field, one.old, one.new) for one in reversed(record_history(desk, row))]
    assert told == [(FIELD, "", "10017"), (FIELD, "10017", "69999"), (FIELD, "69999", "")]


@pytest.mark.parametrize("account", [0, 9999, 70_000, 100_000])
def test_an_account_outside_of_the_debtors_is_refused(desk, account):
    row = add_debtor(desk, "10017", "ZAP Dr. Bohrer", 10_017)
    error = broken(lambda: set_debtor_account(desk, row, account))
    assert (error.code, error.field) == (Rule.NUMBER_INVALID, FIELD)
    assert (error.parameters["lowest"], error.parameters["highest"]) == (10_000, 69_999)
    assert account_of(desk, row) == 10_017


def test_an_account_is_one_customers_alone(desk):
    add_debtor(desk, "10017", "ZAP Dr. Bohrer", 10_017)
    other = add_debtor(desk, "10018", "Praxis Dr. Weiß")
    error = broken(lambda: set_debtor_account(desk, other, 10_017))
    assert (error.code, error.field) == (Rule.DEBTOR_ACCOUNT_TAKEN, FIELD)
    assert error.parameters["name"] == "ZAP Dr. Bohrer"
    assert account_of(desk, other) is None


def test_nobody_has_no_account(desk):
    for work in (lambda: set_debtor_account(desk, 77, 10_017), lambda: assign_debtor_accounts(desk, [77])):
        assert broken(work).code is Rule.CUSTOMER_UNKNOWN


def test_an_account_moves_within_a_practice(desk):
    one, other = add_debtor(desk, "10017", "ZAP Dr. Bohrer"), add_debtor(desk, "10018", "Bohrer", 10_018)
    merge(desk, one, other, {}, "dieselbe")
    assert set_debtor_account(desk, other, 10_018).value.id == one
    assert (account_of(desk, one), account_of(desk, other)) == (10_018, None)


def test_a_locked_record_may_get_an_account(desk):
    row = add_debtor(desk, "10017", "ZAP Dr. Bohrer")
    book(desk, row)
    erase(desk, row, "10017", "auf Wunsch")
    assert [one.debtor_account for one in assign_debtor_accounts(desk, [row]).value] == [10_000]
    assert set_debtor_account(desk, row, 10_005).value.debtor_account == 10_005
    (line,) = [one for one in record_history(desk, row) if one.new == "10005"]
    assert line.old == "10000"


def test_an_account_that_a_locked_customer_had_is_given_to_nobody(desk):
    keep(desk)
    row = add_debtor(desk, "10017", "ZAP Dr. Bohrer")
    set_debtor_account(desk, row, 10_000)
    set_debtor_account(desk, row, 10_001)
    book(desk, row)
    erase(desk, row, "10017", "auf Wunsch")
    other = add_debtor(desk, "10018", "Praxis Dr. Weiß")
    assert [one.debtor_account for one in assign_debtor_accounts(desk, [other]).value] == [10_002]


def test_free_accounts_are_given_out_in_order_and_none_twice(desk):
    keep(desk, first_debtor=20_000)
    taken = add_debtor(desk, "1", "Eins", 20_001)
    former = add_debtor(desk, "2", "Zwei", 20_002)
    set_debtor_account(desk, former, None)
    rows = [add_debtor(desk, str(number), f"Praxis {number}") for number in range(3, 6)]
    done = assign_debtor_accounts(desk, [rows[2], taken, rows[0], rows[2], rows[1]])
    assert done.changed == {Topic.CUSTOMERS}
    assert [(one.id, one.debtor_account) for one in done.value] == [
        (rows[2], 20_000), (rows[0], 20_003), (rows[1], 20_004),
    ]  # fmt: skip
    assert [account_of(desk, row) for row in (taken, former)] == [20_001, None]
    assert assign_debtor_accounts(desk, rows).value == ()


def test_a_practice_gets_one_account_for_all_its_records(desk):
    one, other = add_debtor(desk, "1", "Eins"), add_debtor(desk, "2", "Zwei")
    third, fourth = add_debtor(desk, "3", "Drei"), add_debtor(desk, "4", "Vier", 10_004)
    merge(desk, one, other, {}, "dieselbe")
    merge(desk, third, fourth, {}, "dieselbe")
    given = assign_debtor_accounts(desk, [other, one, third, fourth]).value
    assert [(practice.id, practice.debtor_account) for practice in given] == [(one, 10_000)]


def test_where_none_is_left_nobody_gets_one(desk):
    keep(desk, first_debtor=69_999)
    rows = [add_debtor(desk, str(number), f"Praxis {number}") for number in range(2)]
    error = broken(lambda: assign_debtor_accounts(desk, rows))
    assert (error.code, error.parameters) == (Rule.DEBTOR_ACCOUNTS_USED_UP, {"highest": 69_999})
    assert [account_of(desk, row) for row in rows] == [None, None]


@pytest.mark.parametrize(
    ("typed", "account"), [("", None), ("  ", None), ("10017", 10_017), (" 69999 ", 69_999)]
)
def test_an_account_is_read_as_it_is_typed(typed, account):
    assert checked_debtor_account(typed, BookkeepingSettings()) == account


@pytest.mark.parametrize("typed", ["9999", "70000", "10 017", "10.017", "-1", "K10017", "１００１７"])
def test_what_is_no_account_is_refused(typed):
    error = broken(lambda: checked_debtor_account(typed, BookkeepingSettings()))
    assert (error.code, error.field) == (Rule.NUMBER_INVALID, FIELD)


def test_whoever_asks_what_is_stored_is_told_the_account(desk):
    row = add_debtor(desk, "10017", "ZAP Dr. Bohrer")
    set_debtor_account(desk, row, 10_017)
    with desk.database.read() as connection:
        dossier = of_customer(connection, row)
    assert ("Debitorenkonto", "10017") in dossier.tables[0].rows
    (changes,) = [one for one in dossier.tables if one.file == "aenderungen"]
    assert any("Debitorenkonto" in cells and "10017" in cells for cells in changes.rows)


def test_saving_a_record_keeps_its_account(desk):
    row = add_debtor(desk, "10017", "ZAP Dr. Bohrer", 10_017)
    with desk.database.write() as connection:
        found = customers.find(connection, row)
        assert found is not None
        customers.update_customer(connection, replace(found, city="Bonn"))
    assert account_of(desk, row) == 10_017


def test_merging_takes_an_account_over_that_has_too_few_digits_by_now(desk):
    keep(desk)
    one, other = add_debtor(desk, "90001", "Praxis A"), add_debtor(desk, "90002", "Praxis A", 10_500)
    keep(desk, account_length=6)
    merge(desk, one, other, {}, "dieselbe")
    assert (account_of(desk, one), account_of(desk, other)) == (10_500, None)
