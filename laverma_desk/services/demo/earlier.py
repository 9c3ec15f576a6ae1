"""The calls of the months before: what figures over a year are made of. All of them are billed and paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from laverma_desk.domain.clock import local
from laverma_desk.domain.support_session import Segment
from laverma_desk.services.demo.calls import DAYS_BACK, local_instant, write_call
from laverma_desk.services.demo.notes import NOTES
from laverma_desk.storage import house
from laverma_desk.storage.database import Connection

EARLY_CUSTOMERS = ("10028", "10033", "10050", "10063", "10070", "10074")
"""Numbers of the practices that the house has looked after for a year, the busiest first."""

_TURNS = (0, 1, 0, 2, 3, 1, 0, 4, 2, 5)
"""Who calls, as places in EARLY_CUSTOMERS: over and over."""

_AGREED_DAYS = 344
"""So long ago an agreement was in force already."""

_HOURS = ((8, 12), (9, 26), (10, 41), (9, 48), (11, 33), (14, 7), (13, 18), (15, 22), (16, 36))
_A_DAY = {1: 3, 4: 2, 8: 1, 10: 3, 12: 1}
"""Calls of a day by month; where none is named, one and two in turn."""

_LONG_EVERY, _LONG_SECONDS = 47, 5_640
_FREE_EVERY = 7


def write_earlier_calls(connection: Connection, places: Mapping[str, Sequence[int]], now: datetime) -> None:
    """Write the calls from eleven months ago until those of `write_calls` begin."""
    colleague, supporter = house.supporters(connection)
    reasons = [one.id for one in house.free_reasons(connection)]
    for count, begin in enumerate(_beginnings(local(now).date())):
        spots = places[EARLY_CUSTOMERS[_TURNS[count % len(_TURNS)]]]
        seconds = _LONG_SECONDS if count % _LONG_EVERY == 0 else 540 + 397 * count % 1_490
        free = reasons[count // _FREE_EVERY % len(reasons)] if count % _FREE_EVERY == 4 else None
        write_call(
            connection,
            spots[count * 5 % len(spots)],
            colleague.id if count % 5 in {1, 4} else supporter.id,
            [Segment(begin, begin + timedelta(seconds=seconds))],
            notes=NOTES[count % len(NOTES)],
            free_reason_id=free,
        )


def _beginnings(today: date) -> Iterator[datetime]:
    month = today.replace(day=1)
    first = month.replace(month=1) if month.month == 12 else month.replace(month.year - 1, month.month + 1)
    first = max(first, today - timedelta(days=_AGREED_DAYS))
    for past in range((today - timedelta(days=DAYS_BACK) - first).days):
        day = first + timedelta(days=past)
        if day.weekday() > 4:
            continue
        for call in range(_A_DAY.get(day.month, 1 + past % 2)):
            yield local_instant(day, *_HOURS[(past + 4 * call) % len(_HOURS)])
