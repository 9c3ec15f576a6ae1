"""The debtor's account of a customer: typed, merged, brought in and given out."""

from __future__ import annotations

import csv
import io

import pytest

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.explain import explain
from laverma_desk.services.customers.customer_record import (
    TermsDraft,
    read_record,
    record_history,
    save_terms,
)
from laverma_desk.services.customers.merging import Part, merge, preview_merge
from laverma_desk.services.datev.debtors import set_debtor_account
from laverma_desk.services.exporting.customers import export_customers
from laverma_desk.services.importing.customer_source import own_file
from laverma_desk.services.importing.customers import import_source
from laverma_desk.services.problems import FileRefused
from laverma_desk.storage import customers
from tests.support.datev_desks import add_debtor, keep


def account(desk, number):
    with desk.database.read() as connection:
        found = customers.find_by_number(connection, number)
    return None if found is None else found.debtor_account


def trail(desk, row):
    return [
        (one.old, one.new, one.reason) for one in record_history(desk, row) if one.field == "debtor_account"
    ]


@pytest.fixture
def bring_in(desk, tmp_path):
    def work(*lines):
        file = tmp_path / "kunden.csv"
        words = "Kundennummer;Name;Debitorenkonto\n" + "\n".join(lines) + "\n"
        file.write_text(words, encoding="utf-8")
        return import_source(desk, own_file(file)).value

    return work


def test_it_is_kept_with_the_terms_and_traced(desk, bohrer):
    row = bohrer.customer_id
    save_terms(desk, row, TermsDraft(km="18", debtor_account=" 10017 "))
    record = read_record(desk, row)
    assert (record.customer.debtor_account, record.customer.on_site_km) == (10_017, 18)
    save_terms(desk, row, TermsDraft(km="18", debtor_account="10018"))
    save_terms(desk, row, TermsDraft(km="18"))
    assert read_record(desk, row).customer.debtor_account is None
    assert trail(desk, row) == [("10018", "", ""), ("10017", "10018", ""), ("", "10017", "")]


@pytest.mark.parametrize("typed", ["9999", "70000", "zehntausend", "10017,5"])
def test_one_that_cannot_be_stops_the_whole_card(desk, bohrer, typed):
    with pytest.raises(RuleBroken) as caught:
        save_terms(desk, bohrer.customer_id, TermsDraft(km="18", debtor_account=typed))
    assert (caught.value.code, caught.value.field) == (Rule.NUMBER_INVALID, "debtor_account")
    assert read_record(desk, bohrer.customer_id).customer.on_site_km is None


def test_one_that_another_has_is_refused_with_the_name(desk, bohrer):
    add_debtor(desk, "20001", "Praxis Dr. Weiß", 10_020)
    with pytest.raises(RuleBroken) as caught:
        save_terms(desk, bohrer.customer_id, TermsDraft(km="18", debtor_account="10020"))
    assert (caught.value.code, caught.value.field) == (Rule.DEBTOR_ACCOUNT_TAKEN, "debtor_account")
    assert "Praxis Dr. Weiß" in explain(caught.value)
    assert read_record(desk, bohrer.customer_id).customer.on_site_km is None


def test_one_of_other_digits_stays_while_other_fields_change(desk, bohrer):
    save_terms(desk, bohrer.customer_id, TermsDraft(debtor_account="10017"))
    keep(desk, account_length=6)
    save_terms(desk, bohrer.customer_id, TermsDraft(km="18", debtor_account="10017"))
    assert account(desk, "10017") == 10_017
    with pytest.raises(RuleBroken):
        save_terms(desk, bohrer.customer_id, TermsDraft(debtor_account="10018"))


def test_merging_moves_it_to_a_record_without_one(desk, bohrer):
    other = add_debtor(desk, "20001", "ZAP Bohrer", 10_020)
    keep(desk, account_length=6)
    assert all(one.part is not Part.VAT_ID for one in preview_merge(desk, bohrer.customer_id, other).choices)
    merge(desk, bohrer.customer_id, other, {}, "doppelt angelegt")
    assert (account(desk, "10017"), account(desk, "20001")) == (10_020, None)
    assert ("", "10020", "doppelt angelegt") in trail(desk, bohrer.customer_id)
    assert ("10020", "", "doppelt angelegt") in trail(desk, bohrer.customer_id)


