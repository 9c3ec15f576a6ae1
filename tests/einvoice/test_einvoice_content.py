from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.tariff import Rounding
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
from tests.support.xml_asking import LINE, TAX, attribute, text, texts

SELLER, BUYER_PARTY = ".//ram:SellerTradeParty/", ".//ram:BuyerTradeParty/"
SETTLEMENT = ".//ram:ApplicableHeaderTradeSettlement/"
START, END = "ram:StartDateTime/udt:DateTimeString", "ram:EndDateTime/udt:DateTimeString"
NOTE = LINE + "ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content"
NAME = LINE + "ram:SpecifiedTradeProduct/ram:Name"
PRICE = LINE + "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/"


def xrechnung(**changes: object) -> bytes:
    return write_xml(sample_invoice(format=InvoiceFormat.XRECHNUNG, **changes))


def test_each_format_names_its_specification() -> None:
    path = ".//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
    process = ".//ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID"
    assert text(write_xml(sample_invoice()), path) == "urn:cen.eu:en16931:2017"
    assert texts(write_xml(sample_invoice()), process) == []
    assert text(xrechnung(), path) == "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    assert text(xrechnung(), process) == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def test_a_line_says_in_its_note_when_how_long_by_whom_and_what() -> None:
    xml = write_xml(sample_invoice())
    assert texts(xml, NAME)[0] == "Fernwartung PC Rezeption"
    assert texts(xml, NOTE)[0] == (
        "03.02.2022 08:41 Uhr, Dauer 00:17:48, Supporter Klaus Klassen: "
        "Kartenterminal neu gekoppelt, Testkarte gelesen"
    )
    assert texts(xml, NOTE)[3] == (
        "17.02.2022 09:02 Uhr, Dauer 00:06:31, Supporter Jana Petersen, kostenlos (Garantie): "
        "Nachbesserung Netzpfad vom 16.02.2022"
    )
    assert texts(xml, PRICE + "ram:ChargeAmount")[3] == "0.00"


def test_an_english_invoice_has_english_lines() -> None:
    xml = write_xml(sample_invoice(language="en"))
    assert texts(xml, NAME)[0] == "Remote support PC Rezeption"
    assert texts(xml, NOTE)[0].startswith("03/02/2022 08:41, duration 00:17:48, supporter Klaus Klassen: ")


def test_a_session_without_a_place_or_work_still_has_a_name() -> None:
    xml = write_xml(sample_invoice((session_line(place="", text="", supporter=""),)))
    assert text(xml, NAME) == "Fernwartung"
    assert text(xml, NOTE) == "03.02.2022 08:41 Uhr, Dauer 00:12:22"


def test_every_line_has_its_own_period_and_the_invoice_one_around_them() -> None:
    xml = write_xml(sample_invoice())
    period = "ram:BillingSpecifiedPeriod/"
    days = ["20220203", "20220209", "20220216", "20220217", "20220224"]
    assert texts(xml, LINE + "ram:SpecifiedLineTradeSettlement/" + period + START) == days
    assert texts(xml, LINE + "ram:SpecifiedLineTradeSettlement/" + period + END) == days
    assert text(xml, SETTLEMENT + period + START) == "20220201"
    assert text(xml, SETTLEMENT + period + END) == "20220228"
    assert text(xml, ".//ram:ActualDeliverySupplyChainEvent//udt:DateTimeString") == "20220224"


def test_a_session_past_midnight_has_two_days() -> None:
    xml = write_xml(sample_invoice((session_line(last=date(2022, 2, 4)),)))
    period = LINE + "ram:SpecifiedLineTradeSettlement/ram:BillingSpecifiedPeriod/"
    assert (text(xml, period + START), text(xml, period + END)) == ("20220203", "20220204")
    assert text(xml, ".//ram:ActualDeliverySupplyChainEvent//udt:DateTimeString") == "20220204"


