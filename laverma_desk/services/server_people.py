"""The people of a desk on a server: their logins, and what each may do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.rights import Right
from laverma_desk.domain.server_address import SHORTEST_PASSWORD, ServerAddress
from laverma_desk.domain.setting_change import SettingDifference
from laverma_desk.mail.secret import Secrets
from laverma_desk.services.changes import Done, Topic, done
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup.house import changing_settings, house_on
from laverma_desk.storage import house as stored
from laverma_desk.storage.seats import SeatRow, give_seat, seat_rows
from laverma_desk.storage.setting_changes import log_setting_changes

if TYPE_CHECKING:
    from laverma_desk.storage.database import Connection

_ROLE = re.compile(r"[a-z_][a-z0-9_.-]{0,62}")


@dataclass(frozen=True)
class Seat:
    """A technician, the login ("" without one), and what it may do."""

    name: str
    email: str
    role: str
    rights: frozenset[Right]
    archived: bool


def prepare_server(address: ServerAddress, secrets: Secrets) -> bool:
    """Make or renew tables, groups and privileges of a server's desk; return whether its schema is new.

    To be run by whoever owns the database and may create roles. Raises OutsideTrouble.
    """
    from laverma_desk.storage.postgresql.roles import apply_rights  # noqa: PLC0415 (only whoever has a server)
    from laverma_desk.storage.postgresql.server import Server  # noqa: PLC0415
    from laverma_desk.storage.postgresql.upgrading import bring_up_to_date  # noqa: PLC0415

    server = Server(address, lambda: secrets.read(address.key))
    try:
        fresh = bring_up_to_date(server)
        with server.write() as connection:
            apply_rights(connection)
    finally:
        server.close()
    return fresh


def seats(desk: Desk) -> list[Seat]:
    """Return who has worked at the desk and who may, archived ones last. Raises OutsideTrouble."""
    with desk.database.read() as connection:
        return _seats(connection)


def _seats(connection: Connection) -> list[Seat]:
    from laverma_desk.storage.postgresql.roles import rights_by_login  # noqa: PLC0415

    rights = rights_by_login(connection)
    return [
        Seat(one.name, one.email, one.role or "", rights.get(one.role or "", frozenset()), one.archived)
        for one in seat_rows(connection)
    ]


def needs_password(desk: Desk, role: str) -> bool:
    """Return whether a login has to be made first. Raises RuleBroken as `add_supporter` does for the role."""
    with desk.database.read() as connection:
        return not _usable(connection, role)


def add_supporter(
    desk: Desk, name: str, role: str, rights: Iterable[Right], *, password: str = "", email: str = ""
) -> Done[Seat]:
    """Let a technician work at the desk with a login that is made, or with one that is there already.

    One of this name is taken, as in a desk that was moved here. Raises RuleBroken TEXT_MISSING,
    SERVER_ROLE_INVALID, SERVER_ROLE_TAKEN, SERVER_ROLE_GROUP, SEAT_TAKEN, SERVER_PASSWORD_SHORT;
    OutsideTrouble SERVER_RIGHT_MISSING for whoever may not make roles.
    """
    from laverma_desk.storage.postgresql.roles import give_rights, make_login  # noqa: PLC0415

    wanted = name.strip()
    if not wanted:
        raise RuleBroken(Rule.TEXT_MISSING, field="name")
    with changing_settings(desk) as connection:
        known = next((one for one in seat_rows(connection) if one.name == wanted), None)
        if known is not None and known.role not in (None, role):
            raise RuleBroken(Rule.SEAT_TAKEN, field="name", name=wanted, role=known.role)
        taken = next((one.name for one in seat_rows(connection) if one.role == role != ""), wanted)
        if taken != wanted:
            raise RuleBroken(Rule.SERVER_ROLE_TAKEN, field="role", role=role, name=taken)
        if not _usable(connection, role):
            make_login(connection, role, _long_enough(password))
        given = frozenset(rights)
        give_rights(connection, role, given)
        address = email.strip() or (known.email if known else "")
        number = stored.put_supporter(connection, wanted, address, known=known.id if known else None)
        give_seat(connection, number, role)
        before = (known.role if known else None, frozenset[Right]())
        _log(desk, connection, wanted, before, (role, given))
    return done(Seat(wanted, address, role, given, archived=False), Topic.HOUSE)


def change_rights(desk: Desk, name: str, rights: Iterable[Right]) -> Done[Seat]:
    """Let a technician do exactly this from now on. Raises RuleBroken SEAT_UNKNOWN, OutsideTrouble."""
    from laverma_desk.storage.postgresql.roles import give_rights  # noqa: PLC0415

    with desk.database.write() as connection:
        row, seat = _known(connection, name)
        given = frozenset(rights)
        give_rights(connection, seat.role, given)
        _log(desk, connection, row.name, (seat.role, seat.rights), (seat.role, given))
    return done(Seat(row.name, row.email, seat.role, given, row.archived), Topic.HOUSE)


def change_password(desk: Desk, name: str, password: str) -> None:
    """Give a technician's login another password. Raises RuleBroken SEAT_UNKNOWN, SERVER_PASSWORD_SHORT."""
    from laverma_desk.storage.postgresql.roles import set_password  # noqa: PLC0415

    with desk.database.write(own_rows=True) as connection:
        _row, seat = _known(connection, name)
        set_password(connection, seat.role, _long_enough(password))


