"""What can be said to the commands that write what the desk holds."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from laverma_desk.cli.export_datev import add_datev
from laverma_desk.cli.export_gdpdu import add_gdpdu
from laverma_desk.cli.export_statistics import add_statistics
from laverma_desk.cli.usage import Parser, add_file, add_period
from laverma_desk.domain.history import HistoryStatus
from laverma_desk.i18n import _

_Add = Callable[[Any, str, str], Parser]
_Day = Callable[[str], date]


def fill_export(parser: Parser, add: _Add, day: _Day) -> None:
    """Add the kinds; `add` makes a command with its sentence, `day` reads a date."""
    kinds = parser.add_subparsers(title=_("Commands"), metavar=_("KIND"), dest="kind", required=True)
    customers = add(kinds, "customers", _("all customers, as CSV or address book"))
    add_file(customers, _("the file to write, .csv or .vcf"))
    customers.options.add_argument("--archived", action="store_true", help=_("archived customers too"))
    _add_sessions(add(kinds, "sessions", _("sessions that have ended, as CSV or Excel")), day)
    add_statistics(kinds, add, day)
    add_datev(kinds, add, day)
    add_gdpdu(kinds, add, day)


def _add_sessions(sessions: Parser, day: _Day) -> None:
    sessions.operands.add_argument(
        "file", type=_table, metavar=_("FILE"), help=_("the file to write, .csv or .xlsx")
    )
    add_period(sessions, day, required=False)
    add = sessions.options.add_argument
    add("--customer", metavar=_("NUMBER"), default="", help=_("only this customer number"))
    add("--supporter", metavar=_("NAME"), default="", help=_("only this supporter"))
    add(
        "--status",
        choices=[one.value.replace("_", "-") for one in HistoryStatus],
        default=HistoryStatus.ALL.value,
        help=_("only sessions of this state"),
    )
    add(
        "--text",
        metavar=_("WORDS"),
        default="",
        help=_("only sessions in which each of these words is found"),
    )


def _table(typed: str) -> Path:
    file = Path(typed).expanduser()
    if file.suffix.lower() not in {".csv", ".xlsx"}:
        raise argparse.ArgumentTypeError(
            _("“%(value)s” ends neither in .csv nor in .xlsx.") % {"value": typed}
        )
    return file
