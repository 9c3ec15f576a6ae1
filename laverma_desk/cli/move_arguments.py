"""What can be said to the command that moves a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from laverma_desk.cli.usage import Parser, folder, server
from laverma_desk.i18n import _

if TYPE_CHECKING:
    from laverma_desk.domain.server_address import ServerAddress


def fill_move(parser: Parser) -> None:
    """Add what can be said to `move`."""
    parser.options.add_argument(
        "--to",
        type=_place,
        metavar=_("URL|FOLDER"),
        required=True,
        help=_("postgresql+psycopg://owner@server/database, or an empty folder; what lies here stays"),
    )


def _place(typed: str) -> ServerAddress | Path:
    return server(typed) if "://" in typed else folder(typed)
