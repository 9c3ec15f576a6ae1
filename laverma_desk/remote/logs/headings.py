"""What the columns of a console's table mean: proposed by their words, then by what stands below."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from laverma_desk.domain.log_table import TableField
from laverma_desk.remote.logs import instants
from laverma_desk.remote.logs.collecting import LineUnreadable

ANYDESK_MARKS = frozenset({"session id", "from id", "to id", "start time", "end time"})
"""The columns of AnyDesk's own example of an export: by these its tables are known."""

_WORDS: Mapping[TableField, tuple[str, ...]] = {
    TableField.PARTNER_ID: (
        "to id",
        "teamviewer id",
        "partner id",
        "remote id",
        "device id",
        "computer id",
        "endpoint id",
        "client id",
        "geräte id",
        "gerätekennung",
        "fernwartungs id",
        "anydesk id",
        "rustdesk id",
        "ziel id",
        "partner",
        "id",
    ),
    TableField.PARTNER_NAME: (
        "to alias",
        "device name",
        "computer name",
        "partner name",
        "endpoint name",
        "gerätename",
        "computername",
        "zielgerät",
        "device",
        "computer",
        "gerät",
        "alias",
        "name",
    ),
    TableField.BEGIN: (
        "start time",
        "start date",
        "session start",
        "connection start",
        "begin",
        "beginn",
        "startzeit",
        "startdatum",
        "sitzungsbeginn",
        "verbindungsbeginn",
        "start",
        "started",
        "gestartet",
        "von",
        "from",
    ),
    TableField.END: (
        "end time",
        "end date",
        "session end",
        "connection end",
        "end",
        "ende",
        "endzeit",
        "enddatum",
        "sitzungsende",
        "verbindungsende",
        "ended",
        "beendet",
        "bis",
        "to",
    ),
    TableField.DURATION: (
        "total duration in seconds",
        "total duration",
        "session duration",
        "duration",
        "dauer",
        "sitzungsdauer",
        "gesamtdauer",
        "verbindungsdauer",
    ),
    TableField.USER: (
        "user name",
        "username",
        "from alias",
        "supporter",
        "technician",
        "benutzername",
        "anwender",
        "benutzer",
        "techniker",
        "mitarbeiter",
        "expert",
        "experte",
        "user",
        "assignee",
    ),
    TableField.NOTE: (
        "notes",
        "note",
        "comment",
        "comments",
        "notizen",
        "notiz",
        "kommentar",
        "kommentare",
        "bemerkung",
        "bemerkungen",
        "description",
        "beschreibung",
    ),
    TableField.KEY: (
        "session id",
        "connection id",
        "report id",
        "sitzungs id",
        "verbindungs id",
        "guid",
        "session guid",
        "uuid",
    ),
}
_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")
_ENDED_BY_UNIT = re.compile(
    r"\b(in )?(seconds?|minutes?|minuten?|sekunden?|stunden?|hours?|min|sec|sek|std)$"
)
_SECONDS = re.compile(r"\b(s|secs?|seconds?|sek|sekunden?)\b")
_MINUTES = re.compile(r"\b(m|mins?|minutes?|minuten?)\b")
_HOURS = re.compile(r"\b(h|hours?|std|stunden?)\b")
_LOCAL = re.compile(r"\b(local|lokal|lokale|ortszeit|mez|mesz|cet|cest|berlin)\b")
_NUMBER = re.compile(r"^\d[\d ]{6,12}\d$", re.ASCII)


def folded(heading: str) -> str:
    """Return a heading as headings are compared: its words, without what is in brackets."""
    return _words(_BRACKETED.sub(" ", heading)) or _words(heading)


def _words(written: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", written.casefold()).split())


def _meaning(heading: str, field: TableField) -> int | None:
    """Return how well a heading fits a field, 0 best; None if not at all."""
    name = folded(heading)
    for one in (name, _ENDED_BY_UNIT.sub("", name).strip()):
        if one in _WORDS[field]:
            return _WORDS[field].index(one)
    return None


def known_words(headings: Sequence[str]) -> int:
    """Return how many fields the words of a line name."""
    return sum(any(_meaning(one, field) is not None for one in headings) for field in TableField)


def by_words(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return heading → field, each field at most once; a column that contradicts its words has none."""
    columns = _columns(headings, rows)
    mapping: dict[str, str] = {}
    for field in TableField:
        fitting = sorted(
            (rank, place, name)
            for place, name in enumerate(headings)
            if name not in mapping
            and (rank := _meaning(name, field)) is not None
            and _may_be(field, columns[name])
        )
        if fitting:
            mapping[fitting[0][2]] = field.value
    return mapping


def _columns(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    return {name: [row[place] for row in rows if row[place].strip()] for place, name in enumerate(headings)}


def proposal(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return heading → field by the words, and what no word says but most cells: numbers like IDs, times.

    It is for somebody to look at: nothing is read by it unseen.
    """
    found, columns = by_words(headings, rows), _columns(headings, rows)
    for field, looks in (
        (TableField.PARTNER_ID, _looks_like_id),
        (TableField.BEGIN, _looks_like_time),
        (TableField.END, _looks_like_time),
    ):
        if field.value in found.values() or (
            field is TableField.END and TableField.DURATION.value in found.values()
        ):
            continue
        for name, cells in columns.items():
            if name not in found and cells and 2 * sum(looks(cell) for cell in cells) >= len(cells):
                found[name] = field.value
                break
    return found


def _may_be(field: TableField, cells: list[str]) -> bool:
    if not cells:
        return True
    checks: Mapping[TableField, Callable[[str], bool]] = {
        TableField.PARTNER_ID: lambda cell: any(one.isdigit() for one in cell) or "@" in cell,
        TableField.BEGIN: _looks_like_time,
        TableField.END: _looks_like_time,
    }
    check = checks.get(field)
    return check is None or any(check(cell) for cell in cells)


def _looks_like_id(cell: str) -> bool:
    return _NUMBER.match(cell.strip()) is not None


def _looks_like_time(cell: str) -> bool:
    try:
        instants.from_cell(cell, month_first=instants.is_month_first([cell]))
    except LineUnreadable:
        return False
    return True


def unit_of(heading: str) -> int | None:
    """Return in how many seconds a heading counts a duration; None if it does not say."""
    words = _words(heading)
    for unit, pattern in ((1, _SECONDS), (60, _MINUTES), (3600, _HOURS)):
        if pattern.search(words):
            return unit
    return None


def says_local(heading: str) -> bool:
    """Return whether a heading says that its times are local ones."""
    return _LOCAL.search(_words(heading)) is not None
