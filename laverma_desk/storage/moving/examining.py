"""What must be true before a desk moves, and what must be equal before it has."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import Table

from laverma_desk.domain.errors import Rule, RuleBroken
from laverma_desk.storage.moving.file_source import FileSide, ForeignValue, is_sound
from laverma_desk.storage.moving.lines import moved_tables, quoted
from laverma_desk.storage.moving.server_side import ServerSide
from laverma_desk.storage.moving.tally import Side, Tally, Told, broken_link, tally
from laverma_desk.storage.postgresql.server import APPLICATION
from laverma_desk.storage.tables import free_reason, setting, snippet, vat_rate

_NAMED = 10
_BEGUN_WITH = (setting, snippet, free_reason, vat_rate)
"""What a desk has as soon as it is opened for the first time."""

_LEAVING_SECONDS = 2.0
"""How long a server may take to notice that somebody has gone."""

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    # Also a desk that only listens may write in the next moment.
    "AND starts_with(application_name, %s) AND pid <> pg_backend_pid()"
)


def examined(side: Side, told: Told) -> dict[str, Tally]:
    """Return what each table of a source comes to.

    Raises RuleBroken MOVE_VALUE_FOREIGN, MOVE_SOURCE_DAMAGED.
    """
    source = _Checked(side) if isinstance(side, FileSide) else side
    found = {table.name: tally(source, table, told) for table in moved_tables()}
    if isinstance(source, _Checked):
        source.refuse_foreign()
    refuse_altered(side)
    return found


def refuse_altered(side: Side) -> None:
    """Raise RuleBroken MOVE_SOURCE_DAMAGED where a document or the chain is not what it was."""
    with closing(side.altered_documents()) as found:
        altered = next(found, None)
    if altered is not None:
        raise RuleBroken(Rule.MOVE_SOURCE_DAMAGED, detail=altered)
    broken = broken_link(side)
    if broken is not None:
        raise RuleBroken(Rule.MOVE_SOURCE_DAMAGED, detail=broken)


def compare(side: Side, wanted: Mapping[str, Tally], target: str, told: Told) -> None:
    """Hold every table of a target against the source's.

    Raises RuleBroken MOVE_DIFFERS, MOVE_SOURCE_DAMAGED.
    """
    for table in moved_tables():
        if tally(side, table, told) != wanted[table.name]:
            raise RuleBroken(Rule.MOVE_DIFFERS, target=target, table=table.name)
    refuse_altered(side)


def refuse_filled(side: ServerSide, target: str) -> None:
    """Make sure that a server's desk holds nothing, or what a new one begins with, which is taken away.

    Raises RuleBroken MOVE_TARGET_FILLED.
    """
    for table in moved_tables():
        if table in _BEGUN_WITH:
            continue
        if side.count(table):
            raise RuleBroken(Rule.MOVE_TARGET_FILLED, target=target, table=table.name)
    (others,) = side.driver.execute("SELECT count(*) FROM setting WHERE key <> 'desk'").fetchone()
    if others:
        raise RuleBroken(Rule.MOVE_TARGET_FILLED, target=target, table=setting.name)
    for name in (*(one.name for one in _BEGUN_WITH), "heartbeat"):
        side.driver.execute(f"DELETE FROM {quoted(name)}")  # nosec B608 # noqa: S608 (our own names)


def refuse_others(driver: Any, source: str) -> None:
    """Raise RuleBroken MOVE_OTHERS_WORK while others are connected; one that has just gone may linger.

    To be asked outside a transaction, within which a server always says the same of who is there.
    """
    until = time.monotonic() + _LEAVING_SECONDS
    while driver.execute(_OTHERS, [APPLICATION]).fetchone() != (0,):
        if time.monotonic() > until:
            raise RuleBroken(Rule.MOVE_OTHERS_WORK, source=source)
        _wait()


def _wait() -> None:
    time.sleep(0.1)


class _Checked:
    """A file's lines, each looked at: what no server holds is remembered by its place."""

    def __init__(self, side: FileSide) -> None:
        self._side = side
        self._found: list[tuple[Table, int]] = []

    def lines(self, table: Table) -> Generator[bytes]:
        for place, line in enumerate(self._side.lines(table)):
            if not is_sound(line):
                self._found.append((table, place))
            yield line

    def rows(self, statement: str) -> Generator[tuple[Any, ...]]:
        return self._side.rows(statement)

    def altered_documents(self) -> Generator[str]:
        return self._side.altered_documents()

    def refuse_foreign(self) -> None:
        if not self._found:
            return
        values = [
            value
            for table, place in self._found[:_NAMED]
            for value in self._side.foreign_values(table, place)
        ]
        further = len(self._found) - _NAMED
        raise RuleBroken(Rule.MOVE_VALUE_FOREIGN, places=_said(values[:_NAMED], further))


def _said(values: list[ForeignValue], further: int) -> str:
    said = ", ".join(f"{one.table} {one.row} ({one.column})" for one in values)
    return f"{said}, … +{further}" if further > 0 else said
