"""How a table of the export is described: its columns with their kinds, its keys, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any, TypeAlias

from laverma_desk.storage.database import Connection
from laverma_desk.storage.tax_audit_scope import Scope

Value: TypeAlias = str | int | Decimal | date | None


class Kind(Enum):
    """How a value is written: money is whole cents, a rate percent, a quantity has thousandths at most."""

    TEXT = auto()
    DAY = auto()
    WHOLE = auto()
    MONEY = auto()
    RATE = auto()
    QUANTITY = auto()


ACCURACY = {Kind.WHOLE: 0, Kind.MONEY: 2, Kind.RATE: 2, Kind.QUANTITY: 3}
"""Digits behind the comma of each kind of number."""


@dataclass(frozen=True)
class Column:
    """One column. Its name has letters, digits and underscores alone, which every importer takes."""

    name: str
    kind: Kind
    value: Callable[[Any], Value]
    description: str = ""


@dataclass(frozen=True)
class Reference:
    """A column that holds a key of another table; `target` is the name of that key where it differs."""

    column: str
    table: str
    target: str = ""


@dataclass(frozen=True)
class AuditTable:
    """One file of the export. Its first `keys` columns are its primary key, as the standard wants it.

    `of_period`: its rows belong to the days of the audit. `rows` reads them.
    """

    name: str
    file: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Connection, Scope], Iterator[Any]]
    keys: int = 1
    references: tuple[Reference, ...] = ()
    of_period: bool = True
