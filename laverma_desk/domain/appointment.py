"""A visit at the customer's, for a calendar: when it can be, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from laverma_desk.domain.clock import from_local, local_day

FIRST_HOUR = time(9)
_SUNDAY, _SATURDAY = 6, 5


@dataclass(frozen=True)
class Appointment:
    """A visit. `begin` is UTC; `uid` stays when it is saved again, and `revision` counts up then.

    `place` is the address in one line, `phone` E.164 or as it was given.
    """

    uid: str
    customer_number: str
    customer_name: str
    workstation_name: str
    contact: str
    place: str
    phone: str
    reason: str
    begin: datetime
    minutes: int = 60
    revision: int = 0

    @property
    def end(self) -> datetime:
        """Return when it is over, UTC."""
        return self.begin + timedelta(minutes=self.minutes)


def proposed_begin(now: datetime) -> datetime:
    """Return nine o'clock (UTC, of the house's zone) on the next working day after an instant."""
    day = local_day(now) + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return from_local(datetime.combine(day, FIRST_HOUR))


def is_working_day(day: date) -> bool:
    """Return whether people work on a day: Monday to Friday, and no holiday in all of Germany."""
    return day.weekday() not in (_SATURDAY, _SUNDAY) and day not in _holidays(day.year)


def _holidays(year: int) -> set[date]:
    """Return the nine days that are holidays in each Land (their laws, Art. 2 Einigungsvertrag)."""
    easter = _easter(year)
    moving = {easter + timedelta(days=days) for days in (-2, 1, 39, 50)}
    fixed = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
    return moving | {date(year, month, day) for month, day in fixed}


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    quarter, last = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - last) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
