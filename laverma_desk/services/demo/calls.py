"""Past calls of the demo, and two that go on; written through the same rules as real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from laverma_desk.domain.clock import from_local, local
from laverma_desk.domain.support_session import Segment, SessionState
from laverma_desk.services.calls.session_access import freeze, next_session_number, place_on
from laverma_desk.services.demo.notes import NOTES
from laverma_desk.services.demo.practices import PRACTICES
from laverma_desk.storage import customers, house, sessions
from laverma_desk.storage.database import Connection

DAYS_BACK = 28
"""So many days ago the first of them came in."""

_A_DAY = ((8, 37, 865), (9, 51, 391), (11, 18, 485), (14, 5, 742), (16, 18, 1104))
"""Beginnings of a day's calls (local hour, minute) with their seconds."""


@dataclass(frozen=True)
class DemoCalls:
    """The ended sessions, the oldest first, and the technician who took them."""

    ended: tuple[int, ...]
    supporter_name: str


def write_calls(connection: Connection, places: Mapping[str, Sequence[int]], now: datetime) -> DemoCalls:
    """Write some weeks of calls and leave one session running and one paused."""
    colleague, supporter = house.supporters(connection)  # by name: Jana Petersen, Klaus Klassen
    reasons = [one.id for one in house.free_reasons(connection)]
    today = local(now).date()
    ended: list[int] = []
    covered = {one.number for one in PRACTICES if (one.agreement_days or 0) > 0 and not one.ended}
    spots = [place for number, several in places.items() if number in covered for place in several]
    count = 0
    for back in range(DAYS_BACK, -1, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for hour, minute, seconds in _A_DAY[back % 2 : 4 + back % 2]:
            begin = local_instant(day, hour, minute)
            if begin + timedelta(seconds=seconds) > now - timedelta(minutes=45):
                continue
            free = reasons[count % len(reasons)] if count % 7 == 3 else None
            ended.append(
                write_call(
                    connection,
                    spots[count * 5 % len(spots)],
                    colleague.id if count % 3 == 1 else supporter.id,
                    [Segment(begin, begin + timedelta(seconds=seconds + 13 * count % 200))],
                    notes=NOTES[count % len(NOTES)],
                    free_reason_id=free,
                )
            )
            count += 1
    exception_begin = local_instant(today - timedelta(days=14), 10, 40)
    ended.append(
        write_call(
            connection,
            places["10044"][0],
            supporter.id,
            [Segment(exception_begin, exception_begin + timedelta(seconds=904))],
            notes="Zugriff auf das Bildarchiv wiederhergestellt",
            exception=("Kein Zugriff auf das Röntgenarchiv", supporter.name),
        )
    )
    write_call(
        connection,
        places["10021"][0],
        supporter.id,
        [Segment(now - timedelta(minutes=24), now - timedelta(minutes=24) + timedelta(seconds=190))],
        notes="Drucker am Empfang meldet Papierstau",
        state=SessionState.PAUSED,
    )
    write_call(
        connection,
        places["10017"][0],
        supporter.id,
        [Segment(now - timedelta(seconds=742))],
        notes="Synadoc aktualisiert\nNeustart des PC\nErläuterung der Neuerungen",
        state=SessionState.RUNNING,
    )
    return DemoCalls(tuple(ended), supporter.name)


def write_call(
    connection: Connection,
    workstation_id: int,
    supporter_id: int,
    segments: Sequence[Segment],
    *,
    notes: str,
    free_reason_id: int | None = None,
    exception: tuple[str, str] | None = None,
    state: SessionState = SessionState.ENDED,
) -> int:
    """Write one call and return it."""
    place, customer = place_on(connection, workstation_id)
    contacts = customers.contacts_of(connection, customer.id)
    begin = segments[0].begin
    number = sessions.insert_session(
        connection,
        number=next_session_number(connection, begin),
        customer_id=customer.id,
        workstation_id=place.id,
        supporter_id=supporter_id,
        state=SessionState.PAUSED.value if state is SessionState.ENDED else state.value,
        begin=begin,
        requested_by=contacts[0].name if contacts else "",
        tool=place.tool.value,
        partner_id=place.partner_id,
        recipient=customer.email_report,
        notes=notes,
        billable=free_reason_id is None,
        free_reason_id=free_reason_id,
        exception_reason=exception[0] if exception else None,
        exception_by=exception[1] if exception else None,
        exception_at=begin if exception else None,
        created_at=begin,
    )
    sessions.replace_segments(connection, number, segments)
    if state is SessionState.ENDED:
        freeze(connection, number, report_open=False)
    return number


def local_instant(day: date, hour: int, minute: int) -> datetime:
    """Return the instant of a wall clock's time in the house."""
    return from_local(datetime.combine(day, datetime.min.time()).replace(hour=hour, minute=minute))
