"""Tables that a console exports: TeamViewer's connection report, AnyDesk's sessions, or any like them.

Their columns bear the words of the console's language, so that what they mean is guessed and can be
decided by the user. Times without a zone are UTC: TeamViewer's knowledge base ("Connection reports") says
so of its exports, and AnyDesk's example of an export writes UTC. A heading that says "local" wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from laverma_desk.domain.connection import LineProblem, LoggedConnection, LogKind, ReadLog
from laverma_desk.domain.customer import Tool
from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.domain.log_table import TableField, TablePreview, missing_fields
from laverma_desk.remote.logs import headings, instants
from laverma_desk.remote.logs.collecting import Collected, LineUnreadable, checked, key_by_times
from laverma_desk.remote.logs.decoding import plain, shortened
from laverma_desk.remote.logs.tables import Row, Table, table_of

_SAMPLED = 200
_SHOWN = 5
_NAMED_HEADINGS = 20
_STROKES_LOOKED_AT = 20_000


def detect(content: bytes) -> LogKind | None:
    """Return whose table it is; None if it is none, or if no column of it looks like a begin."""
    table = table_of(content)
    if table is None:
        return None
    if {headings.folded(one) for one in table.headings} >= headings.ANYDESK_MARKS:
        return LogKind.ANYDESK_CONSOLE
    proposed = headings.proposal(table.headings, _sample(table))
    return LogKind.TEAMVIEWER_CONSOLE if TableField.BEGIN.value in proposed.values() else None


def preview(content: bytes) -> TablePreview:
    """Return the head of a table. Raises RuleBroken LOG_UNKNOWN where it is none."""
    table = table_of(content)
    if table is None:
        raise RuleBroken(Rule.LOG_UNKNOWN)
    sample = _sample(table)
    mapping = headings.proposal(table.headings, sample)
    return TablePreview(table.headings, sample[:_SHOWN], mapping, missing_fields(mapping))


def _sample(table: Table) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    for row in table.rows():
        if row.cells:
            found.append(row.cells)
        if len(found) >= _SAMPLED:
            break
    return tuple(found)


def read(content: bytes, kind: LogKind, mapping: Mapping[str, str] | None) -> ReadLog:
    """Return the connections of a table.

    Without a mapping the words of its headings decide, and nothing is guessed from what stands below them.
    Raises RuleBroken LOG_UNKNOWN where it is none, LOG_COLUMN_OPEN (`missing`, `found`), MAPPING_INVALID
    (`value`, `known`).
    """
    table = table_of(content)
    if table is None:
        raise RuleBroken(Rule.LOG_UNKNOWN)
    meanings = _valid(mapping, table) if mapping else headings.by_words(table.headings, _sample(table))
    columns = _Columns(table, meanings, kind)
    collected = Collected()
    count = 0
    for row in columns.rows:
        count += 1
        try:
            collected.add(columns.connection(row))
        except LineUnreadable as unreadable:
            half = not row.line.whole and unreadable.problem is not LineProblem.END_BEFORE_BEGIN
            collected.refuse(row.line, LineProblem.INCOMPLETE if half else unreadable.problem)
    return collected.result(kind, count)


def _valid(mapping: Mapping[str, str], table: Table) -> dict[str, str]:
    """Return a mapping by the headings of the table, which may be given in any case."""
    by_name = {one.casefold(): one for one in reversed(table.headings)}
    fields = [one.value for one in TableField]
    found: dict[str, str] = {}
    for heading, meaning in mapping.items():
        name = by_name.get(" ".join(heading.split()).casefold())
        if name is None:
            raise RuleBroken(Rule.MAPPING_INVALID, value=heading, known=", ".join(table.headings))
        if meaning not in fields or meaning in found.values():
            raise RuleBroken(Rule.MAPPING_INVALID, value=meaning, known=", ".join(fields))
        found[name] = meaning
    return found


class _Columns:
    """Where the fields stand in a table, and how its times are written."""

    def __init__(self, table: Table, mapping: Mapping[str, str], kind: LogKind) -> None:
        """Find the columns. Raises RuleBroken LOG_COLUMN_OPEN for those without which nothing can be read."""
        missing = missing_fields(mapping)
        if missing:
            raise RuleBroken(
                Rule.LOG_COLUMN_OPEN,
                missing=", ".join(missing),
                found=", ".join(table.headings[:_NAMED_HEADINGS]),
            )
        self._places = {TableField(field): table.headings.index(name) for name, field in mapping.items()}
        self._names = {TableField(field): name for name, field in mapping.items()}
        self._tool = Tool.ANYDESK if kind is LogKind.ANYDESK_CONSOLE else Tool.TEAMVIEWER
        self.rows = list(table.rows())
        self._month_first = instants.is_month_first(
            [self._cell(row, TableField.BEGIN) for row in self.rows[:_STROKES_LOOKED_AT] if row.cells]
        )

    def _cell(self, row: Row, field: TableField) -> str:
        place = self._places.get(field)
        return row.cells[place] if place is not None else ""

    def connection(self, row: Row) -> LoggedConnection:
        """Return the connection of a row. Raises LineUnreadable."""
        if row.problem is not None:
            raise LineUnreadable(row.problem)
        begin = self._instant(row, TableField.BEGIN)
        if begin is None:
            raise LineUnreadable(LineProblem.TIME_INVALID)
        found = LoggedConnection(
            tool=self._tool,
            key=plain(self._cell(row, TableField.KEY)).strip("{}").lower(),
            partner_id="".join(plain(self._cell(row, TableField.PARTNER_ID)).split()),
            begin=begin,
            end=self._end(row, begin),
            line_number=row.line.number,
            raw=shortened(row.line.text),
            partner_name=plain(self._cell(row, TableField.PARTNER_NAME)),
            local_user=plain(self._cell(row, TableField.USER)),
            note=plain(self._cell(row, TableField.NOTE)),
        )
        return checked(found if found.key else replace(found, key=key_by_times(found)))

    def _instant(self, row: Row, field: TableField) -> datetime | None:
        cell = self._cell(row, field)
        if not cell:
            return None
        local = headings.says_local(self._names[field])
        return instants.from_cell(cell, month_first=self._month_first, local=local)

    def _end(self, row: Row, begin: datetime) -> datetime | None:
        """Return the end that a row says, or its begin and duration; None for one that goes on."""
        end = self._instant(row, TableField.END)
        cell = self._cell(row, TableField.DURATION)
        if end is not None or not cell:
            return end
        unit = headings.unit_of(self._names[TableField.DURATION])
        return instants.plausible(begin + instants.duration(cell, unit))
