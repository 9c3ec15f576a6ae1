"""Who comes to a server's desk: the password is tried first, and strangers stay outside."""

from __future__ import annotations

from collections.abc import Callable

from laverma_desk.domain.clock import SystemClock
from laverma_desk.domain.errors import DeskError, Rule, RuleBroken, Trouble
from laverma_desk.domain.server_address import SHORTEST_PASSWORD, ServerAddress
from laverma_desk.mail.secret import Secrets
from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.services.judging import HERE, Judge
from laverma_desk.services.shared_desk import open_shared_desk


def try_and_keep(address: ServerAddress, password: str, secrets: Secrets) -> None:
    """Log in with a password and keep it in the keyring; without a keyring it counts for this run.

    Raises OutsideTrouble SERVER_LOGIN and the others of a server, KEYRING_REFUSED; then nothing is kept.
    """
    from laverma_desk.storage.postgresql.server import Server  # noqa: PLC0415 (only whoever has a server)

    server = Server(address, lambda: password)
    try:
        with server.read() as connection:
            connection.exec_driver_sql("SELECT 1")
    finally:
        server.close()
    secrets.write(address.key, password)


class ServerLogin:
    """The way of a window to its desk on a server. Every call may wait for the network or the keyring."""

    def __init__(
        self,
        data: DataDir,
        address: ServerAddress,
        secrets: Secrets,
        judge: Callable[[], Judge] = lambda: HERE,
    ) -> None:
        """Ask nobody yet; `judge` makes what holds e-invoices against the rules."""
        self.address = address
        self._data, self._secrets, self._judge = data, secrets, judge

    def keeps(self) -> bool:
        """Return whether a password outlives this run of the program."""
        return self._secrets.persistent

    def open(self) -> Desk:
        """Open the desk with the password that is kept.

        Raises OutsideTrouble as `open_shared_desk` does, RuleBroken SERVER_STRANGER for a login that is
        nobody's.
        """
        desk = open_shared_desk(self._data, self.address, SystemClock(), self._secrets, judge=self._judge())
        try:
            refuse_strangers(desk, self.address)
        except DeskError as error:
            if (
                error.code is not Trouble.SERVER_AWAY
            ):  # Then nobody can be asked, and what is kept here goes on.
                desk.close()
                raise
        return desk

    def open_with(self, password: str) -> Desk:
        """Open the desk with another password, which is kept from now on. Raises as `open` does."""
        try_and_keep(self.address, password, self._secrets)
        return self.open()


def refuse_strangers(desk: Desk, address: ServerAddress) -> None:
    """Let nobody work whose login belongs to no supporter while others' do.

    Raises RuleBroken SERVER_STRANGER.
    """
    from laverma_desk.storage.seats import is_stranger  # noqa: PLC0415 (only whoever has a server)

    with desk.database.read() as connection:
        stranger = is_stranger(connection)
    if stranger:
        raise RuleBroken(Rule.SERVER_STRANGER, role=address.user, server=address.shown)


def log_in_again(desk: Desk, password: str) -> None:
    """Come to a server that wants a password while a window is open; the way there is free soon after.

    Raises as `try_and_keep` does.
    """
    address = address_of(desk)
    if address is not None:
        try_and_keep(address, password, desk.secrets)


def change_own_password(desk: Desk, address: ServerAddress, password: str) -> None:
    """Give one's own login another password, which is kept from now on.

    Raises RuleBroken SERVER_PASSWORD_SHORT, OutsideTrouble.
    """
    from laverma_desk.storage.postgresql.roles import set_password  # noqa: PLC0415 (only whoever has a server)

    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(Rule.SERVER_PASSWORD_SHORT, field="password", least=SHORTEST_PASSWORD)
    with desk.database.write(own_rows=True) as connection:
        set_password(connection, address.user, password)
    desk.secrets.write(address.key, password)


def address_of(desk: Desk) -> ServerAddress | None:
    """Return where a desk lies, None for a folder."""
    if not desk.database.shared:
        return None
    from laverma_desk.storage.postgresql.server import Server  # noqa: PLC0415 (only whoever has a server)

    return desk.database.address if isinstance(desk.database, Server) else None