def test_minutes_and_seconds_are_counted_in_their_units() -> None:
    quantity = LINE + "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity"
    by_minute = write_xml(sample_invoice((session_line(),)))
    assert attribute(by_minute, quantity, "unitCode") == ["MIN"]
    assert texts(by_minute, PRICE + "ram:BasisQuantity") == []
    by_second = write_xml(sample_invoice((session_line(rounding=Rounding.EXACT_SECOND),)))
    assert attribute(by_second, quantity, "unitCode") == ["SEC"]
    assert text(by_second, quantity) == "742"
    assert text(by_second, PRICE + "ram:ChargeAmount") == "2.25"
    assert text(by_second, PRICE + "ram:BasisQuantity") == "60"
    assert attribute(by_second, PRICE + "ram:BasisQuantity", "unitCode") == ["SEC"]


def test_a_cancellation_is_a_384_that_names_the_invoice_and_asks_for_nothing() -> None:
    xml = write_xml(sample_cancellation())
    assert text(xml, "rsm:ExchangedDocument/ram:TypeCode") == "384"
    assert text(xml, ".//ram:InvoiceReferencedDocument/ram:IssuerAssignedID") == "RE-2022-0031"
    assert text(xml, ".//ram:InvoiceReferencedDocument//qdt:DateTimeString") == "20220301"
    assert texts(xml, LINE + "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity")[0] == "-18"
    assert texts(xml, PRICE + "ram:ChargeAmount")[0] == "2.25"
    assert text(xml, ".//ram:DuePayableAmount") == "-176.72"
    assert (
        text(xml, SETTLEMENT + "ram:SpecifiedTradePaymentTerms/ram:Description") == "Es ist nichts zu zahlen."
    )
    notes = texts(xml, "rsm:ExchangedDocument/ram:IncludedNote/ram:Content")
    assert "Grund der Stornierung: Falscher Zeitraum" in notes


def test_the_seller_is_complete() -> None:
    xml = write_xml(sample_invoice())
    assert text(xml, SELLER + "ram:Name") == "Laverma"
    assert texts(xml, SELLER + "ram:ID") == []
    assert text(xml, SELLER + "ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA']") == "DE999999999"
    assert text(xml, SELLER + "ram:SpecifiedTaxRegistration/ram:ID[@schemeID='FC']") == "123/456/78901"
    assert text(xml, SELLER + "ram:DefinedTradeContact/ram:PersonName") == "Klaus Klassen"
    assert text(xml, SELLER + "ram:DefinedTradeContact//ram:CompleteNumber") == "07 00 / 52 83 76 23"
    assert text(xml, SELLER + "ram:DefinedTradeContact//ram:URIID") == "klaus@laverma.example"
    address = [
        text(xml, SELLER + f"ram:PostalTradeAddress/ram:{one}")
        for one in ("LineOne", "PostcodeCode", "CityName", "CountryID")
    ]
    assert address == ["Musterstraße 1", "12345", "Musterstadt", "DE"]
    assert (
        text(xml, SELLER + "ram:URIUniversalCommunication/ram:URIID[@schemeID='EM']")
        == "rechnung@laverma.example"
    )


def test_a_seller_with_a_tax_number_alone_is_identified_by_it() -> None:
    xml = write_xml(sample_invoice(company=replace(COMPANY, vat_id="")))
    assert text(xml, SELLER + "ram:ID") == "123/456/78901"


def test_the_account_and_how_to_pay_stand_in_the_settlement() -> None:
    xml = write_xml(sample_invoice())
    means = SETTLEMENT + "ram:SpecifiedTradeSettlementPaymentMeans/"
    assert text(xml, means + "ram:TypeCode") == "58"
    assert text(xml, means + "ram:PayeePartyCreditorFinancialAccount/ram:IBANID") == "DE02120300000000202051"
    assert text(xml, means + "ram:PayeePartyCreditorFinancialAccount/ram:AccountName") == "Laverma"
    assert text(xml, means + "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID") == "BYLADEM1001"
    assert text(xml, SETTLEMENT + "ram:PaymentReference") == "RE-2022-0031"
    terms = SETTLEMENT + "ram:SpecifiedTradePaymentTerms/"
    assert text(xml, terms + "ram:Description") == "Zahlbar ohne Abzug bis 15.03.2022."
    assert text(xml, terms + "ram:DueDateDateTime/udt:DateTimeString") == "20220315"


