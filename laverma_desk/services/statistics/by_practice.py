"""Give what was read of records and machines to the practices that they are today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from laverma_desk.domain.statistics import CustomerFigures, Figures, OnSiteFigures, WorkstationFigures
from laverma_desk.services.statistics.summing import add_to
from laverma_desk.storage import statistics as stored
from laverma_desk.storage.asking import Where
from laverma_desk.storage.database import Connection
from laverma_desk.storage.statistics import Machine, Practice, Sums


def by_practice(
    read: Iterable[tuple[int, int, Sums]], practices: Mapping[int, Practice], machines: Mapping[int, Machine]
) -> tuple[tuple[CustomerFigures, ...], tuple[WorkstationFigures, ...]]:
    """Return the sums of each practice, the largest revenue first, and of each machine, the busiest first.

    `read` are records, their workstations and the sums of each, looked at once.
    """
    of_practices: dict[int, Sums] = {}
    of_machines: dict[int, Sums] = {}
    for record, machine, sums in read:
        add_to(of_practices, practices[record][0], sums)
        add_to(of_machines, machines[machine][0], sums)
    customers = [CustomerFigures(*practices[one], Figures(*sums)) for one, sums in of_practices.items()]
    customers.sort(key=lambda one: (-one.figures.net_cents, -one.figures.minutes, one.name, one.customer_id))
    workstations = [WorkstationFigures(*machines[one], Figures(*sums)) for one, sums in of_machines.items()]
    workstations.sort(
        key=lambda one: (
            *(-one.figures.sessions, -one.figures.minutes),
            *(one.customer_name, one.name, one.workstation_id),
        )
    )
    return tuple(customers), tuple(workstations)


def dearer_than_a_visit(
    connection: Connection, where: Where, practices: Mapping[int, Practice]
) -> tuple[OnSiteFigures, ...]:
    """Return who paid more than a visit for a session: what the meter of a call says aloud.

    It says so by the amount, not by the minutes: a tariff may round them, or give some for nothing.
    """
    visits = stored.visits(connection)
    if not visits:
        return ()
    found: dict[int, OnSiteFigures] = {}
    for record, net_cents, sessions, minutes in stored.dearer(connection, where, min(visits.values())):
        practice = practices[record]
        visit = visits.get(practice[0], net_cents)
        if net_cents > visit:
            known = found.get(practice[0]) or OnSiteFigures(*practice, visit, 0, 0, 0)
            found[practice[0]] = replace(
                known,
                sessions=known.sessions + sessions,
                minutes=known.minutes + minutes,
                beyond_cents=known.beyond_cents + sessions * (net_cents - visit),
            )
    dearest = list(found.values())
    dearest.sort(key=lambda one: (-one.beyond_cents, -one.sessions, one.name, one.customer_id))
    return tuple(dearest)
