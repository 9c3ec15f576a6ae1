"""Run one command and turn whatever becomes of it into a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable

from laverma_desk import log
from laverma_desk.cli import terminal
from laverma_desk.cli.exit_codes import BROKEN, INTERRUPTED
from laverma_desk.domain.errors import DeskError
from laverma_desk.i18n import _

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
            from laverma_desk.explain import explain  # noqa: PLC0415 (its words bring Babel, which few calls need)

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


def _command(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:  # noqa: C901, PLR0912 (one case a command)
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
        case "desktop":
            from laverma_desk.cli.desktop import run_desktop as command  # noqa: PLC0415
        case "server":
            from laverma_desk.cli.server import run_server as command  # noqa: PLC0415
        case "move":
            from laverma_desk.cli.move import run_move as command  # noqa: PLC0415
        case "restore":
            from laverma_desk.cli.restore import run_restore as command  # noqa: PLC0415
        case "check":
            from laverma_desk.cli.upkeep import run_check as command  # noqa: PLC0415
        case _:
            from laverma_desk.cli.upkeep import run_backup as command  # noqa: PLC0415
    return command
