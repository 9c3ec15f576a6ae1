"""The typefaces that go into every document, and their measures."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType

from fpdf import FPDF
from fpdf.fonts import TTFFont

from laverma_desk.paths import resource

# Nobody draws with these: kerning and ligatures would need a shaper, a static face has no axes to name, and
# what a system asks of an installed font is not looked for in an embedded one (ISO 32000-1, 9.9 names its
# tables). The subsetter unpacks them all the same, which is 40 % of the time for a page.
_UNUSED_TABLES = ("GDEF", "GPOS", "GSUB", "STAT", "name", "OS/2", "post", "gasp")


class Face(Enum):
    """A font file that documents embed.

    FALLBACK has what Plex lacks: Arabic, Hebrew, Georgian, Armenian, arrows, boxes, many symbols and the
    plain emoji. Of the free fonts that are small enough to ship (0.7 MB) DejaVu Sans covers most, and it
    has the joined Arabic letters as characters of their own, so that no shaping engine is needed.
    Chinese, Japanese and Korean fonts begin at 5 MB: `glyphs` puts a visible box in their place.
    """

    REGULAR = "IBMPlexSans_400Regular.ttf"
    SEMI_BOLD = "IBMPlexSans_600SemiBold.ttf"
    FALLBACK = "DejaVuSans.ttf"


def embed(pdf: FPDF, face: Face) -> None:
    """Make a face usable in a document, cut to the used glyphs when the document is written."""
    if face.name.lower() in pdf.fonts:
        return
    pdf.add_font(face.name, fname=resource("fonts", face.value))
    font = _font(pdf, face).ttfont
    # Each glyph goes over as it is: measuring it anew would take it apart and put it together again.
    font.recalcBBoxes = False
    for name in _UNUSED_TABLES:
        if name in font:
            del font[name]


@cache
def advances(face: Face) -> Mapping[str, float]:
    """Return the width of every character that a face has, in thousandths of the type size.

    Read once per process; the font objects of fpdf2 cannot be kept, since writing a file cuts them.
    Control characters that a font lists are left out: nothing draws them.
    """
    pdf = FPDF()
    embed(pdf, face)
    font = _font(pdf, face)
    try:
        return MappingProxyType(
            {chr(code): font.cw[code] for code in font.cmap if chr(code).isprintable() or code > 0x9F}
        )
    finally:
        font.close()


def _font(pdf: FPDF, face: Face) -> TTFFont:
    font = pdf.fonts[face.name.lower()]
    if not isinstance(font, TTFFont):
        raise TypeError(face)
    return font
