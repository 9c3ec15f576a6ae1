"""Open connections as groups, each with its machine, what it would come to, and a session nearby."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.money import charge
from laverma_desk.domain.reconciling import end_of, join, longest_pause, nearest
from laverma_desk.domain.tariff import Tariff
from laverma_desk.services.customers.tariffs import tariff_of
from laverma_desk.services.reconciling.matching import Spans, pause_on
from laverma_desk.services.reconciling.records import (
    LooseSession,
    NotBillable,
    OpenConnection,
    Place,
    Proposal,
)
from laverma_desk.services.reconciling.session_lines import session_lines
from laverma_desk.storage.connection_rows import StoredConnection
from laverma_desk.storage.database import Connection
from laverma_desk.storage.reached_sessions import Owner, owners

_NO_SUPPORT = frozenset({"filetransfer", "porttransfer", "meeting", "presentation", "vpn"})
Group = tuple[StoredConnection, ...]


def groups_of(connections: Sequence[StoredConnection], pause: timedelta) -> list[Group]:
    """Return connections joined over pauses that are shorter, in the order of their beginning."""
    by_id = {one.id: one for one in connections}
    return [tuple(by_id[one.id] for one in group) for group in join(connections, pause)]


def why_not(group: Group) -> NotBillable | None:
    """Return why a group could be no session as it stands, None where it could."""
    end = end_of(group)
    if all(one.kind.incoming for one in group):
        return NotBillable.INCOMING
    if all("".join(one.purpose.split()).casefold() in _NO_SUPPORT for one in group):
        return NotBillable.OTHER_PURPOSE
    if end is None:
        return NotBillable.NO_END
    return NotBillable.NO_TIME if end <= group[0].begin else None


class Places:
    """The machines of partner IDs at an instant."""

    def __init__(self, connection: Connection, connections: Sequence[StoredConnection]) -> None:
        """Read the machines to which some connections went."""
        self._owners = owners(connection, {one.partner_id for one in connections})

    def of(self, one: StoredConnection) -> tuple[Place | None, bool]:
        """Return the machine that a connection went to, and whether several could have been meant.

        A machine that gave its ID up before the connection counts only where no other has it.
        """
        if one.kind.incoming or not one.partner_id:
            return None, False
        known = self._owners.get((one.tool, one.partner_id), [])
        then = [owner for owner in known if owner.until is None or owner.until >= one.begin]
        found = {owner.workstation_id: owner for owner in reversed(then or known)}
        if len(found) != 1:
            return None, len(found) > 1
        return _place(next(iter(found.values()))), False


def _place(owner: Owner) -> Place:
    return Place(owner.customer_id, owner.workstation_id, owner.customer_name, owner.workstation_name)


class _Prices:
    """The tariffs of customers by the day, each read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[int, date], Tariff] = {}

    def of(self, customer_id: int, begin: datetime) -> Tariff:
        key = (customer_id, local_day(begin))
        if key not in self._known:
            self._known[key] = tariff_of(self._connection, customer_id, begin)
        return self._known[key]


def open_lines(
    connection: Connection, found: Sequence[StoredConnection], now: datetime
) -> tuple[OpenConnection, ...]:
    """Return open connections as groups, the newest first."""
    groups = groups_of(found, pause_on(connection))
    near = Spans(connection, found, now)
    places = Places(connection, found)
    beside: dict[int, tuple[int | None, bool]] = {}
    for group in groups:
        fits = [near.fit(one) for one in group]
        several = next((one for one in fits if one.ambiguous), None)
        session = nearest(group, near.of(group[0]))
        chosen = several.session_ids[0] if several else session.session_id if session else None
        beside[group[0].id] = (chosen, several is not None)
    shown = session_lines(connection, [one for one, _several in beside.values() if one], now)
    prices = _Prices(connection)
    lines = [_line(group, places, prices, beside[group[0].id], shown) for group in groups]
    return tuple(sorted(lines, key=lambda one: (one.begin, one.ids), reverse=True))


def _line(
    group: Group,
    places: Places,
    prices: _Prices,
    beside: tuple[int | None, bool],
    shown: dict[int, LooseSession],
) -> OpenConnection:
    first, end = group[0], end_of(group)
    place, several = places.of(first)
    reason = why_not(group)
    length = seconds_of(group)
    proposal = None
    if place is not None and reason is None:
        cost = charge(length, prices.of(place.customer_id, first.begin))
        proposal = Proposal(cost.billed_minutes, cost.net_cents)
    session_id, ambiguous = beside
    return OpenConnection(
        ids=tuple(one.id for one in group),
        tool=Tool(first.tool),
        partner_id=first.partner_id,
        begin=first.begin,
        end=end,
        seconds=length,
        place=place,
        several_places=several,
        proposal=proposal,
        near=shown.get(session_id) if session_id else None,
        joined=len(group),
        restart=longest_pause(group),
        purpose=first.purpose,
        partner_name=next((one.partner_name for one in group if one.partner_name), ""),
        local_user=first.local_user,
        note=next((one.note for one in group if one.note), ""),
        reason_not=reason,
        ambiguous=ambiguous,
    )


def seconds_of(group: Group) -> int:
    """Return the whole seconds from the first begin to the last end of a group, 0 without an end."""
    end = end_of(group)
    return 0 if end is None else max(0, int((end - group[0].begin).total_seconds()))
