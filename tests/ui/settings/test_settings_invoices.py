"""The pages for VAT, for invoices, and what the tax page says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.document_number import NumberKind
from laverma_desk.domain.vat import LEGAL_RATES, VatRate
from laverma_desk.services.setup.house import read_house, save_company


def test_the_rates_stand_with_their_days_and_the_one_of_today_is_marked(hand):
    hand.open("vat")
    assert [(one.words, one.aside, one.badge) for one in hand.form.list.entries()] == [
        ("Ab 01.01.2007", "19\u00a0%", ""),
        ("Ab 01.07.2020", "16\u00a0%", ""),
        ("Ab 01.01.2021", "19\u00a0%", "gilt heute"),
    ]


def test_a_rate_is_added_from_a_date_on(hand):
    hand.open("vat").click(hand.form.add)
    assert hand.form.value("valid_from") == date(2022, 4, 1)
    hand.type("rate", "20,5").save()
    assert read_house(hand.desk).vat_rates == (*LEGAL_RATES, VatRate(date(2022, 4, 1), Decimal("20.5")))
    assert hand.controller.changes() == 0


def test_two_rates_from_one_day_are_refused_at_the_second(hand):
    hand.open("vat").click(hand.form.add)
    hand.type("rate", "20").type("valid_from", "01.01.2021").save()
    assert read_house(hand.desk).vat_rates == LEGAL_RATES
    assert hand.form.current() == 3
    assert hand.form.error("valid_from") != ""


def test_the_last_rate_stays(hand):
    hand.open("vat")
    for _time in range(5):
        hand.click(hand.form.remove)
    assert len(hand.form.rows()) == 1
    assert hand.form.remove.is_blocked()


def test_a_small_business_reads_that_its_rates_rest(hand):
    save_company(hand.desk, replace(read_house(hand.desk).company, small_business=True))
    assert "Kleinunternehmer" in hand.open("vat").form.note.text()
    assert hand.open("tariff").form.prices.gross.text() == "Ohne Umsatzsteuer, als Kleinunternehmer."


def test_a_tariff_is_shown_with_the_rate_that_will_be_charged_under_it(hand):
    hand.open("vat").click(hand.form.add)
    hand.type("rate", "20").save()
    hand.open("tariff")
    assert hand.form.prices.gross.text() == "2,68\u00a0€ je Minute mit 19\u00a0% Umsatzsteuer"
    hand.click(hand.form.add)
    assert hand.form.prices.gross.text() == "2,70\u00a0€ je Minute mit 20\u00a0% Umsatzsteuer"


def test_each_pattern_has_an_example_that_follows_what_is_typed(hand):
    hand.open("invoice")
    examples = {kind: hand.form.example(kind) for kind in NumberKind}
    assert examples == {
        NumberKind.INVOICE: "zum Beispiel RE-2022-0001",
        NumberKind.CANCELLATION: "zum Beispiel ST-2022-0001",
        NumberKind.REMINDER: "zum Beispiel ZE-2022-0001",
        NumberKind.DUNNING: "zum Beispiel MA-2022-0001",
    }
    hand.type("number_format", "R{seq:06}/{year}")
    assert hand.form.example(NumberKind.INVOICE) == "zum Beispiel R000001/2022"
    hand.type("number_format", "R{seq")
    assert hand.form.example(NumberKind.INVOICE) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("RE_{seq}", "_"),
        ("RÄ-{seq}", "Ä"),
        ("RE-{year}", "{seq}"),
        ("RE-{nr}", "{nr}"),
        ("R" * 40 + "{seq}", "36"),
    ],
)
def test_a_pattern_that_datev_refuses_is_refused_and_says_why(hand, typed, said):
    before = read_house(hand.desk).invoice
    hand.open("invoice").type("cancellation_format", typed).save()
    assert said in hand.form.error("cancellation_format")
    assert read_house(hand.desk).invoice == before


def test_two_kinds_that_could_get_the_same_number_are_refused_at_the_second(hand):
    hand.open("invoice").type("dunning_format", "ZE-{year}-{seq}").save()
    assert "ZE-{year}-{seq}" in hand.form.error("dunning_format")
    assert read_house(hand.desk).invoice.dunning_format == "MA-{year}-{seq:04}"


def test_days_and_format_are_kept(hand):
    hand.open("invoice").type("payment_days", "30")
    combo = hand.form.field("format")
    combo.setCurrentIndex(combo.findData(InvoiceFormat.XRECHNUNG))
    combo.activated.emit(combo.currentIndex())
    assert hand.controller.changes() == 2
    hand.save()
    found = read_house(hand.desk).invoice
    assert (found.payment_days, found.format) == (30, InvoiceFormat.XRECHNUNG)
    assert hand.controller.changes() == 0


def test_tax_office_and_taxation_on_receipt_are_kept(hand):
    hand.open("tax").type("tax_office", "Finanzamt Köln-Mitte").tick("vat_on_receipt").save()
    company = read_house(hand.desk).company
    assert (company.tax_office, company.vat_on_receipt) == ("Finanzamt Köln-Mitte", True)
    assert "01.01.2028" in hand.form.field("vat_on_receipt").accessibleDescription()
