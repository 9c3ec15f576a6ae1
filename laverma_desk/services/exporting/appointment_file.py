"""A visit as a calendar file (iCalendar, RFC 5545) that every calendar program takes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from laverma_desk import text
from laverma_desk.domain.appointment import Appointment
from laverma_desk.domain.company import Company
from laverma_desk.i18n import gettext_in

_MAKER = "-//Laverma Desk//Laverma Desk//DE"
# Line ends stay; all else that controls a terminal has no place in a calendar (RFC 5545, section 3.1).
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def calendar_file(one: Appointment, company: Company, language: str, made_at: datetime) -> bytes:
    """Return the file of a visit. Times are in UTC, so that no program has to know our zone."""
    import vobject  # noqa: PLC0415 (43 ms that no start should pay)

    calendar = vobject.iCalendar()
    calendar.add("prodid").value = _MAKER
    calendar.add("method").value = "PUBLISH"
    event = calendar.add("vevent")
    event.add("uid").value = one.uid
    event.add("sequence").value = str(one.revision)
    event.add("dtstamp").value = _whole(made_at)
    event.add("dtstart").value = _whole(one.begin)
    event.add("dtend").value = _whole(one.end)
    _add(event, "summary", gettext_in(language, "On site: %(customer)s") % {"customer": one.customer_name})
    _add(event, "location", one.place)
    _add(event, "description", description(one, language))
    reached = ", ".join(part for part in (one.contact, text.phone(one.phone)) if part)
    _add(event, "contact", reached)
    _add(event, "categories", company.name)
    words: str = calendar.serialize()
    return words.encode()


def description(one: Appointment, language: str) -> str:
    """Return what the calendar says of the visit, line by line; the reason comes first."""
    machine = gettext_in(language, "Workstation: %(name)s") % {"name": one.workstation_name}
    person = gettext_in(language, "Contact: %(name)s") % {"name": one.contact}
    phone = gettext_in(language, "Phone: %(number)s") % {"number": text.phone(one.phone)}
    number = gettext_in(language, "Customer number: %(number)s") % {"number": one.customer_number}
    lines = (
        one.reason.strip(),
        machine if one.workstation_name else "",
        person if one.contact else "",
        phone if one.phone else "",
        number,
    )
    return "\n".join(line for line in lines if line)


def _add(event: Any, name: str, value: str) -> None:
    clean = _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if clean:
        event.add(name).value = [clean] if name == "categories" else clean


def _whole(instant: datetime) -> datetime:
    from vobject.icalendar import utc  # noqa: PLC0415 (it writes no other zone as UTC)

    return instant.astimezone(utc).replace(microsecond=0)
