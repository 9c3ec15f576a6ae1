"""How the reconciliation names what it shows: machines, times, what somebody decided."""

from __future__ import annotations

from datetime import datetime

from laverma_desk import text
from laverma_desk.domain.clock import local_day
from laverma_desk.domain.connection import LogKind
from laverma_desk.domain.customer import Tool
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.reconciling.records import (
    LooseSession,
    NotBillable,
    OpenConnection,
    Overview,
    Place,
    ReadingLine,
)
from laverma_desk.ui.look import Look
from laverma_desk.ui.reconciling.rows import Act

_TOOLS = {"teamviewer": Tool.TEAMVIEWER, "anydesk": Tool.ANYDESK, "rustdesk": Tool.RUSTDESK}
CONTROL = "RemoteControl"
"""What TeamViewer calls the purpose that is billed; only others are named."""


def title_of(reading: ReadingLine | None) -> str:
    """Return the heading of the page: with whose file the sessions are compared."""
    tool = _TOOLS[reading.kind.value.partition("-")[0]] if reading is not None else Tool.TEAMVIEWER
    return _("Reconciliation with %(tool)s") % {"tool": text.tool(tool)}


def kind_name(kind: LogKind) -> str:
    """Return what a file is called that a tool wrote."""
    return text.tool(_TOOLS[kind.value.partition("-")[0]])


def read_words(reading: ReadingLine) -> str:
    """Return when a file was read and how many lines it had; what could not be read is said behind."""
    lines = ngettext("%(n)s line", "%(n)s lines", reading.lines) % {"n": text.number(reading.lines)}
    return _("read %(time)s, %(lines)s,") % {"time": text.date_time(reading.read_at), "lines": lines}


def unreadable_words(count: int) -> str:
    """Return how many lines could not be read."""
    return ngettext("%(n)s unreadable", "%(n)s unreadable", count) % {"n": text.number(count)}


def span_words(overview: Overview) -> str:
    """Return which days the page is about, and that it says local times."""
    if overview.first is None or overview.last is None:
        return ""
    first, last = (text.date(local_day(one)) for one in (overview.first, overview.last))
    if first == last:
        return _("%(day)s, all times in local time") % {"day": first}
    return _("%(first)s – %(last)s, all times in local time") % {"first": first, "last": last}


def sum_words(overview: Overview) -> str:
    """Return what has become of the connections of the file, in one line."""
    return _("%(matched)s assigned, %(open)s open, %(ignored)s skipped") % {
        "matched": text.number(overview.sums.matched),
        "open": text.number(overview.sums.open),
        "ignored": text.number(overview.sums.ignored),
    }


def times_of(begin: datetime, end: datetime | None) -> tuple[str, str]:
    """Return day and times, for two lines."""
    day = text.date(local_day(begin))
    if end is None:
        return day, _("from %(time)s") % {"time": text.clock_time(begin)}
    return day, _("%(from)s – %(to)s") % {"from": text.time(begin), "to": text.clock_time(end)}


def id_words(digits: str) -> str:
    """Return a partner ID in groups; a name stays as it is."""
    return text.partner_id(digits) if digits.isdigit() else digits or _("no ID")


def machine_words(place: Place | LooseSession) -> str:
    """Return practice and machine as one name."""
    return " – ".join(filter(None, (place.customer_name, place.workstation_name)))


def place_look(one: OpenConnection) -> Look:
    """Return whose machine a connection led to, or that nobody knows."""
    if one.place is not None:
        return Look(machine_words(one.place), tone="text")
    if one.several_places:
        return Look(_("ambiguous partner ID"), "help", "amber")
    return Look(_("unknown partner ID"), "help", "amber")


def below_open(one: OpenConnection) -> str:
    """Return what there is to say of an open connection."""
    joined = _count(one.joined) if one.joined > 1 else ""
    if one.place is None:
        said = _nowhere(one)
    elif one.reason_not is not None:
        said = _reason_not(one)
    elif one.ambiguous:
        said = _("Several sessions fit.")
    elif one.near is not None:
        said = _near(one.near)
    elif one.proposal is not None:
        said = _("As a session %(minutes)s, %(amount)s net") % {
            "minutes": text.minutes(one.proposal.minutes),
            "amount": text.money(one.proposal.net_cents),
        }
    else:
        said = ""
    return _listed(joined, said)


def _nowhere(one: OpenConnection) -> str:
    if one.several_places:
        return _("belongs to several workstations")
    said = _("belongs to no customer yet")
    if one.partner_name:
        return _("%(said)s, called “%(name)s” there") % {"said": said, "name": one.partner_name}
    return said


def _reason_not(one: OpenConnection) -> str:
    if one.reason_not is NotBillable.NO_END:
        return _("The log knows no end, therefore no session by itself.")
    if one.reason_not is NotBillable.INCOMING:
        return _("An incoming connection, therefore no session by itself.")
    purpose = one.purpose or _("other purpose")
    return _("%(purpose)s, therefore no session by itself.") % {"purpose": purpose}


def _near(near: LooseSession) -> str:
    if near.end is None:
        return _("Part of the session that runs since %(time)s?") % {"time": text.clock_time(near.begin)}
    return _("Addition to the session from %(from)s to %(to)s?") % {
        "from": text.time(near.begin),
        "to": text.clock_time(near.end),
    }


def below_session(one: LooseSession) -> str:
    """Return who helped, how long and for how much."""
    cost = (
        _("%(amount)s net") % {"amount": text.money(one.net_cents)} if one.billable else _("free of charge")
    )
    return ", ".join(filter(None, (one.supporter_name, text.minutes(one.minutes), cost)))


def below_joined(count: int, restart: tuple[datetime, datetime] | None) -> str:
    """Return of how many connections a joined one is made, and when the machine was away."""
    if restart is None:
        return _count(count)
    return _("%(connections)s, PC restart %(from)s to %(to)s") % {
        "connections": _count(count),
        "from": text.time(restart[0]),
        "to": text.clock_time(restart[1]),
    }


def _count(count: int) -> str:
    return ngettext("%(n)s connection", "%(n)s connections", count) % {"n": text.number(count)}


def _listed(first: str, second: str) -> str:
    return ": ".join(filter(None, (first, second)))


def key_words(act: Act | None) -> str:
    """Return what a key does, for the line at the foot; an empty text where it does nothing."""
    if act is None:
        return ""
    return {
        Act.MAKE: _("Create session"),
        Act.TIE: _("Assign workstation"),
        Act.JOIN: _("assign"),
        Act.TELEPHONE: _("By telephone only"),
        Act.CONFIRM: _("confirm"),
        Act.SEPARATE: _("separate"),
        Act.IGNORE: _("skip"),
        Act.IGNORE_OLDER: _("skip older ones"),
        Act.TAKE_BACK: _("take back"),
        Act.FOLD: _("fold"),
    }[act]
