"""Run one command and turn whatever becomes of it into a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from laverma_desk import log
from laverma_desk.cli import terminal
from laverma_desk.domain.errors import DeskError
from laverma_desk.explain import explain
from laverma_desk.i18n import _
from laverma_desk.paths import DataDir, default_data_dir

if TYPE_CHECKING:
    from laverma_desk.services.desk import Desk

DONE, BROKEN, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
_log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Run the command that was asked for and return the exit code. Never raises for what a user can do."""
    code = guarded(lambda: _command(options)(options))
    log.stop()
    return code


def guarded(work: Callable[[], int]) -> int:
    """Return the exit code of some work; what went wrong is said on standard error, a bug is also logged."""
    try:
        try:
            code = work()
            terminal.flush()
        except DeskError as error:
            terminal.tell(explain(error))
            return BROKEN
        except KeyboardInterrupt:
            terminal.tell(_("Stopped. Nothing was half-written."))
            return INTERRUPTED
        except Exception:  # noqa: BLE001 (the last door: whatever comes is a bug, and is logged with its way)
            _log.exception("Uncaught error")
            terminal.tell(_unforeseen())
            return BROKEN
    except DeskError:
        return BROKEN  # Nobody reads standard error either.
    return code


def _unforeseen() -> str:
    file = log.file()
    if file is not None and file.is_file():
        return _("Something unexpected happened; the data are unharmed. Details are in %(file)s") % {
            "file": file
        }
    return _("Something unexpected happened; the data are unharmed.")


def _command(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    # Imported only now: --version and a wrong call must not wait for the database.
    match options.command:
        case "setup":
            from laverma_desk.cli.setup import run_setup as command  # noqa: PLC0415
        case "import":
            from laverma_desk.cli.imports import run_import as command  # noqa: PLC0415
        case "export":
            from laverma_desk.cli.exports import run_export as command  # noqa: PLC0415
        case "report":
            from laverma_desk.cli.report import run_report as command  # noqa: PLC0415
        case "evidence":
            from laverma_desk.cli.evidence import run_evidence as command  # noqa: PLC0415
        case "outbox":
            from laverma_desk.cli.outbox import run_outbox as command  # noqa: PLC0415
        case "invoice" | "invoices" | "cancel" | "verify" | "statement":
            from laverma_desk.cli.invoice_commands import run_invoice_command as command  # noqa: PLC0415
        case "restore":
            from laverma_desk.cli.restore import run_restore as command  # noqa: PLC0415
        case "check":
            from laverma_desk.cli.upkeep import run_check as command  # noqa: PLC0415
        case _:
            from laverma_desk.cli.upkeep import run_backup as command  # noqa: PLC0415
    return command


@contextmanager
def desk_to_read(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for, where it may not even be writable. Raises OutsideTrouble."""
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk_to_read  # noqa: PLC0415

    data = data_dir(options)
    log.start(data)
    desk = open_desk_to_read(data, SystemClock(), Secrets())
    try:
        yield desk
    finally:
        desk.close()


def data_dir(options: argparse.Namespace) -> DataDir:
    """Return the folder that was asked for, else the user's own."""
    return DataDir(options.data_dir) if options.data_dir else default_data_dir()


@contextmanager
def opened_desk(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for and close it afterwards. Raises OutsideTrouble."""
    from laverma_desk.domain.clock import SystemClock  # noqa: PLC0415
    from laverma_desk.mail.secret import Secrets  # noqa: PLC0415
    from laverma_desk.services.desk import open_desk  # noqa: PLC0415
    from laverma_desk.services.setup.house import prepare_new_desk  # noqa: PLC0415

    data = data_dir(options)
    log.start(data)
    desk = open_desk(data, SystemClock(), Secrets())
    try:
        prepare_new_desk(desk)
        yield desk
    finally:
        desk.close()


@contextmanager
def desk_to_look_up(options: argparse.Namespace) -> Iterator[Desk]:
    """Open the desk that was asked for to read what only today's schema has: also where nothing is writable.

    One of an older version is brought up to date first. Raises OutsideTrouble.
    """
    from laverma_desk.services.desk import is_older  # noqa: PLC0415

    opened = opened_desk if is_older(data_dir(options)) else desk_to_read
    with opened(options) as desk:
        yield desk
