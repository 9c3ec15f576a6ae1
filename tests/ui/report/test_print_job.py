from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from laverma_desk.services.mails import reporting
from laverma_desk.ui.report.print_job import PrintJob, a4_printer
from tests.support.report_desks import end_session


@pytest.fixture
def paper(desk, bohrer, clock):
    notes = "\n".join(f"Zeile {number}" for number in range(150))
    return reporting.prepare_report(desk, end_session(desk, bohrer, clock, notes=notes)).pdf


@pytest.fixture
def printer(tmp_path, dressed):
    made = a4_printer("Bericht")
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "druck.pdf"))
    return made


def test_every_page_is_printed_on_a4(paper, printer, owner, qtbot):
    job = PrintJob(paper, printer, owner)
    with qtbot.waitSignal(job.finished) as finished:
        job.start()
    assert finished.args == [True]
    printed = PdfReader(printer.outputFileName())
    assert len(printed.pages) > 2
    assert len(printed.pages) == len(PdfReader(BytesIO(paper)).pages)
    width, height = printed.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 842)
    picture = max((image.image for image in printed.pages[0].images), key=lambda one: one.width)
    assert picture.width == pytest.approx(2480, abs=4)
    ink = sum(picture.convert("L").histogram()[:128]) / (picture.width * picture.height)
    assert 0.001 < ink < 0.2


def test_a_range_of_pages_is_kept_to(paper, printer, owner, qtbot):
    printer.setFromTo(2, 3)
    job = PrintJob(paper, printer, owner)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert len(PdfReader(printer.outputFileName()).pages) == 2


def test_a_printer_that_refuses_is_told(paper, printer, owner, qtbot, tmp_path):
    printer.setOutputFileName(str(tmp_path / "fehlt" / "druck.pdf"))
    job = PrintJob(paper, printer, owner)
    with qtbot.waitSignal(job.finished) as finished:
        job.start()
    assert finished.args == [False]
