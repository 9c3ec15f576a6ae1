"""A PDF by fpdf2 alone: what stands where is known beforehand, and each piece of text is a plain `cell()`.

Nothing of ours is loaded here: a bare process draws with it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from fpdf import FPDF

Call = Sequence[Any]
"""What is done ("cell", "bar", "frame", "dot"), and with what, in points; as JSON it stays the same."""

_NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


def plain_pdf(pages: Sequence[Sequence[Call]], fonts: Mapping[str, str], xml: bytes | None = None) -> bytes:
    """Return a PDF/A-3B with fonts by their names, as a program writes it that does nothing else."""
    pdf = FPDF(unit="pt", format="A4", enforce_compliance="PDF/A-3B")
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_lang("de-DE")
    if xml is not None:
        pdf.embed_file(bytes=xml, basename="factur-x.xml", mime_type="text/xml", modification_date=_NOON,
                       associated_file_relationship="Alternative", compress=True)  # fmt: skip
    for name, path in fonts.items():
        pdf.add_font(name, fname=path)
    for page in pages:
        pdf.add_page()
        for call in page:
            _draw(pdf, call)
    return bytes(pdf.output())


def _draw(pdf: FPDF, call: Call) -> None:
    kind = call[0]
    if kind == "cell":
        _kind, font, size, colour, x, y, width, height, text = call
        pdf.set_font(font, size=size)
        pdf.set_text_color(colour)
        pdf.set_xy(x, y)
        pdf.cell(width, height, text)
    elif kind == "bar":
        _kind, colour, x, y, width, height = call
        pdf.set_fill_color(colour)
        pdf.rect(x, y, width, height, style="F")
    elif kind == "frame":
        _kind, colour, line, x, y, width, height, radius = call
        pdf.set_draw_color(colour)
        pdf.set_line_width(line)
        pdf.rect(x, y, width, height, style="D", round_corners=True, corner_radius=radius)
    else:
        _kind, colour, x, y, radius = call
        pdf.set_fill_color(colour)
        pdf.circle(x, y, radius, style="F")
