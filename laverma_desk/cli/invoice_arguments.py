"""What can be said to the commands about invoices."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from laverma_desk.cli.usage import Parser, add_folder, add_period
from laverma_desk.domain.customer import InvoiceFormat
from laverma_desk.i18n import _

_Add = Callable[[Any, str, str], Parser]
_Day = Callable[[str], date]
_WIDTH = 78


def add_invoice_commands(commands: Any, add: _Add, day: _Day) -> None:
    """Add the commands; `add` makes one with its sentence, `day` reads a date."""
    _add_invoice(add(commands, "invoice", _("bill what is open up to a day, as drafts or for good")), day)
    invoices = add(commands, "invoices", _("list the invoices, or write them into files once more"))
    invoices.operands.add_argument(
        "number", nargs="*", metavar=_("NUMBER"), help=_("only these; otherwise all")
    )
    invoices.options.add_argument(
        "--open", action="store_true", help=_("only those that are not paid in full yet")
    )
    _add_folder(invoices, _("write PDF and XML here, as they were issued"), required=False)
    _add_cancel(add(commands, "cancel", _("cancel an invoice by a cancellation of its own number")))
    add(commands, "verify", _("check every issued document: chain, hashes, PDF and XML, locked sessions"))
    _add_statement(add(commands, "statement", _("write what was done for a customer, billed or not")), day)


def _add_invoice(invoice: Parser, day: _Day) -> None:
    about = _(
        "Without --issue there are drafts only: they are kept in the desk, their previews are written as "
        "Entwurf-10017.pdf, and no number is given. A second run takes the same drafts again and doubles "
        "nothing. With --issue each draft becomes an invoice with its number and is written as "
        "RE-2022-0001.pdf, the XML of an e-invoice beside it; what cannot be issued stays a draft and is "
        "named. Ctrl+C stops between two invoices: what is issued stays issued."
    )
    invoice.epilog = textwrap.fill(about, _WIDTH)
    add = invoice.options.add_argument
    add(
        "--until",
        type=day,
        metavar=_("DAY"),
        required=True,
        help=_("bill sessions up to this day, included, for example 31.03.2022"),
    )
    add(
        "--customer",
        action="append",
        default=[],
        metavar=_("NUMBER"),
        help=_("only this customer number; more than once"),
    )
    add(
        "--date", type=day, metavar=_("DAY"), help=_("the date of the invoices; otherwise the day of issuing")
    )
    add("--issue", action="store_true", help=_("issue the invoices: with a number, for good"))
    add(
        "--format",
        choices=[InvoiceFormat.ZUGFERD.value, InvoiceFormat.XRECHNUNG.value],
        help=_("as what; otherwise as each customer wants it"),
    )
    _add_folder(invoice)


def _add_cancel(cancel: Parser) -> None:
    cancel.operands.add_argument("number", metavar=_("NUMBER"), help=_("for example RE-2022-0001"))
    cancel.options.add_argument(
        "--reason", metavar=_("TEXT"), required=True, help=_("why; it stands on the cancellation")
    )
    _add_folder(cancel)


def _add_statement(statement: Parser, day: _Day) -> None:
    statement.operands.add_argument("customer", metavar=_("CUSTOMER"), help=_("the customer number"))
    statement.operands.add_argument(
        "file", type=_paper, metavar=_("FILE"), help=_("the file to write, .pdf or .csv")
    )
    add_period(statement, day)


def _add_folder(parser: Parser, sentence: str = "", *, required: bool = True) -> None:
    add_folder(parser, sentence or _("where the files go; made where there is none"), required=required)


def _paper(typed: str) -> Path:
    file = Path(typed).expanduser()
    if file.suffix.lower() not in {".pdf", ".csv"}:
        raise argparse.ArgumentTypeError(
            _("“%(value)s” ends neither in .pdf nor in .csv.") % {"value": typed}
        )
    return file
