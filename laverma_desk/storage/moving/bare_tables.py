"""A server's tables without what would look at each row: it is put back for all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table

from laverma_desk.storage.moving.lines import quoted

_KEYS = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname"
)
_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
    "WHERE indrelid = %s::regclass AND NOT EXISTS "
    "(SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1"
)
_TRIGGERS = (
    "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal ORDER BY 1"
)
_ENABLED = {"O": "ENABLE TRIGGER", "A": "ENABLE ALWAYS TRIGGER", "R": "ENABLE REPLICA TRIGGER"}


@contextmanager
def bare(driver: Any, tables: tuple[Table, ...], told: Callable[[int], None]) -> Iterator[None]:
    """Take foreign keys, indexes and triggers off some tables for a block, and put them back word for word.

    It takes the role that owns them. Nobody else sees the tables without: the transaction undoes all of it,
    or ends with all of it. Putting the keys back holds every row against them. `told` hears of each step.
    """
    taken = [(quoted(one.name), *_taken_off(driver, quoted(one.name))) for one in tables]
    yield
    for name, indexes, _keys, _triggers in taken:
        for definition in indexes:
            driver.execute(definition)
            told(1)
        driver.execute(f"ANALYZE {name}")
    for name, _indexes, keys, _triggers in taken:
        for key, definition in keys:
            driver.execute(f"ALTER TABLE {name} ADD CONSTRAINT {quoted(key)} {definition}")
            told(1)
    for name, _indexes, _keys, triggers in taken:
        for trigger, state in triggers:
            if state in _ENABLED:
                driver.execute(f"ALTER TABLE {name} {_ENABLED[state]} {quoted(trigger)}")


def steps(driver: Any, tables: tuple[Table, ...]) -> int:
    """Return how often `bare` will tell of a step."""
    return sum(
        len(driver.execute(asked, [quoted(one.name)]).fetchall())
        for one in tables
        for asked in (_KEYS, _INDEXES)
    )


def _taken_off(driver: Any, name: str) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
    keys = driver.execute(_KEYS, [name]).fetchall()
    for key, _definition in keys:
        driver.execute(f"ALTER TABLE {name} DROP CONSTRAINT {quoted(key)}")
    indexes = driver.execute(_INDEXES, [name]).fetchall()
    for index, _definition in indexes:
        driver.execute(f"DROP INDEX {index}")
    triggers = driver.execute(_TRIGGERS, [name]).fetchall()
    driver.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    return [definition for _index, definition in indexes], keys, triggers