def test_the_buyer_is_found_by_the_address_that_is_known() -> None:
    path = BUYER_PARTY + "ram:URIUniversalCommunication/ram:URIID"

    def address(**changes: str) -> list[tuple[str | None, str]]:
        xml = xrechnung(buyer=replace(BUYER, **changes))
        return list(zip(attribute(xml, path, "schemeID"), texts(xml, path), strict=True))

    assert address() == [("EM", "praxis@bohrer.example")]
    assert address(electronic_address="a@b.example") == [("EM", "a@b.example")]
    assert address(electronic_address="9930:DE136695976") == [("9930", "DE136695976")]
    assert address(leitweg_id="04011000-1234512345-06") == [("0204", "04011000-1234512345-06")]
    assert address(email="") == [("9930", "DE123456789")]
    assert address(email="praxis@müller.example") == [("EM", "praxis@xn--mller-kva.example")]
    assert address(email="", vat_id="ATU12345675") == []


def test_the_buyer_reference_is_the_leitweg_id_or_the_customer_number() -> None:
    path = ".//ram:BuyerReference"
    assert text(xrechnung(), path) == "10017"
    assert text(xrechnung(buyer=replace(BUYER, leitweg_id="991-01234-44")), path) == "991-01234-44"


def test_exemptions_say_why() -> None:
    small = write_xml(small_business_invoice())
    assert text(small, TAX + "/ram:CategoryCode") == "E"
    assert text(small, TAX + "/ram:ExemptionReason") == "Steuerfrei nach § 19 UStG (Kleinunternehmer)"
    assert text(small, TAX + "/ram:CalculatedAmount") == "0.00"
    abroad = write_xml(reverse_charge_invoice())
    assert text(abroad, TAX + "/ram:CategoryCode") == "AE"
    assert text(abroad, TAX + "/ram:ExemptionReason") == "Steuerschuldnerschaft des Leistungsempfängers"
    assert text(abroad, TAX + "/ram:ExemptionReasonCode") == "VATEX-EU-AE"
    assert text(abroad, BUYER_PARTY + "ram:SpecifiedTaxRegistration/ram:ID[@schemeID='VA']") == "ATU12345675"


def test_sentences_of_the_invoice_are_notes() -> None:
    company = replace(COMPANY, register="Amtsgericht Köln HRB 1")
    notices = ("Versteuerung nach vereinnahmten Entgelten",)
    xml = write_xml(sample_invoice(company=company, texts=replace(TEXTS, notices=notices)))
    note = "rsm:ExchangedDocument/ram:IncludedNote/"
    assert list(zip(texts(xml, note + "ram:SubjectCode"), texts(xml, note + "ram:Content"), strict=True)) == [
        ("AAI", "Abrechnung minutengenau, jede angefangene Minute zählt."),
        ("TXD", "Versteuerung nach vereinnahmten Entgelten"),
        ("REG", "Amtsgericht Köln HRB 1"),
    ]


def test_what_xml_forbids_is_dropped_and_the_rest_stays() -> None:
    line = session_line(text="A\x00\x08\ufffe & <B> \ud83d„ü“\r\nzweite", place="\x1f")
    xml = write_xml(sample_invoice((line,)))
    assert text(xml, NOTE).endswith(": A & <B> „ü“\nzweite")
    assert text(xml, NAME) == "Fernwartung"
    assert b"A &amp; &lt;B&gt;" in xml


def test_decimal_quantities_keep_their_digits() -> None:
    xml = write_xml(
        sample_invoice((item_line(quantity=Decimal("1.250")), item_line(quantity=Decimal("1E+2"))))
    )
    assert texts(xml, LINE + "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity") == ["1.25", "100"]
