"""The GiroCode: its payload after EPC069-12, its modules as segno makes them, its squares on the paper."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pypdfium2
import pytest
import segno.helpers

from laverma_desk.documents.din_letter import RIGHT
from laverma_desk.documents.giro_code import Transfer, code_marks, matrix, payload
from laverma_desk.documents.invoice_pdf import lay_out, render_invoice
from laverma_desk.documents.paper import Bar, Words
from tests.support.invoice_makers import COMPANY, item_line, sample_cancellation, sample_invoice

TRANSFER = Transfer("Müller & Söhne IT e.K.", "DE02120300000000202051", "BYLADEM1001", 17672, "RE-2022-0031")


def test_payload_is_line_by_line_as_the_epc_says():
    assert payload(TRANSFER).decode("utf-8").split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "BYLADEM1001",
        "Müller & Söhne IT e.K.",
        "DE02120300000000202051",
        "EUR176.72",
        "",
        "",
        "RE-2022-0031",
    ]


@pytest.mark.parametrize(
    ("cents", "amount"), [(1, "EUR0.01"), (10, "EUR0.10"), (10000, "EUR100.00"), (12345678, "EUR123456.78")]
)
def test_amounts_have_a_dot_and_two_digits(cents, amount):
    assert payload(replace(TRANSFER, cents=cents)).decode().split("\n")[7] == amount


def test_iban_is_without_blanks_and_a_bic_may_be_missing():
    lines = payload(replace(TRANSFER, iban="de02 1203 0000 0000 2020 51", bic="")).decode().split("\n")
    assert (lines[4], lines[6]) == ("", "DE02120300000000202051")


@pytest.mark.parametrize("holder", ["Ä" * 200, "Wort " * 40])
def test_holder_has_seventy_characters_at_most(holder):
    transfer = replace(TRANSFER, holder=holder, purpose="X" * 36, cents=99999999999)
    name = payload(transfer).decode().split("\n")[5]
    assert name == holder[:70].strip()
    assert len(payload(transfer)) <= 331
    assert len(matrix(transfer)) <= 17 + 4 * 13


def test_modules_are_those_of_an_independent_call():
    code = segno.helpers.make_epc_qr(
        TRANSFER.holder,
        TRANSFER.iban,
        Decimal("176.72"),
        text=TRANSFER.purpose,
        bic=TRANSFER.bic,
        encoding="utf-8",
    )
    assert code.error == "M"
    assert matrix(TRANSFER) == tuple(tuple(bool(one) for one in row) for row in code.matrix)


def test_squares_cover_the_dark_modules_and_no_other():
    modules = matrix(TRANSFER)
    size = 10.0 * len(modules)
    marks = code_marks(TRANSFER, 100, 200, size)
    for row, dark in enumerate(modules):
        for column, wanted in enumerate(dark):
            x, y = 100 + column * 10 + 5, 200 + row * 10 + 5
            covered = any(
                one.x <= x < one.x + one.width and one.y <= y < one.y + one.height
                for one in marks
                if isinstance(one, Bar)
            )
            assert covered is wanted


def test_code_can_be_read_off_the_page():
    invoice = sample_invoice()
    modules = matrix(
        Transfer("Laverma", "DE02120300000000202051", "BYLADEM1001", invoice.gross_cents, invoice.number)
    )
    image = pypdfium2.PdfDocument(render_invoice(invoice))[0].render(scale=6).to_pil().convert("L")
    heading = next(
        mark
        for mark in lay_out(invoice)[0]
        if isinstance(mark, Words) and mark.text == "Bezahlen per GiroCode"
    )
    top, left, side = heading.baseline - heading.style.baseline, RIGHT - 96, 96 / len(modules)
    pixel = 6 * 0.75
    seen = tuple(
        tuple(
            image.getpixel((int((left + (x + 0.5) * side) * pixel), int((top + (y + 0.5) * side) * pixel)))
            < 128
            for x in range(len(modules))
        )
        for y in range(len(modules))
    )
    assert seen == modules


def test_quiet_zone_of_four_modules_is_empty():
    invoice = sample_invoice()
    module = 96 / len(matrix(TRANSFER))
    (page,) = lay_out(invoice)
    code = [mark for mark in page if isinstance(mark, Bar) and mark.x >= RIGHT - 96 and mark.width < 96]
    top, bottom = min(one.y for one in code), max(one.y + one.height for one in code)
    for mark in page:
        if isinstance(mark, Words) and top - 4 * module < mark.baseline < bottom + 4 * module:
            right = RIGHT - 96 - 4 * module
            assert mark.x < right


@pytest.mark.parametrize(
    "invoice",
    [
        sample_cancellation(),
        sample_invoice(company=replace(COMPANY, iban="")),
        sample_invoice(company=replace(COMPANY, account_holder=" ")),
        sample_invoice((item_line(price_cents=0),)),
        sample_invoice((item_line(quantity=-1),)),
        sample_invoice((item_line(quantity=9999999, price_cents=99999999),)),
    ],
    ids=["cancellation", "no IBAN", "no holder", "nothing", "credit", "too much"],
)
def test_no_code_where_nothing_can_be_transferred(invoice):
    words = [mark.text for page in lay_out(invoice) for mark in page if isinstance(mark, Words)]
    assert "Bezahlen per GiroCode" not in words
