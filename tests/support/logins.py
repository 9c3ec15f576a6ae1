"""Technicians with a login each at one server, and the desks at which they sit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest

from laverma_desk.paths import DataDir
from laverma_desk.services.desk import Desk
from laverma_desk.services.setup import house
from laverma_desk.services.shared_desk import open_shared_desk
from tests.support.desks import memory_secrets
from tests.support.raw_words import say
from tests.support.servers import shared_server

NAMES = {"klaus": "Klaus Klassen", "anna": "Anna Adler", "ben": "Ben Brandt"}


@lru_cache(maxsize=1)
def _make_roles() -> None:
    # What each may do is another test's matter: here they may do everything.
    shared_server().say(*(f"CREATE ROLE {role} LOGIN SUPERUSER" for role in NAMES))


class Logins:
    """The house's three technicians on the server of a desk."""

    def __init__(self, desk: Desk, folder, clock) -> None:
        """Give each a login."""
        self._desk, self._folder, self._clock = desk, folder, clock
        self._opened: list[Desk] = []
        _make_roles()
        known = {one.name for one in house.read_house(desk).supporters}
        for role, name in NAMES.items():
            if name not in known:
                house.save_supporter(desk, name, f"{role}@laverma.example")
            with desk.database.write() as connection:
                say(connection, "UPDATE supporter SET role = ? WHERE name = ?", (role, name))

    def open(self, role: str) -> Desk:
        """Open the desk of one of them."""
        address = shared_server().address(self._desk.database.address.database, role)
        folder = DataDir(self._folder / f"{role} {len(self._opened)}")
        self._opened.append(open_shared_desk(folder, address, self._clock, memory_secrets()))
        return self._opened[-1]

    def number(self, role: str) -> int:
        """Return the row of one of them."""
        people = house.read_house(self._desk).supporters
        return next(one.id for one in people if one.name == NAMES[role])

    def close(self) -> None:
        """Close what was opened."""
        for desk in self._opened:
            desk.close()


@pytest.fixture
def logins(desk, tmp_path, clock) -> Iterator[Logins]:
    """Klaus, Anna and Ben on the server of the test's desk."""
    made = Logins(desk, tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def klaus(logins) -> Desk:
    """The desk at which Klaus sits."""
    return logins.open("klaus")


@pytest.fixture
def anna(logins) -> Desk:
    """The desk at which Anna sits."""
    return logins.open("anna")
