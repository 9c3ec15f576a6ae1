"""Open the desk that several technicians share: the server, and what goes on here while it is away."""

from __future__ import annotations

import ssl
from dataclasses import replace
from functools import partial

from laverma_desk.domain.clock import Clock
from laverma_desk.domain.errors import DeskError, OutsideTrouble, Trouble
from laverma_desk.domain.server_address import ServerAddress
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.calls.carrying_over import carry_over
from laverma_desk.services.calls.going_on import GoingOn
from laverma_desk.services.desk import Desk, make_folder
from laverma_desk.services.judging import HERE, Judge
from laverma_desk.storage.aside import Aside
from laverma_desk.storage.postgresql.contact import Contact
from laverma_desk.storage.postgresql.server import Server
from laverma_desk.storage.postgresql.upgrading import check_schema


def open_shared_desk(
    data: DataDir,
    address: ServerAddress,
    clock: Clock,
    secrets: Secrets,
    *,
    trust: ssl.SSLContext | None = None,
    judge: Judge = HERE,
) -> Desk:
    """Open the desk that a server has for several technicians; what is this one's alone lies in its folder.

    The password is the one that `secrets` keep for the address. While the server is away it opens all the
    same where running sessions are kept here. Raises OutsideTrouble for a folder that cannot be used and a
    server that is away, refuses, or has no desk of this version.
    """
    make_folder(data)
    server = Server(address, lambda: secrets.read(address.key))
    desk = Desk(server, clock, data, secrets, trust=trust, judge=judge)
    try:
        desk = replace(desk, aside=Aside.open(data.aside, address.key, address.user))
        try:
            check_schema(server)
        except OutsideTrouble as error:
            if error.code is not Trouble.SERVER_AWAY or desk.aside is None or not desk.aside.every():
                raise
            server.watchman.before_return.append(partial(check_schema, server))
    except DeskError:
        desk.close()
        raise
    if desk.aside is not None:
        _let_go_on(desk, server, desk.aside)
    return desk


def _let_go_on(desk: Desk, server: Server, aside: Aside) -> None:
    """Let what waits be carried over before the server counts as back, and what came in between after it."""

    def on_contact(news: Contact) -> None:
        if not news.away and any(one.since for one in aside.every()):
            server.watchman.look_again()

    aside.ways = GoingOn
    server.watchman.before_return.append(partial(carry_over, desk))
    server.watchman.listeners.append(on_contact)
    on_contact(Contact(away=server.away))
