"""laverma-desk invoice, invoices, cancel: bill a month, list what was issued, take an invoice back."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import desk_to_look_up, opened_desk
from laverma_desk.cli.exit_codes import BROKEN, DONE, INTERRUPTED
from laverma_desk.cli.interruptions import noted_interruptions
from laverma_desk.cli.invoice_lines import (
    draft_line,
    drafts_total,
    invoice_table,
    issued_line,
    issued_total,
    left_line,
    obstacle_lines,
    open_total,
    written_line,
)
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.explain import explain
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.agreements.evidence import find_customer
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.cancelling import cancel_invoice
from laverma_desk.services.invoicing.drafts import DraftRow
from laverma_desk.services.invoicing.issued_files import ready_folder, write_draft, write_issued
from laverma_desk.services.invoicing.issuing import issue_invoice
from laverma_desk.services.invoicing.month import MonthDrafts, month_drafts
from laverma_desk.services.invoicing.register import (
    InvoiceRow,
    InvoiceTab,
    IssuedInvoice,
    find_invoice,
    invoices,
    read_invoice,
)
from laverma_desk.services.invoicing.terms import IssueTerms


def run_invoice(options: argparse.Namespace) -> int:
    """Make drafts of what is open and write their previews; with --issue make invoices of them."""
    terms = IssueTerms(options.date, InvoiceFormat(options.format or ""))
    with opened_desk(options) as desk:
        wanted = {find_customer(desk, number).id for number in options.customer} or None
        ready_folder(options.out)
        with PercentLine() as line:
            month = month_drafts(
                desk, options.until, wanted, terms=terms, kept=not options.issue, progress=line.show
            )
        for one in month.left:
            terminal.tell(left_line(one))
        if not month.rows:
            terminal.say(_("Everything is billed up to %(day)s.") % {"day": text.date(options.until)})
            return DONE
        if options.issue:
            return _issue(desk, month, terms, options.out)
        return _preview(desk, month, options.out)


def _preview(desk: Desk, month: MonthDrafts, folder: Path) -> int:
    code = DONE
    seen: Counter[str] = Counter()
    with PercentLine() as line:
        for count, row in enumerate(month.rows, 1):
            seen[row.customer_number] += 1
            for obstacle in obstacle_lines(desk, row):
                terminal.tell(obstacle)
            try:
                file = write_draft(desk, row, folder, seen[row.customer_number])
            except RuleBroken as error:
                terminal.tell(f"{row.customer_number} {row.customer_name}: {explain(error)}")
                code = BROKEN
            else:
                line.clear()
                terminal.say(draft_line(row, file, known=row.id in month.known))
            line.show(count, len(month.rows))
    if len(month.rows) > 1:
        terminal.say(drafts_total(month.rows))
    return code


def _tell_refusal(desk: Desk, row: DraftRow, error: RuleBroken) -> None:
    """Say why a draft was not issued; obstacles with the numbers of their sessions."""
    named = obstacle_lines(desk, row) if error.code is Rule.INVOICE_OBSTACLES else []
    for line in named or [f"{row.customer_number} {row.customer_name}: {explain(error)}"]:
        terminal.tell(line)


def _issue(desk: Desk, month: MonthDrafts, terms: IssueTerms, folder: Path) -> int:
    """Issue drafts one by one, each written before the next one; stop between two at Ctrl+C."""
    issued: list[InvoiceRow] = []
    gone, code = 0, DONE
    with noted_interruptions() as interrupted, PercentLine() as line:
        for count, row in enumerate(month.rows, 1):
            if interrupted.is_set():
                break
            try:
                done = issue_invoice(desk, row.id, terms).value
            except RuleBroken as error:
                line.clear()
                _tell_refusal(desk, row, error)
                gone += error.code is Rule.DRAFT_UNKNOWN
                code = BROKEN
                continue
            issued.append(done.row)
            line.clear()
            terminal.say(issued_line(done.row, _written(desk, done, folder)))
            line.show(count, len(month.rows))
    if interrupted.is_set():
        terminal.tell(_stopped(len(issued)))
        return INTERRUPTED
    if issued and len(month.rows) > 1:
        terminal.say(issued_total(issued, len(month.rows) - len(issued) - gone))
    return code


def _written(desk: Desk, done: IssuedInvoice, folder: Path) -> list[str]:
    """Return the files of what was issued; if they cannot be written, say that it is issued all the same."""
    try:
        return write_issued(desk, done, folder)
    except OutsideTrouble:
        terminal.tell(
            _(
                "%(number)s is issued; only its files could not be written. The window shows them, and "
                "“invoices %(number)s --out FOLDER” writes them again."
            )
            % {"number": done.row.number}
        )
        raise


def _stopped(issued: int) -> str:
    return ngettext(
        "Stopped. %(n)s invoice is issued and written; the rest are drafts.",
        "Stopped. %(n)s invoices are issued and written; the rest are drafts.",
        issued,
    ) % {"n": text.number(issued)}


def run_invoices(options: argparse.Namespace) -> int:
    """List issued documents, the newest first; with --open those not paid in full, and their sum.

    With --out their files are written as they were issued.
    """
    with desk_to_look_up(options) as desk:
        tabs = [InvoiceTab.ISSUED] if options.open else list(InvoiceTab)
        rows = {one.id: one for tab in tabs for one in invoices(desk, tab)}
        if options.number:
            named = {find_invoice(desk, number).id for number in options.number}
            rows = {number: one for number, one in rows.items() if number in named}
        newest = sorted(rows.values(), key=lambda one: (one.issued_on, one.id), reverse=True)
        if options.out is not None:
            return _give_out(desk, newest, options.out)
    for line in invoice_table(newest):
        terminal.say(line)
    if options.open and newest:
        terminal.say(open_total(newest))
    return DONE


_ABOUT_ONE = (Rule.INVOICE_ERASED, Trouble.DOCUMENT_ALTERED)


def _give_out(desk: Desk, rows: Sequence[InvoiceRow], folder: Path) -> int:
    """Write documents once more, byte by byte; one that was erased or altered is named, the others go on."""
    ready_folder(folder)
    code = DONE
    with PercentLine() as line:
        for count, row in enumerate(rows, 1):
            try:
                files = write_issued(desk, read_invoice(desk, row.id), folder)
            except (RuleBroken, OutsideTrouble) as error:
                if error.code not in _ABOUT_ONE:
                    raise
                line.clear()
                terminal.tell(explain(error))
                code = BROKEN
            else:
                line.clear()
                terminal.say(written_line(row, files))
            line.show(count, len(rows))
    return code


def run_cancel(options: argparse.Namespace) -> int:
    """Issue the cancellation of an invoice and write its files."""
    with opened_desk(options) as desk:
        ready_folder(options.out)
        found = find_invoice(desk, options.number)
        with noted_interruptions():
            done = cancel_invoice(desk, found.id, options.reason).value
            files = _written(desk, done, options.out)
    terminal.say(
        _("%(number)s is cancelled by %(by)s: %(files)s. Its sessions are open again.")
        % {"number": found.number, "by": done.row.number, "files": text.list_sentence(files)}
    )
    return DONE
