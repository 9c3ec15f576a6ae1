"""The password of a desk's server, asked for at the terminal and never taken from a call or a variable."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TypeVar

from laverma_desk.cli import asking, terminal
from laverma_desk.domain.errors import OutsideTrouble, Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.i18n import _
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.server_login import try_and_keep

Opened = TypeVar("Opened")
_TRIES = 3


def with_password(address: ServerAddress, secrets: Secrets, opened: Callable[[], Opened]) -> Opened:
    """Return what is opened; a login that is refused asks for the password and opens once more.

    Nobody at the terminal is asked nothing. Raises OutsideTrouble.
    """
    try:
        return opened()
    except OutsideTrouble as refused:
        if refused.code is not Trouble.SERVER_LOGIN or not asking.at_terminal():
            raise
    _ask(address, secrets)
    return opened()


def _ask(address: ServerAddress, secrets: Secrets) -> None:
    question = _("Password of %(role)s at %(server)s: ") % {"role": address.user, "server": address.shown}
    for left in reversed(range(_TRIES)):
        try:
            try_and_keep(address, getpass.getpass(question), secrets)
        except OutsideTrouble as refused:
            if refused.code is not Trouble.SERVER_LOGIN or not left:
                raise
            terminal.tell(_("The server does not take this password."))
        else:
            return
