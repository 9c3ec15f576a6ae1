"""A process of its own: import fpdf2, draw a page that is known, show it to PDFium; print the ms."""
# ruff: noqa: PLC0415, T201 (the imports are what is measured)

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(source: str) -> None:
    """Draw what a file says and render its first page as wide as the preview."""
    told = json.loads(Path(source).read_text("utf-8"))
    began = time.perf_counter()
    from tests.bench.plain_cells import plain_pdf

    pdf = plain_pdf(told["pages"], told["fonts"])
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    scale = told["width"] / page.get_width()
    bitmap = page.render(scale=scale, fill_color=(255, 255, 255, 255), prefer_bgrx=True)
    bytes(bitmap.buffer)
    print((time.perf_counter() - began) * 1000)
    bitmap.close()
    page.close()
    document.close()


if __name__ == "__main__":
    main(sys.argv[1])
