"""Every duty of § 14 Abs. 4 UStG by name, against the text that stands on the paper."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from invoice_pages import said

from laverma_desk.documents.invoice_pdf import render_invoice
from laverma_desk.domain.customer import Salutation
from laverma_desk.domain.invoice import InvoiceTexts, LineKind, Unit
from laverma_desk.domain.tariff import Rounding
from tests.support.invoice_makers import (
    BUYER,
    COMPANY,
    TEXTS,
    item_line,
    picture_lines,
    reverse_charge_invoice,
    sample_cancellation,
    sample_invoice,
    session_line,
    small_business_invoice,
)


@pytest.fixture(scope="module")
def paper() -> str:
    return said(render_invoice(sample_invoice()))


def test_number_1_full_name_and_address_of_both(paper):
    assert "ZAP Dr. Bohrer z. Hd. Frau Sabine Lorenz Zahnweg 5 12345 Musterstadt" in paper
    assert "Laverma · Musterstraße 1 · 12345 Musterstadt" in paper
    assert "Laverma Musterstraße 1, 12345 Musterstadt Telefon 07 00 / 52 83 76 23" in paper


def test_number_1_longest_names_stay_whole():
    name = "Zahnärztliche Gemeinschaftspraxis " + " ".join(f"Dr. Namenszeile{n}" for n in range(20))
    street = "Straße des Siebzehnten Juni 1234, Gebäude C, drittes Obergeschoss, Aufgang links"
    invoice = sample_invoice(buyer=replace(BUYER, name=name, street=street))
    assert f"{name} z. Hd. Frau Sabine Lorenz {street} 12345 Musterstadt" in said(render_invoice(invoice))


def test_number_2_tax_number_and_vat_id(paper):
    assert "USt-IdNr. DE999999999 Steuernummer 123/456/78901 Finanzamt Musterstadt" in paper
    company = replace(COMPANY, vat_id="", tax_office="Neukölln")
    without = said(render_invoice(sample_invoice(company=company)))
    assert "Steuernummer 123/456/78901 Finanzamt Neukölln" in without
    assert "USt-IdNr. DE999999999" not in without


def test_number_3_date_of_issue(paper):
    assert "Rechnungsdatum 01.03.2022" in paper


def test_number_4_invoice_number(paper):
    assert "Rechnungsnummer RE-2022-0031" in paper
    assert "Rechnung RE-2022-0031 Sehr geehrte Frau Lorenz," in paper


def test_number_5_extent_and_kind_of_service(paper):
    for line in (
        "1 03.02.2022 08:41 Uhr PC Rezeption Kartenterminal neu gekoppelt, Testkarte gelesen K. Klassen",
        "K. Klassen 00:17:48 18 2,25 € 40,50 €",
        "3 16.02.2022 11:30 Uhr Behandlung 2 Röntgensoftware: Netzpfad korrigiert J. Petersen",
        "J. Petersen 00:08:05 9 2,25 € 20,25 €",
        "kostenlos, Garantie J. Petersen 00:06:31 7 0,00 € 0,00 €",
    ):
        assert line in paper
    assert "Abrechnung minutengenau, jede angefangene Minute zählt." in paper


def test_number_6_time_of_service(paper):
    assert "Leistungszeitraum 01.02.2022 – 28.02.2022" in paper
    one_day = sample_invoice(picture_lines(1))
    assert "Leistungszeitraum 03.02.2022 Ihre" in said(render_invoice(one_day))


def test_number_6a_words_of_taxation_on_receipt():
    notice = "Versteuerung nach vereinnahmten Entgelten"
    invoice = sample_invoice(texts=replace(TEXTS, notices=(notice,)))
    assert notice in said(render_invoice(invoice))


def test_number_7_and_8_net_rate_and_tax(paper):
    assert "Netto (66 Minuten) 148,50 € Umsatzsteuer 19 % 28,22 € Rechnungsbetrag 176,72 €" in paper


def test_number_7_and_8_split_by_rate():
    lines = (*picture_lines(2), item_line(vat_rate=Decimal(16)))
    paper = said(render_invoice(sample_invoice(lines)))
    assert (
        "Netto (42 Minuten) 133,50 €"
        " davon zu 19 % 94,50 € Umsatzsteuer 19 % 17,96 €"
        " davon zu 16 % 39,00 € Umsatzsteuer 16 % 6,24 €"
        " Rechnungsbetrag 157,70 €"
    ) in paper


def test_number_8_hint_on_exemption_and_no_vat_of_a_small_business():
    paper = said(render_invoice(small_business_invoice()))
    assert "Steuerfrei nach § 19 UStG (Kleinunternehmer)." in paper
    assert "Summe (66 Minuten) 148,50 € Rechnungsbetrag 148,50 €" in paper
    assert "Umsatzsteuer" not in paper


def test_number_8_reverse_charge_names_both_vat_ids_and_the_country():
    paper = said(render_invoice(reverse_charge_invoice()))
    assert "Steuerschuldnerschaft des Leistungsempfängers." in paper
    assert "Umsatzsteuer 0 % 0,00 € Rechnungsbetrag 148,50 €" in paper
    assert "Ihre USt-IdNr. ATU12345675" in paper
    assert "USt-IdNr. DE999999999" in paper
    assert "6900 Bregenz ÖSTERREICH" in paper
    assert "12345 Musterstadt, Deutschland" in paper


def test_number_10_a_cancellation_is_never_called_a_credit_note():
    paper = said(render_invoice(sample_cancellation()))
    assert "Stornorechnung ST-2022-0001 zur Rechnung RE-2022-0031 vom 01.03.2022" in paper
    assert "Grund: Falscher Zeitraum" in paper
    assert "Gutschrift" not in paper


def test_a_cancellation_takes_back_and_asks_for_nothing():
    paper = said(render_invoice(sample_cancellation()))
    assert "00:17:48 −18 2,25 € −40,50 €" in paper
    assert "Netto (−66 Minuten) −148,50 € Umsatzsteuer 19 % −28,22 € Stornobetrag −176,72 €" in paper
    for asking in ("GiroCode", "überweisen", "Zahlbar", "Rechnungsbetrag"):
        assert asking not in paper


def test_payment_names_day_number_and_account(paper):
    assert "Zahlbar ohne Abzug bis 15.03.2022." in paper
    assert "überweisen Sie den Rechnungsbetrag unter Angabe von RE-2022-0031 auf das unten" in paper
    assert "IBAN DE02 1203 0000 0000 2020 51 BIC BYLADEM1001 Kontoinhaber Laverma" in paper
    assert "Vielen Dank für Ihr Vertrauen. Mit freundlichen Grüßen Klaus Klassen" in paper


def test_nothing_to_pay_asks_for_nothing():
    free = tuple(session_line(free_reason="Garantie") for _n in range(2))
    nothing = "Es ist nichts zu zahlen."
    paper = said(render_invoice(sample_invoice(free, texts=replace(TEXTS, terms=nothing))))
    assert "Rechnungsbetrag 0,00 €" in paper
    assert nothing in paper
    for asking in ("GiroCode", "überweisen"):
        assert asking not in paper


def test_a_house_that_owes_asks_for_nothing():
    paper = said(render_invoice(sample_invoice((item_line(quantity=-2),))))
    assert "Rechnungsbetrag −92,82 €" in paper
    for asking in ("GiroCode", "überweisen", "Zahlbar"):
        assert asking not in paper


def test_seconds_stand_with_the_price_of_a_minute():
    rule = "Abrechnung sekundengenau, der Betrag wird auf den Cent gerundet."
    lines = (session_line(rounding=Rounding.EXACT_SECOND),)
    paper = said(render_invoice(sample_invoice(lines, texts=replace(TEXTS, rounding=(rule,)))))
    assert "00:12:22 742 Sek. 2,25 € je Minute 27,83 €" in paper
    assert "Dauer Menge Einzelpreis" in paper
    assert rule in paper


def test_items_stand_with_their_units():
    lines = (
        session_line(),
        item_line(text="Anfahrt"),
        item_line(text="Kilometer", quantity=Decimal("24.5"), unit=Unit.KILOMETRE, price_cents=42),
        item_line(text="Termin", quantity=Decimal("1.5"), unit=Unit.HOUR, price_cents=9500),
        item_line(
            kind=LineKind.INCLUDED_MINUTES, text="Inklusive", quantity=-30, unit=Unit.MINUTE, price_cents=225
        ),
    )
    paper = said(render_invoice(sample_invoice(lines)))
    for line in (
        "00:12:22 13 Min 2,25 € 29,25 €",
        "2 10.02.2022 Anfahrt 1 39,00 € 39,00 €",
        "3 10.02.2022 Kilometer 24,5 km 0,42 € 10,29 €",
        "4 10.02.2022 Termin 1,5 Std. 95,00 € 142,50 €",
        "5 10.02.2022 Inklusive −30 Min 2,25 € −67,50 €",
    ):
        assert line in paper


def test_english_invoice():
    texts = InvoiceTexts("Dear Ms Lorenz,", "we charge:", "Payable by 15/03/2022.", ("Rule.",), (), "Thanks.")
    paper = said(render_invoice(sample_invoice(language="en", texts=texts)))
    for words in (
        "attn. Ms Sabine Lorenz",
        "Invoice number RE-2022-0031 Invoice date 01/03/2022",
        "Service period 01/02/2022 – 28/02/2022",
        "Net (66 minutes) 148.50 € VAT 19 % 28.22 € Invoice total 176.72 €",
        "quoting RE-2022-0031.",
        "Kind regards Klaus Klassen",
        "Page 1 of 1",
    ):
        assert words in paper
    for german in ("Rechnung", "Netto", "Seite", "Umsatzsteuer"):
        assert german not in paper


@pytest.mark.parametrize(
    ("contact", "salutation", "line"),
    [
        ("Jonas Berger", Salutation.MR, "z. Hd. Herrn Jonas Berger"),
        ("Kim Berger", Salutation.NONE, "z. Hd. Kim Berger"),
        ("", Salutation.MS, ""),
        ("ZAP Dr. Bohrer", Salutation.NONE, ""),
    ],
)
def test_the_person_stands_below_the_practice(contact, salutation, line):
    invoice = sample_invoice(buyer=replace(BUYER, contact=contact, salutation=salutation))
    address = f"ZAP Dr. Bohrer {line} Zahnweg 5" if line else "ZAP Dr. Bohrer Zahnweg 5"
    assert address in said(render_invoice(invoice))


def test_a_companys_particulars_stand_at_the_foot():
    register = "Laverma GmbH, Sitz Musterstadt, Amtsgericht Musterstadt HRB 1, Geschäftsführer K. Klassen"
    invoice = sample_invoice(company=replace(COMPANY, register=register))
    assert register in said(render_invoice(invoice))
