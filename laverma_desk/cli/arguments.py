"""What can be said on the command line, and to which command it belongs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from laverma_desk import __version__, i18n
from laverma_desk.cli import dialled, terminal
from laverma_desk.cli.connection_arguments import add_connection_options
from laverma_desk.cli.invoice_arguments import add_invoice_commands
from laverma_desk.cli.usage import Parser, add_file, folder, server
from laverma_desk.i18n import _


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for: `command` (None for the window), `data_dir`, `language`, `demo`, and more.

    Exits with code 2 and a sentence for a wrong call, with 0 for --help and --version. From here on
    everything is said in the language that was asked for, else in German.
    """
    terminal.prepare()
    arguments, said = dialled.split(arguments)
    i18n.use(_wanted_language(arguments) or "de")
    options = _parser().parse_args(arguments)
    for name, value in vars(options).items():
        setattr(options, name, _as_text(value))
    options.caller = said or ""
    if options.demo and options.command:
        _parser().error(_("--demo opens the window and goes with no command."))
    if options.demo and options.database:
        _parser().error(_("--demo has data of its own and goes with no --database."))
    return options


def _as_text(value: Any) -> Any:
    """Return words without half characters, which no desk keeps. Paths stay as the system has them."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list | tuple):
        return type(value)(map(_as_text, value))
    return value


def _wanted_language(arguments: Sequence[str]) -> str | None:
    """Look for the language before the parser is made, for the parser already speaks it."""
    for place, argument in enumerate(arguments):
        name, _sign, value = argument.partition("=")
        if name == "--language":
            following = arguments[place + 1] if place + 1 < len(arguments) else ""
            chosen = value or following
            return chosen if chosen in i18n.LANGUAGES else None
    return None


def _parser() -> Parser:
    parser = Parser(
        prog="laverma-desk",
        description=_("The technician's desk for remote-support calls. Without a command the window opens."),
        epilog=_("Exit code: 0 done, 1 a rule is broken or the machine refuses, 2 wrong call."),
    )
    parser.options.add_argument(
        "--version",
        action="version",
        version=f"Laverma Desk {__version__}",
        help=_("show the version and exit"),
    )
    _add_everywhere(parser, None)
    parser.options.add_argument(
        "--demo", action="store_true", help=_("open the window with invented data; nothing is sent")
    )
    commands = parser.add_subparsers(title=_("Commands"), metavar=_("COMMAND"), dest="command")
    _add_setup(commands)
    _add_import(commands)
    _add_export(commands)
    _add_report(commands)
    _add_evidence(commands)
    _add_outbox(commands)
    _add_call(commands)
    add_invoice_commands(commands, _command, _day)
    check = _command(commands, "check", _("check database, foreign keys and stored documents"))
    check.options.add_argument(
        "--self", action="store_true", dest="itself", help=_("check the program instead of the desk")
    )
    _add_backup(commands)
    _add_desktop(commands)
    shared = _command(commands, "server", _("set up the server of a shared desk, and who works at it"))
    shared.fill_late(_fill_server)
    move = _command(commands, "move", _("move the desk to a server, or from a server into a folder"))
    move.fill_late(_fill_move)
    return parser


def _command(commands: Any, name: str, sentence: str) -> Parser:
    """Add a command that also takes what can be said before it."""
    parser: Parser = commands.add_parser(name, help=sentence, description=sentence)
    # Suppressed, so that a command does not take back what was said before it.
    _add_everywhere(parser, argparse.SUPPRESS)
    return parser


def _add_everywhere(parser: Parser, default: str | None) -> None:
    parser.options.add_argument(
        "--data-dir", type=folder, metavar=_("FOLDER"), default=default, help=_("the folder of the desk")
    )
    parser.options.add_argument(
        "--database", type=server, metavar=_("URL"), default=default, help=_("the server of a shared desk")
    )
    parser.options.add_argument(
        "--language", choices=i18n.LANGUAGES, default=default, help=_("the language of all messages")
    )


def _add_setup(commands: Any) -> None:
    setup = _command(commands, "setup", _("set up company, tariff, supporters and mail from a TOML file"))
    add_file(setup, _("the TOML file"), optional=True)
    setup.options.add_argument("--example", action="store_true", help=_("print a file with every key"))


def _add_import(commands: Any) -> None:
    parser = _command(commands, "import", _("bring in a file, all of it or nothing"))
    kinds = parser.add_subparsers(title=_("Commands"), metavar=_("KIND"), dest="kind", required=True)
    customers = _command(kinds, "customers", _("customers with their people and workstations"))
    add_file(customers, _("the CSV file, or an address book (.vcf)"))
    customers.options.add_argument(
        "--map",
        action="append",
        type=_meaning,
        default=[],
        metavar=_("HEADING=COLUMN"),
        help=_("what a heading of another program means; more than once"),
    )
    customers.options.add_argument(
        "--dry-run", action="store_true", help=_("check and count everything, write nothing")
    )
    add_file(_command(kinds, "sessions", _("sessions that have taken place")), _("the CSV file"))
    connections = _command(kinds, "connections", _("what a remote tool wrote down, beside the sessions"))
    add_file(connections, _("Connections.txt of TeamViewer, or another log or export"))
    add_connection_options(connections, _meaning)


def _meaning(typed: str) -> tuple[str, str]:
    """Return heading and column of "Firma=Name"; an equals sign may stand in the heading."""
    heading, sign, column = typed.rpartition("=")
    if not sign or not heading.strip():
        raise argparse.ArgumentTypeError(_("Write heading and column like “Firma=Name”."))
    return heading, column


def _add_export(commands: Any) -> None:
    _command(commands, "export", _("write what the desk holds into a file")).fill_late(_fill_export)


def _add_report(commands: Any) -> None:
    report = _command(commands, "report", _("write the report of a session as a PDF"))
    report.operands.add_argument("number", metavar=_("NUMBER"), help=_("for example S-2022-0214"))
    report.options.add_argument(
        "--pdf", type=Path, metavar=_("FILE"), required=True, help=_("the PDF file to write")
    )
    report.options.add_argument(
        "--send", action="store_true", help=_("also mail it to the customer, at once")
    )
    report.options.add_argument(
        "--reason", metavar=_("TEXT"), help=_("why a late session took place without a DPA; is logged")
    )
    report.options.add_argument(
        "--decided-by", metavar=_("NAME"), help=_("who decided; else the supporter of this desk")
    )


def _add_evidence(commands: Any) -> None:
    parser = _command(commands, "evidence", _("write what is on record of a customer's sessions as a PDF"))
    parser.operands.add_argument("customer", metavar=_("CUSTOMER"), help=_("the customer number"))
    parser.options.add_argument(
        "--from", dest="first", type=_day, metavar=_("DAY"), required=True, help=_("for example 01.01.2022")
    )
    parser.options.add_argument(
        "--to", dest="last", type=_day, metavar=_("DAY"), required=True, help=_("the last day, included")
    )
    parser.options.add_argument(
        "--pdf", type=Path, metavar=_("FILE"), required=True, help=_("the PDF file to write")
    )


def _day(typed: str) -> date:
    """Return a day that was typed as 01.03.2022 or 2022-03-01."""
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007 (a day has no zone)
    raise argparse.ArgumentTypeError(_("“%(value)s” is no day. Write it like 01.03.2022.") % {"value": typed})


def _add_outbox(commands: Any) -> None:
    outbox = _command(commands, "outbox", _("list the mails of the outbox"))
    outbox.options.add_argument("--send", action="store_true", help=_("send what waits now"))


def _add_call(commands: Any) -> None:
    call = _command(commands, dialled.COMMAND, _("show in the window who calls; opens it if need be"))
    call.operands.add_argument(
        "caller",
        metavar=_("NUMBER"),
        nargs="?",
        help=_("what the telephone says: a number in any spelling, tel:… or nothing; options go before it"),
    )


def _add_backup(commands: Any) -> None:
    backup = _command(commands, "backup", _("copy the desk to a file, also while the window is open"))
    add_file(
        backup,
        _("where the copy goes; without it, into the folder for backups, whose older copies are rotated"),
        optional=True,
    )
    backup.options.add_argument(
        "--encrypt", action="store_true", help=_("encrypt with a passphrase, asked for or read from stdin")
    )
    restore = _command(commands, "restore", _("bring back a copy; the present file is kept beside"))
    add_file(restore, _("the copy, also an encrypted one"))
    restore.options.add_argument(
        "--yes", action="store_true", help=_("do not ask after showing what the copy holds")
    )


def _add_desktop(commands: Any) -> None:
    parser = _command(commands, "desktop", _("put the program into the start menu of this user"))
    actions = parser.add_subparsers(title=_("Commands"), metavar=_("ACTION"), dest="action", required=True)
    install = _command(actions, "install", _("make or renew the entry, the icon and the laverma-desk: links"))
    install.options.add_argument(
        "--tel", action="store_true", help=_("take the phone numbers of other programs (tel:), too")
    )
    _command(actions, "remove", _("take all of it out again"))
    _command(actions, "status", _("say how it stands"))


def _fill_export(parser: Parser) -> None:
    from laverma_desk.cli.export_arguments import fill_export  # noqa: PLC0415 (with the command)

    fill_export(parser, _command, _day)


def _fill_server(parser: Parser) -> None:
    from laverma_desk.cli.server_arguments import fill_server  # noqa: PLC0415 (with the command)

    fill_server(parser, _command)


def _fill_move(parser: Parser) -> None:
    from laverma_desk.cli.move_arguments import fill_move  # noqa: PLC0415 (with the command)

    fill_move(parser)
