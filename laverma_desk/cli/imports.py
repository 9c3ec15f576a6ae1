"""laverma-desk import: customers and sessions from files."""

from __future__ import annotations

import argparse

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.connection_imports import run_connections
from laverma_desk.cli.customer_imports import bring_customers
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.cli.refusals import tell_problems
from laverma_desk.i18n import _
from laverma_desk.services.desk import Desk
from laverma_desk.services.importing.sessions import import_sessions
from laverma_desk.services.problems import FileRefused


def run_import(options: argparse.Namespace) -> int:
    """Bring a file in and say what came of it, or name each row that is in the way."""
    if options.kind == "connections":
        return run_connections(options)
    bring = bring_customers if options.kind == "customers" else _sessions
    with opened_desk(options) as desk:
        try:
            lines, ignored = bring(desk, options)
        except FileRefused as refused:
            tell_problems(options.file, refused)
            return BROKEN
    if ignored:
        terminal.tell(
            _("Columns that nobody asked for were left out: %(names)s") % {"names": ", ".join(ignored)}
        )
    for line in lines:
        terminal.say(line)
    return DONE


def _sessions(desk: Desk, options: argparse.Namespace) -> tuple[list[str], tuple[str, ...]]:
    with PercentLine() as line:
        result = import_sessions(desk, options.file, line.show).value
    tally = result.tally
    lines = [
        _("Sessions: %(added)s new, %(changed)s changed, %(same)s unchanged")
        % _counts(tally.added, tally.changed, tally.unchanged)
    ]
    if tally.settled:
        lines.append(
            _("Left as they are, since they are reported, billed or corrected by hand: %(count)s")
            % {"count": text.number(tally.settled)}
        )
    if result.unsearchable:
        terminal.tell(
            _("%(count)s of them are not in the full-text search yet. “check” puts that right.")
            % {"count": text.number(result.unsearchable)}
        )
    return lines, result.ignored


def _counts(added: int, changed: int = 0, same: int = 0) -> dict[str, str]:
    return {"added": text.number(added), "changed": text.number(changed), "same": text.number(same)}
