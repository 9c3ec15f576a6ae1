"""What stands between sessions and their invoice: named one by one, each with a way there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from laverma_desk.domain.agreement import Agreement
from laverma_desk.domain.busy_time import meanwhile
from laverma_desk.domain.customer import Customer
from laverma_desk.domain.late_session import owes_reason
from laverma_desk.domain.support_session import Origin
from laverma_desk.storage import agreements, customers, open_sessions
from laverma_desk.storage.database import Connection
from laverma_desk.storage.open_sessions import OpenRow

LONG_SECONDS = 2 * 3600
"""A session that lasted longer may have been forgotten to end."""

_ADDRESS = ("street", "postcode", "city")
_DAY = timedelta(days=1)


class ObstacleKind(StrEnum):
    """What is wrong, or worth a look."""

    NO_NOTES = "no_notes"
    NO_REASON = "no_reason"
    GAP_OPEN = "gap_open"
    NO_ADDRESS = "no_address"
    AGREEMENT_REASON_MISSING = "agreement_reason_missing"
    OVERLAP = "overlap"
    LONG = "long"
    LOCKED = "locked"
    E_INVOICE_FIELD = "e_invoice_field"


HINTS = frozenset({ObstacleKind.OVERLAP, ObstacleKind.LONG, ObstacleKind.LOCKED})
"""Kinds that ask for a look and hinder nothing.

Data protection locks a customer, but what was done before is still billed: the law keeps open sessions
for that (`domain.retention.Law.BOOKING`), and Art. 18 Abs. 2 GDPR lets a claim be pursued.
"""


@dataclass(frozen=True)
class Obstacle:
    """One finding. `session_id` None: it is the customer's record. `detail` names what exactly.

    The detail of NO_ADDRESS is the first missing field of the record ("street", "postcode", "city"), of
    E_INVOICE_FIELD the name of the need, of OVERLAP the number of another session, of LONG its seconds.
    """

    kind: ObstacleKind
    session_id: int | None = None
    detail: str = ""

    @property
    def blocking(self) -> bool:
        """Return whether nothing can be issued before it is mended."""
        return self.kind not in HINTS


def session_obstacles(connection: Connection, rows: Sequence[OpenRow]) -> dict[int, tuple[Obstacle, ...]]:
    """Return what is found at sessions that wait for their invoice, by session."""
    agreed = _agreements_by_head(connection, rows)
    others = _overlaps(connection, rows)
    return {row.id: tuple(_of_session(row, agreed, others)) for row in rows}


def _of_session(
    row: OpenRow, agreed: Mapping[int, Sequence[Agreement]], others: Mapping[int, str]
) -> Iterable[Obstacle]:
    if not row.opening.strip():
        yield Obstacle(ObstacleKind.NO_NOTES, row.id)
    if not row.billable and row.free_reason_id is None:
        yield Obstacle(ObstacleKind.NO_REASON, row.id)
    if row.gap_open:
        yield Obstacle(ObstacleKind.GAP_OPEN, row.id)
    if _is_late(row) and owes_reason(Origin(row.origin), row.excepted, row.day, agreed.get(row.head, ())):
        yield Obstacle(ObstacleKind.AGREEMENT_REASON_MISSING, row.id)
    if row.id in others:
        yield Obstacle(ObstacleKind.OVERLAP, row.id, others[row.id])
    if row.seconds > LONG_SECONDS:
        yield Obstacle(ObstacleKind.LONG, row.id, str(row.seconds))


def _is_late(row: OpenRow) -> bool:
    """Return whether a session's agreement must be looked at: nearly all have passed the gate."""
    return row.origin != Origin.STOPWATCH and not row.excepted


def record_obstacles(records: Iterable[Customer]) -> dict[int, tuple[Obstacle, ...]]:
    """Return what is found at customers' records, by row; `needed_fields` knows the rest."""
    return {one.id: _of_record(one) for one in records}


def _of_record(customer: Customer) -> tuple[Obstacle, ...]:
    found = []
    missing = next((field for field in _ADDRESS if not getattr(customer, field).strip()), None)
    if missing is not None:
        found.append(Obstacle(ObstacleKind.NO_ADDRESS, None, missing))
    if customer.restricted_at is not None:
        found.append(Obstacle(ObstacleKind.LOCKED))
    return tuple(found)


def _agreements_by_head(connection: Connection, rows: Sequence[OpenRow]) -> dict[int, list[Agreement]]:
    """Return the agreements of practices; none is read where every session has passed the gate."""
    found: dict[int, list[Agreement]] = defaultdict(list)
    if any(_is_late(row) for row in rows):
        head_of = customers.merged_heads(connection)
        for one in agreements.every_agreement(connection):
            found[head_of.get(one.customer_id, one.customer_id)].append(one)
    return found


def _overlaps(connection: Connection, rows: Sequence[OpenRow]) -> dict[int, str]:
    """Return for sessions the number of another one that the same supporter had meanwhile.

    Looked for among all that began on the same day, the day before and the day after, billed ones too.
    """
    days: set[date] = set()
    for row in rows:
        days |= {row.day - _DAY, row.day, row.day + _DAY}
    return meanwhile(open_sessions.busy_times(connection, sorted(days)))
