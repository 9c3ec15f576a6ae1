"""What the tests read back out of a finished PDF, with pypdf."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import ContentStream


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def pages(pdf: bytes) -> list[str]:
    """The text of each page; no-break blanks as blanks, since both are one glyph in Plex."""
    return [page.extract_text().replace("\u00a0", " ") for page in reader(pdf).pages]


def text(pdf: bytes) -> str:
    """All text with every run of blanks and line ends as one blank."""
    return re.sub(r"\s+", " ", "\n".join(pages(pdf)))


@dataclass(frozen=True)
class Drawn:
    """A glyph that a page shows: the font's name and the glyph's index, 0 being .notdef."""

    font: str
    glyph: int


def drawn(pdf: bytes) -> set[Drawn]:
    """Every glyph that the pages draw, followed through the fonts' CIDToGIDMap."""
    found: set[Drawn] = set()
    document = reader(pdf)
    for page in document.pages:
        fonts = page["/Resources"]["/Font"]
        name, glyphs = "", b""
        for operands, operator in ContentStream(page.get_contents(), document).operations:
            if operator == b"Tf":
                font = fonts[operands[0]]
                name = font["/BaseFont"]
                glyphs = font["/DescendantFonts"][0]["/CIDToGIDMap"].get_data()
            elif operator == b"Tj":
                codes = operands[0].original_bytes
                for high, low in zip(codes[::2], codes[1::2], strict=True):
                    place = 2 * (256 * high + low)
                    found.add(Drawn(name, int.from_bytes(glyphs[place : place + 2], "big")))
    return found
