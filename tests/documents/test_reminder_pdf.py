"""The payment reminder on paper: its figures read back, its pages whole, its code payable."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from laverma_desk.documents import reminder_words as words
from laverma_desk.documents.din_letter import LEFT, RIGHT
from laverma_desk.documents.giro_code import Transfer, matrix
from laverma_desk.documents.paper import Bar, Words
from laverma_desk.documents.reminder_pdf import lay_out, render_reminder
from laverma_desk.documents.typesetting import INK, width
from laverma_desk.domain.invoice_record import dump, seal_of
from laverma_desk.domain.reminder import CountedPayment
from tests.documents.invoice_pages import collisions, page_texts, said
from tests.documents.pdf_reading import drawn
from tests.support.invoice_houses import COMPANY
from tests.support.reminder_makers import LINES, bearing, many_lines, sample_reminder


def test_the_letter_of_the_picture_says_all_of_it():
    (page,) = page_texts(render_reminder(sample_reminder()))
    words_of_page = " ".join(page.split())
    for expected in (
        "Schreiben ZE-2022-0003",
        "Datum 01.03.2022",
        "Kundennummer 10012",
        "Mahnstufe 1 (Erinnerung)",
        "Zahlungen bis 28.02.2022 berücksichtigt",
        "Ansprechpartner Klaus Klassen",
        "Telefon 07 00 / 52 83 76 23",
        "Praxis Dr. Berger Herrn Dr. Jonas Berger Lindenweg 12 12345 Musterstadt",
        "Zahlungserinnerung Sehr geehrter Herr Dr. Berger, sicher ist es im Praxisalltag untergegangen:",
        "Die folgenden Rechnungen sind noch nicht oder nur zum Teil bezahlt.",
        "Rechnungsbeträge mit Umsatzsteuer 292,16 €",
        "Zahlung vom 21.02.2022 −100,00 €",
        "Mahngebühr 0,00 €",
        "Offener Betrag 192,16 €",
        "Bitte überweisen Sie 192,16 € bis zum 11.03.2022.",
        "Bezahlen per GiroCode",
        "Haben Sie inzwischen bezahlt? Dann betrachten Sie dieses Schreiben bitte als gegenstandslos.",
        "rufen Sie uns bitte an: 07 00 / 52 83 76 23.",
        "Mit freundlichen Grüßen Klaus Klassen",
        "Anlagen: Kopien der Rechnungen RE-2022-0008, RE-2022-0017 und RE-2022-0021",
        "Seite 1 von 1",
    ):
        assert expected in words_of_page, expected
    for hint in ("Mahnbescheid", "Verzug", "Pauschale"):
        assert hint not in words_of_page


def test_each_row_has_its_figures():
    page = said(render_reminder(sample_reminder()))
    for row in (
        "1 RE-2022-0008 Vor-Ort-Termin am 12.01.2022 31.01.2022 29 110,08 € 0,00 € 110,08 €",
        "2 RE-2022-0017 Fernwartung Januar 2022 15.02.2022 14 155,30 € 100,00 € 55,30 €",
        "3 RE-2022-0021 Fernwartung Januar 2022, 21.02.2022 8 26,78 € 0,00 € 26,78 €",
    ):
        assert set(row.split()) <= set(page.split()), row
    assert page.count("vom 17.01.2022") == 1


def test_the_code_asks_the_open_sum_under_the_letters_number():
    transfer = Transfer("Laverma", COMPANY.iban, COMPANY.bic, 19216, "ZE-2022-0003")
    (page,) = lay_out(sample_reminder())
    size = len(matrix(transfer))
    side = 96.0 / size
    bars = [one for one in page if isinstance(one, Bar) and one.colour == INK and one.x >= RIGHT - 96 - 0.01]
    bars = [one for one in bars if one.height < 2 * side and one.height > side / 2 and one.width < 96]
    top = min(one.y for one in bars)
    dark = {
        (round((one.y - top) / side), round((one.x - (RIGHT - 96)) / side) + step)
        for one in bars
        for step in range(round(one.width / side))
    }
    assert dark == {
        (row, column)
        for row, modules in enumerate(matrix(transfer))
        for column, module in enumerate(modules)
        if module
    }


def test_without_an_account_there_is_no_code():
    bare = sample_reminder(company=replace(COMPANY, iban=""))
    text = said(render_reminder(bare))
    assert "GiroCode" not in text
    assert "Offener Betrag 192,16 €" in text


def test_later_levels_say_what_they_ask_and_why():
    lines = (bearing(LINES[0]), *LINES[1:])
    text = said(render_reminder(sample_reminder(level=2, number="MA-2022-0001", lines=lines, fee_cents=500)))
    for expected in (
        "Mahnstufe 2 (Mahnung)",
        "Mahngebühr 5,00 €",
        "Verzugszinsen bis 28.02.2022 0,69 €",
        "Offener Betrag 197,85 €",
        "Basiszinssatz plus 9 Prozentpunkte",
        "RE-2022-0008: 110,08 € vom 01.02.2022 bis 28.02.2022 (28 Tage) zu 8,12 %; zusammen 0,69 €",
    ):
        assert expected in text, expected
    last = said(
        render_reminder(sample_reminder(level=3, number="MA-2022-0002", lines=lines, lump_cents=4000))
    )
    for expected in (
        "Letzte Mahnung",
        "Mahnstufe 3 (letzte Mahnung)",
        "Pauschale (§ 288 Abs. 5 BGB) 40,00 €",
        "Offener Betrag 232,85 €",
        "Mahnbescheid",
    ):
        assert expected in last, expected
    assert "Mahngebühr" not in last


def test_an_english_letter_has_no_german_word():
    lines = tuple(replace(one, service="Remote support January 2022") for one in LINES)
    lines = (bearing(lines[0]), *lines[1:])
    text = said(
        render_reminder(
            sample_reminder(language="en", level=3, number="MA-2022-0002", lines=lines, fee_cents=1500)
        )
    )
    for expected in (
        "Final dunning letter Dear Mr Berger,",
        "Payments up to 28/02/2022 included",
        "Payment of 21/02/2022 −100.00 €",
        "Default interest up to 28/02/2022 0.69 €",
        "Open amount 207.85 €",
        "Please transfer 207.85 € by 11/03/2022.",
        "Enclosures: copies of invoices RE-2022-0008, RE-2022-0017 and RE-2022-0021",
    ):
        assert expected in text, expected
    # The address and the foot's names stay as they are.
    for german in ("Rechnung", "Mahn", "Zahlung", "Offen", "Betrag", "Seite", "Anlage", "Datum"):
        assert german not in text, german


@pytest.mark.parametrize("count", [1, 5, 8, 11, 12, 13, 30, 60])
@pytest.mark.parametrize("interest", [False, True])
def test_any_number_of_invoices_has_whole_pages(count, interest):
    lines = many_lines(count, interest=interest)
    reminder = sample_reminder(level=3 if interest else 1, lines=lines, lump_cents=4000 * interest)
    pages = lay_out(reminder)
    texts = page_texts(render_reminder(reminder))
    assert len(texts) == len(pages)
    found = [int(one) for page in texts for one in re.findall(r"^(\d+) RE-", page, re.MULTILINE)]
    assert found == list(range(1, count + 1))
    end = 1034.0
    for number, page in enumerate(pages, start=1):
        assert collisions(page) == []
        body = [one for one in page if isinstance(one, Words) and one.baseline < end]
        assert max(one.baseline for one in body) < end - 12
        assert all(one.x >= LEFT - 0.01 for one in body)
        assert all(one.x + width(one.text, one.style) <= RIGHT + 40 for one in body)
        assert f"Seite {number} von {len(pages)}" in texts[number - 1].replace("\u00a0", " ")
    joined = " ".join(" ".join(texts).split())
    for once in ("Offener Betrag", "Bitte überweisen", "Mit freundlichen Grüßen", "Anlage"):
        assert joined.count(once) == 1
    last = " ".join(texts[-1].split())
    assert "Mit freundlichen Grüßen" in last
    assert "Anlage" in last


def test_sums_are_carried_from_page_to_page():
    lines = many_lines(30)
    texts = page_texts(render_reminder(sample_reminder(lines=lines)))
    seen = 0
    for page, following in pairwise(texts):
        carried = re.findall(r"^Übertrag ([\d.,]+) €$", page, re.MULTILINE)
        if not carried:
            continue
        seen += len(re.findall(r"^\d+ RE-", page, re.MULTILINE))
        expected = sum(one.open_cents for one in lines[:seen])
        assert int(re.sub(r"\D", "", carried[-1])) == expected
        assert f"Übertrag {carried[-1]} €" in following
    assert seen


def test_a_preview_is_marked_and_has_no_number():
    text = said(render_reminder(sample_reminder(number=""), preview=True))
    assert "ENTWURF" in text
    assert "Schreiben Entwurf" in text
    assert "ZE-" not in text
    assert "ENTWURF" not in said(render_reminder(sample_reminder()))


def test_many_payments_are_one_row():
    paid = tuple(CountedPayment(date(2022, 2, day), 1000) for day in range(1, 7))
    assert [row.what for row in words.sums(sample_reminder(payments=paid))] == [
        "Rechnungsbeträge mit Umsatzsteuer",
        "Zahlungen bis 28.02.2022",
        "Mahngebühr",
    ]
    assert words.sums(sample_reminder(payments=paid))[1].how_much == "−60,00\u00a0€"


def test_a_small_business_names_no_vat():
    assert words.sums(sample_reminder(vat=False))[0].what == "Rechnungsbeträge"


def test_many_enclosures_are_counted():
    assert words.enclosures(sample_reminder(lines=LINES[:1])) == "Anlage: Kopie der Rechnung RE-2022-0008"
    many = sample_reminder(lines=many_lines(13))
    assert words.enclosures(many) == "Anlagen: Kopien der 13 genannten Rechnungen"


def test_the_same_record_is_the_same_file():
    assert render_reminder(sample_reminder()) == render_reminder(sample_reminder())


def test_every_glyph_is_drawn():
    odd = sample_reminder(
        buyer=replace(sample_reminder().buyer, name="Praxis Ωmega & <Söhne> 🦷", contact="שלום"),
    )
    assert all(one.glyph for one in drawn(render_reminder(odd)))


def test_the_paper_names_its_record_in_both_of_its_metadata_and_a_preview_none():
    record = sample_reminder()
    seal = seal_of(dump(record))
    read = PdfReader(BytesIO(render_reminder(record)))
    assert read.metadata["/Keywords"] == seal
    assert read.xmp_metadata.pdf_keywords == seal
    assert "/Keywords" not in PdfReader(BytesIO(render_reminder(record, preview=True))).metadata
