"""Pages of a PDF as pictures, for programs that take nothing else."""

from __future__ import annotations

import struct
import zlib

import pypdfium2  # type: ignore[import-untyped]

from laverma_desk.pdfium_turn import in_turn

_POINTS_PER_INCH = 72
_INCHES_PER_METRE = 39.3701


@in_turn
def first_page_png(pdf: bytes, dots_per_inch: int = 192) -> bytes:
    """Return the first page of a PDF as a PNG of 24 bits that knows how large it is on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        bitmap = page.render(scale=dots_per_inch / _POINTS_PER_INCH, rev_byteorder=True)
        pixels = bytes(bitmap.buffer)
        return _png(pixels, bitmap.width, bitmap.height, bitmap.stride, dots_per_inch)
    finally:
        document.close()


def _png(pixels: bytes, width: int, height: int, stride: int, dots_per_inch: int) -> bytes:
    """Return rows of red, green and blue as a file (ISO/IEC 15948): each unfiltered, all compressed."""
    rows = b"".join(b"\0" + pixels[at : at + 3 * width] for at in range(0, height * stride, stride))
    per_metre = round(dots_per_inch * _INCHES_PER_METRE)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"sRGB", b"\0"),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", zlib.compress(rows)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
