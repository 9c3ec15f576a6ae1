"""laverma-desk export gdpdu: the data of a period for a tax audit."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from laverma_desk.cli import terminal
from laverma_desk.cli.desk_opening import desk_to_look_up
from laverma_desk.cli.exit_codes import DONE
from laverma_desk.cli.usage import Parser, add_folder, add_period
from laverma_desk.i18n import _, ngettext

KIND = "gdpdu"


def add_gdpdu(kinds: Any, command: Callable[[Any, str, str], Parser], day: Callable[[str], date]) -> None:
    """Add the command; `command` makes one with its sentence, `day` reads a date."""
    parser = command(kinds, KIND, _("the data of a period for a tax audit (Z3), with its description"))
    add_period(parser, day)
    add_folder(parser, _("where the folder of the export goes; made where there is none"))


def run_export_gdpdu(options: argparse.Namespace) -> int:
    """Write the export and say where it lies and what it holds."""
    from laverma_desk import text  # noqa: PLC0415 (each start reads this module, few export anything)
    from laverma_desk.cli.percent_line import PercentLine  # noqa: PLC0415
    from laverma_desk.services.tax_audit.exporting import export_gdpdu  # noqa: PLC0415

    with desk_to_look_up(options) as desk, PercentLine() as line:
        done = export_gdpdu(desk, options.first, options.last, options.out, progress=line.show)
    for file, rows in done.rows:
        terminal.say(
            ngettext("%(file)s: %(count)s row", "%(file)s: %(count)s rows", rows)
            % {"file": file, "count": text.number(rows)}
        )
    terminal.say(_("The export for the tax audit lies in %(folder)s.") % {"folder": done.folder})
    return DONE
