"""Files that must not pass, and who notices: the official rules, XRechnung's, or our own arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.tariff import Rounding
from laverma_desk.einvoice.agreeing import Disagreement, agree
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.reading import read_xml
from laverma_desk.einvoice.tree import XmlUnreadable
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import (
    BUYER,
    COMPANY,
    sample_cancellation,
    sample_invoice,
    session_line,
    small_business_invoice,
)

ZUGFERD, XRECHNUNG = InvoiceFormat.ZUGFERD, InvoiceFormat.XRECHNUNG
INVOICE = sample_invoice()


def changed(xml: bytes, *swaps: tuple[str, str]) -> bytes:
    """Return the file with texts swapped, each of which must be there."""
    text = xml.decode()
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def rules(xml: bytes, format_: InvoiceFormat) -> set[str]:
    return {one.rule for one in check_xml(xml, format_)}


def places(xml: bytes) -> set[str]:
    return {one.place for one in agree(INVOICE, read_xml(xml))}


@pytest.mark.parametrize("format_", [ZUGFERD, XRECHNUNG])
def test_a_wrong_total_is_found_in_both_formats(format_: InvoiceFormat) -> None:
    xml = write_xml(replace(INVOICE, format=format_))
    wrong = changed(xml, ("GrandTotalAmount>176.72", "GrandTotalAmount>177.72"))
    assert check_xml(xml, format_) == ()
    assert rules(wrong, format_)
    assert any("BR-CO-15" in one.rule + one.text for one in check_xml(wrong, format_))


def test_a_vat_that_is_90_cents_too_high_passes_the_rules_but_not_us() -> None:
    wrong = changed(write_xml(INVOICE), ("28.22", "29.12"), ("176.72", "177.62"))
    assert check_xml(wrong, ZUGFERD) == ()
    assert "sum of groups[1].vat_cents" in places(wrong)
    assert Disagreement("vat_cents", "2822", "2912") in agree(INVOICE, read_xml(wrong))


def test_a_cent_between_two_lines_is_noticed() -> None:
    wrong = changed(
        write_xml(INVOICE), ("LineTotalAmount>40.50<", "LineTotalAmount>40.49<"), (">54.00<", ">54.01<")
    )
    assert check_xml(wrong, ZUGFERD) == ()
    assert places(wrong) >= {"lines[1].net_cents", "lines[2].net_cents", "sum of lines[1].net_cents"}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("<ram:ID>RE-2022-0031", "<ram:ID>RE-2022-0032", "number"),
        ("TypeCode>380", "TypeCode>384", "type_code"),
        (">20220301<", ">20220302<", "issued_on"),
        (">20220315<", ">20220316<", "due_on"),
        (">20220203<", ">20220204<", "lines[1].first"),
        ('unitCode="MIN">18<', 'unitCode="MIN">18.5<', "lines[1].quantity"),
        ('unitCode="MIN"', 'unitCode="HUR"', "lines[1].unit"),
        ("InvoiceCurrencyCode>EUR", "InvoiceCurrencyCode>CHF", "currency"),
        ("DuePayableAmount>176.72", "DuePayableAmount>0.00", "due_cents"),
        ("DE999999999", "DE888888888", "seller_vat_id"),
        ("DE123456789", "DE111111111", "buyer_vat_id"),
        ("DE02120300000000202051", "DE88500700100175526303", "iban"),
        ("PaymentReference>RE", "PaymentReference>RX", "remittance"),
    ],
)
def test_every_figure_that_differs_from_the_record_is_named(old: str, new: str, place: str) -> None:
    assert place in places(changed(write_xml(INVOICE), (old, new)))


def test_a_line_that_is_missing_is_noticed() -> None:
    fewer = write_xml(sample_invoice(4))
    assert "lines" in {one.place for one in agree(INVOICE, read_xml(fewer))}


def test_a_rate_that_has_lines_but_no_sum_of_its_own_is_noticed() -> None:
    xml = write_xml(INVOICE)
    line, tail = xml.decode().split("RateApplicablePercent>19.00<", 1)
    assert "sum of groups.S.7.00" in places(f"{line}RateApplicablePercent>7.00<{tail}".encode())


def test_what_the_profile_does_not_know_is_refused_though_the_schema_lets_it_pass() -> None:
    wrong = changed(write_xml(INVOICE), ("<ram:ID>RE-2022-0031", '<ram:ID schemeID="EM">RE-2022-0031'))
    found = check_xml(wrong, ZUGFERD)
    assert found != ()
    assert "XSD" not in {one.rule for one in found}


def test_amounts_with_three_decimals_are_refused() -> None:
    xml = write_xml(INVOICE)
    assert rules(changed(xml, ("LineTotalAmount>148.50", "LineTotalAmount>148.500")), ZUGFERD)
    with pytest.raises(XmlUnreadable):
        read_xml(changed(xml, ("LineTotalAmount>40.50", "LineTotalAmount>40.505")))


@pytest.mark.parametrize("unit", ["Min", "MINUTE", "min"])
def test_a_unit_that_is_no_code_is_refused(unit: str) -> None:
    assert rules(changed(write_xml(INVOICE), ('"MIN"', f'"{unit}"')), ZUGFERD)


def test_a_negative_price_is_refused() -> None:
    line = replace(session_line(), price_cents=-225, net_cents=-2925)
    assert any(
        "BR-27" in one.rule + one.text for one in check_xml(write_xml(sample_invoice((line,))), ZUGFERD)
    )


def test_a_small_business_that_does_not_say_why_is_refused() -> None:
    reason = "<ram:ExemptionReason>Steuerfrei nach § 19 UStG (Kleinunternehmer)</ram:ExemptionReason>"
    assert rules(changed(write_xml(small_business_invoice()), (reason, "")), ZUGFERD)


def test_an_element_out_of_its_place_is_refused_by_the_schema() -> None:
    xml = changed(write_xml(INVOICE), ("ram:TypeCode>380</ram:TypeCode", "ram:Kind>380</ram:Kind"))
    assert rules(xml, ZUGFERD) == {"XSD"}


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("BR-DE-15", {"buyer": replace(BUYER, number="")}),
        ("BR-DE-6", {"company": replace(COMPANY, phone="")}),
        ("BR-DE-27", {"company": replace(COMPANY, phone="0 LAVERMA")}),
        ("BR-DE-23-a", {"company": replace(COMPANY, iban="")}),
        ("BR-DE-1", {"company": replace(COMPANY, iban="")}),
        ("BR-DE-19", {"company": replace(COMPANY, iban="DE03120300000000202051")}),
        ("BR-DE-19", {"company": replace(COMPANY, iban="DE02120300000000202015")}),
        ("BR-DE-19", {"company": replace(COMPANY, iban="2020 51")}),
        ("BR-DE-3", {"company": replace(COMPANY, city="")}),
        ("BR-DE-4", {"company": replace(COMPANY, postcode="")}),
        ("BR-DE-8", {"buyer": replace(BUYER, city="")}),
        ("BR-DE-9", {"buyer": replace(BUYER, postcode="")}),
        ("BR-DE-16", {"company": replace(COMPANY, vat_id="", tax_number="")}),
        ("BR-DE-28", {"supporter_email": "büro@laverma.example"}),
        ("PEPPOL-EN16931-R010", {"buyer": replace(BUYER, email="", vat_id="")}),
    ],
)
def test_what_xrechnung_wants_is_missed_by_name(rule: str, changes: dict[str, Any]) -> None:
    assert rule in rules(write_xml(sample_invoice(format=XRECHNUNG, **changes)), XRECHNUNG)


@pytest.mark.parametrize(
    ("rule", "swaps"),
    [
        ("BR-DE-17", [("TypeCode>380", "TypeCode>751")]),
        ("BR-DE-26", [("TypeCode>380", "TypeCode>384")]),
        ("BR-DE-18", [("ram:Description>Zahlbar", "ram:Description>#SKONTO#TAGE=zwei#\n")]),
        ("BR-DE-7", [("<ram:URIID>klaus@laverma.example</ram:URIID>", "<ram:URIID/>")]),
        ("BR-DE-5", [("<ram:PersonName>Klaus Klassen</ram:PersonName>", "")]),
        ("PEPPOL-EN16931-R008", [(">10017</ram:ID>", "> </ram:ID>")]),
        ("PEPPOL-EN16931-R001", [(">urn:fdc:peppol.eu:2017:poacc:billing:01:1.0<", "><")]),
        ("PEPPOL-EN16931-R020", [('<ram:URIID schemeID="EM">rechnung@laverma.example</ram:URIID>', "")]),
        ("PEPPOL-EN16931-R110", [(">20220201<", ">20220205<")]),
        ("PEPPOL-EN16931-R111", [(">20220228<", ">20220223<")]),
        ("PEPPOL-EN16931-R120", [('unitCode="MIN">18<', 'unitCode="MIN">19<')]),
    ],
)
def test_what_xrechnung_forbids_is_found_in_the_file(rule: str, swaps: list[tuple[str, str]]) -> None:
    xml = write_xml(replace(INVOICE, format=XRECHNUNG))
    assert rule in rules(changed(xml, *swaps), XRECHNUNG)


def test_price_and_quantity_must_count_in_the_same_unit() -> None:
    line = session_line(rounding=Rounding.EXACT_SECOND)
    xml = write_xml(sample_invoice((line,), format=XRECHNUNG))
    assert check_xml(xml, XRECHNUNG) == ()
    other = changed(xml, ('BasisQuantity unitCode="SEC"', 'BasisQuantity unitCode="MIN"'))
    assert "PEPPOL-EN16931-R130" in rules(other, XRECHNUNG)
    assert "PEPPOL-EN16931-R121" in rules(changed(xml, ('"SEC">60<', '"SEC">0<')), XRECHNUNG)


def test_a_specification_is_only_passed_over_where_it_is_the_one_asked_for() -> None:
    zugferd, xrechnung = write_xml(INVOICE), write_xml(replace(INVOICE, format=XRECHNUNG))
    assert {"BT-24", "FX-SCH-A-000556"} <= rules(xrechnung, ZUGFERD)
    assert {"BT-24", "BR-DE-21"} <= rules(zugferd, XRECHNUNG)
    old = changed(xrechnung, ("xrechnung_3.0", "xrechnung_2.3"))
    assert {"BT-24", "BR-DE-21", "FX-SCH-A-000556"} <= rules(old, XRECHNUNG)


def test_a_cancellation_that_names_no_invoice_is_found() -> None:
    cancelled = replace(sample_cancellation(), cancels=None, format=XRECHNUNG)
    assert rules(write_xml(cancelled), XRECHNUNG) == {"BR-DE-26"}


@pytest.mark.parametrize(
    "xml", [b"", b"%PDF-1.7", b"<a>", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>']
)
def test_what_is_no_xml_or_brings_entities_is_refused(xml: bytes) -> None:
    assert rules(xml, ZUGFERD) == {"XML"}
    with pytest.raises(XmlUnreadable):
        read_xml(xml)


def test_a_figure_that_is_none_is_refused_by_the_reader() -> None:
    xml = write_xml(INVOICE)
    for swap in (
        (">148.50<", ">viel<"),
        (">20220301<", ">gestern<"),
        (">148.50<", ">NaN<"),
        (">148.50<", ">INF<"),
    ):
        with pytest.raises(XmlUnreadable):
            read_xml(changed(xml, swap))


@pytest.mark.parametrize("format_", [InvoiceFormat.PDF, InvoiceFormat.HOUSE])
def test_a_format_without_xml_cannot_be_checked(format_: InvoiceFormat) -> None:
    with pytest.raises(ValueError):
        check_xml(write_xml(INVOICE), format_)
