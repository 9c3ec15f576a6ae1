"""laverma-desk export: what the desk holds, as a file for others."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Literal

from laverma_desk import text
from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import opened_desk
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.cli.export_datev import run_export_datev
from laverma_desk.cli.export_gdpdu import run_export_gdpdu
from laverma_desk.cli.export_statistics import run_export_statistics
from laverma_desk.cli.percent_line import PercentLine
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.i18n import ngettext
from laverma_desk.services.agreements.evidence import find_customer
from laverma_desk.services.desk import Desk
from laverma_desk.services.exporting.customers import export_customers, kind_of
from laverma_desk.services.history import HistoryFilter, HistoryStatus, export_history, supporters_seen

_NAMED = 20


def run_export(options: argparse.Namespace) -> int:
    """Write what was asked for into a file, or into several."""
    runners: dict[str, Callable[[argparse.Namespace], int]] = {
        "customers": run_export_customers,
        "datev": run_export_datev,
        "gdpdu": run_export_gdpdu,
        "sessions": run_export_sessions,
        "statistics": run_export_statistics,
    }
    return runners[options.kind](options)


def run_export_customers(options: argparse.Namespace) -> int:
    """Write all customers and say how many there are."""
    kind_of(options.file)
    with opened_desk(options) as desk, PercentLine() as line:
        count = export_customers(desk, options.file, archived=options.archived, progress=line.show)
    terminal.say(
        ngettext("%(count)s customer written to %(file)s", "%(count)s customers written to %(file)s", count)
        % {"count": text.number(count), "file": options.file}
    )
    return DONE


def run_export_sessions(options: argparse.Namespace) -> int:
    """Write the sessions that were asked for and say how many there are."""
    kind: Literal["csv", "xlsx"] = "csv" if options.file.suffix.lower() == ".csv" else "xlsx"
    with opened_desk(options) as desk, PercentLine() as line:
        wanted = HistoryFilter(
            first=options.first,
            last=options.last,
            customer_id=find_customer(desk, options.customer).id if options.customer else None,
            supporter_id=_supporter(desk, options.supporter) if options.supporter else None,
            status=HistoryStatus(options.status.replace("-", "_")),
            text=options.text,
        )
        count = export_history(desk, wanted, options.file, kind, line.show)
    terminal.say(
        ngettext("%(count)s session written to %(file)s", "%(count)s sessions written to %(file)s", count)
        % {"count": text.number(count), "file": options.file}
    )
    return DONE


def _supporter(desk: Desk, name: str) -> int:
    known = supporters_seen(desk)
    for number, one in known:
        if one.casefold() == name.strip().casefold():
            return number
    names = ", ".join(one for _number, one in known[:_NAMED]) or "–"
    raise RuleBroken(Rule.VALUE_NOT_IN_LIST, value=name, known=names)
