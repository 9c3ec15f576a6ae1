"""Every change of the desk in one order of time: where each stands first, and some of them whole.

A place takes eight bytes, so that a window can scroll to any of a million changes and asks for those it shows
by their keys.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    false,
    or_,
    select,
    union_all,
)

from laverma_desk.domain.change_log import ChangeFilter, LoggedChange
from laverma_desk.domain.clock import HOUSE_ZONE
from laverma_desk.storage.change_sources import CUSTOMER, OF_KIND, SESSION, SETTING, SOURCES, Source, kind_of
from laverma_desk.storage.portions import portions
from laverma_desk.storage.spelling import Moment, Speaks

_EARLY, _LATE = date(1900, 1, 1), date(9000, 1, 1)  # Beyond, a day more or less may be none.
_AT_ONCE = 10_000
_ESCAPED = re.compile("[/%_]")


def keys(connection: Connection, wanted: ChangeFilter) -> Iterator[int]:
    """Yield the key of each change that a filter shows, the newest first."""
    every = union_all(*_some(wanted)).subquery().c
    asked: Select[Any] = select(every.key).order_by(every.at.desc(), every.key.desc())
    for some in connection.execute(asked.execution_options(yield_per=_AT_ONCE)).partitions():
        for row in some:
            yield row[0]


def people(connection: Connection) -> list[str]:
    """Return everybody who changed something, by name."""
    each = (select(one.who.label("who")).where(one.always).distinct() for one in SOURCES)
    return sorted({row.who for row in connection.execute(union_all(*each)) if row.who}, key=str.casefold)


def fields(connection: Connection) -> list[str]:
    """Return the names of all fields that the logs of sessions and records speak of."""
    return _fields(connection, SESSION, CUSTOMER)


def setting_fields(connection: Connection) -> list[str]:
    """Return the names of all settings that were changed, as "section.field"."""
    return _fields(connection, SETTING)


def _fields(connection: Connection, *sources: int) -> list[str]:
    each = (select(SOURCES[number].field.label("field")).distinct() for number in sources)
    return sorted({row.field for row in connection.execute(union_all(*each))})


def rows(connection: Connection, wanted: Sequence[int]) -> list[LoggedChange]:
    """Return the changes of some keys in their order."""
    of_source: dict[int, list[int]] = defaultdict(list)
    for key in wanted:
        of_source[key % len(SOURCES)].append(key // len(SOURCES))
    found: dict[int, LoggedChange] = {}
    for source, numbers in of_source.items():
        for some in portions(numbers):
            asked = _SHOWN[source].where(SOURCES[source].row.in_(some))
            for row in connection.execute(asked):
                found[row.id * len(SOURCES) + source] = _change(source, row)
    return [found[key] for key in wanted if key in found]


_SHOWN = tuple(one.shown() for one in SOURCES)


def _some(wanted: ChangeFilter) -> Iterator[Select[int, str]]:
    """Yield a query for each table that a filter is about."""
    only, of_kind = (None, None) if wanted.kind is None else OF_KIND[wanted.kind]
    for number, one in enumerate(SOURCES):
        if only not in (None, number):
            continue
        # Times as they are kept, which sort as they are: nobody reads them here.
        moment = Moment(one.at).label("at")
        found = select((one.row * len(SOURCES) + number).label("key"), moment)
        where = [one.always, *_within(one, wanted)]
        if of_kind is not None:
            where.append(of_kind)
        if wanted.text:
            found = found.select_from(one.joined)
            where.append(_speaks_of(one, wanted.text, wanted.fields))
        yield found.where(*where)


def _within(one: Source, wanted: ChangeFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.first is not None and wanted.first > _EARLY:
        yield one.at >= _midnight(wanted.first)
    if wanted.last is not None and wanted.last < _LATE:
        yield one.at < _midnight(wanted.last + timedelta(days=1))
    if wanted.who is not None:
        yield one.who == wanted.who


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOUSE_ZONE).astimezone(UTC)


def _speaks_of(one: Source, text: str, fields: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a change has a text; of who is locked only numbers are looked at."""
    name = one.field.in_(sorted(fields)) if fields else false()
    return or_(name, *_has(one.named, text), ~one.locked & or_(*_has(one.said, text)))


def _has(columns: Sequence[ColumnElement[str]], text: str) -> list[ColumnElement[bool]]:
    # LIKE knows the case of no other letters than those of ASCII.
    others = () if text.isascii() else (text.lower(), text.upper(), text.capitalize())
    spelt = dict.fromkeys((text, *others))
    patterns = ["%" + _ESCAPED.sub(r"/\g<0>", some) + "%" for some in spelt]
    return [Speaks(one, bindparam(None, some, Text())) for one in columns for some in patterns]


def _change(source: int, row: Any) -> LoggedChange:
    return LoggedChange(
        kind=kind_of(source, row.field),
        at=row.at,
        who=row.who,
        subject=row.subject,
        customer_number=row.customer_number or "",
        customer_name="" if row.locked else row.customer_name or "",
        field=row.field,
        old=row.old,
        new=row.new,
        reason=row.reason,
        locked=bool(row.locked),
    )
