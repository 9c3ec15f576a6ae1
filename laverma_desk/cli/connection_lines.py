"""What the import of connections prints for people: four tables, the newest line first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from laverma_desk import text
from laverma_desk.i18n import _, ngettext
from laverma_desk.services.reconciling.file_report import FileReport
from laverma_desk.services.reconciling.records import (
    LooseSession,
    MatchedGroup,
    NotBillable,
    OpenConnection,
)

Cells = list[str]
_LONGEST = 100


def report_lines(report: FileReport) -> list[str]:
    """Return the figures of the file, and a table for each kind of result that there is."""
    reading = report.reading
    lines = [
        _("%(file)s: %(lines)s, unreadable: %(unreadable)s")
        % {
            "file": reading.file_name,
            "lines": ngettext("%(n)s line", "%(n)s lines", reading.lines) % {"n": text.number(reading.lines)},
            "unreadable": text.number(reading.unreadable),
        },
        _("Connections: %(added)s new, %(changed)s changed, %(same)s unchanged")
        % {
            "added": text.number(reading.new),
            "changed": text.number(reading.updated),
            "same": text.number(reading.connections - reading.new - reading.updated),
        },
    ]
    span = [_("Begin"), _("End"), _("Duration"), _("Partner ID")]
    lines += _table(
        _("Matched: %(count)s"),
        [*span, _("Session"), _("Workstation"), _("Note")],
        [_matched(one) for one in report.matched],
    )
    lines += _table(
        _("Connections without a session: %(count)s"),
        [*span, _("Workstation"), _("As a session"), _("Note")],
        [_open(one) for one in report.open],
    )
    lines += _table(
        _("Sessions without a connection: %(count)s"),
        [*span[:3], _("Session"), _("Workstation"), _("Supporter")],
        [_loose(one) for one in report.without_connection],
    )
    lines += _table(
        _("Passed over: %(count)s"),
        [*span, _("Reason"), _("By")],
        [
            [
                *_span(one.begin, one.end, one.seconds),
                text.partner_id(one.partner_id),
                one.reason,
                one.decided_by,
            ]
            for one in report.ignored
        ],
    )
    lines += _table(
        _("Unreadable lines: %(count)s"),
        [_("Line"), _("Reason"), _("Content")],
        [
            [str(one.line_number), text.line_problem(one.problem), _plain(one.raw)]
            for one in report.unreadable
        ],
    )
    return lines


def _table(title: str, head: Cells, rows: Sequence[Cells]) -> list[str]:
    """Return a title with the number of rows, and below it equal columns, where there are any rows."""
    lines = ["", title % {"count": text.number(len(rows))}]
    if not rows:
        return lines
    cells = [head, *rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    return lines + [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _span(begin: datetime, end: datetime | None, seconds: int) -> Cells:
    last = text.date_time(end) if end else "–"
    return [text.date_time(begin), last, text.duration(seconds) if end else "–"]


def _matched(one: MatchedGroup) -> Cells:
    session = one.session
    return [
        *_span(one.begin, one.end, one.seconds),
        text.partner_id(one.partner_id),
        session.number,
        f"{session.customer_name} – {session.workstation_name}",
        _joined(one.joined, one.restart),
    ]


def _open(one: OpenConnection) -> Cells:
    proposal = one.proposal
    worth = (
        _("%(minutes)s, %(money)s net")
        % {"minutes": text.minutes(proposal.minutes), "money": text.money(proposal.net_cents)}
        if proposal
        else "–"
    )
    notes = [_joined(one.joined, one.restart), _why_not(one), _near(one)]
    return [
        *_span(one.begin, one.end, one.seconds),
        text.partner_id(one.partner_id),
        _machine(one),
        worth,
        ", ".join(note for note in notes if note),
    ]


def _machine(one: OpenConnection) -> str:
    if one.place is not None:
        return f"{one.place.customer_name} – {one.place.workstation_name}"
    if one.reason_not is NotBillable.INCOMING:
        return _plain(one.partner_name) or "–"
    return _("several workstations") if one.several_places else _("unknown partner ID")


def _why_not(one: OpenConnection) -> str:
    match one.reason_not:
        case NotBillable.NO_END:
            return _("no end")
        case NotBillable.NO_TIME:
            return _("no time")
        case NotBillable.OTHER_PURPOSE:
            return _plain(one.purpose)
        case NotBillable.INCOMING:
            return _("incoming")
        case _:
            return ""


def _near(one: OpenConnection) -> str:
    if one.near is None:
        return ""
    if one.ambiguous:
        return _("several sessions fit")
    return _("perhaps belongs to %(number)s") % {"number": one.near.number}


def _joined(count: int, restart: tuple[datetime, datetime] | None) -> str:
    if count == 1:
        return ""
    words = ngettext("%(n)s connection", "%(n)s connections", count) % {"n": text.number(count)}
    if restart is None:
        return words
    return _("%(connections)s, PC restart %(begin)s to %(end)s") % {
        "connections": words,
        "begin": text.time(restart[0]),
        "end": text.clock_time(restart[1]),
    }


def _loose(one: LooseSession) -> Cells:
    return [
        *_span(one.begin, one.end, one.seconds),
        one.number,
        f"{one.customer_name} – {one.workstation_name}",
        one.supporter_name,
    ]


def _plain(raw: str) -> str:
    """Return a line of somebody else's file so that it cannot move about on a terminal."""
    clean = "".join(one if one.isprintable() else " " for one in raw)
    line = " ".join(clean.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"
