"""Single lines of the electronic invoice that nothing else would miss."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice.agreeing import agree
from laverma_desk.einvoice.amounts import cents, euros, percent, plain
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.cleaning import clean
from laverma_desk.einvoice.mail_names import ascii_address
from laverma_desk.einvoice.reading import read_xml
from laverma_desk.einvoice.tree import XmlUnreadable, parse
from laverma_desk.einvoice.writing import write_xml
from tests.support.invoice_makers import COMPANY, sample_cancellation, sample_invoice

INVOICE = sample_invoice()


def changed(xml: bytes, old: str, new: str) -> bytes:
    """Return the file with one text swapped wherever it stands."""
    assert old.encode() in xml, old
    return xml.replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("rate", "said"), [("19", "19.00"), ("7.125", "7.125"), ("0", "0.00"), ("5.5", "5.50")]
)
def test_a_rate_keeps_all_its_digits(rate, said):
    assert percent(Decimal(rate)) == said


def test_amounts_go_there_and_back():
    assert [str(euros(one)) for one in (2925, -5, 0)] == ["29.25", "-0.05", "0.00"]
    assert [cents(Decimal(one)) for one in ("29.25", "-0.05", "7")] == [2925, -5, 700]
    with pytest.raises(ValueError, match=r"0\.005"):
        cents(Decimal("0.005"))
    assert [plain(Decimal(one)) for one in ("18", "1.50", "-742.000", "100", "1E+2", "0.0")] == [
        "18", "1.5", "-742", "100", "100", "0",
    ]  # fmt: skip


def test_text_has_no_blanks_around_it_and_one_kind_of_line_end():
    assert clean(" a\r\nb\rc\x0b\x00 ") == "a\nb\nc"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("post@müller.example", "post@xn--mller-kva.example"),
        ("post@müller.test", "post@xn--mller-kva.test"),
        ("müller@praxis.example", "müller@praxis.example"),
        ("ohne Klammeräffchen", "ohne Klammeräffchen"),
        ("plain@praxis.example", "plain@praxis.example"),
    ],
)
def test_only_the_domain_of_an_address_is_written_in_ascii(given, written):
    assert ascii_address(given) == written


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "sNaN", "viel"])
def test_what_is_no_finite_figure_is_unreadable(figure):
    with pytest.raises(XmlUnreadable):
        read_xml(changed(write_xml(INVOICE), "GrandTotalAmount>176.72", f"GrandTotalAmount>{figure}"))


def test_a_file_with_a_doctype_is_not_opened():
    with pytest.raises(XmlUnreadable, match="doctype"):
        parse(b"<!DOCTYPE a><a/>")


def test_a_price_for_nothing_at_all_is_said_and_not_divided_by():
    by_second = write_xml(INVOICE).replace(
        b"</ram:ChargeAmount>", b'</ram:ChargeAmount><ram:BasisQuantity unitCode="MIN">0</ram:BasisQuantity>'
    )
    found = {one.place for one in agree(INVOICE, read_xml(by_second))}
    assert "sum of lines[1].base" in found
    broken = check_xml(by_second, InvoiceFormat.XRECHNUNG)
    assert "PEPPOL-EN16931-R121" in {one.rule for one in broken}


def test_what_is_to_be_paid_is_the_whole():
    less = changed(write_xml(INVOICE), "DuePayableAmount>176.72", "DuePayableAmount>100.00")
    assert {one.place for one in agree(INVOICE, read_xml(less))} == {"due_cents", "sum of due_cents"}


def test_the_owner_of_the_account_and_its_bank_are_named():
    company = replace(COMPANY, account_holder="Klaus Klassen", bic="BYLADEM1001")
    xml = write_xml(replace(INVOICE, company=company)).decode()
    assert "<ram:AccountName>Klaus Klassen</ram:AccountName>" in xml
    assert "<ram:BICID>BYLADEM1001</ram:BICID>" in xml
    plain_house = write_xml(replace(INVOICE, company=replace(company, account_holder="", bic=""))).decode()
    assert "<ram:AccountName>Laverma</ram:AccountName>" in plain_house
    assert "BICID" not in plain_house


def test_the_service_was_done_when_its_last_line_was():
    xml = write_xml(INVOICE).decode()
    event = xml.partition("<ram:ActualDeliverySupplyChainEvent>")[2].partition("</ram:OccurrenceDateTime>")[0]
    assert "20220224" in event


def test_where_nothing_is_to_be_paid_the_terms_say_so():
    back = replace(sample_cancellation(), format=InvoiceFormat.XRECHNUNG)
    assert back.due_on is None
    xml = write_xml(back)
    assert "Es ist nichts zu zahlen." in xml.decode() or "nothing to be paid" in xml.decode()
    assert "BR-DE-18-a" not in {one.rule for one in check_xml(xml, InvoiceFormat.XRECHNUNG)}


def test_a_cancellation_names_the_day_of_what_it_cancels():
    back = sample_cancellation()
    assert read_xml(write_xml(back)).cancels_on == INVOICE.issued_on


def test_the_specification_must_be_that_of_the_format():
    xml = write_xml(INVOICE)
    assert "BT-24" in {one.rule for one in check_xml(xml, InvoiceFormat.XRECHNUNG)}
    other = write_xml(replace(INVOICE, format=InvoiceFormat.XRECHNUNG))
    assert {one.rule for one in check_xml(other, InvoiceFormat.ZUGFERD)} >= {"BT-24", "FX-SCH-A-000556"}


def test_what_the_schema_alone_forbids_is_found():
    unknown = changed(write_xml(INVOICE), "</ram:SellerTradeParty>", "<ram:Own/></ram:SellerTradeParty>")
    assert {one.rule for one in check_xml(unknown, InvoiceFormat.ZUGFERD)} == {"XSD"}


def test_an_account_with_a_wrong_check_digit_is_found():
    wrong = write_xml(
        replace(
            INVOICE, format=InvoiceFormat.XRECHNUNG, company=replace(COMPANY, iban="DE03120300000000202051")
        )
    )
    assert "BR-DE-19" in {one.rule for one in check_xml(wrong, InvoiceFormat.XRECHNUNG)}
