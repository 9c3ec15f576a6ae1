"""Makes a page for nobody, so that the first one that somebody waits for finds everything loaded and read."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2  # type: ignore[import-untyped]

from laverma_desk import text
from laverma_desk.documents.conformance import Metadata
from laverma_desk.documents.paper import HAIRLINE, Dot, Frame, Mark, Words, hairline
from laverma_desk.documents.titled_paper import drawn
from laverma_desk.documents.typesetting import BODY, BODY_BOLD, INK, prepared
from laverma_desk.pdfium_turn import in_turn

_WORDS = "Ä"
_PIXELS = 0.1


def warm_up() -> None:
    """Draw a page as a report is drawn and look at it as the preview does: libraries, fonts, names of days.

    Half of what the first page costs are imports, the other half what they read when they are first used.
    """
    now = datetime.now(UTC)
    words = prepared(_WORDS)
    marks: list[Mark] = [
        Words(80, 80, words, BODY),
        Words(80, 100, words, BODY_BOLD),
        hairline(120),
        Frame(80, 140, 100, 40, 8, HAIRLINE),
        Dot(80, 200, 3, INK),
    ]
    day = text.long_date(now.date(), "de")
    about = Metadata(title=words, subject=day, author="", language="de", created_at=now)
    _look_at(drawn(about, [marks]))


@in_turn
def _look_at(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    page.render(scale=_PIXELS, prefer_bgrx=True).close()
    page.close()
    document.close()
