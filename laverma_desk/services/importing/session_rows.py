"""One line of a session file becomes a finished session, tied to records that the desk has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.customer import Workstation
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.tariff import FIRST_DAY
from laverma_desk.services import checks
from laverma_desk.services.calls.call_sheet import NOTES_LIMIT
from laverma_desk.services.cell_text import unguarded
from laverma_desk.services.importing.delimited import Row
from laverma_desk.services.problems import Problems
from laverma_desk.storage import bulk_sessions, house
from laverma_desk.storage.bulk_sessions import KnownCustomer
from laverma_desk.storage.database import Connection

NUMBER, WORKSTATION, BEGIN, DURATION = "Kundennummer", "Arbeitsplatz", "Anfang", "Dauer"
SUPPORTER, REQUESTED_BY, NOTES = "Supporter", "Auftrag durch", "Notizen"
BILLED, REASON, NOT_POSSIBLE = "Abrechnen", "Grund", "Nicht möglich"
COLUMNS = (
    NUMBER, WORKSTATION, BEGIN, DURATION, SUPPORTER, REQUESTED_BY, NOTES, BILLED, REASON, NOT_POSSIBLE,
)  # fmt: skip
REQUIRED = (NUMBER, WORKSTATION, BEGIN, DURATION, SUPPORTER, BILLED)
_NAMED = 20


@dataclass(frozen=True)
class Names:
    """What rows may name: customers by number; their machines, people and reasons by name without case."""

    customers: Mapping[str, KnownCustomer]
    workstations: Mapping[int, Mapping[str, Workstation]]
    supporters: Mapping[str, tuple[int, str]]
    reasons: Mapping[str, tuple[int, str]]
    now: datetime


def read_names(connection: Connection, now: datetime) -> Names:
    """Return what the desk knows. Archived records count too: a file may tell of years ago."""
    customers = bulk_sessions.customers_by_number(connection)
    workstations: dict[int, dict[str, Workstation]] = defaultdict(dict)
    for place in bulk_sessions.every_workstation(connection):
        workstations[place.customer_id][place.name.casefold()] = place
    for one in customers.values():
        if one.merged_into is not None:
            # Its machines have gone over, but a file of before calls them by its number.
            workstations[one.id] = workstations[one.merged_into] | workstations[one.id]
    return Names(
        customers=customers,
        workstations=workstations,
        supporters={one.name.casefold(): (one.id, one.name) for one in house.supporters(connection)},
        reasons={one.name.casefold(): (one.id, one.name) for one in house.free_reasons(connection)},
        now=now,
    )


@dataclass(frozen=True)
class SessionRow:
    """A session of the file; `begin` is UTC. `not_possible` is a `NotPossible`, or empty: it took place."""

    line: int
    customer: KnownCustomer
    workstation: Workstation
    supporter: tuple[int, str]
    begin: datetime
    seconds: int
    requested_by: str
    notes: str
    billable: bool
    free_reason_id: int | None
    not_possible: str = ""


def read_row(row: Row, names: Names, problems: Problems) -> SessionRow | None:
    """Return a row checked, or None where it has problems; each is added at its column."""
    before = problems.count
    customer, workstation, supporter, begin, seconds = None, None, None, None, None
    requested_by, notes, billable, reason, attempt = "", "", True, None, ""
    with problems.at(NUMBER, row.line):
        customer = _customer(row, names)
    if customer is not None:
        with problems.at(WORKSTATION, row.line):
            workstation = _workstation(row, customer, names)
    with problems.at(SUPPORTER, row.line):
        supporter = _named(row, SUPPORTER, names.supporters)
    with problems.at(BEGIN, row.line):
        begin = _begin(row, names.now)
    with problems.at(DURATION, row.line):
        seconds = _duration(row, begin, names.now)
    with problems.at(REQUESTED_BY, row.line):
        requested_by = checks.one_line(unguarded(row.values.get(REQUESTED_BY, "")), REQUESTED_BY)
    with problems.at(NOTES, row.line):
        notes = _notes(row)
    with problems.at(BILLED, row.line):
        billable = checks.yes_or_no(checks.required(row.values[BILLED], BILLED), BILLED)
    with problems.at(NOT_POSSIBLE, row.line):
        attempt = _not_possible(row)
    with problems.at(REASON, row.line):
        reason = None if billable or attempt else _reason(row, names)
    if problems.count > before:
        return None
    if customer is None or workstation is None or supporter is None or begin is None or seconds is None:
        return None
    return SessionRow(
        line=row.line,
        customer=customer,
        workstation=workstation,
        supporter=supporter,
        begin=begin,
        seconds=0 if attempt else seconds,
        requested_by=requested_by,
        notes=notes,
        billable=billable and not attempt,
        free_reason_id=reason,
        not_possible=attempt,
    )


def _customer(row: Row, names: Names) -> KnownCustomer:
    number = checks.required(row.values[NUMBER], NUMBER)
    found = names.customers.get(number)
    if found is None:
        raise RuleBroken(Rule.CUSTOMER_UNKNOWN, field=NUMBER, number=number)
    if found.locked:
        raise RuleBroken(Rule.CUSTOMER_RESTRICTED, field=NUMBER)
    return found


def _workstation(row: Row, customer: KnownCustomer, names: Names) -> Workstation:
    name = checks.required(row.values[WORKSTATION], WORKSTATION)
    places = names.workstations.get(customer.id, {})
    found = places.get(name.casefold())
    if found is None:
        known = [one.name for one in places.values()]
        raise RuleBroken(
            Rule.WORKSTATION_UNKNOWN, field=WORKSTATION, value=name, known=", ".join(known[:_NAMED]) or "–"
        )
    return found


def _named(row: Row, column: str, choices: Mapping[str, tuple[int, str]]) -> tuple[int, str]:
    name = checks.required(row.values.get(column, ""), column)
    found = choices.get(name.casefold())
    if found is None:
        known = ", ".join([known for _number, known in choices.values()][:_NAMED]) or "–"
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=column, value=name, known=known)
    return found


def _reason(row: Row, names: Names) -> int:
    if not row.values.get(REASON, "").strip():
        raise RuleBroken(Rule.FREE_WITHOUT_REASON, field=REASON)
    return _named(row, REASON, names.reasons)[0]


def _not_possible(row: Row) -> str:
    """Return why a row is an attempt, as our own lists say it; empty where it took place."""
    typed = row.values.get(NOT_POSSIBLE, "").strip()
    if not typed:
        return ""
    known = {text.not_possible_reason(one, "de"): one.value for one in NotPossible}
    if typed not in known:
        raise RuleBroken(Rule.VALUE_NOT_IN_LIST, field=NOT_POSSIBLE, value=typed, known=", ".join(known))
    return known[typed]


def _begin(row: Row, now: datetime) -> datetime:
    typed = checks.required(row.values[BEGIN], BEGIN)
    begin = checks.moment(typed, BEGIN)
    if begin > now:
        raise RuleBroken(Rule.START_IN_FUTURE, field=BEGIN)
    if local_day(begin) < FIRST_DAY:
        # Nobody kept time for remote support then; a year with a digit too few looks like this.
        raise RuleBroken(Rule.DATE_INVALID, field=BEGIN, value=typed)
    return begin


def _duration(row: Row, begin: datetime | None, now: datetime) -> int:
    seconds = checks.duration(checks.required(row.values[DURATION], DURATION), DURATION)
    if begin is not None and begin + timedelta(seconds=seconds) > now:
        raise RuleBroken(Rule.END_IN_FUTURE, field=DURATION)
    return seconds


def _notes(row: Row) -> str:
    said = unguarded(row.values.get(NOTES, ""))
    notes = "\n".join(line.rstrip() for line in said.splitlines()).strip("\n")
    if len(notes) > NOTES_LIMIT:
        raise RuleBroken(Rule.TEXT_TOO_LONG, field=NOTES, limit=NOTES_LIMIT)
    return notes
