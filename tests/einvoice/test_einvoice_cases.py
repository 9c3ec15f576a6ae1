from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.einvoice_needs import needs
from laverma_desk.domain.invoice import Invoice, LineKind, Unit
from laverma_desk.domain.invoice_sums import check_sums
from laverma_desk.domain.tariff import Rounding
from laverma_desk.einvoice.agreeing import agree
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.reading import read_xml
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import (
    BUYER,
    COMPANY,
    TEXTS,
    item_line,
    reverse_charge_invoice,
    sample_cancellation,
    sample_invoice,
    session_line,
    small_business_invoice,
)
from tests.support.xml_asking import LINE, TAX, TOTALS, half_up, text, texts

FORMATS = (InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG)
SUMMER = datetime(2022, 2, 28, 22, 59, 30, tzinfo=UTC)


def odd_names() -> Invoice:
    company = replace(COMPANY, name="Müller & Söhne <IT> „Groß“ GmbH", register="Amtsgericht Köln HRB 1 & 2")
    buyer = replace(BUYER, name='Zahnärzte "A" & <B>', city="Großenkneten", email="büro@müller.example")
    lines = (
        session_line(1, place="PC <1> & 2", text="Backup > 3 GB & \x00\x0b\ud800geprüft\r\nzweite Zeile ]]>"),
        session_line(2, text="Ünïcödé 🦷 Žižek", supporter="J. O'Neil & Co"),
    )
    return sample_invoice(lines, company=company, buyer=buyer)


def mixed_rates() -> Invoice:
    return sample_invoice(
        (
            session_line(1, datetime(2020, 12, 31, 12, tzinfo=UTC), vat_rate=Decimal(16)),
            session_line(2, datetime(2021, 1, 4, 12, tzinfo=UTC)),
            item_line(
                3, LineKind.OTHER, "Handbuch", 1, Unit.PIECE, 1995, date(2021, 1, 5), vat_rate=Decimal(7)
            ),
        )
    )


def items() -> Invoice:
    return sample_invoice(
        (
            session_line(1, seconds=3600),
            item_line(2, LineKind.TRAVEL, "Anfahrt 17,5 km", Decimal("17.5"), Unit.KILOMETRE, 65),
            item_line(3, LineKind.VISIT, "Vor-Ort-Termin", Decimal("1.25"), Unit.HOUR, 11999),
            item_line(4, LineKind.FLAT, "Pauschale Februar", 1, Unit.LUMP_SUM, 4900),
            item_line(5, LineKind.INCLUDED_MINUTES, "Minuten im Vertrag", -30, Unit.MINUTE, 225),
        )
    )


def all_free() -> Invoice:
    return sample_invoice((session_line(1, free_reason="Garantie"), session_line(2, free_reason="Kulanz")))


