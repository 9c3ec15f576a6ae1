"""laverma-desk verify and statement: is what was issued still as it was, and figures without an invoice."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Literal

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import desk_to_look_up
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.explain.figures import figure_name
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.agreements.evidence import find_customer
from laverma_desk.services.invoicing.statements import statement, write_statement
from laverma_desk.services.invoicing.verifying import Finding, FindingKind, verify

_SHOWN = 100


def run_verify(options: argparse.Namespace) -> int:
    """Say that all is as it was issued, or what is not; numbers that are missing are named, no failure."""
    with desk_to_look_up(options) as desk, PercentLine() as line:
        findings = verify(desk, line.show)
    for one in findings[:_SHOWN]:
        terminal.tell(finding_line(one))
    damaged = sum(one.damage for one in findings)
    if not damaged:
        if any(one.kind is FindingKind.REPLACED for one in findings):
            terminal.say(_("What is in this desk is as it was issued."))
        else:
            terminal.say(_("All is well: every issued document is as it was issued."))
        return DONE
    terminal.tell(
        ngettext("%(n)s finding.", "%(n)s findings.", damaged) % {"n": text.number(damaged)}
        + " "
        + _("Bring back a backup from before, or ask whoever looks after this computer.")
    )
    return BROKEN


def finding_line(one: Finding) -> str:
    """Return a finding in words."""
    sentence = {
        FindingKind.ROW: _("%(number)s: its row cannot be read any more."),
        FindingKind.CHAIN: _("%(number)s does not fit the document before it in the chain."),
        FindingKind.RECORD: _("%(number)s: the frozen record is no longer what was stored."),
        FindingKind.PDF: _("%(number)s: the PDF is no longer what was stored."),
        FindingKind.XML: _("%(number)s: the XML is no longer what was stored."),
        FindingKind.DOCUMENT_MISSING: _("%(number)s: a stored document is missing: %(detail)s"),
        FindingKind.FIGURES: _("%(number)s: the figures are not those of the frozen record: %(detail)s"),
        FindingKind.LINES: _("%(number)s: the lines are not those of the frozen record: %(detail)s"),
        FindingKind.XML_RULES: _("%(number)s: the XML breaks an official rule: %(detail)s"),
        FindingKind.XML_FIGURES: _("%(number)s: the XML says something else than the record: %(detail)s"),
        FindingKind.PDF_FIGURES: _("%(number)s: the PDF says something else than the record: %(detail)s"),
        FindingKind.SESSION_STRAY: _("%(number)s: session %(detail)s is locked, but not on this invoice."),
        FindingKind.SESSION_UNLOCKED: _("%(number)s: session %(detail)s is on it, but not locked."),
        FindingKind.REPLACED: _(
            "%(number)s was issued, but is not in this desk: on %(detail)s an older copy was brought back. "
            "Look for it in the state that was kept then, beside the backups."
        ),
        FindingKind.BEHIND: _(
            "%(number)s is issued, but its range has only counted to %(detail)s; numbers that exist are "
            "passed over."
        ),
        FindingKind.GAP: _("%(number)s was never issued; write down why, if you know."),
    }[one.kind]
    detail = one.detail
    if one.kind is FindingKind.REPLACED:
        detail = text.date(date.fromisoformat(detail))
    elif one.kind is FindingKind.FIGURES:
        detail = text.list_sentence([figure_name(field) for field in detail.split(", ")])
    return (sentence % {"number": one.number, "detail": detail}).rstrip(" :")


def run_statement(options: argparse.Namespace) -> int:
    """Write what was done for a customer in a period into a file."""
    kind: Literal["pdf", "csv"] = "csv" if options.file.suffix.lower() == ".csv" else "pdf"
    with desk_to_look_up(options) as desk:
        found = statement(desk, find_customer(desk, options.customer).id, options.first, options.last)
        size = write_statement(desk, found, options.file, kind)
    count = len(found.lines)
    terminal.say(
        _("Statement for %(customer)s written: %(file)s, %(count)s, %(size)s")
        % {
            "customer": found.buyer.name,
            "file": options.file,
            "count": ngettext("%(n)s session", "%(n)s sessions", count) % {"n": text.number(count)},
            "size": text.file_size(size),
        }
    )
    return DONE
