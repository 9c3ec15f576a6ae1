"""Which technician has which login at a server."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, exists, select, update

from laverma_desk.storage.mine import Role
from laverma_desk.storage.tables import supporter


class SeatRow(NamedTuple):
    """A technician and the login, None for whoever has none."""

    id: int
    name: str
    email: str
    archived: bool
    role: str | None


_COLUMNS = (supporter.c.id, supporter.c.name, supporter.c.email, supporter.c.archived, supporter.c.role)
_ROWS = select(*_COLUMNS).order_by(supporter.c.archived, supporter.c.name)


def seat_rows(connection: Connection) -> list[SeatRow]:
    """Return all technicians by name, archived ones last."""
    return [SeatRow(*row) for row in connection.execute(_ROWS)]


def give_seat(connection: Connection, supporter_id: int, role: str | None) -> None:
    """Say whose login a role is; None takes it back."""
    connection.execute(update(supporter).where(supporter.c.id == supporter_id).values(role=role))


def is_stranger(connection: Connection) -> bool:
    """Return whether the login that asks is nobody's while others' are."""
    known = select(exists().where(supporter.c.role == Role()))
    others = select(exists().where(supporter.c.role.is_not(None)))
    return bool(connection.execute(others).scalar()) and not connection.execute(known).scalar()