CASES = {
    "picture": sample_invoice,
    "english": lambda: sample_invoice(language="en"),
    "one line": lambda: sample_invoice(1),
    "1500 lines": lambda: sample_invoice(1500),
    "cancellation": sample_cancellation,
    "cancellation of seconds": lambda: sample_cancellation(
        sample_invoice((session_line(rounding=Rounding.EXACT_SECOND),))
    ),
    **{
        rule.value: lambda rule=rule: sample_invoice(
            (session_line(rounding=rule), session_line(2, SUMMER, 8, rounding=rule))
        )
        for rule in Rounding
    },
    "customer price": lambda: sample_invoice(
        (session_line(price_cents=199), session_line(2, price_cents=333))
    ),
    "free lines": all_free,
    "small business": small_business_invoice,
    "small business in English": lambda: small_business_invoice(language="en"),
    "small business, cancelled": lambda: sample_cancellation(small_business_invoice()),
    "reverse charge": reverse_charge_invoice,
    "reverse charge in English": lambda: reverse_charge_invoice(language="en"),
    "mixed VAT rates": mixed_rates,
    "items": items,
    "odd names": odd_names,
    "public buyer": lambda: sample_invoice(
        buyer=replace(BUYER, leitweg_id="04011000-1234512345-06", email="")
    ),
    "tax number alone": lambda: sample_invoice(company=replace(COMPANY, vat_id="")),
    "preview": lambda: sample_invoice(number=""),
    "taxed on receipt": lambda: sample_invoice(
        texts=replace(TEXTS, notices=("Versteuerung nach vereinnahmten Entgelten",))
    ),
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_invoice_passes_all_rules_and_says_what_was_meant(
    case: str, format_: InvoiceFormat
) -> None:
    invoice = replace(CASES[case](), format=format_)
    check_sums(invoice)
    assert needs(invoice) == ()
    xml = write_xml(invoice)
    assert check_xml(xml, format_) == ()
    assert agree(invoice, read_xml(xml)) == ()
    assert write_xml(invoice) == xml


@pytest.mark.parametrize("case", CASES)
def test_amounts_in_the_xml_follow_from_quantity_price_and_rate(case: str) -> None:
    """The arithmetic of the test: Decimal, read from the XML's text, nothing of the program's own."""
    xml = write_xml(CASES[case]())
    settled = LINE + "ram:SpecifiedLineTradeSettlement/"
    quantities = [
        Decimal(one) for one in texts(xml, LINE + "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity")
    ]
    price_path = LINE + "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/"
    prices = [Decimal(one) for one in texts(xml, price_path + "ram:ChargeAmount")]
    bases = [Decimal(one) for one in texts(xml, price_path + "ram:BasisQuantity")] or [Decimal(1)] * len(
        prices
    )
    nets = [
        Decimal(one)
        for one in texts(
            xml, settled + "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount"
        )
    ]
    rates = [Decimal(one) for one in texts(xml, settled + "ram:ApplicableTradeTax/ram:RateApplicablePercent")]
    assert nets == [half_up(q * p / b) for q, p, b in zip(quantities, prices, bases, strict=True)]
    by_rate: dict[Decimal, Decimal] = defaultdict(Decimal)
    for net, rate in zip(nets, rates, strict=True):
        by_rate[rate] += net
    found = zip(
        texts(xml, TAX + "/ram:RateApplicablePercent"),
        texts(xml, TAX + "/ram:BasisAmount"),
        texts(xml, TAX + "/ram:CalculatedAmount"),
        strict=True,
    )
    groups = {Decimal(rate): (Decimal(basis), Decimal(vat)) for rate, basis, vat in found}
    assert groups == {rate: (net, half_up(net * rate / 100)) for rate, net in by_rate.items()}
    net, vat = sum(nets), sum(vat for _net, vat in groups.values())
    assert Decimal(text(xml, TOTALS + "ram:LineTotalAmount")) == net
    assert Decimal(text(xml, TOTALS + "ram:TaxBasisTotalAmount")) == net
    assert Decimal(text(xml, TOTALS + "ram:TaxTotalAmount")) == vat
    assert Decimal(text(xml, TOTALS + "ram:GrandTotalAmount")) == net + vat
    assert Decimal(text(xml, TOTALS + "ram:DuePayableAmount")) == net + vat


@pytest.mark.parametrize(
    ("rounding", "quantity", "net"),
    [
        (Rounding.STARTED_MINUTE, "13", "29.25"),
        (Rounding.NEAREST_MINUTE, "12", "27.00"),
        (Rounding.FULL_MINUTE, "12", "27.00"),
        (Rounding.EXACT_SECOND, "742", "27.83"),
    ],
)
def test_each_rounding_rule_gives_its_own_quantity_and_amount(
    rounding: Rounding, quantity: str, net: str
) -> None:
    xml = write_xml(sample_invoice((session_line(seconds=742, rounding=rounding),)))
    assert text(xml, LINE + "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity") == quantity
    assert text(xml, LINE + "ram:SpecifiedLineTradeSettlement//ram:LineTotalAmount") == net


def test_the_picture_costs_what_it_says() -> None:
    xml = write_xml(sample_invoice())
    assert text(xml, TOTALS + "ram:TaxBasisTotalAmount") == "148.50"
    assert text(xml, TOTALS + "ram:TaxTotalAmount") == "28.22"
    assert text(xml, TOTALS + "ram:GrandTotalAmount") == "176.72"