def remove_supporter(desk: Desk, name: str) -> Done[Seat]:
    """Let a technician come to the desk no more; sessions keep the name, and the login stays for others.

    Raises RuleBroken SEAT_UNKNOWN, OutsideTrouble.
    """
    from laverma_desk.storage.postgresql.roles import give_rights  # noqa: PLC0415

    with changing_settings(desk) as connection:
        row, seat = _known(connection, name)
        give_rights(connection, seat.role, ())
        give_seat(connection, row.id, None)
        stored.archive_supporter(connection, row.id)
        _log(desk, connection, row.name, (seat.role, seat.rights), (None, frozenset()))
    return done(seat, Topic.HOUSE)


def _known(connection: Connection, name: str) -> tuple[SeatRow, Seat]:
    """Return the technician of a name, or of a login."""
    wanted = name.strip()
    pairs = zip(seat_rows(connection), _seats(connection), strict=True)
    found = next((pair for pair in pairs if pair[1].role and wanted in (pair[1].name, pair[1].role)), None)
    if found is None:
        raise RuleBroken(Rule.SEAT_UNKNOWN, field="name", name=wanted)
    return found


def _usable(connection: Connection, role: str) -> bool:
    """Return whether a login is there already."""
    from laverma_desk.storage.postgresql.roles import login  # noqa: PLC0415

    if _ROLE.fullmatch(role) is None or role.startswith("pg_"):
        raise RuleBroken(Rule.SERVER_ROLE_INVALID, field="role", role=role)
    found = login(connection, role)
    if found.known and not found.can_log_in:
        raise RuleBroken(Rule.SERVER_ROLE_GROUP, field="role", role=role)
    return found.known


def _long_enough(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(Rule.SERVER_PASSWORD_SHORT, field="password", least=SHORTEST_PASSWORD)
    return password


def _log(
    desk: Desk,
    connection: Connection,
    name: str,
    before: tuple[str | None, frozenset[Right]],
    after: tuple[str | None, frozenset[Right]],
) -> None:
    """Who may issue and who may change settings is a setting itself, and leaves its line."""
    lines = (
        SettingDifference("supporters", "role", name, before[0] or "", after[0] or ""),
        SettingDifference("supporters", "rights", name, _words(before[1]), _words(after[1])),
    )
    who = house_on(connection).supporter_name
    log_setting_changes(connection, desk.clock.now(), who, [one for one in lines if one.old != one.new])


def _words(rights: frozenset[Right]) -> str:
    return ",".join(one.value for one in Right if one in rights)
