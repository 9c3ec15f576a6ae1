"""laverma-desk verify and statement: is what was issued still as it was, and figures without an invoice."""

from __future__ import annotations

import argparse
from typing import Literal

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import desk_to_look_up
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.agreements.evidence import find_customer
from laverma_desk.services.invoicing.finding_words import finding_line
from laverma_desk.services.invoicing.statements import statement, write_statement
from laverma_desk.services.invoicing.verifying import FindingKind, verify

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
