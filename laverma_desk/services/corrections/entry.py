"""What a person writes about a session that is over: the record, and the rules it has to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from laverma_desk.domain.clock import from_local
from laverma_desk.domain.connecting import is_id
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.not_possible import NotPossible
from laverma_desk.domain.support_session import SupportSession
from laverma_desk.services.calls.call_sheet import NOTES_LIMIT

LONGEST = timedelta(hours=24)
"""A session that is longer is asked about, not refused."""

_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2}))?)?(?:\s*(?:uhr|h))?"
)
_LINE_LIMIT = 300


@dataclass(frozen=True)
class SessionEntry:
    """All that can be written on a session afterwards. `begin` and `end` are instants (UTC).

    `not_possible`: an attempt of which no time counts; it is free, and may end where it begins.
    """

    workstation_id: int
    supporter_id: int
    begin: datetime
    end: datetime
    requested_by: str = ""
    channel: Channel = Channel.PHONE
    tool: Tool = Tool.TEAMVIEWER
    partner_id: str = ""
    notes: str = ""
    internal_note: str = ""
    billable: bool = True
    free_reason_id: int | None = None
    not_possible: NotPossible | None = None


def entry_of(found: SupportSession) -> SessionEntry:
    """Return an ended session as it could be written again. Raises RuleBroken SESSION_NOT_ENDED."""
    if found.end is None:
        raise RuleBroken(Rule.SESSION_NOT_ENDED, number=found.number)
    return SessionEntry(
        workstation_id=found.workstation_id,
        supporter_id=found.supporter_id,
        begin=found.begin,
        end=found.end,
        requested_by=found.requested_by,
        channel=found.channel,
        tool=found.tool,
        partner_id=found.partner_id,
        notes=found.notes,
        internal_note=found.internal_note,
        billable=found.billable,
        free_reason_id=found.free_reason_id,
        not_possible=found.not_possible,
    )


def typed_moment(day: date, typed: str, field: str, *, fold: int | None = None) -> datetime:
    """Return the instant (UTC) of a day and a local time as it is typed: 10:22, 10.22, 10:22:14, 10 Uhr.

    `fold` says which one is meant in the hour that the end of summer time repeats: 0 the first, 1 the
    second. Raises RuleBroken DATE_INVALID, LOCAL_TIME_LEFT_OUT for a time that the change to summer time
    skips, LOCAL_TIME_TWICE where `fold` is None and both would do.
    """
    line = " ".join(typed.split())
    found = _CLOCK.fullmatch(line.lower())
    if found is None:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=line)
    try:
        at = time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as error:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=line) from error
    wall = datetime.combine(day, at)
    try:
        first, second = from_local(wall, fold=0), from_local(wall, fold=1)
    except ValueError as error:
        raise RuleBroken(Rule.LOCAL_TIME_LEFT_OUT, field=field, value=line) from error
    except OverflowError as error:
        raise RuleBroken(Rule.DATE_INVALID, field=field, value=line) from error
    if first != second and fold is None:
        raise RuleBroken(Rule.LOCAL_TIME_TWICE, field=field, value=line)
    return second if fold else first


def checked(entry: SessionEntry, now: datetime, before: SessionEntry | None = None) -> SessionEntry:
    """Return the entry as it is stored: texts without needless blanks and without what no file can hold.

    `before` is what a session has had until now; what it had already is let be. Raises
    RuleBroken START_IN_FUTURE, END_BEFORE_START, END_IN_FUTURE, FREE_WITHOUT_REASON,
    PARTNER_ID_INVALID, NOTES_MISSING (an attempt that failed for another reason than those known),
    TEXT_TOO_LONG, each with its `field`.
    """
    if entry.begin > now:
        raise RuleBroken(Rule.START_IN_FUTURE, field="begin")
    if entry.end < entry.begin or (entry.end == entry.begin and entry.not_possible is None):
        raise RuleBroken(Rule.END_BEFORE_START, field="end")
    if entry.end > now:
        raise RuleBroken(Rule.END_IN_FUTURE, field="end")
    if entry.not_possible is not None:
        entry = replace(entry, billable=False, free_reason_id=None)
    elif not entry.billable and entry.free_reason_id is None:
        raise RuleBroken(Rule.FREE_WITHOUT_REASON, field="free_reason")
    known = before is not None and (entry.tool, entry.partner_id) == (before.tool, before.partner_id)
    if entry.partner_id and not known and not is_id(entry.tool, entry.partner_id):
        raise RuleBroken(Rule.PARTNER_ID_INVALID, field="partner_id", tool=entry.tool)
    texts = {
        "requested_by": " ".join(storable(entry.requested_by).split()),
        "partner_id": storable(entry.partner_id).strip(),
        "notes": storable(entry.notes),
        "internal_note": storable(entry.internal_note),
    }
    typed: dict[str, Any] = {
        field: clean
        for field, clean in texts.items()
        if before is None or getattr(entry, field) != getattr(before, field)
    }
    clean = replace(entry, free_reason_id=None if entry.billable else entry.free_reason_id, **typed)
    if clean.not_possible is NotPossible.OTHER and not clean.notes.strip():
        raise RuleBroken(Rule.NOTES_MISSING, field="notes")
    limits = (("requested_by", _LINE_LIMIT), ("notes", NOTES_LIMIT), ("internal_note", NOTES_LIMIT))
    for field, limit in limits:
        if len(getattr(clean, field)) > limit:
            raise RuleBroken(Rule.TEXT_TOO_LONG, field=field, limit=limit)
    return clean


def storable(typed: str) -> str:
    """Take off what no file can hold: NUL, and halves of characters that a clipboard may bring."""
    return typed.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
