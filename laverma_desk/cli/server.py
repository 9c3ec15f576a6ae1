"""laverma-desk server: the desk that several share, prepared, and who works at it."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable

from laverma_desk import log
from laverma_desk.cli import asking, terminal
from laverma_desk.cli.desk_opening import data_dir, opened_desk, server_of
from laverma_desk.cli.exit_codes import BROKEN, DONE
from laverma_desk.cli.server_password import with_password
from laverma_desk.domain.errors import OutsideTrouble, Rule, RuleBroken, Trouble
from laverma_desk.domain.rights import Right
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.i18n import _
from laverma_desk.mail.secret import Secrets
from laverma_desk.services import server_people
from laverma_desk.services.desk import Desk
from laverma_desk.services.server_login import change_own_password

_NAME_WIDTH = 28
_LOGIN_WIDTH = 16


def run_server(options: argparse.Namespace) -> int:
    """Run one of the commands about a server. Raises RuleBroken, OutsideTrouble."""
    address = getattr(options, "server", None) or server_of(options)
    if address is None:
        raise RuleBroken(Rule.SERVER_NOT_NAMED, field="database")
    options.database = address
    actions: dict[str, Callable[[argparse.Namespace, ServerAddress], int]] = {
        "prepare": _prepare,
        "supporters": _list,
        "add": _add,
        "change": _change,
        "remove": _remove,
        "password": _password,
    }
    return actions[options.action](options, address)


def _prepare(options: argparse.Namespace, address: ServerAddress) -> int:
    log.start(data_dir(options))
    secrets = Secrets()
    try:
        fresh = with_password(address, secrets, lambda: server_people.prepare_server(address, secrets))
    except OutsideTrouble as error:
        if error.code is not Trouble.SERVER_NOT_PREPARED:
            raise
        terminal.tell(
            _(
                "There is no database %(name)s at the server. "
                "Whoever looks after it creates it: createdb %(name)s"
            )
            % {"name": address.database}
        )
        return BROKEN
    with opened_desk(options, secrets):  # A new desk gets its phrases and reasons.
        pass
    words = (
        _("Tables and rights are ready at %(server)s.") if fresh else _("Rights are renewed at %(server)s.")
    )
    terminal.say(words % {"server": address.shown})
    terminal.say(_('Next: laverma-desk server add "NAME" --role LOGIN --may calls,billing,house'))
    return DONE


def _list(options: argparse.Namespace, _address: ServerAddress) -> int:
    with opened_desk(options) as desk:
        found = server_people.seats(desk)
    for one in found:
        if one.archived and not one.role:
            continue
        login = one.role or _("no login")
        terminal.say(f"{one.name:<{_NAME_WIDTH}}  {login:<{_LOGIN_WIDTH}}  {_rights(one.rights)}".rstrip())
    if not any(one.role for one in found):
        terminal.tell(_("Nobody has a login yet: laverma-desk server add"))
    return DONE


def _rights(rights: frozenset[Right]) -> str:
    return ",".join(one.value for one in Right if one in rights)


def _add(options: argparse.Namespace, address: ServerAddress) -> int:
    with opened_desk(options) as desk:
        password = _new_password(options.role) if server_people.needs_password(desk, options.role) else ""
        seat = server_people.add_supporter(
            desk, options.name, options.role, options.may, password=password, email=options.mail
        ).value
    terminal.say(
        _("%(name)s works here as %(role)s and may: %(rights)s")
        % {"name": seat.name, "role": seat.role, "rights": _rights(seat.rights)}
    )
    theirs = ServerAddress(seat.role, address.host, address.port, address.database, address.certificates)
    terminal.say(_("Their window: laverma-desk --database %(url)s") % {"url": theirs.url})
    return DONE


def _change(options: argparse.Namespace, _address: ServerAddress) -> int:
    if options.may is None and not options.password:
        terminal.tell(_("Say what is to change: --may or --password"))
        return BROKEN
    with opened_desk(options) as desk:
        if options.may is not None:
            seat = server_people.change_rights(desk, options.name, options.may).value
            terminal.say(
                _("%(name)s may from now on: %(rights)s")
                % {"name": seat.name, "rights": _rights(seat.rights)}
            )
        if options.password:
            _give_password(desk, options.name)
    return DONE


def _give_password(desk: Desk, name: str) -> None:
    server_people.change_password(desk, name, _new_password(name))
    terminal.say(_("The password is changed."))


def _remove(options: argparse.Namespace, _address: ServerAddress) -> int:
    with opened_desk(options) as desk:
        seat = server_people.remove_supporter(desk, options.name).value
    terminal.say(
        _("%(name)s comes to this desk no more. The login %(role)s is still there, without rights here.")
        % {"name": seat.name, "role": seat.role}
    )
    return DONE


def _password(options: argparse.Namespace, address: ServerAddress) -> int:
    with opened_desk(options) as desk:
        change_own_password(desk, address, _new_password(address.user))
    terminal.say(_("The password is changed."))
    return DONE


def _new_password(name: str) -> str:
    """Return a password that was typed twice alike; from a pipe its first line. Raises RuleBroken."""
    if not asking.at_terminal():
        return asking.passphrase()
    first = getpass.getpass(_("New password for %(name)s: ") % {"name": name})
    if getpass.getpass(_("Once more: ")) != first:
        raise RuleBroken(Rule.PASSPHRASE_DIFFERS, field="password")
    return first
