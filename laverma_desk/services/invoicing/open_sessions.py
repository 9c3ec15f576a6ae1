"""What can be billed: everything that ended up to a day and is on no invoice and in no draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from laverma_desk.domain.customer import Customer
from laverma_desk.services.desk import Desk
from laverma_desk.services.invoicing.needed_fields import field_obstacles
from laverma_desk.services.invoicing.obstacles import Obstacle, record_obstacles, session_obstacles
from laverma_desk.storage import customers
from laverma_desk.storage import open_sessions as stored
from laverma_desk.storage.open_sessions import OpenRow


@dataclass(frozen=True)
class OpenSession:
    """A session that waits for its invoice. `begin` is UTC, `minutes` the billed ones (started ones count).

    A free one costs 0 cents and says why.
    """

    id: int
    number: str
    begin: datetime
    workstation_name: str
    supporter_name: str
    first_line: str
    seconds: int
    minutes: int
    net_cents: int
    billable: bool
    free_reason: str
    obstacles: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class OpenCustomer:
    """A customer with something to bill, and those merged into it. `obstacles` are the record's own.

    `minutes` and `net_cents` count the billable sessions.
    """

    customer_id: int
    number: str
    name: str
    sessions: tuple[OpenSession, ...]
    net_cents: int
    minutes: int
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def blocked(self) -> bool:
        """Return whether anything of it must be mended before an invoice can be issued."""
        found = [*self.obstacles, *(one for session in self.sessions for one in session.obstacles)]
        return any(one.blocking for one in found)


def open_customers(desk: Desk, until: date) -> tuple[OpenCustomer, ...]:
    """Return who has something to bill up to a day, included, in the order of the customers' numbers.

    A customer whose sessions are all free is left out: they wait for the next one that costs something.
    """
    with desk.database.read() as connection:
        rows = stored.open_rows(connection, until)
        found = session_obstacles(connection, rows)
        by_head: dict[int, list[OpenSession]] = defaultdict(list)
        for row in rows:
            by_head[row.head].append(open_session(row, found[row.id]))
        charged = {head for head, own in by_head.items() if any(one.billable for one in own)}
        records = customers.several(connection, charged)
        missing = field_obstacles(connection, list(records.values()))
    own = record_obstacles(records.values())
    return tuple(
        _customer(one, by_head[one.id], (*own[one.id], *missing[one.id]))
        for one in sorted(records.values(), key=lambda one: (len(one.number), one.number))
    )


def _customer(record: Customer, own: Sequence[OpenSession], found: tuple[Obstacle, ...]) -> OpenCustomer:
    charged = [one for one in own if one.billable]
    return OpenCustomer(
        record.id, record.number, record.name, tuple(own),
        net_cents=sum(one.net_cents for one in charged),
        minutes=sum(one.minutes for one in charged),
        obstacles=found,
    )  # fmt: skip


def open_session(row: OpenRow, found: tuple[Obstacle, ...]) -> OpenSession:
    """Return a session as it is shown, with what was found at it."""
    lines = (line.strip() for line in row.opening.splitlines())
    return OpenSession(
        row.id, row.number, row.begin, row.workstation_name, row.supporter_name,
        first_line=next((line for line in lines if line), ""),
        seconds=row.seconds,
        minutes=-(-row.billed_seconds // 60),
        net_cents=row.net_cents if row.billable else 0,
        billable=row.billable,
        free_reason="" if row.billable else row.free_reason,
        obstacles=found,
    )  # fmt: skip