def test_merging_leaves_two_accounts_where_they_are(desk, bohrer):
    set_debtor_account(desk, bohrer.customer_id, 10_017)
    other = add_debtor(desk, "20001", "ZAP Bohrer", 10_020)
    merge(desk, bohrer.customer_id, other, {}, "doppelt angelegt")
    assert (account(desk, "10017"), account(desk, "20001")) == (10_017, 10_020)


def test_a_table_brings_it_in_and_says_it_in_the_history(desk, bohrer, bring_in):
    done = bring_in("10017;ZAP Dr. Bohrer;10017", "20001;Praxis Dr. Weiß;10018", "20002;Praxis Ohne;")
    assert (done.tally.customers_added, done.tally.customers_changed) == (2, 1)
    assert [account(desk, one) for one in ("10017", "20001", "20002")] == [10_017, 10_018, None]
    ((old, new, reason),) = trail(desk, bohrer.customer_id)
    assert (old, new, reason) == ("", "10017", "Import kunden.csv")
    assert bring_in("10017;ZAP Dr. Bohrer;10017").unchanged == 1
    bring_in("20001;Praxis Dr. Weiß;10019", "20002;Praxis Ohne;10020")
    assert (account(desk, "20001"), account(desk, "20002")) == (10_019, 10_020)


@pytest.mark.parametrize(
    ("lines", "line", "rule"),
    [
        (("20001;Praxis A;9999",), 2, Rule.NUMBER_INVALID),
        (("20001;Praxis A;Konto",), 2, Rule.NUMBER_INVALID),
        (("20001;Praxis A;10030", "20002;Praxis B;10030"), 3, Rule.DEBTOR_ACCOUNT_TAKEN),
        (("20001;Praxis A;10050",), 2, Rule.DEBTOR_ACCOUNT_TAKEN),
        (("20001;Praxis A;10030", "20001;Praxis A;10031"), 3, Rule.FIELD_CONTRADICTS),
    ],
)
def test_a_wrong_one_is_named_by_its_row_and_nothing_is_written(desk, bring_in, lines, line, rule):
    add_debtor(desk, "30001", "Praxis Dr. Weiß", 10_050)
    with pytest.raises(FileRefused) as caught:
        bring_in(*lines)
    (problem,) = caught.value.problems
    assert (problem.line, problem.place, problem.error.code) == (line, "Debitorenkonto", rule)
    assert explain(problem.error)
    assert account(desk, "20001") is None
    with desk.database.read() as connection:
        assert customers.find_by_number(connection, "20001") is None


def test_a_record_that_went_into_another_brings_none_along(desk, bohrer, bring_in):
    set_debtor_account(desk, bohrer.customer_id, 10_017)
    other = add_debtor(desk, "20001", "ZAP Bohrer", 10_020)
    merge(desk, bohrer.customer_id, other, {}, "doppelt angelegt")
    bring_in("20001;ZAP Bohrer;10020")
    assert (account(desk, "10017"), account(desk, "20001")) == (10_017, 10_020)


def test_it_goes_out_and_comes_back(desk, bohrer, tmp_path):
    set_debtor_account(desk, bohrer.customer_id, 10_017)
    add_debtor(desk, "20001", "Praxis Ohne")
    file = tmp_path / "kunden.csv"
    export_customers(desk, file)
    words = file.read_text(encoding="utf-8-sig")
    given = {
        row["Kundennummer"]: row["Debitorenkonto"]
        for row in csv.DictReader(io.StringIO(words), delimiter=";")
    }
    assert given["20001"] == ""
    assert "10017" in words
    done = import_source(desk, own_file(file)).value
    assert done.unchanged == done.customers
