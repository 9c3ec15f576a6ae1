"""What a line of a session's log says: who changed which field when, from what to what, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import _
from laverma_desk.text.attempts import logged_attempt
from laverma_desk.text.charges import rounding_name
from laverma_desk.text.connections import logged_connection
from laverma_desk.text.names import channel, partner_id, tool
from laverma_desk.text.numbers import money
from laverma_desk.text.times import date_time

_LONGEST = 400


class Change(Protocol):
    """A line of the log as the services return it."""

    @property
    def at(self) -> datetime:
        """Return when, UTC."""

    @property
    def who(self) -> str:
        """Return who."""

    @property
    def field(self) -> str:
        """Return which field."""

    @property
    def old(self) -> str:
        """Return what stood there."""

    @property
    def new(self) -> str:
        """Return what stands there now."""

    @property
    def reason(self) -> str:
        """Return why."""


def field_name(field: str) -> str:
    """Return how a field of the log is called; a field of a newer program keeps its own name."""
    names = {
        "recorded": _("Recorded afterwards"),
        "partner": _("Partner"),
        "supporter": _("Supporter"),
        "begin": _("Begin"),
        "end": _("End"),
        "times": _("Times"),
        "gaps": _("Interruptions"),
        "gap": _("Interruption"),
        "split": _("Split in two"),
        "state": _("State"),
        "requested_by": _("Requested by"),
        "channel": _("Requested how"),
        "tool": _("Program"),
        "partner_id": _("Partner ID"),
        "connected": _("Tool started"),
        "notes": _("Notes"),
        "internal_note": _("Internal note"),
        "attempt": _("Not possible"),
        "not_possible": _("Not possible"),
        "billable": _("Billing"),
        "free_reason": _("Reason"),
        "origin": _("Origin"),
        "exception": _("Without DPA"),
        "price_cents": _("Price per minute"),
        "rounding": _("Rounding"),
        "net_cents": _("Net amount"),
        "offline": _("Went on without the server"),
        "offline_time": _("Times without the server, not counted"),
        "offline_value": _("Chosen without the server, not taken over"),
    }
    return names.get(field, field)


def value_words(field: str, value: str, *, whole: bool = False) -> str:
    """Return a logged value as people read it, in one line; what cannot be read is returned as it was logged.

    Long texts are cut unless the `whole` of them is wanted.
    """
    if not value:
        return "–"
    try:
        return _READERS.get(field, _joined if whole else _one_line)(value)
    except ValueError:
        return value


def _joined(value: str) -> str:
    return " / ".join(value.split("\n"))


def _one_line(value: str) -> str:
    line = _joined(value)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"


def _moment(value: str) -> str:
    return date_time(datetime.fromisoformat(value))


def _cents(value: str) -> str:
    return money(int(value))


def _billed(value: str) -> str:
    return _("billed") if value == "yes" else _("free of charge")


def _tool(value: str) -> str:
    return tool(Tool(value))


def _channel(value: str) -> str:
    return channel(Channel(value))


def _rounding(value: str) -> str:
    return rounding_name(Rounding(value))


def _state(value: str) -> str:
    return {"ended": _("ended"), "running": _("running"), "paused": _("paused")}.get(value, value)


def _origin(value: str) -> str:
    origins = {
        "stopwatch": _("stopwatch"),
        "import": _("import"),
        "manual": _("recorded by hand"),
        "log": _("from the connection log"),
    }
    return origins.get(value, value)


def _stretches(value: str) -> str:
    """Return segments or gaps, logged as begin/end, as local times."""
    return _STRETCH.sub(lambda found: f"{_moment(found[1])} – {_moment(found[2])}", value)


_INSTANT = r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00"
_STRETCH = re.compile(rf"(?:[a-z_]+:)?({_INSTANT})/({_INSTANT})(?::[a-z]*)?")
_READERS: dict[str, Callable[[str], str]] = {
    "begin": _moment,
    "end": _moment,
    "times": _stretches,
    "gaps": _stretches,
    "price_cents": _cents,
    "net_cents": _cents,
    "attempt": logged_attempt,
    "not_possible": logged_attempt,
    "billable": _billed,
    "tool": _tool,
    "channel": _channel,
    "rounding": _rounding,
    "partner_id": partner_id,
    "connected": logged_connection,
    "state": _state,
    "origin": _origin,
    "offline": _moment,
    "offline_time": _stretches,
}


_HAPPENED = frozenset(("connected",))
"""What nothing stood in place of before."""


def change_words(change: Change) -> tuple[str, str, str, str]:
    """Return the four cells of a line: when and who, the field, old → new, and why."""
    when = f"{date_time(change.at)}, {change.who}" if change.who else date_time(change.at)
    moved = ""
    if change.field in _HAPPENED:
        moved = value_words(change.field, change.new)
    elif (change.old or change.new) and change.field != "recorded":
        moved = f"{value_words(change.field, change.old)} → {value_words(change.field, change.new)}"
    return when, field_name(change.field), moved, change.reason
