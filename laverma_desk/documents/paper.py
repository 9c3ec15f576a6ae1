"""The sheet: its measures, and the marks that are laid out first and painted afterwards.

Layout in CSS pixels (96 to the inch, y downwards) as in the design; fpdf2 gets points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fpdf import FPDF
from fpdf.enums import RenderStyle

from laverma_desk.documents.fonts import Face, embed
from laverma_desk.documents.typesetting import INK, Style, runs, width

PT = 0.75
LEFT = 80.0
RIGHT = 714.0
WIDTH = RIGHT - LEFT
HAIRLINE = "#C9D0D5"
ROW_LINE = "#E1E5E8"


@dataclass(frozen=True)
class Words:
    """One line of prepared text with its left end on a baseline.

    `paragraph` is what the line was broken from; its first letter says which way the line runs.
    """

    x: float
    baseline: float
    text: str
    style: Style
    paragraph: str = ""


@dataclass(frozen=True)
class Bar:
    """A filled rectangle: every rule on the page is one."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True)
class Frame:
    """A 1-px line with round corners, drawn inside the given outer edge."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    colour: str


@dataclass(frozen=True)
class Dot:
    """A filled circle around its middle."""

    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True)
class Stamp:
    """Prepared words turned around their middle, which is given; degrees against the clock."""

    x: float
    y: float
    degrees: float
    text: str
    style: Style


Mark = Words | Bar | Frame | Dot | Stamp


def ending_at(right: float, baseline: float, text: str, style: Style) -> Words:
    """Return words whose right end is given."""
    return Words(right - width(text, style), baseline, text, style)


def centred(middle: float, baseline: float, text: str, style: Style) -> Words:
    """Return words around a middle."""
    return Words(middle - width(text, style) / 2, baseline, text, style)


def hairline(y: float, colour: str = HAIRLINE, *, left: float = LEFT, right: float = RIGHT) -> Bar:
    """Return a rule of 1 px whose upper edge is at y."""
    return Bar(left, y, right - left, 1, colour)


def paint(pdf: FPDF, page: Iterable[Mark]) -> None:
    """Add a page to the document and draw its marks in their order, which is the reading order."""
    pdf.add_page()
    for mark in page:
        match mark:
            case Words():
                _write(pdf, mark)
            case Bar():
                pdf.set_fill_color(mark.colour)
                pdf.rect(mark.x * PT, mark.y * PT, mark.width * PT, mark.height * PT, RenderStyle.F)
            case Frame():
                _frame(pdf, mark)
            case Dot():
                pdf.set_fill_color(mark.colour)
                pdf.circle(mark.x * PT, mark.y * PT, mark.radius * PT, RenderStyle.F)
            case Stamp():
                with pdf.rotation(mark.degrees, mark.x * PT, mark.y * PT):
                    baseline = mark.y + 0.35 * mark.style.px
                    _write(pdf, centred(mark.x, baseline, mark.text, mark.style))


def _write(pdf: FPDF, words: Words) -> None:
    pdf.set_text_color(words.style.colour)
    x = words.x
    for face, piece in runs(words.text, words.paragraph or words.text, words.style):
        embed(pdf, face)
        pdf.set_font(face.name, size=words.style.px * PT)
        pdf.text(x * PT, words.baseline * PT, piece)
        x += width(piece, Style(words.style.px, words.style.line, face, INK))


def _frame(pdf: FPDF, frame: Frame) -> None:
    pdf.set_draw_color(frame.colour)
    pdf.set_line_width(PT)
    pdf.rect(
        (frame.x + 0.5) * PT,
        (frame.y + 0.5) * PT,
        (frame.width - 1) * PT,
        (frame.height - 1) * PT,
        RenderStyle.D,
        round_corners=True,
        corner_radius=(frame.radius - 0.5) * PT,
    )


def start_fonts(pdf: FPDF) -> None:
    """Embed the two faces that every page needs, in a fixed order."""
    embed(pdf, Face.REGULAR)
    embed(pdf, Face.SEMI_BOLD)
