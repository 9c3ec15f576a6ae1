"""Whether a server's desk is whole: tables, references, indexes, seals, counters, and what it says itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Table, UniqueConstraint, text

from laverma_desk.storage.procedure_facts import seals
from laverma_desk.storage.schema import metadata
from laverma_desk.storage.tables import customer

Told = Callable[[], None]
"""Told between two questions; what it raises ends the work."""

_LETTERS = "ix_session_text_letters"
_STEPS = ("session_text_outdated",)
"""Triggers that keep no seal: without them the search finds what nobody says any more."""
_NAMED = 100


def unheard() -> None:
    """Tell nobody."""


def problems(connection: Connection, told: Told = unheard) -> list[str]:
    """Return what is wrong with a server's desk, empty where nothing is; it reads every reference.

    It takes a role that may read all of it.
    """
    found = list(_columns(connection))
    if found:
        return found  # Nothing else could be asked.
    for table in metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                told()
                found += _key(connection, table, column.name, key.column.table.name, key.column.name)
    told()
    found += [*_indexes(connection), *_triggers(connection), *_counters(connection), *_pages(connection)]
    return found


def _columns(connection: Connection) -> Iterator[str]:
    """Yield the tables and columns that are missing."""
    rows = connection.execute(
        text(
            "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND attnum > 0 AND NOT attisdropped"
        )
    )
    there = {(str(table), str(column)) for table, column in rows}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if (table.name, column.name) not in there:
                yield f"{table.name}.{column.name} is missing"


def _key(connection: Connection, table: Table, column: str, parent: str, target: str) -> Iterator[str]:
    """Yield rows that point nowhere, and a key that is not there or does not hold all rows."""
    enforced = "conenforced" if _knows_enforcing(connection) else "TRUE"
    holds = connection.execute(
        text(
            f"SELECT bool_or(convalidated AND {enforced}) FROM pg_constraint WHERE contype = 'f' "  # nosec B608 # noqa: S608 (our own words)
            "AND conrelid = CAST(:child AS regclass) AND confrelid = CAST(:parent AS regclass) "
            "AND :column = "
            "(SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1])"
        ),
        {"child": table.name, "parent": parent, "column": column},
    ).scalar()
    if not holds:
        yield f"{table.name}.{column} → {parent}: the foreign key is missing or not valid"
    row = next(iter(table.primary_key)).name
    lost = connection.execute(
        text(
            f'SELECT "{row}" FROM "{table.name}" AS child WHERE "{column}" IS NOT NULL AND NOT EXISTS '  # nosec B608 # noqa: S608 (our own names)
            f'(SELECT 1 FROM "{parent}" AS parent WHERE parent."{target}" = child."{column}") '
            f"LIMIT {_NAMED}"
        )
    )
    for (number,) in lost:
        yield f"{table.name} {number} → {parent}"


def _knows_enforcing(connection: Connection) -> bool:
    version = connection.dialect.server_version_info or (0,)
    return int(version[0]) >= 18


def _indexes(connection: Connection) -> Iterator[str]:
    """Yield the indexes that are missing, or that the server itself does not use."""
    rows = connection.execute(
        text(
            "SELECT relname, indisvalid AND indisready AND indislive FROM pg_index "
            "JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace"
        )
    )
    there = {str(name): bool(used) for name, used in rows}
    wanted = {_LETTERS}
    for table in metadata.sorted_tables:
        wanted.add(str(table.primary_key.name))
        wanted.update(str(one.name) for one in table.indexes)
        wanted.update(str(one.name) for one in table.constraints if isinstance(one, UniqueConstraint))
    for name in sorted(wanted):
        if name not in there and name.replace("uq_", "ix_", 1) not in there:
            yield f"index {name} is missing"
        elif not there.get(name, True):
            yield f"index {name} is not valid: REINDEX INDEX {name}"


def _triggers(connection: Connection) -> Iterator[str]:
    """Yield the seals that do not stand, and the functions that do not refuse any more."""
    for seal in seals(connection):
        for name in seal.missing:
            yield f"trigger {name} is missing or switched off"
    for name in _STEPS:
        on = connection.execute(
            text("SELECT 1 FROM pg_trigger WHERE tgname = :name AND tgenabled IN ('O', 'A')"), {"name": name}
        )
        if on.first() is None:
            yield f"trigger {name} is missing or switched off"


def _counters(connection: Connection) -> Iterator[str]:
    """Yield the tables whose next key is taken already."""
    for table in metadata.sorted_tables:
        if table is customer:
            continue  # Its keys are given by `customers.next_row`.
        for column in table.primary_key:
            name = connection.execute(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": f'"{table.name}"', "column": column.name},
            ).scalar()
            if name is None:
                continue
            behind = connection.execute(
                text(
                    f"SELECT last_value, is_called, highest FROM {name}, "  # nosec B608 # noqa: S608 (the server's own word)
                    f'(SELECT max("{column.name}") AS highest FROM "{table.name}") AS one'
                )
            ).one()
            last, called, highest = behind
            if highest is not None and (last < highest or (last == highest and not called)):
                yield f"{name} counts behind {table.name} {highest}"


def _pages(connection: Connection) -> Iterator[str]:
    """Yield how many damaged pages the server has met."""
    found = connection.execute(
        text("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
    ).scalar()
    if found:
        yield f"{found} damaged pages (pg_stat_database.checksum_failures)"
