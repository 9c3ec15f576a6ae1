"""What was changed on a session afterwards, in the words of the extract and in local time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.customer import Channel, Tool
from laverma_desk.domain.evidence import RecordedChange
from laverma_desk.domain.tariff import Rounding
from laverma_desk.i18n import gettext_in

_HIDDEN = frozenset({"internal_note"})
"""Fields that the extract shows neither as they are nor as they were."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+\d\d:\d\d")
_MARK = re.compile(r"\b(?:sleep|clock_forward|clock_back|not_running):|:(?:keep|deduct|split)?(?= |$)")


def change_lines(one: RecordedChange, tongue: str) -> list[str]:
    """Return a change line by line: when and who and which field, before, after, why.

    Nothing of an internal note is said.
    """
    if one.field in _HIDDEN:
        return []
    words = {"time": text.exact_time(one.at, tongue), "name": one.who, "field": _name(one.field, tongue)}
    lines = [
        gettext_in(tongue, "%(time)s, %(name)s: %(field)s") % words
        if one.who
        else gettext_in(tongue, "%(time)s: %(field)s") % words
    ]
    for label, value in (
        (gettext_in(tongue, "before: %(value)s"), _value(one.field, one.old, tongue)),
        (gettext_in(tongue, "after: %(value)s"), _value(one.field, one.new, tongue)),
        (gettext_in(tongue, "reason: %(value)s"), one.reason),
    ):
        if value.strip():
            lines.append(
                label % {"value": " / ".join(one.strip() for one in value.splitlines() if one.strip())}
            )
    return lines


def _name(field: str, tongue: str) -> str:
    """Return the name of a session's field; one that a newer program logs is shown as it stands."""
    return {
        "recorded": gettext_in(tongue, "recorded afterwards"),
        "begin": gettext_in(tongue, "begin"),
        "end": gettext_in(tongue, "end"),
        "times": gettext_in(tongue, "begin and end"),
        "seconds": gettext_in(tongue, "duration in seconds"),
        "gap": gettext_in(tongue, "time gap"),
        "gaps": gettext_in(tongue, "time gap"),
        "split": gettext_in(tongue, "parted in two"),
        "state": gettext_in(tongue, "state"),
        "origin": gettext_in(tongue, "way of recording"),
        "attempt": gettext_in(tongue, "not possible"),
        "not_possible": gettext_in(tongue, "not possible"),
        "exception": gettext_in(tongue, "exception without agreement"),
        "partner": gettext_in(tongue, "customer and workstation"),
        "supporter": gettext_in(tongue, "supporter"),
        "requested_by": gettext_in(tongue, "requested by"),
        "channel": gettext_in(tongue, "way of the request"),
        "tool": gettext_in(tongue, "remote-support program"),
        "partner_id": gettext_in(tongue, "partner ID"),
        "connected": gettext_in(tongue, "connection started"),
        "notes": gettext_in(tongue, "notes"),
        "billable": gettext_in(tongue, "billing"),
        "free_reason": gettext_in(tongue, "reason for free of charge"),
        "free_reason_id": gettext_in(tongue, "reason for free of charge"),
        "price_cents": gettext_in(tongue, "price per minute"),
        "rounding": gettext_in(tongue, "rounding"),
        "net_cents": gettext_in(tongue, "net amount"),
    }.get(field, field)


def _value(field: str, value: str, tongue: str) -> str:
    """Return a logged value as people read it; what cannot be read is shown as it was logged."""
    readers: dict[str, Callable[[str], str]] = {
        "state": lambda logged: _word(logged, tongue),
        "origin": lambda logged: _word(logged, tongue),
        "recorded": lambda _logged: "",
        "billable": lambda logged: _word(logged, tongue),
        "attempt": lambda logged: text.logged_attempt(logged, tongue),
        "not_possible": lambda logged: text.logged_attempt(logged, tongue),
        "channel": lambda logged: text.channel(Channel(logged), tongue),
        "tool": lambda logged: text.tool(Tool(logged), tongue),
        "partner_id": text.partner_id,
        "connected": lambda logged: text.logged_connection(logged, tongue),
        "price_cents": lambda logged: text.money(int(logged), tongue),
        "net_cents": lambda logged: text.money(int(logged), tongue),
        "rounding": lambda logged: text.rounding_name(Rounding(logged), tongue),
        "gaps": lambda logged: _MARK.sub("", logged),
    }
    if not value:
        return ""
    try:
        said = readers[field](value) if field in readers else value
    except ValueError:
        said = value
    return _INSTANT.sub(
        lambda found: text.exact_time(datetime.fromisoformat(found[0]), tongue), said
    ).replace("/", " – " if field in {"times", "gaps"} else "/")


def _word(logged: str, tongue: str) -> str:
    return {
        "ended": gettext_in(tongue, "ended"),
        "running": gettext_in(tongue, "running"),
        "paused": gettext_in(tongue, "paused"),
        "stopwatch": gettext_in(tongue, "stopwatch"),
        "import": gettext_in(tongue, "imported"),
        "manual": gettext_in(tongue, "recorded by hand"),
        "log": gettext_in(tongue, "from the connection log"),
        "yes": gettext_in(tongue, "billed"),
        "True": gettext_in(tongue, "billed"),
        "no": gettext_in(tongue, "free of charge"),
        "False": gettext_in(tongue, "free of charge"),
    }.get(logged, logged)
