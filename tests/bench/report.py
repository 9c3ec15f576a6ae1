"""A session report as PDF, once the libraries are loaded, beside plain cells and beside reportlab."""

from __future__ import annotations

import gc
from collections.abc import Iterator

from laverma_desk.documents.report_pdf import lay_out, render_report
from tests.bench.cases import Bench
from tests.bench.measuring import Row, paired, processor_milliseconds, row
from tests.bench.plain_cells import plain_pdf
from tests.bench.plain_marks import FONTS, straight
from tests.bench.platypus_paper import platypus_pdf, report_parts
from tests.bench.sample_papers import sample_report

NOT_ON_SERVER = "no desk in it"


def measure(bench: Bench) -> Iterator[Row]:
    """Draw one report again and again: layout, page, cut fonts and metadata, by processor time."""
    report = sample_report()
    ours = processor_milliseconds(lambda: render_report(report))
    cells = straight(lay_out(report))
    plain = processor_milliseconds(lambda: plain_pdf(cells, FONTS))
    parts = report_parts(report)
    platypus = processor_milliseconds(lambda: platypus_pdf(parts, report.number))
    rounds = bench.rounds(41)
    plain(), platypus(), ours()
    gc.collect()
    gc.freeze()  # As the program does with what it has loaded.
    yield row("report PDF, warm", "plain fpdf2 cells", paired(ours, plain, rounds=rounds, warm=3), 1.25)
    yield row("report PDF, warm", "reportlab platypus", paired(ours, platypus, rounds=rounds, warm=3), 4)
