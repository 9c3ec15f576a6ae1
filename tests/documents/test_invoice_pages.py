"""Invoices over any number of pages: sums carried, heads repeated, nothing torn, hidden or orphaned."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pypdfium2
import pytest
from invoice_pages import carried_on, collisions, page_texts, rows_on
from pdf_reading import drawn

from laverma_desk.documents.din_letter import LEFT, MM, RIGHT, text_bottom
from laverma_desk.documents.invoice_pdf import _letter, lay_out, render_invoice
from laverma_desk.documents.paper import Bar, Stamp, Words
from laverma_desk.documents.typesetting import width
from laverma_desk.domain.invoice import Unit
from tests.support.invoice_makers import (
    BUYER,
    COMPANY,
    item_line,
    picture_lines,
    reverse_charge_invoice,
    sample_cancellation,
    sample_invoice,
    small_business_invoice,
)

_HEAD = "Pos.\nDatum\nAnfang Arbeitsplatz Leistung Supporter Dauer Min Einzelpreis Betrag"


def _tall_line(count: int):
    return replace(picture_lines(1)[0], text="\n".join(f"Notiz {n}" for n in range(count)))


@pytest.mark.parametrize("count", [1, 40, 60, 1500])
def test_sums_are_carried_and_heads_repeated(count):
    invoice = sample_invoice(count)
    pages = page_texts(render_invoice(invoice))
    assert list(itertools.chain.from_iterable(map(rows_on, pages))) == list(range(1, count + 1))
    done = 0
    for number, page in enumerate(pages, start=1):
        assert _HEAD in page
        assert f"Seite {number:,} von {len(pages)}" in page
        assert "Telefon 07 00 / 52 83 76 23" in page
        head, foot = ([done] if number > 1 else []), []
        done += sum(invoice.lines[place - 1].net_cents for place in rows_on(page))
        if number < len(pages):
            foot = [done]
        assert carried_on(page) == head + foot
    assert done == invoice.net_cents
    assert (len(pages) > 1) == (count > 1)


@pytest.mark.parametrize("first", [5, 25])
def test_the_sum_never_stands_without_a_line_or_its_payment(first):
    for count in range(first, first + 20):
        pages = lay_out(sample_invoice(count))
        words = [mark.text for mark in pages[-1] if isinstance(mark, Words)]
        for wanted in (str(count), "Rechnungsbetrag", "Bezahlen per GiroCode", "Mit freundlichen Grüßen"):
            assert wanted in words, count
        for page in pages[:-1]:
            assert "Rechnungsbetrag" not in [mark.text for mark in page if isinstance(mark, Words)]


@pytest.mark.parametrize("lines", [4, 29, 30, 31, 45, 60, 61, 62, 63, 64, 120, 400])
def test_a_line_taller_than_a_page_goes_on_and_loses_nothing(lines):
    invoice = sample_invoice((*picture_lines(1), _tall_line(lines), *picture_lines(2)))
    pages = page_texts(render_invoice(invoice))
    found = re.findall(
        r"^(?:.*PC Rezeption )?Notiz (\d+)(?: K\. Klassen.*)?$", "\n".join(pages), re.MULTILINE
    )
    assert [int(one) for one in found] == list(range(lines))
    for page in pages:
        pieces = len(re.findall(r"Notiz \d+", page))
        assert pieces != 1, "a single line of it is left alone"
    letter = _letter(invoice, preview=False)
    _stays_inside(lay_out(invoice), text_bottom(letter))


def _stays_inside(pages, bottom):
    for page in pages:
        foot = next(place for place, one in enumerate(page) if isinstance(one, Bar) and one.y > bottom)
        for mark in page[:foot]:
            if isinstance(mark, Words):
                assert mark.baseline < bottom, mark
                assert mark.x + width(mark.text, mark.style) < 200 * MM + 1, mark


_EXTREMES = {
    "picture": sample_invoice(),
    "sixty": sample_invoice(60),
    "cancelled": sample_cancellation(),
    "large": sample_invoice((item_line(text="Projekt", price_cents=12345678), *picture_lines(5))),
    "large and taken back": sample_cancellation(
        sample_invoice((item_line(text="Projekt", price_cents=12345678), *picture_lines(5)))
    ),
    "many": sample_invoice(
        (
            item_line(text="Wort", quantity=12345, unit=Unit.KILOMETRE, price_cents=12345678),
            *picture_lines(3),
        )
    ),
    "long names": sample_invoice(
        tuple(
            replace(
                one,
                place="Behandlungszimmerschrankrechner im Erdgeschoss links",
                supporter="Anna-Katharina Freifrau von Guttenberg-Lichtenfels-Hohenlohe",
                text="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen poliert " * 3,
            )
            for one in picture_lines(5)
        ),
        number="RE-2022-ABCDEFGHIJKLMNOPQRSTUVWX-0031",
        buyer=replace(BUYER, name="Gemeinschaftspraxis " * 20, number="1" * 40),
        company=replace(
            COMPANY,
            name="Laverma " * 30,
            bank="Musterbank " * 12,
            account_holder="Inhaber " * 12,
            register="Amtsgericht " * 40,
        ),
    ),
    "small business": small_business_invoice(),
    "abroad": reverse_charge_invoice(),
    "english": sample_invoice(45, language="en"),
}


@pytest.mark.parametrize("kind", list(_EXTREMES))
def test_no_words_lie_on_others_or_leave_their_place(kind):
    invoice = _EXTREMES[kind]
    pages = lay_out(invoice)
    for page in pages:
        assert collisions(page) == []
    _stays_inside(pages, text_bottom(_letter(invoice, preview=False)))


@pytest.mark.parametrize("kind", list(_EXTREMES))
def test_every_glyph_is_drawn(kind):
    assert all(one.glyph for one in drawn(render_invoice(_EXTREMES[kind])))


def test_foreign_scripts_are_drawn():
    lines = tuple(replace(one, text="مرحبا 😀 Škoda 中文", place="日本") for one in picture_lines(2))
    assert all(one.glyph for one in drawn(render_invoice(sample_invoice(lines))))


def test_positions_of_din_5008_form_b():
    page = lay_out(sample_invoice())[0]
    words = {mark.text: mark for mark in page if isinstance(mark, Words)}
    marks = sorted(mark.y / MM for mark in page if isinstance(mark, Bar) and mark.x == 0)
    assert marks == pytest.approx([105, 148.5, 210])
    assert words["Pos."].x / MM == pytest.approx(25)
    assert words["Rechnungsnummer"].x / MM == pytest.approx(125)
    assert 50 < words["Rechnungsnummer"].baseline / MM < 55
    # The window of a DL envelope shows the address from 45 to 90 mm, the return line above it.
    assert 45 < words["Laverma · Musterstraße 1 · 12345 Musterstadt"].baseline / MM < 62.7
    for line in ("ZAP Dr. Bohrer", "z. Hd. Frau Sabine Lorenz", "Zahnweg 5", "12345 Musterstadt"):
        assert 62.7 < words[line].baseline / MM < 90
        assert words[line].x == LEFT
    assert words["Betrag"].x + width("Betrag", words["Betrag"].style) == pytest.approx(RIGHT)


def test_folds_stand_on_the_first_page_and_the_hole_on_each():
    for number, page in enumerate(lay_out(sample_invoice(40))):
        marks = [mark.y / MM for mark in page if isinstance(mark, Bar) and mark.x == 0]
        assert marks == pytest.approx([148.5] if number else [105, 210, 148.5])


def test_preview_is_the_same_page_without_number_and_marked():
    invoice = sample_invoice()
    issued, preview = lay_out(invoice), lay_out(replace(invoice, number=""), preview=True)
    places = [
        {(round(one.x, 3), round(one.baseline, 3)) for one in page if isinstance(one, Words)}
        for page in (issued[0], preview[0])
    ]
    assert len(places[0] ^ places[1]) <= 6
    (text,) = page_texts(render_invoice(invoice, preview=True))
    assert "Rechnungsnummer Entwurf" in text
    assert "Rechnungsentwurf" in text
    assert "ENTWURF" in text.replace("\n", "")
    assert "RE-2022-0031" not in text


def test_the_mark_of_a_preview_lies_behind_the_text():
    for page in lay_out(sample_invoice(40, number=""), preview=True):
        kinds = [type(mark) for mark in page]
        assert kinds.index(Stamp) == 0
    assert not any(isinstance(mark, Stamp) for page in lay_out(sample_invoice(40)) for mark in page)
    image = pypdfium2.PdfDocument(render_invoice(sample_invoice(), preview=True))[0].render(scale=2).to_pil()
    across = image.convert("L").crop((300, 700, 900, 1500)).getcolors(256)
    light = sum(count for count, shade in across if 225 < shade < 250)
    assert light > 5000, "the mark is there"


def test_a_preview_cannot_be_paid():
    bars = [
        mark
        for mark in lay_out(sample_invoice(number=""), preview=True)[0]
        if isinstance(mark, Bar) and 1 < mark.height < 10
    ]
    assert bars == []
    assert "unter Angabe der Rechnungsnummer" in page_texts(render_invoice(sample_invoice(), preview=True))[
        0
    ].replace("\n", " ")
