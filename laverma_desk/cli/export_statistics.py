"""laverma-desk export statistics: the figures of a period as files."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from laverma_desk.cli import terminal
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.cli.usage import Parser, add_folder, add_period
from laverma_desk.i18n import _

_KINDS = ("csv", "xlsx", "pdf", "png")


def add_statistics(
    kinds: Any, command: Callable[[Any, str, str], Parser], day: Callable[[str], date]
) -> None:
    """Add the command; `command` makes one with its sentence, `day` reads a date."""
    parser = command(kinds, "statistics", _("figures of a period, as CSV, Excel, PDF and a picture"))
    add_period(parser, day)
    add_folder(parser, _("the files go into a new folder in this one, which is made where it is missing"))
    add = parser.options.add_argument
    add(
        "--as",
        dest="kinds",
        action="append",
        choices=_KINDS,
        help=_("only this kind of file; more than once"),
    )
    add("--customer", metavar=_("NUMBER"), default="", help=_("only this customer number"))


def run_export_statistics(options: argparse.Namespace) -> int:
    """Write the files and say in which folder they are. Raises RuleBroken, OutsideTrouble."""
    from laverma_desk.cli.desk_opening import desk_to_look_up  # noqa: PLC0415 (not for every command)
    from laverma_desk.cli.percent_line import PercentLine  # noqa: PLC0415
    from laverma_desk.domain.errors import Rule, RuleBroken  # noqa: PLC0415
    from laverma_desk.domain.statistics import StatisticsFilter  # noqa: PLC0415
    from laverma_desk.services.agreements.evidence import find_customer  # noqa: PLC0415
    from laverma_desk.services.statistics.files import KINDS, write_statistics_set  # noqa: PLC0415

    if options.last < options.first:
        raise RuleBroken(Rule.END_BEFORE_START, field="last")
    with desk_to_look_up(options) as desk, PercentLine() as line:
        customer = find_customer(desk, options.customer).id if options.customer else None
        wanted = StatisticsFilter(options.first, options.last, customer)
        chosen = [one for one in KINDS if one in (options.kinds or KINDS)]
        folder = write_statistics_set(desk, wanted, options.out, chosen, progress=line.show)
    terminal.say(_("The figures are in %(folder)s") % {"folder": folder})
    return DONE
