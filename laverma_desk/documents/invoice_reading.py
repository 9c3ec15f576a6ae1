"""The figures of a finished invoice, read back from the text that stands on its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]

from laverma_desk.documents.din_letter import FACTS_LEFT, FACTS_TOP
from laverma_desk.domain.invoice import Invoice, VatCategory
from laverma_desk.i18n import LANGUAGES, gettext_in
from laverma_desk.pdfium_turn import in_turn

_POINT = 72 / 96
_AMOUNT = r"\s+([−-]?[\d.,]+)\s€\s"


class UnreadableInvoice(ValueError):
    """A PDF on which no invoice number, or no sums, could be found."""


@dataclass(frozen=True)
class PrintedFigures:
    """What an invoice says on paper: cents, VAT for each line that names a rate, in that order."""

    number: str
    net_cents: int
    vat_cents: tuple[int, ...]
    gross_cents: int


def figures_of(invoice: Invoice) -> PrintedFigures:
    """Return what `printed_figures` must find on the invoice's paper."""
    taxed = [group for group in invoice.groups if group.category is not VatCategory.EXEMPT]
    return PrintedFigures(
        number=invoice.number,
        net_cents=invoice.net_cents,
        vat_cents=tuple(group.vat_cents for group in taxed),
        gross_cents=invoice.gross_cents,
    )


@in_turn
def printed_figures(pdf: bytes) -> PrintedFigures:
    """Return the figures that stand on an invoice or a cancellation, in whatever of our languages.

    Only the first page and the last ones are read, so that 1,500 lines cost no more than one. Raises
    UnreadableInvoice for a PDF that is none of ours.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as trouble:
        raise UnreadableInvoice from trouble
    try:
        number = _number(_page_text(document, 0, beyond=(FACTS_LEFT, FACTS_TOP)))
        for page in reversed(range(len(document))):
            sums = _sums(_page_text(document, page))
            if sums:
                return PrintedFigures(number, *sums)
    except pypdfium2.PdfiumError as trouble:  # a page that is damaged
        raise UnreadableInvoice from trouble
    finally:
        document.close()
    raise UnreadableInvoice(number)


def _page_text(
    document: pypdfium2.PdfDocument, place: int, *, beyond: tuple[float, float] = (0.0, 0.0)
) -> str:
    """Return what stands on a page to the right of and below a point, in pixels of the layout."""
    page = document[place]
    text = page.get_textpage()
    left, top = beyond
    words = text.get_text_bounded(left=left * _POINT - 1, top=page.get_height() - top * _POINT + 1)
    # PDFium takes a hyphen at the end of a line for a broken word and says so with a mark of its own.
    said = str(words).replace("\ufffe", "-\n").replace("\x02", "-\n")
    text.close()
    page.close()
    return said + "\n"


def _number(page: str) -> str:
    """Return what stands behind the first label of the block at the right, and nowhere else."""
    for language in LANGUAGES:
        for label, after in (("Invoice number", "Invoice date"), ("Cancellation no.", "Date")):
            begin, end = (re.escape(gettext_in(language, one)) for one in (label, after))
            found = re.match(rf"\s*{begin}\s(.+?)\s+{end}\s", page, re.DOTALL)
            if found:
                return "".join(found[1].split())
    raise UnreadableInvoice


def _sums(page: str) -> tuple[int, tuple[int, ...], int] | None:
    """Return net, VAT and total of the last block on a page in which they stand below each other."""
    for language in LANGUAGES:
        net, exempt, invoice, cancelled = (
            re.escape(gettext_in(language, one))
            for one in ("Net", "Sum", "Invoice total", "Cancelled amount")
        )
        rate = r"[\d.,]+\s%"
        share = re.escape(gettext_in(language, "of which at %(rate)s")).replace(re.escape("%(rate)s"), rate)
        vat = re.escape(gettext_in(language, "VAT %(rate)s")).replace(re.escape("%(rate)s"), rate)
        block = (
            rf"^(?:{net}|{exempt})(?: \([^)]*\))?{_AMOUNT}\s*"
            rf"((?:(?:{share}|{vat}){_AMOUNT}\s*)*)"
            rf"(?:{invoice}|{cancelled}){_AMOUNT}"
        )
        found = list(re.finditer(block, page, re.MULTILINE))
        if found:
            last = found[-1]
            taxes = re.finditer(rf"{vat}{_AMOUNT}", last[2] + "\n")
            # Groups: net, the lines in between, an amount of one of them, the total.
            return _cents(last[1]), tuple(_cents(one[1]) for one in taxes), _cents(last[4])
    return None


def _cents(amount: str) -> int:
    digits = int(re.sub(r"\D", "", amount))
    return -digits if amount[0] in "−-" else digits
