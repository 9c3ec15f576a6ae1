"""What can be said to the import of connections."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from laverma_desk.cli.usage import Parser
from laverma_desk.domain.connection import LogKind
from laverma_desk.domain.log_table import TableField
from laverma_desk.i18n import _

AUTO = "auto"
_WIDTH = 78


def add_connection_options(parser: Parser, meaning: Callable[[str], tuple[str, str]]) -> None:
    """Add them; `meaning` reads a heading and what it means."""
    about = _(
        "Each connection is kept once, however often its file is read. What belongs to a session by its "
        "partner ID and its time is matched; nothing is created or billed."
    )
    parser.description = "\n\n".join((parser.description or "", textwrap.fill(about, _WIDTH)))
    add = parser.options.add_argument
    kinds = [one.value for one in LogKind]
    add(
        "--kind",
        dest="log_kind",
        choices=[AUTO, *kinds],
        default=AUTO,
        metavar=_("KIND"),
        help=_("which program wrote the file; otherwise this is found out from what stands in it: %(kinds)s")
        % {"kinds": ", ".join(kinds)},
    )
    add(
        "--map",
        action="append",
        type=meaning,
        default=[],
        metavar=_("HEADING=FIELD"),
        help=_("what a heading of a table means, more than once; fields: %(fields)s")
        % {"fields": ", ".join(one.value for one in TableField)},
    )
    add("--json", action="store_true", help=_("print the result for programs, as JSON"))
