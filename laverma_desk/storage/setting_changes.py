"""The log of the house's settings; lines are appended and stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from laverma_desk.domain.setting_change import SettingChange, SettingDifference
from laverma_desk.storage.tables import setting_change

_AT_ONCE = 1000
_LINES = select(
    setting_change.c.id,
    setting_change.c.at,
    setting_change.c.who,
    setting_change.c.section,
    setting_change.c.field,
    setting_change.c.subject,
    setting_change.c.old,
    setting_change.c.new,
)


def log_setting_changes(
    connection: Connection, at: datetime, who: str, found: Iterable[SettingDifference]
) -> None:
    """Append a line for each difference."""
    rows = [vars(one) | {"at": at, "who": who} for one in found]
    if rows:
        connection.execute(insert(setting_change), rows)


def newest_setting_changes(
    connection: Connection, count: int, *, before: int | None = None, sections: Collection[str] = ()
) -> list[SettingChange]:
    """Return some lines, the newest first: those older than line `before`, of some sections or of all."""
    columns = setting_change.c
    asked = _LINES.order_by(columns.id.desc()).limit(count)
    if before is not None:
        asked = asked.where(columns.id < before)
    if sections:
        asked = asked.where(columns.section.in_(sorted(sections)))
    return [_line(row) for row in connection.execute(asked)]


def every_setting_change(connection: Connection) -> Iterator[SettingChange]:
    """Yield all lines, the oldest first; few are held in memory."""
    asked: Select[Any] = _LINES.order_by(setting_change.c.id).execution_options(yield_per=_AT_ONCE)
    found = connection.execute(asked)
    try:
        for row in found:
            yield _line(row)
    finally:
        found.close()


def _line(row: Any) -> SettingChange:
    number, at, who, *what = row
    return SettingChange(number, at, who, SettingDifference(*what))
