"""The same words by reportlab's platypus: paragraphs and tables that it breaks over pages by itself.

It gets every sentence and figure ready made. It sets no GiroCode, and what it writes is no PDF/A.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer

from laverma_desk.documents import invoice_words, report_words
from laverma_desk.documents.din_address import address_lines
from laverma_desk.documents.fonts import Face
from laverma_desk.documents.invoice_columns import line_table
from laverma_desk.domain.invoice import Invoice
from laverma_desk.domain.report import Report
from laverma_desk.paths import resource

Parts = Sequence[Callable[[], Any]]
"""Make the flowables anew: platypus uses them up."""

_WIDTHS = (24, 52, 58, 130, 52, 40, 30, 50, 48)
_WORK = 3
_RULE = ("LINEBELOW", (0, 0), (-1, -1), 0.75, "#DDE2E5")
_RIGHT = ("ALIGN", (5, 0), (-1, -1), "RIGHT")


def platypus_pdf(parts: Parts, foot: str) -> bytes:
    """Return the pages of flowables, with a line at the foot of each."""
    register_fonts()
    out = BytesIO()

    def footed(canvas: Any, document: Any) -> None:
        canvas.setFont(Face.REGULAR.name, 8)
        canvas.drawString(60, 40, foot)
        canvas.drawRightString(535, 40, f"Seite {document.page}")

    story = [part() for part in parts]
    SimpleDocTemplate(out, pagesize=A4, title=foot).build(story, onFirstPage=footed, onLaterPages=footed)
    return out.getvalue()


def report_parts(report: Report) -> Parts:
    """Return a report: title, facts, notes with bullets, the billing box."""
    facts = [(one.label, f"{one.value} {one.remark}".strip()) for one in report_words.rows(report)]
    bill = report_words.billing(report)
    lines = [one for one in (bill.net, bill.vat, bill.total) if one is not None]
    return (
        *_head(report.company.name, report.company.slogan),
        _paragraph(report_words.title(report), 21, Face.SEMI_BOLD),
        _paragraph(report_words.subtitle(report), 12),
        partial(_table, facts, (120, 355), 10.5),
        _paragraph(report_words.notes_heading(report), 12, Face.SEMI_BOLD),
        *(_paragraph(one.text, 11, bullet="•") for one in report_words.notes(report)),
        _paragraph(report_words.billing_heading(report), 12, Face.SEMI_BOLD),
        partial(_table, [(one.what, one.how_much) for one in lines], (375, 100), 10.5),
        *(_paragraph(one, 9.75) for one in report_words.small_print(report)),
    )


def invoice_parts(invoice: Invoice) -> Parts:
    """Return an invoice: address, facts, table with its head on every page, sums, terms."""
    table = line_table(invoice.lines, invoice.language)
    heads = ["\n".join(column.head) for column in table.columns]
    rows = [
        [
            escape(" ".join(line.text for line in cell))
            if place == _WORK
            else "\n".join(line.text for line in cell)
            for place, cell in enumerate(row.cells)
        ]
        for row in table.rows
    ]
    sums = invoice_words.sums(invoice.language, invoice.groups, invoice.net_cents, invoice.minutes)
    said = [(one.what, one.how_much) for one in (*sums, invoice_words.total(invoice))]
    return (
        *_head(invoice.company.name, invoice.company.slogan),
        *(_paragraph(one, 10) for one in address_lines(invoice.buyer, invoice.language, "DE")),
        partial(_table, [(one.label, one.value) for one in invoice_words.facts(invoice)], (120, 355), 9),
        _paragraph(invoice_words.title(invoice), 14, Face.SEMI_BOLD),
        *(_paragraph(one, 9) for one in invoice_words.opening(invoice)),
        partial(_line_table, heads, rows),
        partial(_table, said, (375, 100), 9),
        _paragraph(invoice.texts.terms, 9),
        *(_paragraph(one, 9) for one in invoice_words.closing(invoice) if one),
    )


@cache
def register_fonts() -> None:
    """Make the shipped faces known, once in a process: reportlab keeps what it read of them."""
    for face in (Face.REGULAR, Face.SEMI_BOLD):
        pdfmetrics.registerFont(TTFont(face.name, str(resource("fonts", face.value))))


@cache
def _style(size: float, face: Face) -> ParagraphStyle:
    return ParagraphStyle(f"{face.name}{size}", fontName=face.name, fontSize=size, leading=size * 1.4)


def _paragraph(text: str, size: float, face: Face = Face.REGULAR, bullet: str | None = None) -> Any:
    return partial(Paragraph, escape(text), _style(size, face), bullet)


def _head(name: str, slogan: str) -> Parts:
    return (_paragraph(name, 20, Face.SEMI_BOLD), _paragraph(slogan, 10), partial(Spacer, 1, 20))


def _table(rows: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> LongTable:
    return LongTable(rows, widths, style=[("FONT", (0, 0), (-1, -1), Face.REGULAR.name, size), _RULE])


def _line_table(heads: list[str], rows: Sequence[Sequence[str]]) -> LongTable:
    style = _style(8.25, Face.REGULAR)
    body = [[*row[:_WORK], Paragraph(row[_WORK], style), *row[_WORK + 1 :]] for row in rows]
    looks = [
        ("FONT", (0, 0), (-1, -1), Face.REGULAR.name, 8.25),
        ("FONT", (0, 0), (-1, 0), Face.SEMI_BOLD.name, 8.25),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        _RULE,
        _RIGHT,
    ]
    return LongTable([heads, *body], _WIDTHS, repeatRows=1, style=looks)
