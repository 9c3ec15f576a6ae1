"""What the tax adviser gets, read back field by field by a reader that knows the format alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from laverma_desk.domain.bookkeeping import RevenueAccount
from laverma_desk.domain.invoice import VatCategory
from laverma_desk.services.customers.merging import merge
from laverma_desk.services.datev.debtors import set_debtor_account
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.issuing import issue_open
from laverma_desk.services.invoicing.payments import add_payment
from laverma_desk.services.privacy.erasure import erase, erase_due
from laverma_desk.services.setup import house
from tests.support import datev_desks
from tests.support.datev_desks import (
    add_debtor,
    book,
    debtors_of,
    export,
    keep,
    pay,
    postings_of,
    take_back,
)
from tests.support.invoice_houses import UNTIL, add_practice, add_sessions, wish
from tests.support.invoice_makers import (
    item_line,
    picture_lines,
    reverse_charge_invoice,
    sample_invoice,
    session_line,
    small_business_invoice,
)

desk, rows = datev_desks.desk, datev_desks.rows

FIRST, LAST = date(2022, 1, 1), date(2022, 12, 31)


def test_an_invoice_is_one_gross_sum_against_revenue(desk, rows, tmp_path):
    book(desk, rows[0])
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (one.cents, one.account, one.contra, one.key) == (17672, 10_017, 8400, "")
    assert (one.day, one.due) == (date(2022, 3, 1), date(2022, 3, 15))
    assert (one.field_1, one.field_2) == ("RE-2022-0031", "150322")
    assert one.text == "Fernwartung 02/2022, ZAP Dr. Bohrer"
    assert (one.service_day, one.tax_period) == (date(2022, 2, 28), date(2022, 2, 28))
    assert not one.committed
    assert one.vat_id == ""


def test_a_cancellation_settles_its_invoice_on_the_other_side(desk, rows, tmp_path):
    one = sample_invoice()
    take_back(desk, book(desk, rows[0], one), one, "ST-2022-0001", date(2022, 3, 8))
    bill, back = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert bill.cents + back.cents == 0
    assert (back.account, back.contra, back.field_1) == (bill.account, bill.contra, bill.field_1)
    assert (back.field_2, back.day, back.due) == ("ST-2022-0001", date(2022, 3, 8), None)
    assert back.text == "Storno ST-2022-0001, ZAP Dr. Bohrer"
    assert (back.service_day, back.tax_period) == (date(2022, 2, 28), date(2022, 3, 8))


def test_a_long_number_of_a_cancellation_stands_in_the_text_alone(desk, rows, tmp_path):
    one = sample_invoice()
    take_back(desk, book(desk, rows[0], one), one, "STORNO-2022-0001")
    _bill, back = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (back.field_2, back.text) == ("", "Storno STORNO-2022-0001, ZAP Dr. Bohrer")


def test_each_rate_is_a_row_and_what_costs_nothing_is_none(desk, rows, tmp_path):
    keep(desk, revenue=(RevenueAccount(VatCategory.STANDARD, Decimal(7), 8300),))
    lines = (
        session_line(1, free_reason="Garantie"),
        item_line(2, price_cents=1000, day=date(2022, 2, 3)),
        item_line(3, price_cents=333, day=date(2022, 2, 10)),
        item_line(4, price_cents=10_01, vat_rate=Decimal(7), day=date(2022, 1, 31)),
        item_line(5, quantity=-1, price_cents=2000, vat_rate=Decimal(7), day=date(2022, 2, 1)),
    )
    book(desk, rows[0], sample_invoice(lines))
    book(desk, rows[1], sample_invoice((session_line(1, free_reason="Garantie"),)), number="RE-2022-0032")
    found = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert [(one.field_1, one.contra, one.cents, one.service_day) for one in found] == [
        # 13.33 and 19 % are 15.86; −9.99 and 7 % are −10.69, on the other side.
        ("RE-2022-0031", 8400, 1586, date(2022, 2, 10)),
        ("RE-2022-0031", 8300, -1069, date(2022, 2, 1)),
    ]
    assert {one.text for one in found} == {"Fernwartung 01/2022-02/2022, ZAP Dr. Bohrer"}


def test_whoever_owes_the_tax_is_named_by_its_vat_id(desk, rows, tmp_path):
    book(desk, rows[0], reverse_charge_invoice())
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (one.cents, one.contra, one.vat_id) == (14_850, 8336, "ATU12345675")
    assert one.service_day == date(2022, 2, 24)


def test_a_small_business_has_no_tax_and_no_day_for_it(desk, rows, tmp_path):
    book(desk, rows[0], small_business_invoice())
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (one.cents, one.contra, one.service_day, one.tax_period) == (14_850, 8195, None, None)


def test_days_of_service_can_be_left_out(desk, rows, tmp_path):
    keep(desk, service_dates=False)
    book(desk, rows[0])
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (one.service_day, one.tax_period, one.due) == (None, None, date(2022, 3, 15))


def test_where_vat_is_owed_on_receipt_no_day_of_service_says_its_period(desk, rows, tmp_path):
    house.save_company(desk, replace(house.read_house(desk).company, vat_on_receipt=True))
    book(desk, rows[0])
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (one.service_day, one.tax_period) == (None, None)


def test_money_is_the_bank_against_the_debtor(desk, rows, tmp_path):
    row = book(desk, rows[0])
    entry = pay(desk, row, 20_000, date(2022, 3, 9))
    pay(desk, row, -2328, date(2022, 3, 10))
    pay(desk, row, -20_000, date(2022, 3, 9), takes_back=entry)
    assert len(postings_of(export(desk, tmp_path, FIRST, LAST))) == 1
    found = postings_of(export(desk, tmp_path, FIRST, LAST, payments=True))[1:]
    assert [(one.cents, one.account, one.contra, one.day) for one in found] == [
        (20_000, 1200, 10_017, date(2022, 3, 9)),
        (-20_000, 1200, 10_017, date(2022, 3, 9)),
        (-2328, 1200, 10_017, date(2022, 3, 10)),
    ]
    assert {(one.field_1, one.field_2, one.due, one.service_day) for one in found} == {
        ("RE-2022-0031", "", None, None)
    }
    assert [one.text for one in found] == [
        "Zahlung RE-2022-0031, ZAP Dr. Bohrer",
        "Zahlung zurückgenommen, RE-2022-0031, ZAP Dr. Bohrer",
        "Rückzahlung RE-2022-0031, ZAP Dr. Bohrer",
    ]


def test_money_of_other_days_than_its_invoice_comes_alone(desk, rows, tmp_path):
    row = book(desk, rows[0])
    pay(desk, row, 17_672, date(2022, 4, 1))
    result = export(desk, tmp_path, date(2022, 4, 1), date(2022, 4, 30), payments=True)
    assert [one.cents for one in postings_of(result)] == [17_672]
    assert [one[1] for one in debtors_of(result)] == ["10017"]


def test_debtors_are_told_by_name_and_address_and_nothing_else(desk, rows, tmp_path):
    keep(desk)
    greek = add_debtor(
        desk, "20-" + "9" * 14, "Zahnarztpraxis am alten Marktplatz Dr. Weiß & Partner mbB", 10_100,
        street="Straße des siebzehnten Juni am Wasserturm 135", country="GR", vat_id="EL123456789",
        city="Sankt Margarethen an der Lafnitz", postcode="104 31", phone="+4930123", software="Synadoc",
        email_report="a@b.example",
    )  # fmt: skip
    book(desk, greek)
    (one,) = debtors_of(export(desk, tmp_path, FIRST, LAST))
    assert {place: cell for place, cell in one.items() if cell} == {
        1: "10100",
        2: "Zahnarztpraxis am alten Marktplatz Dr. Weiß & Part",
        7: "2",
        8: "Zahnarztpraxis",
        9: "EL",
        10: "123456789",
        15: "STR",
        16: "Straße des siebzehnten Juni am Wasse",
        18: "10431",
        19: "Sankt Margarethen an der Lafni",
        20: "GR",
    }


@pytest.mark.parametrize(
    ("postcode", "city", "told"),
    [
        ("12345", "Bonn", ("12345", "Bonn")),
        ("00-001", "Warszawa", ("00001", "Warszawa")),
        ("1012 AB", "Amsterdam", ("", "1012 AB Amsterdam")),
        ("", "Bonn", ("", "Bonn")),
        ("", "", ("", "")),
    ],
)
def test_a_postcode_is_digits_or_stands_before_the_town(desk, rows, tmp_path, postcode, city, told):
    book(desk, add_debtor(desk, "10019", "Praxis", 10_019, postcode=postcode, city=city))
    (one,) = debtors_of(export(desk, tmp_path, FIRST, LAST))
    assert (one[18], one[19]) == told


def test_only_debtors_of_the_period_are_told_and_none_where_none_are_wanted(desk, rows, tmp_path):
    book(desk, rows[1])
    assert [one[1] for one in debtors_of(export(desk, tmp_path, FIRST, LAST))] == ["10018"]
    result = export(desk, tmp_path, FIRST, LAST, masters=False)
    assert [one.name for one in result.files] == ["EXTF_Buchungsstapel_20220101_20221231.csv"]
    assert sorted(one.name for one in result.folder.iterdir()) == [one.name for one in result.files]


def test_quotation_marks_semicolons_and_umlauts_come_through(desk, rows, tmp_path):
    name = 'Praxis "Zahn; & Co." – Žofie Œuvre €'
    book(desk, add_debtor(desk, "10019", name, 10_019))
    result = export(desk, tmp_path, FIRST, LAST)
    (one,) = postings_of(result)
    assert one.text == f"Fernwartung 02/2022, {name}"
    (debtor,) = debtors_of(result)
    assert debtor[2] == name


def test_a_letter_and_its_mark_become_one(desk, rows, tmp_path):
    book(desk, add_debtor(desk, "10019", "Praxis Mu\u0308ller", 10_019))
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert one.text == "Fernwartung 02/2022, Praxis Müller"


def test_a_long_name_is_cut_at_sixty(desk, rows, tmp_path):
    book(desk, add_debtor(desk, "10019", "Praxis " + "ü" * 80, 10_019))
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert one.text == "Fernwartung 02/2022, Praxis " + "ü" * 32


def test_no_notes_and_nothing_of_a_session_is_in_it(desk, rows, tmp_path):
    lines = tuple(replace(one, text="Patientin Meier, Röntgenbild") for one in picture_lines())
    row = book(desk, rows[0], sample_invoice(lines))
    pay(desk, row, 100, date(2022, 3, 9))
    result = export(desk, tmp_path, FIRST, LAST, payments=True)
    words = "".join((result.folder / one.name).read_text("cp1252") for one in result.files)
    for secret in ("Meier", "Röntgen", "PC Rezeption", "Klassen", "S-2022", "Lorenz", "praxis@"):
        assert secret not in words


def test_a_document_stays_on_the_account_of_the_record_it_was_issued_for(desk, rows, tmp_path):
    book(desk, rows[1], number="RE-2022-0032")
    merge(desk, rows[0], rows[1], {}, "dieselbe Praxis")
    book(desk, rows[0], number="RE-2022-0033")
    result = export(desk, tmp_path, FIRST, LAST)
    found = [(one.field_1, one.account, one.text[-14:]) for one in postings_of(result)]
    assert found == [
        ("RE-2022-0032", 10_018, "ZAP Dr. Bohrer"), ("RE-2022-0033", 10_017, "ZAP Dr. Bohrer"),
    ]  # fmt: skip
    assert [(one[1], one[2]) for one in debtors_of(result)] == [
        ("10017", "ZAP Dr. Bohrer"), ("10018", "ZAP Dr. Bohrer"),
    ]  # fmt: skip


def test_a_record_without_an_account_is_booked_on_that_of_its_practice(desk, rows, tmp_path):
    bare, head = add_debtor(desk, "10030", "Praxis Alt"), add_debtor(desk, "10031", "Praxis Neu")
    book(desk, bare, number="RE-1")
    book(desk, head, number="RE-2")
    merge(desk, rows[0], bare, {}, "dieselbe")
    merge(desk, head, rows[1], {}, "dieselbe")
    found = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert [(one.field_1, one.account) for one in found] == [("RE-1", 10_017), ("RE-2", 10_018)]


def test_of_several_merged_accounts_the_oldest_records_counts(desk, rows, tmp_path):
    head = add_debtor(desk, "10031", "Praxis Neu", 10_031)
    for other in (rows[1], rows[0]):
        merge(desk, head, other, {}, "dieselbe")
    set_debtor_account(desk, head, None)
    book(desk, head)
    assert [one.account for one in postings_of(export(desk, tmp_path, FIRST, LAST))] == [10_017]


def test_the_bookkeeping_outlives_the_erasure(desk, rows, tmp_path, clock):
    row = book(desk, rows[0])
    pay(desk, row, 17_672, date(2022, 3, 9))
    erase(desk, rows[0], "10017", "auf Wunsch")
    result = export(desk, tmp_path, FIRST, LAST, payments=True)
    assert [one.text for one in postings_of(result)] == [
        "Fernwartung 02/2022, ZAP Dr. Bohrer", "Zahlung RE-2022-0031, ZAP Dr. Bohrer",
    ]  # fmt: skip
    assert [one[2] for one in debtors_of(result)] == ["ZAP Dr. Bohrer"]
    clock.set_wall(datetime(2031, 1, 2, 9, tzinfo=UTC))
    erase_due(desk)
    result = export(desk, tmp_path, FIRST, LAST, payments=True)
    found = [(one.cents, one.account, one.contra, one.text) for one in postings_of(result)]
    assert found == [
        (17_672, 10_017, 8400, "Fernwartung 02/2022"), (17_672, 1200, 10_017, "Zahlung RE-2022-0031"),
    ]  # fmt: skip
    assert all(one.first for one in result.files), "nothing is told of somebody who was erased"


def test_an_erased_customer_abroad_is_named_no_more(desk, rows, tmp_path, clock):
    book(desk, rows[0], reverse_charge_invoice())
    clock.set_wall(datetime(2031, 1, 2, 9, tzinfo=UTC))
    erase(desk, rows[0], "10017", "auf Wunsch")
    (one,) = postings_of(export(desk, tmp_path, FIRST, LAST))
    assert (one.contra, one.vat_id, one.text) == (8336, "", "Fernwartung 02/2022")


def test_what_was_really_issued_cancelled_and_paid(desk, tmp_path, clock):
    keep(desk)
    place = add_practice(desk, debtor_account=10_001)
    sessions = add_sessions(desk, place, 742, 1068)
    made = issue_open(desk, wish(place, sessions), UNTIL).value.row
    clock.advance(days=3)
    add_payment(desk, made.id, 1000, date(2022, 3, 3), "Anzahlung von Frau Meier")
    cancel_invoice(desk, made.id, "Falscher Zeitraum")
    found = postings_of(export(desk, tmp_path, FIRST, LAST, payments=True))
    assert [(one.cents, one.field_1, one.field_2) for one in found] == [
        (made.gross_cents, made.number, "150322"),
        (-made.gross_cents, made.number, "ST-2022-0001"),
        (1000, made.number, ""),
    ]
