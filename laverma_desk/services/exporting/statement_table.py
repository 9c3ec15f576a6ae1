"""A statement as CSV for German spreadsheets: UTF-8 with its mark, semicolons, decimal commas."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from laverma_desk import text
from laverma_desk.domain.clock import local
from laverma_desk.domain.invoice import InvoiceLine, Unit
from laverma_desk.domain.statement import Statement
from laverma_desk.i18n import gettext_in
from laverma_desk.services.cell_text import guarded


def statement_csv(one: Statement) -> bytes:
    """Return the lines of a statement under their headings, in the customer's language.

    A text that a spreadsheet would take for a formula gets an apostrophe before it (`cell_text`).
    """
    words = io.StringIO(newline="")
    writer = csv.writer(words, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings(one.language))
    for line, invoice in zip(one.lines, one.invoices, strict=True):
        writer.writerow(_cells(line, invoice))
    return words.getvalue().encode("utf-8-sig")


def _headings(language: str) -> list[str]:
    def _(message: str) -> str:
        return gettext_in(language, message)

    return [
        _("Number"), _("Date"), _("Start"), _("Workstation"), _("Service"), _("Supporter"), _("Duration"),
        _("Billed minutes"), _("Billed seconds"), _("Price per minute"), _("Net"), _("VAT rate"),
        _("Free of charge"), _("Invoice"),
    ]  # fmt: skip


def _cells(line: InvoiceLine, invoice: str) -> list[str]:
    begin = local(line.begin) if line.begin is not None else None
    by_seconds = line.unit is Unit.SECOND
    return [
        guarded(line.session_number),
        f"{line.first:%d.%m.%Y}",
        f"{begin:%H:%M:%S}" if begin is not None else "",
        guarded(line.place),
        guarded(line.text),
        guarded(line.supporter),
        text.duration(line.seconds or 0),
        "" if by_seconds else _decimal(line.quantity),
        _decimal(line.quantity) if by_seconds else "",
        _decimal(Decimal(line.price_cents) / 100, 2),
        _decimal(Decimal(line.net_cents) / 100, 2),
        _decimal(line.vat_rate),
        guarded(line.free_reason),
        guarded(invoice),
    ]


def _decimal(value: Decimal, digits: int | None = None) -> str:
    """Return a number without separators between thousands, which would have to be taken apart again."""
    written = f"{value:f}" if digits is None else f"{value:.{digits}f}"
    return written.replace(".", ",")
