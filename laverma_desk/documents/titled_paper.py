"""A paper that opens with a big title: a report, the extract of the records, what is held about somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from laverma_desk.documents.conformance import Metadata, finished, new_document
from laverma_desk.documents.flow import Flow
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.letter import BELOW_RUNNING_HEAD, BOTTOM, Letter, footer, letterhead, running_head
from laverma_desk.documents.paper import LEFT, WIDTH, Mark, paint, start_fonts
from laverma_desk.documents.typesetting import Style

Step = Callable[[float], None]
"""Told the share that is done, 0 to 1. What it raises ends the work, and no bytes come of it."""

HEADING = Style(16, 24, Face.SEMI_BOLD)
BELOW_HEADING = 8.0
VALUE_X = 240.0
LAID_OUT = 0.4
"""The share of the work that is done once everything has its place."""

_PAINTED = 0.95
_TITLE = Style(28, 32, Face.SEMI_BOLD)
_SUBTITLE = Style(16, 24).muted()
_BELOW_LETTERHEAD = 39.25
_BELOW_TITLE = 6.25


def opened(letter: Letter, title: str, subtitle: str) -> Flow:
    """Return a flow whose first page has its letterhead, the title and the line below it."""
    head, below = letterhead(letter)
    flow = Flow(below + _BELOW_LETTERHEAD if head else below, BELOW_RUNNING_HEAD, BOTTOM)
    flow.add(head)
    flow.text(title, _TITLE, LEFT, WIDTH)
    flow.skip(_BELOW_TITLE)
    flow.text(subtitle, _SUBTITLE, LEFT, WIDTH)
    return flow


def whole_pages(letter: Letter, pages: Sequence[list[Mark]]) -> Iterator[list[Mark]]:
    """Yield each page with its running head and footer, and empty it: there may be thousands."""
    count = len(pages)
    for number, page in enumerate(pages, start=1):
        yield [*(running_head(letter) if number > 1 else []), *page, *footer(letter, number, count)]
        page.clear()


def drawn(about: Metadata, pages: Iterable[list[Mark]]) -> bytes:
    """Return pages as PDF/A-3B; the same marks give the same bytes."""
    pdf = new_document(about)
    start_fonts(pdf)
    for page in pages:
        paint(pdf, page)
    return finished(pdf, about)


def drawn_in_steps(about: Metadata, letter: Letter, pages: Sequence[list[Mark]], step: Step) -> bytes:
    """Return many pages as `drawn` does and say how far it is, from LAID_OUT on."""
    made = drawn(about, _told(whole_pages(letter, pages), len(pages), step))
    step(1.0)
    return made


def _told(pages: Iterable[list[Mark]], count: int, step: Step) -> Iterator[list[Mark]]:
    for number, page in enumerate(pages, start=1):
        step(LAID_OUT + (_PAINTED - LAID_OUT) * number / count)
        yield page
