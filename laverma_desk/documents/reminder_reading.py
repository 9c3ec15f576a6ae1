"""The words of a finished letter, read back from its pages, and the seal that names its record."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]

from laverma_desk.domain.invoice_record import SEAL
from laverma_desk.pdfium_turn import in_turn

_BROKEN_OFF = ("\ufffe", "\x02")
"""What PDFium says in place of a hyphen at the end of a line."""


class UnreadableLetter(ValueError):
    """A PDF that cannot be opened."""


@dataclass(frozen=True)
class PrintedLetter:
    """What stands on each page, without blanks and ends of lines; `seal` is empty on letters of before."""

    pages: tuple[str, ...]
    seal: str


@in_turn
def printed_letter(pdf: bytes) -> PrintedLetter:
    """Return what a letter says. Raises UnreadableLetter."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as trouble:
        raise UnreadableLetter from trouble
    try:
        pages = tuple(_page_text(document, place) for place in range(len(document)))
        keyword = str(document.get_metadata_value("Keywords"))
    except pypdfium2.PdfiumError as trouble:  # a page that is damaged
        raise UnreadableLetter from trouble
    finally:
        document.close()
    return PrintedLetter(pages, keyword if keyword.startswith(SEAL) else "")


def _page_text(document: pypdfium2.PdfDocument, place: int) -> str:
    page = document[place]
    text = page.get_textpage()
    said = str(text.get_text_bounded())
    text.close()
    page.close()
    for mark in _BROKEN_OFF:
        said = said.replace(mark, "-")
    return "".join(said.split())
