"""Figures read back from the paper are those of the record, and a stranger's paper is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest

from laverma_desk.documents.invoice_pdf import render_invoice
from laverma_desk.documents.invoice_reading import (
    PrintedFigures,
    UnreadableInvoice,
    figures_of,
    printed_figures,
)
from laverma_desk.documents.report_pdf import render_report
from laverma_desk.domain.invoice import InvoiceTexts
from laverma_desk.file_names import invoice_file_name
from tests.support.invoice_makers import (
    TEXTS,
    item_line,
    picture_lines,
    reverse_charge_invoice,
    sample_cancellation,
    sample_invoice,
    small_business_invoice,
)

_KINDS = {
    "picture": sample_invoice(),
    "one": sample_invoice(1),
    "many": sample_invoice(1500),
    "cancelled": sample_cancellation(),
    "small business": small_business_invoice(),
    "small business cancelled": sample_cancellation(small_business_invoice()),
    "reverse charge": reverse_charge_invoice(),
    "english": sample_invoice(45, language="en"),
    "english cancelled": sample_cancellation(sample_invoice(language="en")),
    "two rates": sample_invoice((*picture_lines(2), item_line(vat_rate=Decimal(16)), item_line(quantity=-1))),
    "two rates of one sum": sample_invoice((item_line(vat_rate=Decimal(16)), item_line())),
    "half a percent": sample_invoice((item_line(vat_rate=Decimal("7.5")),)),
    "large": sample_invoice((item_line(price_cents=1234567890),)),
    "nothing": sample_invoice((item_line(price_cents=0),)),
    "long number": sample_invoice(number="RE-2022-ABCDEFGHIJKLMNOPQRSTUVWX-0031"),
    "number with signs": sample_invoice(number="$R&E%/20*22+A-"),
    "wordy": sample_invoice(
        texts=replace(TEXTS, rounding=("Satz für Satz. " * 40,), notices=("Hinweis. " * 60,))
    ),
}


@pytest.mark.parametrize("kind", list(_KINDS))
def test_paper_and_record_agree(kind):
    invoice = _KINDS[kind]
    assert printed_figures(render_invoice(invoice)) == figures_of(invoice)


def test_the_figures_of_the_picture():
    assert printed_figures(render_invoice(sample_invoice())) == PrintedFigures(
        "RE-2022-0031", 14850, (2822,), 17672
    )


def test_another_sum_on_the_paper_is_seen():
    invoice = sample_invoice()
    forged = replace(invoice, gross_cents=invoice.gross_cents + 90)
    assert printed_figures(render_invoice(forged)) != figures_of(invoice)


def test_words_in_a_line_or_in_the_closing_do_not_pass_for_the_sums():
    trap = "Netto 1,00 €\nUmsatzsteuer 19 % 0,19 €\nRechnungsbetrag 1,19 €"
    lines = (replace(picture_lines(1)[0], text=trap), *picture_lines(3))
    texts = InvoiceTexts(
        introduction="Rechnungsnummer RE-1 Rechnungsdatum 01.01.2022", terms="Rechnungsbetrag"
    )
    invoice = sample_invoice(lines, texts=texts)
    assert printed_figures(render_invoice(invoice)) == figures_of(invoice)


@pytest.mark.parametrize("original", [sample_invoice(), sample_cancellation(), sample_invoice(language="en")])
@pytest.mark.parametrize(
    "trap",
    [
        "Rechnungsnummer RE-1",
        "Rechnungsnummer RE-1 Rechnungsdatum 01.01.2022",
        "Stornonummer ST-1 Datum 01.01.2022",
        "Invoice number RE-1 Invoice date 01/01/2022",
    ],
)
def test_a_name_or_an_address_does_not_pass_for_the_number(original, trap):
    buyer = replace(original.buyer, name=trap, contact=trap, street=trap, city=trap)
    company = replace(original.company, name=trap, slogan=trap)
    invoice = replace(original, buyer=buyer, company=company, supporter_name=trap)
    assert printed_figures(render_invoice(invoice)) == figures_of(invoice)


def test_damage_inside_a_page_is_an_unreadable_invoice():
    pdf = render_invoice(sample_invoice())
    # The list of pages names an object that is not there: a wrong /Type is read all the same by some PDFium.
    broken = re.sub(rb"/Kids \[\d", b"/Kids [9999", pdf)
    assert broken != pdf
    with pytest.raises(UnreadableInvoice) as caught:
        printed_figures(broken)
    assert isinstance(caught.value.__cause__, pypdfium2.PdfiumError)


def test_paper_that_is_no_invoice_is_refused(report):
    for pdf in (render_report(report), b"", b"%PDF-1.7 nothing"):
        with pytest.raises(UnreadableInvoice):
            printed_figures(pdf)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("RE-2022-0001", "RE-2022-0001.pdf"),
        ("RE/2022/1", "RE-2022-1.pdf"),
        ("R*1$&%+", "R-1$&%+.pdf"),
        ("COM1", "COM1-.pdf"),
        ("../x", "---x.pdf"),
    ],
)
def test_file_names_are_safe(number, name):
    assert invoice_file_name(number, ".pdf") == name
