"""Whatever DATEV would refuse is named before anything is written, all of it at once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.bookkeeping import BookkeepingSettings, Chart, RevenueAccount
from laverma_desk.domain.errors import Rule
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.explain import explain
from laverma_desk.services.datev.exporting import DatevRefused, DatevWish, export_datev, preview
from laverma_desk.services.datev.settings import save_bookkeeping
from tests.support import datev_desks
from tests.support.datev_desks import add_debtor, book, export, keep, pay, postings_of
from tests.support.invoice_makers import (
    item_line,
    reverse_charge_invoice,
    sample_invoice,
    session_line,
    small_business_invoice,
)
from tests.support.raw_words import lift_seal, say, triggers

desk, rows = datev_desks.desk, datev_desks.rows

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)
YEAR = DatevWish(FIRST, LAST)
FILE = "EXTF_Buchungsstapel_20220101_20221231.csv"


@pytest.fixture
def refused(desk, tmp_path):
    """Return the obstacles of a wish: those of the preview, which the export then names too."""

    def work(wish=YEAR):
        seen = preview(desk, wish).obstacles
        with pytest.raises(DatevRefused) as caught:
            export_datev(desk, wish, tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == [], "nothing is left behind"
        told = [(one.kind, one.customer_id, one.rows, explain(one.error)) for one in seen]
        assert told == [
            (one.kind, one.customer_id, one.rows, explain(one.error)) for one in caught.value.obstacles
        ]
        assert caught.value.parameters == {"count": len(seen)}
        return seen

    return work


@contextmanager
def foreign_hand(desk, table):
    """Let somebody write into a sealed table of the desk."""
    with desk.database.write() as connection:
        for name in triggers(connection, table):
            lift_seal(connection, name)
        yield connection


def test_without_the_numbers_of_adviser_and_client_there_is_no_file(desk, rows, refused):
    book(desk, rows[0])
    for settings in (
        BookkeepingSettings(),
        BookkeepingSettings(consultant=1001),
        BookkeepingSettings(client=1),
    ):
        save_bookkeeping(desk, settings)
        (one,) = refused()
        assert (one.kind, one.customer_id) == (Rule.DATEV_NUMBERS_MISSING, None)
        assert "Beraternummer und Mandantennummer" in explain(one.error)


def test_a_customer_without_an_account_is_named_once(desk, rows, refused):
    bare = add_debtor(desk, "10019", "KFO Dr. Lindner")
    for number in range(3):
        book(desk, bare, number=f"RE-{number}")
    book(desk, rows[0])
    (one,) = refused()
    assert (one.kind, one.customer_id, one.rows) == (Rule.DEBTOR_ACCOUNT_MISSING, bare, 3)
    assert explain(one.error).startswith("KFO Dr. Lindner (10019) hat kein Debitorenkonto.")


def test_one_who_only_paid_needs_an_account_too(desk, rows, refused, tmp_path):
    bare = add_debtor(desk, "10019", "KFO Dr. Lindner")
    pay(desk, book(desk, bare), 100, date(2022, 4, 1))
    book(desk, rows[0], number="RE-2", issued_on=date(2022, 4, 2))
    april = DatevWish(date(2022, 4, 1), date(2022, 4, 30))
    assert preview(desk, april).obstacles == ()
    (one,) = refused(replace(april, payments=True))
    assert (one.kind, one.customer_id) == (Rule.DEBTOR_ACCOUNT_MISSING, bare)


@pytest.mark.parametrize("account", [9_999, 70_000, 100_170])
def test_an_account_with_other_digits_is_refused(desk, rows, refused, account):
    row = add_debtor(desk, "10019", "KFO Dr. Lindner", account)
    book(desk, row)
    (one,) = refused()
    assert (one.kind, one.customer_id) == (Rule.DEBTOR_ACCOUNT_LENGTH, row)
    for said in (str(account), "KFO Dr. Lindner", "10000", "69999"):
        assert said in explain(one.error)


def test_every_way_of_taxing_needs_an_account(desk, rows, refused):
    lines = (
        session_line(1),
        item_line(2, vat_rate=Decimal(16)),
        item_line(3, vat_rate=Decimal(7)),
    )
    for number in range(2):
        book(desk, rows[0], sample_invoice(lines), number=f"RE-{number}")
    found = refused()
    assert [(one.kind, one.rows) for one in found] == [(Rule.DATEV_REVENUE_MISSING, 2)] * 2
    said = [explain(one.error).replace("\u00a0", " ") for one in found]
    assert [one.partition(",")[0] for one in said] == ["Für 16 % Umsatzsteuer", "Für 7 % Umsatzsteuer"]
    assert "RE-0" in said[0]
    own = tuple(RevenueAccount(VatCategory.STANDARD, Decimal(rate), 8300 + rate) for rate in (16, 7))
    keep(desk, revenue=own)
    assert preview(desk, YEAR).obstacles == ()


def test_skr04_has_no_usual_account_for_a_small_business(desk, rows, refused, tmp_path):
    keep(desk, chart=Chart.SKR04)
    book(desk, rows[0], small_business_invoice())
    (one,) = refused()
    assert one.kind is Rule.DATEV_REVENUE_MISSING
    assert "Kleinunternehmer" in explain(one.error)
    keep(desk, chart=Chart.SKR04, revenue=(RevenueAccount(VatCategory.EXEMPT, Decimal(0), 4184),))
    assert [one.contra for one in postings_of(export(desk, tmp_path, FIRST, LAST))] == [4184]


def test_a_letter_that_the_code_page_lacks_is_named_with_its_row(desk, rows, refused):
    strange = add_debtor(desk, "10019", "Praxis Łódź 歯科", 10_019, city="Zürich → Wien")
    book(desk, rows[0], number="RE-1")
    for number in (2, 3):
        book(desk, strange, number=f"RE-{number}")
    found = refused()
    assert [one.error.parameters["column"] for one in found] == [
        "Buchungstext", "Name (Adressattyp Unternehmen)", "Kurzbezeichnung", "Ort",
    ]  # fmt: skip
    assert [one.error.parameters["characters"] for one in found] == ["Łź歯科", "Łź歯科", "Łź歯科", "→"]
    first = found[0]
    assert (first.kind, first.customer_id, first.rows) == (Rule.DATEV_CHARACTER, strange, 2)
    assert (first.error.parameters["file"], first.error.parameters["line"]) == (FILE, 4)
    assert (found[1].error.parameters["file"], found[1].error.parameters["line"]) == ("EXTF_Debitoren.csv", 4)
    assert f"{FILE}, Zeile 4, Feld Buchungstext: „Łź歯科“" in explain(first.error)


def test_what_is_cut_off_is_no_obstacle(desk, rows):
    book(desk, add_debtor(desk, "10019", "P" * 60 + "Ł", 10_019))
    assert preview(desk, YEAR).obstacles == ()


@pytest.mark.parametrize("number", ["RE 31", "RE_31", "RÉ-31", "R" * 37])
def test_a_number_that_the_format_does_not_take_is_refused(desk, rows, refused, number):
    book(desk, rows[0], number=number)
    (one,) = refused()
    assert one.kind is Rule.DATEV_NUMBER_REFUSED
    assert number in explain(one.error)


def test_the_longest_number_with_every_sign_is_taken(desk, rows, tmp_path):
    number = "ab$&%*+-/" + "9" * 27
    book(desk, rows[0], number=number)
    assert [one.field_1 for one in postings_of(export(desk, tmp_path, FIRST, LAST))] == [number]


def test_an_amount_of_more_than_twelve_digits_is_refused(desk, rows, refused, tmp_path):
    lines = (item_line(1, quantity=10_000, price_cents=84_033_613),)
    book(desk, rows[0], sample_invoice(lines), number="RE-1")
    assert [one.cents for one in postings_of(export(desk, tmp_path, FIRST, LAST))] == [999_999_994_700]
    lines = (item_line(1, quantity=10_000, price_cents=84_033_614),)
    book(desk, rows[0], sample_invoice(lines), number="RE-2")
    (one,) = refused()
    assert (one.kind, one.error.parameters["number"]) == (Rule.DATEV_AMOUNT, "RE-2")


def test_a_document_whose_lines_do_not_make_its_total_is_not_handed_over(desk, rows, refused):
    row = book(desk, rows[0])
    with foreign_hand(desk, "invoice_line") as connection:
        change = "UPDATE invoice_line SET net_cents = net_cents + 1 WHERE invoice_id = ?"
        say(connection, change, (row,))
    (one,) = refused()
    assert (one.kind, one.error.parameters["number"]) == (Rule.DATEV_SUMS, "RE-2022-0031")


def test_a_period_without_anything_is_said(desk, rows, refused):
    (one,) = refused()
    assert one.kind is Rule.DATEV_EMPTY
    assert "01.01.2022" in explain(one.error)


def test_a_period_of_free_sessions_alone_has_no_posting(desk, rows, refused):
    book(desk, rows[0], sample_invoice((session_line(1, free_reason="Garantie"),)))
    assert [one.kind for one in refused()] == [Rule.DATEV_EMPTY]


def test_all_obstacles_come_at_once_and_the_figures_with_them(desk, rows, refused):
    save_bookkeeping(desk, BookkeepingSettings(chart=Chart.SKR04))
    bare = add_debtor(desk, "10019", "Praxis Łódź")
    book(desk, bare, small_business_invoice(), number="RE_1")
    book(desk, rows[0], reverse_charge_invoice(), number="RE-2")
    seen = preview(desk, YEAR)
    assert [one.kind for one in seen.obstacles] == [
        Rule.DATEV_NUMBERS_MISSING, Rule.DEBTOR_ACCOUNT_MISSING, Rule.DATEV_REVENUE_MISSING,
        Rule.DATEV_NUMBER_REFUSED, Rule.DATEV_CHARACTER,
    ]  # fmt: skip
    assert len(refused()) == 5
    assert (seen.bookings, seen.billed_cents, seen.files[0].rows) == (2, 29_700, 2)
    assert explain(DatevRefused(seen.obstacles)) == "5 Hindernisse. Es wurde nichts geschrieben."
