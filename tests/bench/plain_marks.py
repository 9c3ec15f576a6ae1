"""Our laid out pages as calls of fpdf2, every measure and every word worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from laverma_desk.documents.fonts import Face
from laverma_desk.documents.paper import PT, Bar, Dot, Frame, Mark, Stamp, Words
from laverma_desk.documents.typesetting import Style, runs, width
from laverma_desk.paths import resource
from tests.bench.plain_cells import Call

FONTS = {face.name: str(resource("fonts", face.value)) for face in (Face.REGULAR, Face.SEMI_BOLD)}


def straight(pages: Iterable[Sequence[Mark]]) -> list[list[Call]]:
    """Return for each page the calls that draw it."""
    return [[call for mark in page for call in _calls(mark)] for page in pages]


def _calls(mark: Mark) -> list[Call]:
    match mark:
        case Words():
            return _cells(mark)
        case Bar():
            return [("bar", mark.colour, *_points(mark.x, mark.y, mark.width, mark.height))]
        case Frame():
            box = _points(mark.x + 0.5, mark.y + 0.5, mark.width - 1, mark.height - 1, mark.radius - 0.5)
            return [("frame", mark.colour, PT, *box)]
        case Dot():
            return [("dot", mark.colour, *_points(mark.x, mark.y, mark.radius))]
        case Stamp():
            raise ValueError(mark)  # a draft is not what is measured


def _cells(words: Words) -> list[Call]:
    calls: list[Call] = []
    x, px, line = words.x, words.style.px, words.style.line
    for face, piece in runs(words.text, words.paragraph or words.text, words.style):
        wide = width(piece, Style(px, line, face))
        # A cell sets its text so far below its top (fpdf2, `_render_styled_text_line`).
        top = words.baseline - line / 2 - 0.3 * px
        calls.append(("cell", face.name, px * PT, words.style.colour, *_points(x, top, wide, line), piece))
        x += wide
    return calls


def _points(*px: float) -> tuple[float, ...]:
    return tuple(one * PT for one in px)
