"""What can be said to the commands about a server that several desks share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from laverma_desk.cli.usage import Parser, server
from laverma_desk.i18n import _

if TYPE_CHECKING:
    from laverma_desk.domain.rights import Right

_Add = Callable[[Any, str, str], Parser]


def fill_server(parser: Parser, add: _Add) -> None:
    """Add what can be said to `server`; `add` makes a command with its sentence."""
    actions = parser.add_subparsers(title=_("Commands"), metavar=_("ACTION"), dest="action", required=True)
    prepare = add(actions, "prepare", _("make or renew tables, groups and rights; run by the owner"))
    prepare.operands.add_argument(
        "server",
        nargs="?",
        type=server,
        metavar=_("URL"),
        help=_("postgresql+psycopg://owner@server/database; else --database or the settings"),
    )
    add(actions, "supporters", _("list who has which login, and what it may do"))
    new = add(actions, "add", _("give a supporter a login; its first password is asked for"))
    _add_name(new)
    new.options.add_argument("--role", metavar=_("LOGIN"), required=True, help=_("for example klaus"))
    new.options.add_argument("--mail", metavar=_("ADDRESS"), default="", help=_("the supporter's address"))
    _add_rights(new, required=True)
    change = add(actions, "change", _("change what a supporter may do, or the password"))
    _add_name(change)
    _add_rights(change, required=False)
    change.options.add_argument("--password", action="store_true", help=_("ask for a new password"))
    _add_name(add(actions, "remove", _("take a supporter's rights away; sessions keep the name")))
    add(actions, "password", _("change the password of your own login"))


def _add_name(parser: Parser) -> None:
    parser.operands.add_argument("name", metavar=_("NAME"), help=_("the supporter, as reports name them"))


def _add_rights(parser: Parser, *, required: bool) -> None:
    parser.options.add_argument(
        "--may",
        type=_rights,
        metavar=_("RIGHTS"),
        required=required,
        help=_("calls, billing, house: any of them, divided by commas"),
    )


def _rights(typed: str) -> frozenset[Right]:
    """Return the rights of "calls,billing"; none is no answer: who may nothing is removed."""
    from laverma_desk.domain.rights import Right  # noqa: PLC0415 (few calls name one)

    try:
        found = frozenset(Right(one.strip()) for one in typed.split(",") if one.strip())
    except ValueError:
        found = frozenset()
    if not found:
        raise argparse.ArgumentTypeError(
            _("“%(value)s” names no rights. Possible are: %(known)s")
            % {"value": typed, "known": ", ".join(Right)}
        )
    return found
