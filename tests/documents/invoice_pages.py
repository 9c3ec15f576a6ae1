"""What the tests of invoices read off a finished page, with PDFium: text, rows and carried sums."""

from __future__ import annotations

import re
from itertools import pairwise

import pypdfium2

from laverma_desk.documents.paper import Words
from laverma_desk.documents.typesetting import width

_ROW = re.compile(r"^(\d+) \d\d[./]\d\d[./]\d{4}", re.MULTILINE)
_CARRIED = re.compile(r"^Übertrag (\S+) €$", re.MULTILINE)


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page with line feeds; no-break blanks as blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\u00a0", " ")
            for page in document
        ]
    finally:
        document.close()


def said(pdf: bytes) -> str:
    """All text with every run of blanks and line ends as one blank."""
    return " ".join("\n".join(page_texts(pdf)).split())


def rows_on(page: str) -> list[int]:
    """The positions of the lines that begin on a page."""
    return [int(found) for found in _ROW.findall(page)]


def carried_on(page: str) -> list[int]:
    """The sums in cents that a page carries, at its head and at its foot."""
    return [int(re.sub(r"\D", "", found)) for found in _CARRIED.findall(page)]


def collisions(page: list) -> list[tuple[str, str]]:
    """Words of one level that lie on each other."""
    levels: dict[float, list[Words]] = {}
    for mark in page:
        if isinstance(mark, Words):
            levels.setdefault(round(mark.baseline, 2), []).append(mark)
    found = []
    for words in levels.values():
        words.sort(key=lambda one: one.x)
        found += [
            (left.text, right.text)
            for left, right in pairwise(words)
            if left.x + width(left.text, left.style) > right.x + 0.01
        ]
    return found
