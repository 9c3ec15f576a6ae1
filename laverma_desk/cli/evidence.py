"""laverma-desk evidence: the extract of the records for one customer and period as a file."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.agreements.evidence import find_customer, write_evidence


def run_evidence(options: argparse.Namespace) -> int:
    """Write the PDF and say how many sessions are in it."""
    with opened_desk(options) as desk:
        customer = find_customer(desk, options.customer)
        paper = write_evidence(desk, customer.id, options.first, options.last, options.pdf)
    count = ngettext("%(n)s session", "%(n)s sessions", paper.sessions) % {"n": text.number(paper.sessions)}
    terminal.say(
        _("Record for %(customer)s written: %(file)s, %(count)s, %(size)s")
        % {
            "customer": customer.name,
            "file": options.pdf,
            "count": count,
            "size": text.file_size(len(paper.pdf)),
        }
    )
    return DONE
